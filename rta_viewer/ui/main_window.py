"""The window: builds the panels and puts them in their places. What they do is connected elsewhere."""

from datetime import tzinfo

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.clock import Clock
from rta_viewer.ui.actions import Actions, keep_for_text
from rta_viewer.ui.camera_tree.panel import CameraTreePanel
from rta_viewer.ui.dock_title import DockTitle
from rta_viewer.ui.file_drop import FileDrop
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.key_sheet import KeySheet
from rta_viewer.ui.message_bar import MessageBar
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.grid import LAYOUTS, TileGrid
from rta_viewer.ui.tiles.zoom import Zoom
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.panel import TimelinePanel
from rta_viewer.ui.transport.panel import TransportPanel

_GEOMETRY_KEY = "window/geometry"
_STATE_KEY = "window/state"
_STATE_VERSION = 1


class MainWindow(QMainWindow):
    """All panels as attributes, all actions by name.

    Signals:
        closing: The window is about to go; stop what plays while it is still there.

    Args:
        settings: Where geometry is kept, None for nowhere.
    """

    closing = Signal()

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        pc_zone: tzinfo,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("RTA Viewer")
        self.resize(1440, 860)
        self._settings = settings
        self.theme = theme
        self.book = BandBook()
        self.acts = Actions(self)
        self.messages = MessageBar(theme, self)
        self.grid = TileGrid(theme, self)
        self.tree = CameraTreePanel(theme, self)
        self.timeline = TimelinePanel(theme, self.book, self)
        self.transport = TransportPanel(theme, pc_zone, clock, self)
        self.jobs = JobsPanel(theme, clock, self)
        self.server_label = QLabel("Not signed in", self)
        self.server_label.setObjectName("status_server")
        self.activity_label = QLabel(self)
        self.activity_label.setObjectName("status_activity")
        self.file_drop = FileDrop(self)
        self._build_centre()
        self._build_docks()
        self._build_bars()
        self._connect()
        self._restore()
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
        self.tree_dock = self._dock("tree_dock", "Cameras", self.tree, area.LeftDockWidgetArea)
        self.jobs_dock = self._dock("jobs_dock", "Saved files", self.jobs, area.RightDockWidgetArea)
        self.timeline_dock = self._dock(
            "timeline_dock", "Timeline", bottom, area.BottomDockWidgetArea
        )
        # The timeline needs no title: its dates say what it is, and its height is precious.
        untitled = QWidget(self.timeline_dock)
        untitled.setFixedHeight(0)
        self.timeline_dock.setTitleBarWidget(untitled)
        self.jobs_dock.hide()
        docks = [self.tree_dock, self.jobs_dock]
        self.resizeDocks(docks, [250, 320], Qt.Orientation.Horizontal)

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
        view = menus["&View"]
        self.layouts_menu = QMenu("Layouts", view)
        view.insertMenu(self.acts["clear_tile"], self.layouts_menu)
        view.addSeparator()
        for dock in (self.tree_dock, self.timeline_dock, self.jobs_dock):
            view.addAction(dock.toggleViewAction())
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        status.addWidget(self.server_label)
        status.addPermanentWidget(self.activity_label)

    def _connect(self) -> None:
        self.transport.zone.zone_chosen.connect(self._on_zone_chosen)
        self.messages.details_requested.connect(self._on_details_requested)
        self.acts["quit"].triggered.connect(self.close)
        self.acts["keys"].triggered.connect(self._on_keys)
        self.acts["full_screen"].triggered.connect(self._on_full_screen)
        self.acts["back"].triggered.connect(self._on_back)
        self.acts["light_theme"].toggled.connect(self._on_light_theme)
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
        self.acts["zoom_in"].triggered.connect(self._on_zoom_in)
        self.acts["zoom_out"].triggered.connect(self._on_zoom_out)
        self._on_zone_chosen(self.transport.zone.zone)
        self.acts["light_theme"].setChecked(self.theme.name == "light")

    def set_theme(self, theme: Theme) -> None:
        """Put another theme on the program and on everything that paints itself."""
        self.theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            themes.apply(app, theme)
        for panel in (
            self.messages,
            self.grid,
            self.tree,
            self.timeline,
            self.transport,
            self.jobs,
        ):
            panel.set_theme(theme)
        for title in self.findChildren(DockTitle):
            title.set_theme(theme)

    def show_server(self, text: str) -> None:
        """Whom we are signed in to."""
        self.server_label.setText(text)
        self.setWindowTitle(f"{text} \N{EN DASH} RTA Viewer" if text else "RTA Viewer")

    def show_activity(self, text: str) -> None:
        """What is going on; empty for nothing."""
        self.activity_label.setText(text)

    def _restore(self) -> None:
        if self._settings is None:
            return
        geometry = self._settings.value(_GEOMETRY_KEY)
        state = self._settings.value(_STATE_KEY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(state, QByteArray):
            self.restoreState(state, _STATE_VERSION)

    @Slot(object)
    def _on_zone_chosen(self, zone: tzinfo) -> None:
        self.grid.set_zone(zone)
        self.tree.set_zone(zone)
        self.timeline.canvas.set_zone(zone)
        self.jobs.model.set_zone(zone)

    @Slot(str)
    def _on_details_requested(self, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Details", "", parent=self)
        box.setObjectName("details_box")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @Slot()
    def _on_keys(self) -> None:
        KeySheet(self.acts.key_lines(), self).open()

    @Slot(bool)
    def _on_full_screen(self, on: bool) -> None:
        for bar in (self.menuBar(), self.statusBar()):
            bar.setVisible(not on)
        self.showFullScreen() if on else self.showNormal()

    @Slot()
    def _on_back(self) -> None:
        if self.grid.enlarged is not None:
            self.grid.enlarge(None)
        elif self.isFullScreen():
            self.acts["full_screen"].trigger()
        else:
            self.messages.hide()

    @Slot(bool)
    def _on_light_theme(self, on: bool) -> None:
        wanted = themes.LIGHT_THEME if on else themes.DARK_THEME
        if wanted != self.theme:
            self.set_theme(wanted)

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
    def _on_copy_picture(self) -> None:
        image = self.grid.active.surface.copied()
        if image.isNull():
            self.messages.show_notice("There is no picture to copy.")
            return
        QApplication.clipboard().setImage(image)
        self.messages.show_notice("The picture was copied.")

    @Slot()
    def _on_zoom_off(self) -> None:
        self.grid.active.surface.set_zoom(Zoom())

    @Slot()
    def _on_clear_tile(self) -> None:
        if self.grid.active.camera is not None:
            self.grid.tile_closed.emit(self.grid.active)

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

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self._settings is not None:
            self._settings.setValue(_GEOMETRY_KEY, self.saveGeometry())
            self._settings.setValue(_STATE_KEY, self.saveState(_STATE_VERSION))
        self.closing.emit()
        super().closeEvent(event)
