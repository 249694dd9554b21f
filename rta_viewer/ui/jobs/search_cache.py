"""Texts for the search, kept: the first search of a long list must not make the window wait."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, tzinfo
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Slot

from rta_viewer.core.jobs import Job
from rta_viewer.ui.jobs.search_text import search_text

_SLICE = 200
"""Texts a turn; about two milliseconds."""


class SearchCache(QObject):
    """Each text is made once: it is the same until the file has its name. GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone: tzinfo = UTC
        self._texts: dict[str, tuple[str, str]] = {}
        self._rest: Iterator[str] = iter(())
        self._job_of: Callable[[str], Job | None] = lambda _job_id: None
        self._ahead = QTimer(self)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._on_ahead)

    def set_zone(self, zone: tzinfo) -> None:
        """Times are worded in another zone."""
        self._zone = zone
        self._texts.clear()

    def text(self, job: Job) -> str:
        """What the search looks at."""
        made_for, text = self._texts.get(job.job_id, ("", ""))
        if made_for != job.file_name:
            text = search_text(job, self._zone)
            self._texts[job.job_id] = job.file_name, text
        return text

    def keep(self, job_ids: Collection[str]) -> None:
        """The others are no more."""
        self._texts = {key: text for key, text in self._texts.items() if key in job_ids}

    def forget(self, job_id: str) -> None:
        """It is no more."""
        self._texts.pop(job_id, None)

    def read_ahead(self, job_ids: Collection[str], job_of: Callable[[str], Job | None]) -> None:
        """Make the texts that are missing, some a turn: somebody is about to search."""
        missing = [job_id for job_id in job_ids if job_id not in self._texts]
        self._rest, self._job_of = iter(missing), job_of
        if missing:
            self._ahead.start()

    @Slot()
    def _on_ahead(self) -> None:
        some = list(islice(self._rest, _SLICE))
        for job_id in some:
            job = self._job_of(job_id)
            if job is not None:
                self.text(job)
        if len(some) < _SLICE:
            self._ahead.stop()
