"""The sign-in dialog. It asks; somebody else signs in and tells it how that went."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.discovery import Finding
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import KnownServer, PlainHttpError
from rta_viewer.core.texts import mark, plain, tr
from rta_viewer.errors import RtaError
from rta_viewer.ui.controls import CheckBox, ComboBox
from rta_viewer.ui.file_drop import FileDrop
from rta_viewer.ui.leading import align_labels
from rta_viewer.ui.plain import make_labels_plain
from rta_viewer.ui.sign_in.certificate_box import CertificateBox
from rta_viewer.ui.sign_in.error_box import ErrorBox
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.ui.sign_in.server_list import ServerListPanel
from rta_viewer.ui.sign_in.steps_box import StepsBox
from rta_viewer.ui.theme.theme import DARK_THEME, Theme

_METHODS: tuple[tuple[str, SignInMethod | None], ...] = (
    (mark("Automatic"), None),
    (mark("Basic"), SignInMethod.BASIC),
    (mark("Token"), SignInMethod.TOKEN),
    (mark("OpenID (XProtect)"), SignInMethod.OPENID),
)
_COMPARE = mark(
    "Compare the fingerprint with the administrator's by another way before you trust it."
)


class SignInDialog(QDialog):
    """The known servers, and who signs in to which. Show it with ``open()``.

    Signals:
        sign_in_requested: A :class:`SignInRequest`.
        sign_in_cancelled: Stop trying; the dialog stays.
        continue_requested: What was found out is accepted: go in.
        pin_requested: Trust this certificate and try again: the fingerprint.
        changed: What was found out does not belong to what is entered any more.
        files_wanted: No server is needed: saved files shall be opened. The dialog is closed.
        files_dropped: The same, and these are the files: a list of ``pathlib.Path``.
    """

    sign_in_requested = Signal(object)
    sign_in_cancelled = Signal()
    continue_requested = Signal()
    pin_requested = Signal(str)
    changed = Signal()
    files_wanted = Signal()
    files_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None, theme: Theme = DARK_THEME) -> None:
        super().__init__(parent)
        self.setObjectName("sign_in_dialog")
        self.setWindowTitle(tr("Sign in"))
        self.setMinimumSize(880, 440)
        self._busy = self._ready = self._plain = False
        self._may_add = True
        self.servers = ServerListPanel(theme, self)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.server_edit = self._line("sign_in_server_edit")
        self.server_edit.setPlaceholderText("https://recorder.example.com")
        self.username = self._line("sign_in_user")
        self.username.setPlaceholderText(tr("name, or DOMAIN\\name"))
        self.password = self._line("sign_in_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.method = ComboBox(self)
        self.method.setObjectName("sign_in_method")
        for text, _ in _METHODS:
            self.method.addItem(tr(text))
        self.remember = CheckBox(tr("Remember the password on this computer"), self)
        self.remember.setObjectName("sign_in_remember")
        self.steps = StepsBox(theme, self)
        self.error = ErrorBox(self)
        self.certificate = CertificateBox(self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self.check = self._button("sign_in_check", tr("Check the server"))
        self.files = self._button(
            "sign_in_files", tr("Open saved &files instead\N{HORIZONTAL ELLIPSIS}")
        )
        self.file_drop = FileDrop(self)
        self.cancel = self._button("sign_in_cancel", tr("Cancel"))
        self.ok = self._button("sign_in_ok", tr("Sign in"))
        self.ok.setProperty("role", "primary")
        self.ok.setDefault(True)
        self._build()
        self._connect()
        align_labels(self)
        self._update()
        make_labels_plain(self)

    def _line(self, name: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setObjectName(name)
        return edit

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        return button

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, field in (
            (tr("&Server"), self.server_edit),
            (tr("&User"), self.username),
            (tr("&Password"), self.password),
            (tr("&Method"), self.method),
        ):
            form.addRow(label, field)
        form.addRow("", self.remember)
        buttons = QHBoxLayout()
        buttons.addWidget(self.check)
        buttons.addWidget(self.files)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        right = QVBoxLayout()
        right.setContentsMargins(22, 16, 22, 16)
        right.setSpacing(12)
        right.addWidget(self.heading)
        right.addLayout(form)
        for widget in (self.steps, self.error, self.certificate):
            right.addWidget(widget)
        right.addStretch(1)
        right.addWidget(self._bar)
        right.addLayout(buttons)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.servers)
        box.addLayout(right, 1)

    def _connect(self) -> None:
        for edit in (self.server_edit, self.username, self.password):
            edit.textChanged.connect(self._on_changed)
        self.server_edit.textEdited.connect(self._on_address_edited)
        self.method.currentIndexChanged.connect(self._on_changed)
        self.ok.clicked.connect(self._on_ok)
        self.check.clicked.connect(self._on_check)
        self.cancel.clicked.connect(self.reject)
        self.files.clicked.connect(self._on_files)
        self.file_drop.files_dropped.connect(self._on_files_dropped)
        self.certificate.pin_requested.connect(self.pin_requested)
        self.servers.server_chosen.connect(self._on_server_chosen)
        self.servers.server_activated.connect(self._on_server_activated)
        self.servers.add_requested.connect(self._on_add)

    def set_servers(
        self,
        servers: Sequence[KnownServer],
        *,
        may_save_passwords: bool = True,
        may_add: bool = True,
    ) -> None:
        """The list, the latest used first; what is entered stays."""
        self._may_add = may_add
        self.servers.set_may_add(may_add)
        self.servers.set_servers(servers)
        self.servers.choose(self.server_edit.text(), self.username.text())
        self.remember.setVisible(may_save_passwords)
        self._update()

    def fill_in(self, request: SignInRequest) -> None:
        """Start with these values; the cursor goes where something is missing."""
        self.server_edit.setText(request.server)
        self.username.setText(request.username)
        self.password.setText(request.password.reveal())
        methods = [method for _, method in _METHODS]
        self.method.setCurrentIndex(methods.index(request.method))
        self.remember.setChecked(request.remember)
        self.servers.choose(request.server, request.username)
        self._update()
        fields = (self.server_edit, self.username, self.password)
        next((field for field in fields if not field.text()), self.ok).setFocus()

    def set_busy(self, busy: bool) -> None:
        """Trying now, or not any more."""
        self._busy = busy
        if busy:
            self._forget_findings()
            # A field that is disabled hands the focus to the next button: a second Enter would press it.
            self.setFocus()
        self._update()

    def show_finding(self, finding: Finding) -> None:
        """One step of what is found out while trying."""
        if not self.steps.isVisible():
            self.steps.begin()
        self.steps.show_finding(finding)
        self._grow()

    def show_ready(self) -> None:
        """It works, and there is something to know before going in."""
        self._busy, self._ready = False, True
        self.steps.end()
        self._update()
        self.ok.setFocus()

    def show_error(self, error: RtaError, why: str = "") -> None:
        """It did not work, and why; the operator may try again.

        Args:
            error: What happened.
            why: A sentence before it: what made the dialog come up.
        """
        self.set_busy(False)
        self.steps.end()
        self._plain = isinstance(error, PlainHttpError)
        hint = error.hint
        if isinstance(error, UntrustedCertificateError):
            self.certificate.show_certificate(error.certificate, error.pinned)
            hint = error.hint if error.is_changed else tr(_COMPARE)
        # Both fingerprints are shown below.
        summary = error.summary
        if isinstance(error, UntrustedCertificateError) and error.is_changed:
            where = error.where or self.server_edit.text().strip()
            summary = tr("The certificate of {where} has changed.", where=where)
        self.error.show_words(f"{why} {summary}".strip(), hint)
        self._update()
        if not self._plain:
            self.password.setFocus()
            self.password.selectAll()
        self._grow()

    def request(self) -> SignInRequest:
        """What is entered."""
        return SignInRequest(
            server=plain(self.server_edit.text()).strip(),
            username=self.username.text().strip(),
            password=Secret(self.password.text()),
            method=_METHODS[self.method.currentIndex()][1],
            remember=self.remember.isChecked() and not self.remember.isHidden(),
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
            self.password.setFocus()
            self.sign_in_cancelled.emit()
        else:
            self.password.clear()
            super().reject()

    def _forget_findings(self) -> None:
        self._ready = self._plain = False
        self.error.show_error(None)
        self.certificate.show_certificate(None)
        self.steps.hide()

    def _update(self) -> None:
        complete = bool(self.server_edit.text().strip() and self.username.text().strip())
        self.ok.setEnabled(complete and not self._busy)
        self.check.setEnabled(complete and not self._busy)
        self.ok.setText(
            tr("Signing in\N{HORIZONTAL ELLIPSIS}")
            if self._busy
            else tr("Go on")
            if self._ready
            else tr("Send it all the same")
            if self._plain
            else tr("Sign in")
        )
        self._bar.setVisible(self._busy)
        fields = (self.server_edit, self.username, self.password, self.method, self.remember)
        for field in (*fields, self.servers, self.certificate):
            field.setEnabled(not self._busy)
        chosen = self.servers.current
        self.server_edit.setReadOnly(not self._may_add or (chosen is not None and chosen.fixed))
        nobody = tr("Add a server") if self._may_add else tr("Choose a server")
        self.heading.setText(
            tr("Sign in to {title}", title=chosen.entry.title) if chosen else nobody
        )

    def _grow(self) -> None:
        """Wrapped text is as high as its width makes it: ask again once it is laid out."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            # Without a wrapped text in sight no height goes with a width, only a least one.
            needed = max(
                layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height()
            )
            self.resize(self.width(), max(self.height(), needed))

    @Slot()
    def _on_changed(self) -> None:
        self._forget_findings()
        self._update()
        self.changed.emit()

    @Slot()
    def _on_address_edited(self) -> None:
        self.servers.choose(self.server_edit.text().strip(), self.username.text().strip())
        self._update()

    @Slot(object)
    def _on_server_chosen(self, server: KnownServer) -> None:
        self.fill_in(SignInRequest(server.entry.address, server.entry.username, Secret("")))

    @Slot()
    def _on_server_activated(self) -> None:
        if self.ok.isEnabled() and self.password.text():
            self.ok.click()

    @Slot()
    def _on_add(self) -> None:
        self.fill_in(SignInRequest("", "", Secret("")))

    @Slot()
    def _on_check(self) -> None:
        self._try(replace(self.request(), look=True))

    @Slot()
    def _on_files(self) -> None:
        self.done(QDialog.DialogCode.Rejected)
        self.files_wanted.emit()

    @Slot(object)
    def _on_files_dropped(self, paths: object) -> None:
        self.done(QDialog.DialogCode.Rejected)
        self.files_dropped.emit(paths)

    @Slot()
    def _on_ok(self) -> None:
        if self._ready:
            self.continue_requested.emit()
        else:
            self._try(replace(self.request(), accept_plain=self._plain))

    def _try(self, request: SignInRequest) -> None:
        self.set_busy(True)
        self.sign_in_requested.emit(request)
