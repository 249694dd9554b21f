"""The settings of one known server. What the administrator set is shown and locked."""

import re
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.certificate import normal_fingerprint
from rta_viewer.core.servers import FULL_SHARE_PERCENT, KnownServer, ServerEntry
from rta_viewer.core.texts import mark, plain, tr
from rta_viewer.errors import RtaError, UsageError
from rta_viewer.ui.controls import CheckBox, ComboBox
from rta_viewer.ui.leading import align_labels
from rta_viewer.ui.plain import make_labels_plain
from rta_viewer.ui.sign_in.error_box import ErrorBox

_RATES_BYTES = (0, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000)
_SHARES_PERCENT = (FULL_SHARE_PERCENT, 75, 50, 25, 10)
_PINS_HEIGHT_PX = 64
_HOST = re.compile(r"[^\s/@,;]{1,253}")
_COMMAS = re.compile("[,\N{ARABIC COMMA}]")
_UNSAFE = mark("Anybody in between could then read the password and change the pictures.")


class EditServerDialog(QDialog):
    """Address, trust and limits of a server. Show it with ``open()``.

    Signals:
        save_requested: The :class:`ServerEntry` as it is to be; the dialog stays until told to close.
    """

    save_requested = Signal(object)

    def __init__(self, server: KnownServer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("edit_server_dialog")
        self.setWindowTitle(tr("Server settings"))
        self.setMinimumWidth(620)
        self.server = server
        entry = server.entry
        self.address = self._line("edit_address", entry.address)
        self.username = self._line("edit_user", entry.username)
        self.stream_host = self._line("edit_stream_host", entry.stream_host)
        self.stream_host.setPlaceholderText(tr("as the server says"))
        self.trusted_hosts = self._line("edit_trusted_hosts", ", ".join(entry.trusted_hosts))
        self.trusted_hosts.setPlaceholderText(tr("none; separate several by commas"))
        self.pins = QPlainTextEdit("\n".join(entry.pins), self)
        self.pins.setObjectName("edit_pins")
        self.pins.setPlaceholderText(tr("none: this computer's trusted authorities decide"))
        self.pins.setFixedHeight(_PINS_HEIGHT_PX)
        self.pins.setTabChangesFocus(True)
        self.insecure = CheckBox(tr("Do not verify its certificate"), self)
        self.insecure.setObjectName("edit_insecure")
        self.insecure.setChecked(not entry.verify_tls)
        self.allow_basic = CheckBox(tr("Streams without TLS may get the password by Basic"), self)
        self.allow_basic.setObjectName("edit_allow_basic")
        self.allow_basic.setChecked(entry.allow_basic)
        self.rate = self._choice("edit_rate", _RATES_BYTES, entry.max_bytes_per_s, _rate_text)
        self.share = self._choice(
            "edit_share", _SHARES_PERCENT, entry.requests_percent, _share_text
        )
        self.warning = QLabel(tr(_UNSAFE), self)
        self.warning.setObjectName("edit_warning")
        self.warning.setProperty("role", "danger")
        self.warning.setWordWrap(True)
        self.fixed_note = QLabel(
            tr("Set by the administrator of this computer. You choose only who signs in."), self
        )
        self.fixed_note.setObjectName("edit_fixed_note")
        self.fixed_note.setWordWrap(True)
        self.fixed_note.setVisible(server.fixed)
        self.error = ErrorBox(self)
        self.ok = QPushButton(tr("Save"), self)
        self.ok.setObjectName("edit_ok")
        self.ok.setProperty("role", "primary")
        self.ok.setDefault(True)
        self.cancel = QPushButton(tr("Cancel"), self)
        self.cancel.setObjectName("edit_cancel")
        self._build()
        self._lock()
        align_labels(self)
        make_labels_plain(self)
        self.insecure.toggled.connect(self._on_changed)
        self.allow_basic.toggled.connect(self._on_changed)
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)
        self._on_changed()

    def _line(self, name: str, text: str) -> QLineEdit:
        edit = QLineEdit(text, self)
        edit.setObjectName(name)
        return edit

    def _choice(
        self, name: str, values: tuple[int, ...], value: int, words: Callable[[int], str]
    ) -> ComboBox:
        box = ComboBox(self)
        box.setObjectName(name)
        for each in values if value in values else (*values, value):
            box.addItem(words(each), each)
        box.setCurrentIndex(box.findData(value))
        return box

    def _build(self) -> None:
        heading = QLabel(self.server.entry.title, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("role", "heading")
        form = QFormLayout()
        form.setSpacing(9)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, field in (
            (tr("&Address"), self.address),
            (tr("&User"), self.username),
            (tr("&Streams from host"), self.stream_host),
            (tr("Other &hosts that may get the credentials"), self.trusted_hosts),
            (tr("&Pinned certificates, SHA-256"), self.pins),
            (tr("&Transfers"), self.rate),
            (tr("&Requests"), self.share),
        ):
            form.addRow(label, field)
        for check in (self.insecure, self.allow_basic):
            form.addRow("", check)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 16, 22, 16)
        box.setSpacing(12)
        box.addWidget(heading)
        box.addWidget(self.fixed_note)
        box.addLayout(form)
        box.addWidget(self.warning)
        box.addWidget(self.error)
        box.addLayout(buttons)

    def _lock(self) -> None:
        if not self.server.fixed:
            return
        for edit in (self.address, self.stream_host, self.trusted_hosts, self.pins):
            # Read-only and not disabled: it can be read, and copied.
            edit.setReadOnly(True)
        for widget in (self.insecure, self.allow_basic, self.rate, self.share):
            widget.setEnabled(False)

    def entry(self) -> ServerEntry:
        """As it is entered.

        Raises:
            UsageError: A host or a fingerprint that is none.
        """
        address = plain(self.address.text()).strip()
        moved = address != self.server.entry.address
        return replace(
            self.server.entry,
            address=address,
            username=self.username.text().strip(),
            name="" if moved else self.server.entry.name,
            stream_host=_host(plain(self.stream_host.text()).strip()),
            trusted_hosts=tuple(
                _host(one) for one in _COMMAS.split(plain(self.trusted_hosts.text())) if one.strip()
            ),
            pins=tuple(
                normal_fingerprint(one)
                for one in plain(self.pins.toPlainText()).split("\n")
                if one.strip()
            ),
            verify_tls=not self.insecure.isChecked(),
            allow_basic=self.allow_basic.isChecked(),
            # Somebody accepted it for the old address.
            plain_http_accepted=self.server.entry.plain_http_accepted and not moved,
            max_bytes_per_s=self.rate.currentData(),
            requests_percent=self.share.currentData(),
        )

    def show_error(self, error: RtaError) -> None:
        """It cannot be like that, and why."""
        self.error.show_error(error)

    @Slot()
    def _on_changed(self) -> None:
        self.warning.setVisible(self.insecure.isChecked() or self.allow_basic.isChecked())

    @Slot()
    def _on_ok(self) -> None:
        try:
            entry = self.entry()
        except UsageError as err:
            self.show_error(err)
            return
        self.error.show_error(None)
        self.save_requested.emit(entry)


def _host(text: str) -> str:
    host = text.strip().lower()
    if host and not _HOST.fullmatch(host):
        raise UsageError(
            tr(
                "\N{LEFT DOUBLE QUOTATION MARK}{host}\N{RIGHT DOUBLE QUOTATION MARK} is not a "
                "host.",
                host=host[:80],
            ),
            tr("Type a name or an IP address, without https://."),
        )
    return host


def _rate_text(rate_bytes: int) -> str:
    return (
        tr("at most {rate:g} MB a second", rate=rate_bytes / 1_000_000)
        if rate_bytes
        else tr("no limit for this server")
    )


def _share_text(percent: int) -> str:
    if percent == FULL_SHARE_PERCENT:
        return tr("all that the server allows")
    return tr("{percent} % of what the server allows", percent=percent)
