"""A server's certificate as a person compares it, and the decision to trust it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from rta_viewer.core.certificate import Certificate
from rta_viewer.core.texts import digits, mark, tr
from rta_viewer.core.timetext import iso_utc
from rta_viewer.ui.controls import CheckBox

_MOST_NAMES = 6
_HALF = 16


class CertificateBox(QFrame):
    """Who it is for, who vouches, how long, and its fingerprint; hidden while there is none.

    Signals:
        pin_requested: Trust it: the fingerprint.
    """

    pin_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("certificate_box")
        self._fingerprint = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 9, 12, 9)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._captions: list[QLabel] = []
        self.values: dict[str, QLabel] = {}
        for name, caption in (
            ("subject", mark("Issued to")),
            ("issuer", mark("Issued by")),
            ("names", mark("For")),
            ("validity", mark("Valid")),
            ("pinned", mark("Pinned is")),
            ("shown", "SHA-256"),
        ):
            self._row(name, tr(caption))
        self.compared = CheckBox(tr("I compared it with the administrator's fingerprint"), self)
        self.compared.setObjectName("certificate_compared")
        self.pin = QPushButton(tr("Trust this certificate"), self)
        self.pin.setObjectName("certificate_pin")
        self._decision = QWidget(self)
        row = QHBoxLayout(self._decision)
        row.setContentsMargins(0, 5, 0, 0)
        row.addWidget(self.compared, 1)
        row.addWidget(self.pin)
        self._grid.addWidget(self._decision, self._grid.rowCount(), 0, 1, 2)
        self.compared.toggled.connect(self.pin.setEnabled)
        self.pin.clicked.connect(self._on_pin)
        self.hide()

    def _row(self, name: str, caption: str) -> None:
        label, value = QLabel(caption, self), QLabel(self)
        label.setProperty("role", "quiet")
        value.setObjectName(f"certificate_{name}")
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setWordWrap(True)
        if name in {"pinned", "shown"}:
            value.setProperty("role", "digits")
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._captions.append(label)
        self.values[name] = value

    def show_certificate(
        self, certificate: Certificate | None, pinned: tuple[str, ...] = (), *, may_pin: bool = True
    ) -> None:
        """Show this one, or nothing.

        Args:
            certificate: What the server showed.
            pinned: The fingerprints that were expected instead; a changed certificate is not pinned here.
            may_pin: The person may decide to trust it.
        """
        self.setVisible(certificate is not None)
        if certificate is None:
            return
        self._fingerprint = certificate.fingerprint
        more = len(certificate.names) - _MOST_NAMES
        names = ", ".join(certificate.names[:_MOST_NAMES])
        if more > 0:
            names = tr("{names} and {more} more", names=names, more=more)
        self._captions[-1].setText(tr("Shown is") if pinned else "SHA-256")
        unreadable = tr("not readable")
        self._put("subject", certificate.subject or unreadable)
        self._put("issuer", certificate.issuer or unreadable)
        self._put("names", names)
        self._put("validity", _days(certificate) or unreadable)
        self._put("pinned", "\n".join(_in_two(one) for one in pinned))
        self._put("shown", _in_two(certificate.fingerprint))
        self._decision.setVisible(may_pin and not pinned)
        self.compared.setChecked(False)
        self.pin.setEnabled(False)

    def _put(self, name: str, text: str) -> None:
        value = self.values[name]
        value.setText(text)
        value.setVisible(bool(text))
        caption = self._captions[list(self.values).index(name)]
        caption.setVisible(bool(text))
        value.setAccessibleName(f"{caption.text()}: {text}")

    @Slot()
    def _on_pin(self) -> None:
        self.pin_requested.emit(self._fingerprint)


def _in_two(fingerprint: str) -> str:
    """Two lines of 16 pairs: what a person reads aloud."""
    pairs = fingerprint.split(":")
    lines = [":".join(pairs[at : at + _HALF]) for at in range(0, len(pairs), _HALF)]
    return "\n".join(lines)


def _days(certificate: Certificate) -> str:
    if certificate.valid_from_ms is None or certificate.valid_to_ms is None:
        return ""
    first, last = iso_utc(certificate.valid_from_ms), iso_utc(certificate.valid_to_ms)
    return tr("{first} to {last} (UTC)", first=digits(first[:10]), last=digits(last[:10]))
