"""What saving will take, and what to know before: at the foot of the dialog, always in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.ui.save_dialog.wording import Finding, Weight
from rta_viewer.ui.wrapped import WrappedLabel

_BOXES = {Weight.STOP: "error_box", Weight.WARNING: "warning_box", Weight.NOTE: "note_box"}

_LEAST_PX = 96
"""The headline and the first thing that stands in the way."""

_BESIDE_BAR_PX = 4


class Summary(QScrollArea):
    """A headline, the way, the room, and one box for each weight of findings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("save_summary")
        self.setWidgetResizable(True)
        self.setMinimumHeight(_LEAST_PX)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("What saving will take"))
        inside = QWidget(self)
        inside.setObjectName("save_summary_inside")
        self._box = QVBoxLayout(inside)
        # Beside the scroll bar.
        left, right = (_BESIDE_BAR_PX, 0) if self.isRightToLeft() else (0, _BESIDE_BAR_PX)
        self._box.setContentsMargins(left, 0, right, 0)
        self._box.setSpacing(6)
        self.headline = WrappedLabel("save_headline", self, "title")
        self.reason = WrappedLabel("save_reason", self)
        self.room = WrappedLabel("save_room", self, "quiet")
        self._frames: dict[Weight, tuple[QFrame, WrappedLabel]] = {}
        for weight in Weight:
            frame = QFrame(inside)
            frame.setObjectName(_BOXES[weight])
            # A style sheet knows left and right only.
            frame.setProperty("mirrored", self.isRightToLeft())
            text = WrappedLabel(f"save_{weight.name.lower()}", frame)
            row = QVBoxLayout(frame)
            row.setContentsMargins(10, 6, 10, 6)
            row.addWidget(text)
            self._frames[weight] = (frame, text)
        for weight in (Weight.STOP, Weight.WARNING):
            self._box.addWidget(self._frames[weight][0])
        for label in (self.headline, self.reason, self.room):
            self._box.addWidget(label)
        self._box.addWidget(self._frames[Weight.NOTE][0])
        self._box.addStretch(1)
        self.setWidget(inside)

    def show_outlook(
        self, headline: str, reason: str, room: str, findings: Sequence[Finding]
    ) -> None:
        """Replace everything."""
        for label, text in (
            (self.headline, headline),
            (self.reason, reason),
            (self.room, room),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        for weight, (frame, label) in self._frames.items():
            texts = [finding.text for finding in findings if finding.weight is weight]
            points = texts if len(texts) == 1 else [f"\N{BULLET} {text}" for text in texts]
            label.setText("\n".join(points))
            frame.setVisible(bool(texts))
        shown = (headline, reason, room, *(finding.text for finding in findings))
        self.setAccessibleDescription("\n".join(filter(None, shown)))

    def text(self, weight: Weight) -> str:
        """What is said of one weight now, a line for each finding."""
        return self._frames[weight][1].text()
