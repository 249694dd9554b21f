"""The window: builds the panels and puts them in their places. What they do is connected elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Protocol

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.clock import Clock
from rta_viewer.core.model import ConnectionSecurity
from rta_viewer.core.texts import is_right_to_left, tr
from rta_viewer.qt.dialogs import open_over
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.qt.turns import draw_next_turn
from rta_viewer.ui.actions import FILE, TILES, Actions, keep_for_text
from rta_viewer.ui.camera_tree.panel import CameraTreePanel
from rta_viewer.ui.details_box import DetailsBox
from rta_viewer.ui.dock_title import DockTitle, FocusMark
from rta_viewer.ui.file_drop import FileDrop
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.keys.dialog import KeyDialog
from rta_viewer.ui.keys.keymap import KeyMap, native
from rta_viewer.ui.keys.sheet import KeySheet
from rta_viewer.ui.keys.tips import KeyTips
from rta_viewer.ui.message_bar import MessageBar
from rta_viewer.ui.plain import make_labels_plain
from rta_viewer.ui.status_line import StatusLine
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.choice import ThemeChoice, ThemeFollower
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.grid import LAYOUTS, TileGrid
from rta_viewer.ui.tiles.zoom import Zoom
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.panel import TimelinePanel
from rta_viewer.ui.transport.panel import TransportPanel
from rta_viewer.ui.trust_strip import TrustStrip


class Themed(Protocol):
    """What draws itself in the theme's colours."""

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""


_GEOMETRY_KEY = "window/geometry"
_STATE_KEYS = {False: "window/state", True: "window/state_right_to_left"}
_STATE_VERSION = 1
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class MainWindow(QMainWindow):
    """All panels as attributes, all actions by name.

    Signals:
        closing: It is out of sight and about to go; stop what plays while it is still there.
        keys_changed: The operator's own keys, by action.
        theme_chosen: A :class:`ThemeChoice`.

    Attributes:
        close_guard: Asked before the window closes; it stays when this says False.

    Args:
        settings: Where geometry is kept, None for nowhere.
    """

    closing = Signal()
    keys_changed = Signal(object)
    theme_chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        pc_zone: tzinfo,
        settings: KeptTexts | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("RTA Viewer")
        self.resize(1440, 860)
        # Before anything is in it: what comes later is dressed when it is shown.
        themes.dress(self, theme)
        self._settings = settings
        self._server = self._work = ""
        self.close_guard: Callable[[], bool] = lambda: True
        self.theme = theme
        self.themes = ThemeFollower(theme, self)
        self._theme_group = QActionGroup(self)
        self._was_maximized = False
        self._withdrawn = False
        self._floating: list[QDockWidget] = []
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(0)
        self._redraw.timeout.connect(self._on_redraw)
        self._undrawn: list[Themed] = []
        self.book = BandBook()
        self.acts = Actions(self)
        self.messages = MessageBar(theme, self)
        self.grid = TileGrid(theme, self)
        self.tree = CameraTreePanel(theme, self)
        self.timeline = TimelinePanel(theme, self.book, self)
        self.transport = TransportPanel(theme, pc_zone, clock, self)
        self.jobs = JobsPanel(theme, clock, self)
        self.trust_strip = TrustStrip(self)
        self.addToolBar(self.trust_strip)
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        self.file_drop = FileDrop(self)
        self._build_centre()
        self._build_docks()
        self._build_bars()
        self._connect()
        make_labels_plain(self)
        self._tips = KeyTips(self, self.acts.keys)
        self._restore()
        # The kept arrangement may be one with the strip.
        self.trust_strip.hide()
        # Not the search field: a key pressed right after the start is a command, not a letter.
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_centre(self) -> None:
        centre = QWidget(self)
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.messages)
        box.addWidget(self.grid, 1)
        self.setCentralWidget(centre)

    def _build_docks(self) -> None:
        area = Qt.DockWidgetArea
        # Each step of an animation would scale and paint every video again.
        self.setAnimated(False)
        self.setCorner(Qt.Corner.BottomLeftCorner, area.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, area.BottomDockWidgetArea)
        bottom = QWidget(self)
        box = QVBoxLayout(bottom)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addWidget(self.transport)
        box.addWidget(self.timeline)
        # As high as its rows: the rest belongs to the pictures.
        bottom.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        first, last = self._sides()
        self.tree_dock = self._dock("tree_dock", tr("Cameras"), self.tree, first)
        self.jobs_dock = self._dock("jobs_dock", tr("Saved files"), self.jobs, last)
        self.timeline_dock = self._dock(
            "timeline_dock", tr("Timeline"), bottom, area.BottomDockWidgetArea
        )
        # The timeline needs no title: its dates say what it is, and its height is precious.
        title = self.timeline_dock.titleBarWidget()
        title.setParent(None)
        title.deleteLater()
        self.timeline_dock.setTitleBarWidget(FocusMark(self.timeline_dock))
        self.jobs_dock.hide()
        self._share_width()

    def _dock(
        self, name: str, title: str, content: QWidget, area: Qt.DockWidgetArea
    ) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(content)
        dock.setTitleBarWidget(DockTitle(self.theme, dock))
        self.addDockWidget(area, dock)
        return dock

    def _build_bars(self) -> None:
        menus = self.acts.fill(self.menuBar())
        self.switch_menu = QMenu(tr("S&witch server"), self)
        self.also_menu = QMenu(tr("Show cameras of &another server"), self)
        for menu in (self.switch_menu, self.also_menu):
            menus[FILE].insertMenu(self.acts["sign_out"], menu)
        tiles = menus[TILES]
        self.layouts_menu = QMenu(tr("&Layouts"), tiles)
        tiles.insertMenu(self.acts["save_layout"], self.layouts_menu)
        for name, dock in self._panels().items():
            shown, wanted = dock.toggleViewAction(), self.acts[f"panel_{name}"]
            wanted.setChecked(shown.isChecked())
            shown.toggled.connect(wanted.setChecked)
            wanted.triggered.connect(shown.trigger)
        self.acts["panels_reset"].triggered.connect(self.reset_panels)

    @staticmethod
    def _sides() -> tuple[Qt.DockWidgetArea, Qt.DockWidgetArea]:
        """Where reading begins, and where it ends: Qt mirrors what is in docks, but not their places."""
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        return (right, left) if is_right_to_left() else (left, right)

    def _panels(self) -> dict[str, QDockWidget]:
        return {
            "cameras": self.tree_dock,
            "timeline": self.timeline_dock,
            "files": self.jobs_dock,
        }

    @Slot()
    def reset_panels(self) -> None:
        """Every panel where it was at the very first start, wherever it got to since."""
        first, last = self._sides()
        places = (first, Qt.DockWidgetArea.BottomDockWidgetArea, last)
        for dock, area in zip(self._panels().values(), places, strict=True):
            dock.setFloating(False)
            self.addDockWidget(area, dock)
            dock.show()
        self._share_width()

    def _share_width(self) -> None:
        docks = [self.tree_dock, self.jobs_dock]
        self.resizeDocks(docks, [250, 320], Qt.Orientation.Horizontal)

    def _connect(self) -> None:
        self.transport.zone.zone_chosen.connect(self._on_zone_chosen)
        self.messages.details_requested.connect(self._on_details_requested)
        self.acts["quit"].triggered.connect(self.close)
        self.acts["keys"].triggered.connect(self._on_keys)
        self.acts["full_screen"].triggered.connect(self._on_full_screen)
        self.acts["back"].triggered.connect(self._on_back)
        self.acts["change_keys"].triggered.connect(self._on_change_keys)
        self.acts["find_camera"].triggered.connect(self._on_find_camera)
        self.acts["favourite"].triggered.connect(self._on_favourite)
        self.acts["find_job"].triggered.connect(self._on_find_job)
        self.acts["go_to"].triggered.connect(self.transport.go_to.start)
        for count in LAYOUTS:
            action = self.acts[f"layout_{count}"]
            action.setData(count)
            action.triggered.connect(self._on_layout)
        self.acts["clear_tile"].triggered.connect(self._on_clear_tile)
        self.acts["copy_picture"].triggered.connect(self._on_copy_picture)
        self.acts["zoom_off"].triggered.connect(self._on_zoom_off)
        self.acts["enlarge"].triggered.connect(self._on_enlarge)
        for name, by in (("next", 1), ("previous", -1)):
            for what in ("tile", "panel"):
                self.acts[f"{name}_{what}"].setData(by)
            self.acts[f"{name}_tile"].triggered.connect(self._on_step_tile)
            self.acts[f"{name}_panel"].triggered.connect(self._on_step_panel)
        self.acts["zoom_in"].triggered.connect(self._on_zoom_in)
        self.acts["zoom_out"].triggered.connect(self._on_zoom_out)
        self._on_zone_chosen(self.transport.zone.zone)
        for choice in ThemeChoice:
            action = self.acts[f"theme_{choice.value}"]
            action.setData(choice.value)
            self._theme_group.addAction(action)
            action.setChecked(choice is self.themes.choice)
        self._theme_group.triggered.connect(self._on_theme_action)
        self.themes.theme_changed.connect(self.set_theme)

    def set_theme(self, theme: Theme) -> None:
        """Put another theme on the program and on everything that paints itself."""
        self.theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            themes.apply(app, theme)
        draw_next_turn(self)
        themes.dress(self, theme)
        # What draws itself follows in later turns: all at once would be felt while something plays.
        self._undrawn = [
            self.messages,
            self.grid,
            self.tree,
            self.timeline,
            self.transport,
            self.jobs,
            *self.findChildren(DockTitle),
        ]
        self._redraw.start()

    @Slot()
    def _on_redraw(self) -> None:
        self._undrawn.pop(0).set_theme(self.theme)
        if self._undrawn:
            self._redraw.start()

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Dark, light, or as the system is."""
        self.acts[f"theme_{choice.value}"].setChecked(True)
        self.themes.choose(choice)

    def set_keys(self, own: Mapping[str, Sequence[str]]) -> None:
        """Use the operator's keys; menus, tooltips and the sheet name them."""
        self.acts.set_keys(own)
        self._tips.set_keys(self.acts.keys)
        find = self.acts.keys.keys("find_camera")
        self.tree.show_find_key(native(find[0]) if find else "")

    def show_server(self, text: str, security: ConnectionSecurity | None = None) -> None:
        """Whom we are signed in to; it is to be seen all the time when that is not safe."""
        unverified = security is ConnectionSecurity.UNVERIFIED
        self.trust_strip.setVisible(unverified)
        notes = {
            ConnectionSecurity.UNVERIFIED: tr("NOT VERIFIED"),
            ConnectionSecurity.PLAIN: tr("not encrypted"),
            ConnectionSecurity.PINNED: tr("pinned certificate"),
        }
        note = notes.get(security) if security is not None else None
        said = f"{text} \N{MIDDLE DOT} {note}" if note else text
        self.status.show_server(said)
        self._server = said
        self._show_title()

    def show_work(self, text: str) -> None:
        """How far files are, first in the title: the taskbar shows its beginning. Empty for nothing."""
        if text != self._work:
            self._work = text
            self._show_title()

    def _show_title(self) -> None:
        parts = [part for part in (self._work, self._server, "RTA Viewer") if part]
        self.setWindowTitle(" \N{EN DASH} ".join(parts))

    def show_activity(self, text: str) -> None:
        """What is going on; empty for nothing."""
        self.status.show_activity(text)

    def _restore(self) -> None:
        if self._settings is None:
            return
        geometry, state = (
            QByteArray.fromBase64(self._settings.text(key).encode())
            for key in (_GEOMETRY_KEY, _state_key())
        )
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        if not state.isEmpty():
            self.restoreState(state, _STATE_VERSION)

    def _keep(self) -> None:
        if self._settings is None:
            return
        for key, value in (
            (_GEOMETRY_KEY, self.saveGeometry()),
            (_state_key(), self.saveState(_STATE_VERSION)),
        ):
            self._settings.put(key, bytes(value.toBase64().data()).decode("ascii"))

    def withdraw(self) -> None:
        """Off the screen, with the panels that float; ``show()`` brings all of it back. Idempotent."""
        if self._withdrawn:
            return
        self._withdrawn = True
        self._keep()
        self._floating = [
            dock for dock in self._panels().values() if dock.isFloating() and dock.isVisible()
        ]
        for window in (*self._floating, self):
            window.hide()

    @Slot(object)
    def _on_zone_chosen(self, zone: tzinfo) -> None:
        self.messages.set_zone(zone)
        self.grid.set_zone(zone)
        self.tree.set_zone(zone)
        self.timeline.canvas.set_zone(zone)
        self.jobs.model.set_zone(zone)

    @Slot(str)
    def _on_details_requested(self, text: str) -> None:
        open_over(DetailsBox(text, self))

    @Slot()
    def _on_keys(self) -> None:
        open_over(KeySheet(self.acts.key_lines(), self))

    @Slot()
    def _on_change_keys(self) -> None:
        dialog = KeyDialog(self.acts.key_rows(), self.acts.keys, self)
        dialog.keys_chosen.connect(self._on_keys_chosen)
        open_over(dialog)

    @Slot(object)
    def _on_keys_chosen(self, keys: KeyMap) -> None:
        self.set_keys(keys.own)
        self.keys_changed.emit(keys.own)

    @Slot(bool)
    def _on_full_screen(self, on: bool) -> None:
        for bar in (self.menuBar(), self.statusBar()):
            bar.setVisible(not on)
        if on:
            self._was_maximized = self.isMaximized()
            self.showFullScreen()
        elif self._was_maximized:
            self.showMaximized()
        else:
            self.showNormal()

    @Slot()
    def _on_back(self) -> None:
        if self.grid.enlarged is not None:
            self.grid.enlarge(None)
        elif self.isFullScreen():
            self.acts["full_screen"].trigger()
        else:
            self.messages.hide()

    @Slot(QAction)
    def _on_theme_action(self, action: QAction) -> None:
        choice = ThemeChoice(str(action.data()))
        self.themes.choose(choice)
        self.theme_chosen.emit(choice)

    @Slot()
    def _on_find_camera(self) -> None:
        self.tree_dock.show()
        self.tree.focus_search()

    @Slot()
    def _on_favourite(self) -> None:
        """The cameras that are selected in the tree while it has the focus, otherwise that of the tile."""
        in_tree = self.tree.selected_cameras() if self.tree.view.hasFocus() else []
        camera = self.grid.active.camera
        self.tree.toggle_favourites(in_tree or ([camera.camera_id] if camera is not None else []))

    @Slot()
    def _on_find_job(self) -> None:
        self.jobs_dock.show()
        self.jobs.focus_search()

    @Slot()
    def _on_layout(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.grid.set_layout(int(action.data()))

    @Slot()
    def _on_step_tile(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.grid.step(int(action.data()))

    @Slot()
    def _on_step_panel(self) -> None:
        """From panel to panel, as far as they are there."""
        action, here = self.sender(), QApplication.focusWidget()
        panels: tuple[tuple[QWidget, QWidget], ...] = (
            (self.tree, self.tree.view),
            (self.grid, self.grid),
            (self.timeline_dock, self.timeline.canvas),
            (self.jobs, self.jobs.view),
        )
        there = [(panel, place) for panel, place in panels if place.isVisible()]
        inside = [here is panel or (here and panel.isAncestorOf(here)) for panel, _ in there]
        at = inside.index(True) if True in inside else 0
        if isinstance(action, QAction) and there:
            _, place = there[(at + int(action.data())) % len(there)]
            place.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_copy_picture(self) -> None:
        image = self.grid.active.surface.copied()
        if image.isNull():
            self.messages.show_notice(tr("There is no picture to copy."))
            return
        QApplication.clipboard().setImage(image)
        self.messages.show_notice(tr("The picture was copied."))

    @Slot()
    def _on_zoom_off(self) -> None:
        self.grid.active.surface.set_zoom(Zoom())

    @Slot()
    def _on_clear_tile(self) -> None:
        if self.grid.active.camera is not None:
            self.grid.tiles_closed.emit([self.grid.active])

    @Slot()
    def _on_enlarge(self) -> None:
        self.grid.enlarge(None if self.grid.enlarged else self.grid.active)

    @Slot()
    def _on_zoom_in(self) -> None:
        self.timeline.canvas.zoom(0.5)

    @Slot()
    def _on_zoom_out(self) -> None:
        self.timeline.canvas.zoom(2.0)

    def event(self, event: QEvent) -> bool:
        # Comes here from the focused widget up, before any action is looked for.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and keep_for_text(QApplication.focusWidget(), event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        # The space bar plays wherever the focus is, so a button with the focus is pressed by Enter.
        button = QApplication.focusWidget()
        if isinstance(button, QAbstractButton) and event.key() in _ENTER:
            button.click()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._withdrawn = False
        floating, self._floating = self._floating, []
        for dock in floating:
            dock.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if not self.close_guard():
            event.ignore()
            return
        # What ends now may take seconds: nobody is to look at a window that does not answer.
        self.withdraw()
        self.closing.emit()
        super().closeEvent(event)


def _state_key() -> str:
    """Somebody who changes the language finds the panels on the sides where they belong."""
    return _STATE_KEYS[is_right_to_left()]
