"""Icons as SVG text, drawn in the colour that is asked for. No files: they are there wherever the program is.

All are drawn on a grid of 24 by 24 units; ``C`` stands for the colour.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = [QSize(side, side) for side in (16, 18, 20, 24, 32, 40, 48)]
_FAINT = 0.4
"""How opaque what is disabled is drawn, where it has no colour of its own."""


def _stroked(*paths: str, width: float = 2) -> str:
    drawn = "".join(f'<path d="{path}"/>' for path in paths)
    return (
        f'<g fill="none" stroke="C" stroke-width="{width}" stroke-linecap="round" '
        f'stroke-linejoin="round">{drawn}</g>'
    )


def _filled(*paths: str) -> str:
    return "".join(f'<path fill="C" d="{path}"/>' for path in paths)


_STAR = "M12 3.2 L14.7 8.9 L21 9.7 L16.4 14 L17.6 20.3 L12 17.2 L6.4 20.3 L7.6 14 L3 9.7 L9.3 8.9 Z"

_SHAPES = {
    "play": _filled("M7 4 L20 12 L7 20 Z"),
    "pause": _filled("M6 4 H10 V20 H6 Z", "M14 4 H18 V20 H14 Z"),
    "step_back": _filled("M15 5 V19 L6 12 Z", "M17 5 H19 V19 H17 Z"),
    "step_forward": _filled("M9 5 V19 L18 12 Z", "M5 5 H7 V19 H5 Z"),
    "previous_recording": _filled("M20 5 V19 L12 12 Z", "M12 5 V19 L4 12 Z") + _stroked("M3 5 V19"),
    "next_recording": _filled("M4 5 V19 L12 12 Z", "M12 5 V19 L20 12 Z") + _stroked("M21 5 V19"),
    "skip_gaps": _filled("M2 14 H7 V20 H2 Z", "M17 14 H22 V20 H17 Z")
    + _stroked("M5 10 A7 6 0 0 1 18 9", "M18.5 4.5 V9.5 H13.5"),
    "mark_in": _stroked("M10 4 H6 V20 H10", "M20 12 H11", "M14 9 L11 12 L14 15"),
    "mark_out": _stroked("M14 4 H18 V20 H14", "M4 12 H13", "M10 9 L13 12 L10 15"),
    "clear": _stroked("M6 6 L18 18", "M18 6 L6 18"),
    "save": _stroked("M12 4 V15", "M7 10 L12 15 L17 10", "M5 19 H19"),
    "search": _stroked("M10.5 4 A6.5 6.5 0 1 0 10.5 17 A6.5 6.5 0 1 0 10.5 4", "M15.5 15.5 L20 20"),
    "folder": _stroked("M3 7 V18 H21 V8 H12 L10 6 H3 Z"),
    "other_folder": _stroked(
        "M3 7 V18 H21 V8 H12 L10 6 H3 Z", "M8 13 H16", "M13.5 10.5 L16 13 L13.5 15.5"
    ),
    "file": _stroked("M6 3 H14 L18 7 V21 H6 Z", "M14 3 V7 H18"),
    "retry": _stroked("M19 12 A7 7 0 1 1 16.5 6.6", "M17 3 V7 H13"),
    "cancel": _stroked("M12 3 A9 9 0 1 0 12 21 A9 9 0 1 0 12 3", "M9 9 L15 15", "M15 9 L9 15"),
    "zoom_in": _stroked("M12 5 V19", "M5 12 H19"),
    "zoom_out": _stroked("M5 12 H19"),
    "go": _stroked("M5 12 H18", "M13 7 L18 12 L13 17"),
    "calendar": _stroked("M4 6 H20 V20 H4 Z", "M4 10 H20", "M8 3 V7", "M16 3 V7"),
    "clock": _stroked("M12 3 A9 9 0 1 0 12 21 A9 9 0 1 0 12 3", "M12 7 V12 L15 14"),
    "follow": _stroked("M12 3 V21", "M4 12 H9", "M15 12 H20", "M7 9 L10 12 L7 15"),
    "layout_1": _stroked("M4 5 H20 V19 H4 Z"),
    "layout_4": _stroked("M4 5 H20 V19 H4 Z", "M12 5 V19", "M4 12 H20"),
    "warning": _stroked("M12 4 L21 20 H3 Z", "M12 10 V14", "M12 17 V17.2"),
    "info": _stroked("M12 3 A9 9 0 1 0 12 21 A9 9 0 1 0 12 3", "M12 11 V16", "M12 8 V8.2"),
    "no_footage": _stroked("M3 6 H15 V18 H3 Z", "M15 10 L21 7 V17 L15 14", "M3 21 L21 3"),
    "loading": _stroked("M12 3 A9 9 0 0 1 21 12") + _stroked("M12 3 A9 9 0 1 0 21 12", width=0.8),
    "enlarge": _stroked("M4 9 V4 H9", "M15 4 H20 V9", "M20 15 V20 H15", "M9 20 H4 V15"),
    "camera": _stroked("M3 6 H15 V18 H3 Z", "M15 10 L21 7 V17 L15 14"),
    "star": _filled(_STAR),
    "star_outline": _stroked(_STAR, width=1.6),
    "app": _filled(
        "M5 2 H19 A3 3 0 0 1 22 5 V19 A3 3 0 0 1 19 22 H5 A3 3 0 0 1 2 19 V5 A3 3 0 0 1 5 2 Z"
        " M9 6 V15 L17 10.5 Z M5 18 V20 H19 V18 Z"
    ).replace("<path ", '<path fill-rule="evenodd" '),
    "server": _stroked("M4 5 H20 V11 H4 Z", "M4 13 H20 V19 H4 Z", "M7.5 8 H8", "M7.5 16 H8"),
    "done": _stroked("M12 3 A9 9 0 1 0 12 21 A9 9 0 1 0 12 3", "M8 12.5 L11 15.5 L16 9.5"),
    "up": _stroked("M12 19 V6", "M6 12 L12 6 L18 12"),
    "down": _stroked("M12 5 V18", "M6 12 L12 18 L18 12"),
    "to_front": _stroked("M5 4 H19", "M12 20 V9", "M6 14 L12 8 L18 14"),
    "usb": _stroked("M8 9 H16 V20 H8 Z", "M10 9 V4 H14 V9"),
    "more": _filled(
        "M5 10 A2 2 0 1 0 5 14 A2 2 0 1 0 5 10",
        "M12 10 A2 2 0 1 0 12 14 A2 2 0 1 0 12 10",
        "M19 10 A2 2 0 1 0 19 14 A2 2 0 1 0 19 10",
    ),
    "menu": _filled("M6 10 L12 16 L18 10 Z"),
    # Camera states differ in shape, so that colour is never the only sign.
    "state_recording": _filled("M12 6 A6 6 0 1 0 12 18 A6 6 0 1 0 12 6"),
    "state_disabled": _stroked("M12 5 A7 7 0 1 0 12 19 A7 7 0 1 0 12 5", "M7.5 16.5 L16.5 7.5"),
    "state_offline": _filled("M12 4 L22 20 H2 Z M11 9 V15 H13 V9 Z M11 16.5 V18.5 H13 V16.5 Z"),
    "state_not_allowed": _filled("M5 11 H19 V21 H5 Z")
    + _stroked("M8 11 V8 A4 4 0 0 1 16 8 V11", width=2.4),
    "state_saved_file": _stroked("M6 3 H14 L18 7 V21 H6 Z"),
    "state_checked_file": _stroked("M5 3 H19 V21 H5 Z")
    + _stroked("M8.5 12.5 L11 16 L15.5 8.5", width=3.4),
    "state_doubtful_file": _stroked("M5 3 H19 V21 H5 Z")
    + _stroked("M9 8.5 L15 15.5", "M15 8.5 L9 15.5", width=3.4),
    "state_unknown": _stroked("M12 6 A6 6 0 1 0 12 18 A6 6 0 1 0 12 6"),
}


def names() -> tuple[str, ...]:
    """All icons there are."""
    return tuple(_SHAPES)


def svg(name: str, colour: str) -> str:
    """An icon as an SVG document."""
    shape = _SHAPES[name].replace('"C"', f'"{colour}"')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{shape}</svg>'


def _draw(name: str, colour: str, size: QSize, opacity: float) -> QPixmap:
    drawn = QPixmap(size)
    drawn.fill(Qt.GlobalColor.transparent)
    side = min(size.width(), size.height())
    place = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    painter = QPainter(drawn)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(svg(name, colour).encode())).render(painter, place)
    painter.end()
    return drawn


class _Engine(QIconEngine):
    """Draws an icon when it is first shown, and only as large as that: the window is there sooner."""

    def __init__(self, name: str, inks: dict[tuple[QIcon.Mode, QIcon.State], str]) -> None:
        super().__init__()
        self._name = name
        self._inks = inks
        self._drawn: dict[tuple[int, int, str, float], QPixmap] = {}

    def _ink(self, mode: QIcon.Mode, state: QIcon.State) -> tuple[str, float]:
        """The colour and how opaque it is."""
        normal = self._inks[QIcon.Mode.Normal, QIcon.State.Off]
        of_state = self._inks.get((QIcon.Mode.Normal, state)) or normal
        of_mode = self._inks.get((mode, QIcon.State.Off)) if mode is not QIcon.Mode.Normal else ""
        faint = mode is QIcon.Mode.Disabled and not of_mode
        return of_mode or of_state, _FAINT if faint else 1.0

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        ink, opacity = self._ink(mode, state)
        key = size.width(), size.height(), ink, opacity
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = _draw(self._name, ink, size, opacity)
        return drawn

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        drawn = self.pixmap(rect.size() * ratio, mode, state)
        painter.drawPixmap(rect, drawn)

    def availableSizes(  # noqa: N802 - Qt's name
        self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        del mode, state
        return _SIZES

    def clone(self) -> "_Engine":
        return _Engine(self._name, self._inks)


@lru_cache(maxsize=256)
def icon(
    name: str, colour: str, checked: str = "", disabled: str = "", selected: str = ""
) -> QIcon:
    """An icon in any size, with other colours where it is checked, disabled or selected."""
    modes, states = QIcon.Mode, QIcon.State
    inks = {
        (modes.Normal, states.Off): colour,
        (modes.Normal, states.On): checked,
        (modes.Disabled, states.Off): disabled,
        (modes.Selected, states.Off): selected,
    }
    return QIcon(_Engine(name, inks))
