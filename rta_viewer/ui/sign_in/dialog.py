"""The sign-in dialog. It asks; somebody else signs in and tells it how that went."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.errors import RtaError
from rta_viewer.ui.controls import CheckBox, ComboBox

_METHODS: tuple[tuple[str, SignInMethod | None], ...] = (
    ("Automatic", None),
    ("Basic", SignInMethod.BASIC),
    ("Token", SignInMethod.TOKEN),
    ("OpenID (XProtect)", SignInMethod.OPENID),
)


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What the operator entered.

    Attributes:
        method: None lets the program find out.
        remember: Keep the password in this computer's keyring.
    """

    server: str
    username: str
    password: Secret
    method: SignInMethod | None = None
    remember: bool = False


class SignInDialog(QDialog):
    """Server, user, password. Show it with ``open()``.

    Signals:
        sign_in_requested: A :class:`SignInRequest`.
        sign_in_cancelled: Stop trying; the dialog stays.
    """

    sign_in_requested = Signal(object)
    sign_in_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sign_in_dialog")
        self.setWindowTitle("Sign in")
        self.setMinimumWidth(430)
        self._busy = False
        self.server = ComboBox(self)
        self.server.setEditable(True)
        self.server.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.server.setObjectName("sign_in_server")
        self.server_edit = QLineEdit(self)
        self.server_edit.setObjectName("sign_in_server_edit")
        self.server_edit.setPlaceholderText("https://recorder.example.com")
        self.server.setLineEdit(self.server_edit)
        self.username = self._line("sign_in_user")
        self.password = self._line("sign_in_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.method = ComboBox(self)
        self.method.setObjectName("sign_in_method")
        for text, _ in _METHODS:
            self.method.addItem(text)
        self.remember = CheckBox("Remember the password on this computer", self)
        self.remember.setObjectName("sign_in_remember")
        self._build()
        self._update()

    def _line(self, name: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setObjectName(name)
        edit.textChanged.connect(self._on_changed)
        return edit

    def _build(self) -> None:
        heading = QLabel("Sign in to a recording server", self)
        heading.setProperty("role", "heading")
        form = QFormLayout()
        form.setSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, field in (
            ("&Server", self.server),
            ("&User", self.username),
            ("&Password", self.password),
            ("&Method", self.method),
        ):
            form.addRow(label, field)
        form.addRow("", self.remember)
        self.error = ErrorBox(self)
        self.error.setObjectName("error_box")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self.ok = QPushButton("Sign in", self)
        self.ok.setObjectName("sign_in_ok")
        self.ok.setProperty("role", "primary")
        self.ok.setDefault(True)
        self.cancel = QPushButton("Cancel", self)
        self.cancel.setObjectName("sign_in_cancel")
        self.cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 18, 22, 18)
        box.setSpacing(14)
        box.addWidget(heading)
        box.addLayout(form)
        box.addWidget(self.error)
        box.addWidget(self._bar)
        box.addLayout(buttons)
        self.server_edit.textChanged.connect(self._on_changed)
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)

    def set_known_servers(self, addresses: Sequence[str]) -> None:
        """Offer addresses that were used before, the latest first."""
        text = self.server_edit.text()
        self.server.clear()
        self.server.addItems(list(addresses))
        self.server_edit.setText(text or (addresses[0] if addresses else ""))

    def fill_in(self, request: SignInRequest) -> None:
        """Start with these values; the cursor goes where something is missing."""
        self.server_edit.setText(request.server)
        self.username.setText(request.username)
        self.password.setText(request.password.reveal())
        methods = [method for _, method in _METHODS]
        self.method.setCurrentIndex(methods.index(request.method))
        self.remember.setChecked(request.remember)
        fields = (self.server_edit, self.username, self.password)
        next((field for field in fields if not field.text()), self.ok).setFocus()

    def set_busy(self, busy: bool) -> None:
        """Trying now, or not any more."""
        self._busy = busy
        if busy:
            self.error.show_error(None)
        self._update()

    def show_error(self, error: RtaError) -> None:
        """It did not work, and why; the operator may try again."""
        self.set_busy(False)
        self.error.show_error(error)
        self.password.setFocus()
        self.password.selectAll()

    def request(self) -> SignInRequest:
        """What is entered."""
        return SignInRequest(
            server=self.server_edit.text().strip(),
            username=self.username.text().strip(),
            password=Secret(self.password.text()),
            method=_METHODS[self.method.currentIndex()][1],
            remember=self.remember.isChecked(),
        )

    def accept(self) -> None:
        """Close it after a sign-in that worked; the password leaves the field."""
        self.set_busy(False)
        self.password.clear()
        super().accept()

    def reject(self) -> None:
        """Stop trying; when nothing is tried, close."""
        if self._busy:
            self.set_busy(False)
            self.sign_in_cancelled.emit()
        else:
            self.password.clear()
            super().reject()

    def _update(self) -> None:
        complete = bool(self.server_edit.text().strip() and self.username.text().strip())
        self.ok.setEnabled(complete and not self._busy)
        self.ok.setText("Signing in\N{HORIZONTAL ELLIPSIS}" if self._busy else "Sign in")
        self._bar.setVisible(self._busy)
        for field in (self.server, self.username, self.password, self.method, self.remember):
            field.setEnabled(not self._busy)

    @Slot()
    def _on_changed(self) -> None:
        self.error.show_error(None)
        self._update()

    @Slot()
    def _on_ok(self) -> None:
        request = self.request()
        self.set_busy(True)
        self.sign_in_requested.emit(request)


class ErrorBox(QFrame):
    """What happened and what to do about it; hidden while there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = QLabel(self)
        self.summary.setProperty("role", "title")
        self.hint = QLabel(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 9, 12, 9)
        box.setSpacing(3)
        for label in (self.summary, self.hint):
            label.setWordWrap(True)
            # Words of a server must not be taken for markup.
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(label)
        self.hide()

    def show_error(self, error: RtaError | None) -> None:
        """Show this, or nothing."""
        self.setVisible(error is not None)
        if error is not None:
            self.summary.setText(error.summary)
            self.hint.setText(error.hint)
            self.hint.setVisible(bool(error.hint))
