"""One look of the program, and putting it on."""

from dataclasses import dataclass
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from rta_viewer.ui.theme.palette import DARK, LIGHT, Colours, colour_names
from rta_viewer.ui.theme.sheet import SHEET

_FAMILIES = ("Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")
_MONO_FAMILIES = ("Cascadia Mono", "Consolas", "SF Mono", "DejaVu Sans Mono", "Noto Sans Mono")


_DRESSED = "rta_dressed"


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in device-independent pixels."""

    font: int = 13
    small_font: int = 12
    icon: int = 18
    gap: int = 8
    control: int = 30


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette with sizes; widgets that paint themselves get one."""

    name: str
    colours: Colours
    metrics: Metrics = Metrics()

    def colour(self, name: str, alpha: int = 255) -> QColor:
        """A colour of the palette by its name."""
        colour = QColor(getattr(self.colours, name))
        colour.setAlpha(alpha)
        return colour

    def font(self, *, small: bool = False, bold: bool = False, digits: bool = False) -> QFont:
        """A font of the theme; ``digits`` has figures of one width, for times that run."""
        font = QFont(_family(_MONO_FAMILIES if digits else _FAMILIES))
        font.setPixelSize(self.metrics.small_font if small else self.metrics.font)
        font.setBold(bold)
        return font

    def style_sheet(self) -> str:
        """The sheet for a window and all in it."""
        values = {name: getattr(self.colours, name) for name in colour_names()}
        return Template(SHEET).substitute(
            values,
            small_px=self.metrics.small_font,
            control_px=self.metrics.control - 10,
            field_px=self.metrics.control - 4,
            mono=_family(_MONO_FAMILIES),
        )


DARK_THEME = Theme("dark", DARK)
LIGHT_THEME = Theme("light", LIGHT)


@lru_cache(maxsize=4)
def _family(wanted: tuple[str, ...]) -> str:
    installed = set(QFontDatabase.families())
    return next((family for family in wanted if family in installed), wanted[-1])


def apply(app: QApplication, theme: Theme) -> None:
    """Put a theme's colours and font on the whole program; windows are dressed one by one."""
    # Each of these makes every widget of the program look at itself again: only what is new.
    if app.property(_DRESSED) is None:
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setProperty(_DRESSED, True)
    if app.font() != theme.font():
        app.setFont(theme.font())
    app.setPalette(_palette(theme))


def dress(window: QWidget, theme: Theme) -> None:
    """Put the style sheet on a window that has no parent, and on all that is in it or opened by it.

    Not on the program: Qt would then look at each widget once more for each of its parents, three times
    the work for our window, and the pictures that play would be seen to stop.
    """
    window.setStyleSheet(theme.style_sheet())


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "field"),
        (role.AlternateBase, "panel"),
        (role.Text, "text"),
        (role.PlaceholderText, "text_quiet"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "on_accent"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent_hover"),
        (role.Light, "hover"),
        (role.Mid, "border"),
        (role.Dark, "border"),
        (role.Shadow, "video_ground"),
    ):
        palette.setColor(which, theme.colour(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, theme.colour("text_disabled"))
    return palette
