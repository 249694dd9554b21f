"""A quiet line for what went wrong: it does not stop anybody."""

from datetime import UTC, tzinfo

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.errors import RefusedError, RtaError
from rta_viewer.ui import icons, times
from rta_viewer.ui.icon_label import IconLabel
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.wrapped import WrappedLabel


class MessageBar(QFrame):
    """One sentence and what to do, with the details to look at and to copy.

    Attributes:
        error: What is shown, or was last; None for a notice.

    Signals:
        details_requested: The text that belongs in a bigger window.
        offer_taken: The button of :meth:`show_offer`.
        sign_in_requested: User and password were refused, and the operator wants to enter others; the
            server's address, empty where it is not known.
        taken_back: The error that was shown is over, and nothing is shown.
    """

    details_requested = Signal(str)
    offer_taken = Signal()
    sign_in_requested = Signal(str)
    taken_back = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._said = self._details = ""
        self._zone: tzinfo = UTC
        self._refused_by = ""
        self.error: RtaError | None = None
        self._icon_name = "info"
        self._icon = IconLabel(18, self)
        # A path or a server's word without a gap must not make the window wider than the screen.
        self.text = WrappedLabel("message_text", self)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._offer = self._button("message_offer", "")
        self._sign_in = self._button("message_sign_in", tr("Sign in again"))
        self._show = self._button("message_details", tr("Details"))
        self._copy = self._button("message_copy", tr("Copy"))
        self._close = self._button("message_close", "")
        self._close.setToolTip(tr("Close"))
        self._close.setAccessibleName(tr("Close message"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        for button in (self._offer, self._sign_in, self._show, self._copy, self._close):
            row.addWidget(button)
        self._offer.clicked.connect(self._on_offer)
        self._sign_in.clicked.connect(self._on_sign_in)
        self._show.clicked.connect(self._on_details)
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.hide)
        self.set_theme(theme)
        self.hide()

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self._close.setIcon(icons.icon("clear", theme.colours.text))
        self._close.setIconSize(QSize(12, 12))
        self._draw_icon()

    def set_zone(self, zone: tzinfo) -> None:
        """Word times in another zone, also those of the sentence that is shown."""
        self._zone = zone
        self.text.setText(times.in_zone(self._said, zone))

    def show_error(self, error: RtaError, details: str = "") -> None:
        """Something went wrong."""
        self._present("danger", "warning", str(error), details or f"{error.kind}: {error}")
        self.error = error
        self._refused_by = error.server if isinstance(error, RefusedError) else ""
        self._sign_in.setVisible(isinstance(error, RefusedError))

    def take_back(self, error: RtaError) -> None:
        """It is not so any more; what else is shown stays."""
        if self.error is error and not self.isHidden():
            self.hide()
            self.taken_back.emit(error)

    def show_notice(self, text: str, details: str = "") -> None:
        """Something worth knowing."""
        self._present("notice", "info", text, details)

    def show_offer(self, text: str, button: str) -> None:
        """Something that can be done now, or never: a button for it."""
        self._present("notice", "info", text, "")
        self._offer.setText(button)
        self._offer.show()

    def _present(self, level: str, icon: str, text: str, details: str) -> None:
        self.setProperty("level", level)
        # The label's colour hangs on the bar's level, too.
        for widget in (self, self.text):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._icon_name = icon
        self._draw_icon()
        self._said, self._details, self.error = text, details, None
        self.text.setText(times.in_zone(text, self._zone))
        self._show.setVisible(bool(details))
        self._offer.hide()
        self._sign_in.hide()
        self.show()

    @Slot()
    def _on_offer(self) -> None:
        self.hide()
        self.offer_taken.emit()

    @Slot()
    def _on_sign_in(self) -> None:
        self.hide()
        self.sign_in_requested.emit(self._refused_by)

    def _draw_icon(self) -> None:
        colours = self._theme.colours
        notice = self.property("level") == "notice"
        ink = colours.on_notice_ground if notice else colours.on_danger_ground
        self._icon.set_icon(self._icon_name, ink)

    @Slot()
    def _on_details(self) -> None:
        self.details_requested.emit(times.in_zone(self._details, self._zone))

    @Slot()
    def _on_copy(self) -> None:
        details = times.in_zone(self._details, self._zone)
        text = "\n".join(part for part in (self.text.text(), details) if part)
        QGuiApplication.clipboard().setText(text)
