"""The style sheet. ``$name`` is a colour of the palette or a size in pixels."""

SHEET = """
QMainWindow, QDialog { background: $window; color: $text; }
QMainWindow::separator { background: $window; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: $accent; }
QToolTip { background: $raised; color: $text; border: 1px solid $border_strong; padding: 4px 6px; }

QMenuBar { background: $panel; color: $text; padding: 2px 4px; border-bottom: 1px solid $border; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; color: $text; border: 1px solid $border_strong; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QStatusBar { background: $panel; color: $text_quiet; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_quiet; padding: 1px 8px; }

QDockWidget { color: $text; }
QWidget#dock_title { background: $panel; border-bottom: 2px solid $panel; }
QWidget#dock_title[focused="true"] { border-bottom-color: $accent; }
QWidget#dock_title QToolButton { min-height: 18px; min-width: 18px; padding: 1px; }
QWidget#panel, QFrame#panel { background: $panel; }
QLabel { background: transparent; color: $text; }
QLabel[role="quiet"] { color: $text_quiet; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="heading"] { font-size: 18px; font-weight: 600; }
QLabel[role="digits"] { font-family: "$mono"; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="danger"] { color: $danger; }
QLabel[level="warning"] { color: $warning; }
QLabel[level="danger"] { color: $danger; }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $border; border-radius: 5px;
    min-height: ${control_px}px; padding: 3px 12px;
}
QToolButton { padding: 3px 4px; min-width: 22px; }
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $border_strong; }
QPushButton:pressed, QToolButton:pressed { background: $border; }
QPushButton:focus, QToolButton:focus { border-color: $accent_hover; }
QPushButton:disabled, QToolButton:disabled { color: $text_disabled; background: $panel; }
QPushButton:checked, QToolButton:checked {
    background: $accent; color: $on_accent; border-color: $accent;
}
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[role="primary"]:hover { border-color: $on_accent; }
QPushButton[role="primary"]:focus, QPushButton:checked:focus, QToolButton:checked:focus {
    border-color: $text;
}
QPushButton[role="primary"]:disabled {
    background: $raised; color: $text_disabled; border-color: $border;
}
QToolButton[role="flat"], QPushButton[role="flat"] { background: transparent; border-color: transparent; }
QToolButton[role="flat"]:hover, QPushButton[role="flat"]:hover { background: $hover; }
QToolButton[role="flat"]:focus, QPushButton[role="flat"]:focus { border-color: $accent_hover; }
QToolButton[role="count"] { font-size: ${small_px}px; padding: 2px 1px; min-width: 30px; min-height: 30px; }
QToolButton[role="count"][alarm="true"] { color: $danger; }
QToolButton[role="count"][alarm="true"]:checked { color: $on_accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[segment] { padding: 3px 2px; }
QToolButton[segment="first"] {
    border-top-right-radius: 0; border-bottom-right-radius: 0;
}
QToolButton[segment="middle"] { border-radius: 0; border-left: none; }
QToolButton[segment="last"] {
    border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: none;
}

QLineEdit, QComboBox, QPlainTextEdit {
    background: $field; color: $text; border: 1px solid $border_strong; border-radius: 5px;
    min-height: ${field_px}px; padding: 0 8px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QPlainTextEdit { placeholder-text-color: $text_quiet; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border-color: $accent_hover; }
QLineEdit:disabled, QComboBox:disabled { color: $text_disabled; border-color: $border; }
QLineEdit:read-only, QPlainTextEdit:read-only {
    background: $panel; color: $text_quiet; border-color: $border;
}
QLineEdit[invalid="true"] { border-color: $danger; }
QLineEdit[role="digits"] { font-family: "$mono"; font-size: ${small_px}px; }
QLineEdit QToolButton { min-width: 0; min-height: 0; padding: 0; }
QComboBox QLineEdit { border: none; min-height: 0; padding: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox QAbstractItemView {
    background: $panel; color: $text; border: 1px solid $border_strong;
    selection-background-color: $accent; selection-color: $on_accent;
}

QTreeView, QListView, QTableView {
    background: $panel; color: $text; border: none; outline: none;
    selection-background-color: $accent; selection-color: $on_accent;
}
QTreeView::item { padding: 4px 4px; border: none; }
QTreeView::item:hover, QListView::item:hover { background: $raised; }
QTreeView::item:selected, QListView::item:selected { background: $accent; color: $on_accent; }
QTableView#job_history::item { padding: 3px 8px; }
QTableView { gridline-color: $border; }
QHeaderView::section {
    background: $panel; color: $text_quiet; border: none; border-bottom: 1px solid $border;
    padding: 4px 8px;
}

QScrollBar:vertical { background: $panel; width: 10px; margin: 0; }
QScrollBar:horizontal { background: $panel; height: 10px; margin: 0; }
QScrollBar::handle { background: $border_strong; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text_disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar {
    background: $field; border: 1px solid $border; border-radius: 4px; height: 6px;
    color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QFrame#message_bar { background: $danger_ground; border-bottom: 1px solid $border; }
QFrame#message_bar QLabel { color: $on_danger_ground; }
QFrame#message_bar[level="notice"] { background: $notice_ground; }
QFrame#message_bar[level="notice"] QLabel { color: $on_notice_ground; }
QFrame#copy_strip { background: $raised; border-top: 1px solid $border; }
QFrame#error_box { background: $danger_ground; border-radius: 5px; }
QFrame#error_box QLabel { color: $on_danger_ground; }
QFrame#certificate_box { background: $field; border: 1px solid $border_strong; border-radius: 5px; }
QLabel#certificate_pinned, QLabel#certificate_shown { font-size: ${small_px}px; }
QScrollArea#steps_box, QWidget#steps { background: $panel; border-radius: 5px; }
QScrollArea#waiting_servers, QWidget#waiting_content { background: $panel; }
QFrame#waiting_server { background: $field; border: 1px solid $border; border-radius: 5px; }
QListWidget#server_list { background: $panel; border: none; }
QListWidget#server_list::item { padding: 3px 4px; border-radius: 4px; }
QToolBar#trust_strip { background: $alarm_ground; border: none; padding: 0; spacing: 0; }
QToolBar#trust_strip QLabel { color: $on_alarm_ground; font-weight: 600; padding: 5px 12px; }
QFrame#warning_box { background: $raised; border-left: 3px solid $warning; border-radius: 5px; }
QFrame#warning_box[mirrored="true"] { border-left: none; border-right: 3px solid $warning; }
QFrame#note_box { background: $notice_ground; border-radius: 5px; }
QFrame#note_box QLabel { color: $on_notice_ground; }

QFrame[tile="true"] { background: $video_ground; border: 2px solid $border; }
QFrame[tile="true"][active="true"] { border: 2px solid $accent; }
QFrame[tile="true"][target="true"] { border: 2px dashed $playhead; }
QWidget#tile_header { background: $panel; }
QWidget#tile_overlay { background: transparent; }
QWidget#tile_overlay QLabel { color: $on_video; }
QWidget#tile_overlay QLabel[role="quiet"] { color: $on_video_quiet; }
QLabel#goto_preview {
    background: $raised; color: $text; border: 1px solid $accent_hover; border-radius: 5px;
    padding: 5px 9px;
}
QLabel#goto_preview[level="quiet"] { color: $text_quiet; border-color: $border_strong; }
QLabel#goto_preview[level="wrong"] {
    background: $danger_ground; color: $on_danger_ground; border-color: $danger;
}
QFrame#calendar_popup, QFrame#cut_editor {
    background: $panel; border: 1px solid $border_strong; border-radius: 6px;
}
QLabel#timeline_hover {
    background: $raised; color: $text; border: 1px solid $border_strong; border-radius: 4px;
    padding: 3px 7px;
}
"""
