"""A dialog over a window that was moved to the second screen: prints the size that it comes to have.

Run with ``open`` (as Qt opens it) or ``open_over`` (as we do).
"""

import json
import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from rta_viewer.qt.dialogs import open_over
from tests.helpers.window import wait_for

app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1500, 850)
window.move(100, 60)
window.show()
wait_for("window", lambda: window.windowHandle().isExposed())
left = window.devicePixelRatioF()
place = QGuiApplication.screens()[1].geometry()
window.move(place.x() + 150, place.y() + 60)
wait_for("window on the other screen", lambda: window.devicePixelRatioF() != left)
dialog = QDialog(window)
dialog.resize(1040, 700)
if sys.argv[1] == "open":
    dialog.open()
else:
    open_over(dialog)
wait_for("dialog", lambda: dialog.windowHandle().isExposed())
wait_for("its focus", lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
sys.stdout.write(json.dumps([dialog.width(), dialog.height()]) + "\n")
