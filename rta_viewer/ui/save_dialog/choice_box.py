"""A combo box of a form that scrolls, with little room: what is chosen ends in dots, not within a letter."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QWidget

from rta_viewer.ui.controls import ComboBox

_CHARS = 10


class ChoiceBox(ComboBox):
    """The tool tip has the whole text, and so has the list. The wheel scrolls the form."""

    def __init__(self, name: str, texts: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMinimumContentsLength(_CHARS)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentTextChanged.connect(self.setToolTip)
        self.addItems(list(texts))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        # Whoever scrolls past must not end with another quality.
        event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, field.width()
        )
