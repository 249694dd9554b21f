"""How files ended, in the window's line of messages: each on its own, an order as a whole."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import tr, verbatim
from rta_viewer.errors import RtaError, StorageError
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.jobs import summary
from rta_viewer.ui.main_window import MainWindow


class Outcomes(QObject):
    """Good news never takes the place of bad news about something else. GUI thread."""

    def __init__(self, window: MainWindow, jobs: JobsController) -> None:
        super().__init__(window)
        self._window = window
        self._wrong: tuple[str, str] = ("", "")
        # What was not told, and because of which error.
        self._held_back: tuple[RtaError | None, str] = (None, "")
        jobs.jobs_finished.connect(self._on_jobs_finished)
        jobs.jobs_held.connect(self._on_jobs_held)
        window.messages.taken_back.connect(self._on_taken_back)

    @Slot(object)
    def _on_jobs_finished(self, jobs: Sequence[Job]) -> None:
        over, rest = self._window.jobs.model.orders_over(jobs)
        for files in over:
            self._tell_order(files)
        for job in rest:
            if job.state is JobState.DONE and not job.package:
                name = verbatim(job.file_name)
                said = tr("Saved {file_name} in {folder}", file_name=name, folder=job.folder)
                self._tell_good(_subject(job), said)
        wrong = [job for job in rest if job.state not in {JobState.DONE, JobState.CANCELLED}]
        if wrong:
            self._tell_wrong(_subject(wrong[-1]), StorageError(_why(wrong[-1])))

    @Slot(object)
    def _on_jobs_held(self, jobs: Sequence[Job]) -> None:
        self._tell_wrong(_subject(jobs[-1]), StorageError(_why(jobs[-1])))

    @Slot(object, object)
    def tell_shut_out(self, job: Job, error: RtaError) -> None:
        """A server lets in no job of its user any more; where signing in helps, that is offered."""
        self._tell_wrong(_subject(job), error)

    def _tell_order(self, members: Sequence[Job]) -> None:
        if all(job.state is JobState.CANCELLED for job in members):
            return
        text, wrong = summary.order_text(members)
        if not wrong:
            self._tell_good(_subject(members[0]), text)
            return
        hint = tr('"Failed" in the list of saved files shows which ones, and why.')
        bad = [job for job in members if job.state in {JobState.FAILED, JobState.DIFFERS}]
        details = "\n".join([text, *(_why(job) for job in bad)])
        self._tell_wrong(_subject(members[0]), StorageError(text, hint), details)

    def _tell_wrong(self, subject: str, error: RtaError, details: str = "") -> None:
        self._window.messages.show_error(error, details)
        self._wrong = subject, self._window.messages.text.text()

    def _tell_good(self, subject: str, text: str) -> None:
        messages = self._window.messages
        bad_news = not messages.isHidden() and messages.property("level") == "danger"
        if bad_news and self._wrong != (subject, messages.text.text()):
            self._held_back = messages.error, text
            return
        messages.show_notice(text)

    @Slot(object)
    def _on_taken_back(self, over: RtaError) -> None:
        """What was not told because of this bad news is told now."""
        error, text = self._held_back
        if error is over:
            self._window.messages.show_notice(text)


def _subject(job: Job) -> str:
    return job.package or job.job_id


def _why(job: Job) -> str:
    return f"{job.camera_name}: {job.reason} {job.hint}".strip()
