"""The tour's steps at the sign-in: a wrong password, a look at a server, certificates."""

import hashlib
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from rta_viewer.app.demo_process import DemoOptions, DemoProcess
from rta_viewer.app.program import Program
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import normal_fingerprint
from rta_viewer.core.model import ConnectionSecurity
from rta_viewer.core.texts import plain, tr
from rta_viewer.demo.certificate import CERTIFICATE_NAME
from rta_viewer.demo.certificate import server_context as make_certificate
from rta_viewer.errors import UsageError
from rta_viewer.tour import hand
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.report import Step
from rta_viewer.ui.sign_in.dialog import SignInDialog

Record = Callable[[str, object], AbstractContextManager[Step]]

_GO_ON = "Go on"


class ServerSteps:
    """What is done in the sign-in dialog. ``record`` makes a step of the report."""

    def __init__(self, program: Program, address: str, folder: Path, record: Record) -> None:
        self._program = program
        self._window = program.window
        self._address = address
        self._folder = folder
        self._record = record

    def sign_in(self) -> Script:
        """Add the embedded server: a wrong password first, then a look at all that it offers."""
        with self._record("wrong password", None) as step:
            self._program.ask_to_sign_in()
            yield from self._fill_in(self._address.partition("://")[2], "not the password")
            hand.key(self._dialog, Qt.Key.Key_Return)
            yield Until(self._dialog.error.isVisible, "the refusal")
            step.read = self._dialog.error.summary.text()
            yield Pause(0.1)
        with self._record("add a server", None) as step:
            hand.type_text(self._dialog.password, "demo")
            hand.click(self._dialog.check)
            yield Until(lambda: self._dialog.ok.text() == tr(_GO_ON), "what was found out")
            step.read = self._answers()
            step.passed = len(step.read) == len(self._step_labels())
            step.problem = "" if step.passed else "some questions have no answer"
            yield Pause(0.2)
        with self._record("sign in", None) as step:
            hand.click(self._dialog.ok)
            yield from self._await_cameras(step)

    def certificates(self) -> Script:
        """A server that nobody vouches for, pinned by its certificate; then another one in its place."""
        folder = self._folder / "profile" / "tls"
        made = _Result()
        self._apart(lambda _: _make_certificates(folder), made)
        yield Until(lambda: made.there, "certificates")
        if isinstance(made.value, UsageError):
            with self._record("certificates", None) as step:
                step.problem = f"left out: {made.value.summary}"
            return
        first = _Server(folder / "first")
        second = _Server(folder / "second")
        try:
            yield from self._start(first)
            yield from self._unknown(first.address, _fingerprint(first.tls))
            yield from self._pin()
            yield from self._join()
            yield from self._come_back(first.address)
            ended = _Result()
            self._apart(first.close, ended)
            yield Until(lambda: ended.there, "the first server's end")
            second.port = int(first.address.rpartition(":")[2])
            yield from self._start(second)
            yield from self._changed(first.address, folder)
        finally:
            for server in (first, second):
                self._apart(server.close, _Result())

    def _start(self, server: "_Server") -> Script:
        ready = _Result()
        self._apart(server.start, ready)
        yield Until(lambda: ready.there, "the server's start", 60.0)
        server.address = str(ready.value)

    def _apart(self, work: Callable[[CancelToken], object], result: "_Result") -> None:
        """Not on the GUI thread: it would stand still meanwhile."""
        services = self._program.services
        services.closing.submit(work, self._program, result.take, result.take, must_run=True)

    def _unknown(self, address: str, fingerprint: str) -> Script:
        with self._record("an unknown certificate", fingerprint) as step:
            self._program.ask_to_sign_in()
            hand.click(self._dialog.servers.add)
            yield from self._fill_in(address.partition("://")[2], "demo")
            hand.key(self._dialog, Qt.Key.Key_Return)
            yield Until(self._dialog.certificate.isVisible, "the certificate")
            step.read = self._shown("shown")
            step.passed = step.read == fingerprint and not self._dialog.certificate.pin.isEnabled()
            step.problem = "" if step.passed else "it is another certificate"
            yield Pause(0.2)

    def _pin(self) -> Script:
        with self._record("a pinned certificate", None) as step:
            hand.click(self._dialog.certificate.compared)
            hand.click(self._dialog.certificate.pin)
            yield Until(lambda: self._program.sign_in_dialog is None, "the end of the dialog")
            yield from self._await_cameras(step)
            session = self._program.services.session
            security = session.info.security if session is not None else None
            step.read = self._window.status.server.text()
            step.passed = security is ConnectionSecurity.PINNED and "pinned" in step.read
            step.problem = "" if step.passed else f"the connection is {security}"

    def _join(self) -> Script:
        """The cameras of the server from before, beside those of the pinned one."""
        signing_in, tree = self._program.signing_in, self._window.tree
        entry = signing_in.desk.entry_of(self._address)
        if entry is None:
            msg = "the first server is not known any more"
            raise RuntimeError(msg)
        alone = tree.model.camera_count
        with self._record("cameras of another server", 2 * alone) as step:
            signing_in.join(entry)
            yield Until(lambda: self._program.sign_in_dialog is not None, "the dialog")
            yield Until(self._dialog.isActiveWindow, "the dialog's activation")
            hand.type_text(self._dialog.password, "demo")
            hand.key(self._dialog, Qt.Key.Key_Return)
            yield Until(lambda: self._program.sign_in_dialog is None, "the end of the dialog")
            yield Until(lambda: tree.model.camera_count == 2 * alone, "the other cameras")
            yield from self._await_cameras(step)

    def _come_back(self, address: str) -> Script:
        """Signed in again where two servers were seen: the other one waits for its password."""
        tree = self._window.tree
        both = tree.model.camera_count
        with self._record("a server waits for its password", None) as step:
            self._program.sign_out()
            self._program.ask_to_sign_in()
            yield from self._fill_in(address, "demo")
            hand.key(self._dialog, Qt.Key.Key_Return)
            yield from self._await_cameras(step)
            yield Until(lambda: self._waiting_button() is not None, "the entry of the other server")
            yield Pause(0.2)
        with self._record("it signs in too", both) as step:
            button = self._waiting_button()
            if button is not None:
                hand.click(button)
            yield Until(lambda: self._program.sign_in_dialog is not None, "the dialog")
            yield Until(self._dialog.isActiveWindow, "the dialog's activation")
            hand.type_text(self._dialog.password, "demo")
            hand.key(self._dialog, Qt.Key.Key_Return)
            yield Until(lambda: tree.model.camera_count == both, "the other cameras")
            yield Until(lambda: not tree.waiting.isVisible(), "the end of the entry")
            yield from self._await_cameras(step)

    def _waiting_button(self) -> QPushButton | None:
        found: QPushButton | None = self._window.tree.waiting.findChild(
            QPushButton, "waiting_sign_in"
        )
        return found

    def _changed(self, address: str, folder: Path) -> Script:
        wanted = [_fingerprint(folder / "first"), _fingerprint(folder / "second")]
        with self._record("a changed certificate", wanted) as step:
            self._program.ask_to_sign_in()
            yield Until(lambda: self._dialog.server_edit.text() == address, "the last server")
            yield from self._fill_in(address, "demo")
            hand.key(self._dialog, Qt.Key.Key_Return)
            yield Until(self._dialog.certificate.isVisible, "the refusal")
            step.read = [self._shown("pinned"), self._shown("shown")]
            offered = self._dialog.certificate.pin.isVisible()
            step.passed = step.read == wanted and not offered
            step.problem = "" if step.passed else "it is not shown, or offered to be trusted"
            yield Pause(0.2)
        self._dialog.reject()

    @property
    def _dialog(self) -> SignInDialog:
        dialog = self._program.sign_in_dialog
        if dialog is None:
            msg = "there is no sign-in dialog"
            raise RuntimeError(msg)
        return dialog

    def _fill_in(self, address: str, password: str) -> Script:
        dialog = self._dialog
        yield Until(dialog.isActiveWindow, "the dialog's activation")
        hand.type_text(dialog.server_edit, address)
        hand.type_text(dialog.username, "demo")
        hand.type_text(dialog.password, password)

    def _await_cameras(self, step: Step) -> Script:
        tree = self._window.tree
        yield Until(
            lambda: (
                self._program.sign_in_dialog is None
                and tree.model.camera_count > 0
                and plain(tree.status.text()).split()[:1] == [str(tree.model.camera_count)]
            ),
            "the list of cameras",
        )
        step.read = tree.status.text()
        yield Pause(0.2)

    def _step_labels(self) -> list[QLabel]:
        labels = self._dialog.steps.findChildren(QLabel)
        return [label for label in labels if label.objectName().startswith("step_")]

    def _answers(self) -> list[str]:
        return [label.text() for label in self._step_labels() if label.property("answered")]

    def _shown(self, name: str) -> str:
        """A fingerprint as the box shows it, its lines joined."""
        return self._dialog.certificate.values[name].text().replace("\n", ":")


class _Result:
    """What work apart came to."""

    def __init__(self) -> None:
        self.there = False
        self.value: object = None

    def take(self, value: object) -> None:
        self.there, self.value = True, value


class _Server:
    """An embedded server with a certificate, in a process of its own."""

    def __init__(self, tls: Path) -> None:
        self.tls = tls
        self.port = 0
        self.address = ""
        self._process: DemoProcess | None = None

    def start(self, cancel: CancelToken) -> str:
        """Its address."""
        profile = self.tls.parent / f"{self.tls.name}-profile"
        self._process = DemoProcess(DemoOptions(profile, port=self.port, tls=self.tls))
        return self._process.wait_until_ready(cancel)

    def close(self, _cancel: CancelToken) -> None:
        """End it; nothing when it never began."""
        process, self._process = self._process, None
        if process is not None:
            process.close()


def _make_certificates(folder: Path) -> None:
    make_certificate(folder / "first")
    make_certificate(folder / "second")


def _fingerprint(folder: Path) -> str:
    """As the file says it, without the viewer's own reading."""
    pem = (folder / CERTIFICATE_NAME).read_text(encoding="ascii")
    return normal_fingerprint(hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest())
