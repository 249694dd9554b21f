"""Looks ahead for the save dialog, with what the session, the jobs and this computer know."""

from dataclasses import replace
from pathlib import Path

from rta_viewer.app.joined import Member, prefix_of
from rta_viewer.app.services import Services
from rta_viewer.app.session import Session
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability
from rta_viewer.core.ports import Picture
from rta_viewer.core.save_estimate import Experience, SaveTarget
from rta_viewer.core.spans import Span
from rta_viewer.jobs.experience import experience_of
from rta_viewer.jobs.fitting import target_for


class Scout:
    """Implements :class:`~rta_viewer.core.save_ports.SaveScout`. Worker threads.

    Args:
        session: Who is signed in now, also where that is somebody else later.
    """

    def __init__(self, services: Services, session: Session) -> None:
        self._services = services
        self._session = session
        self._joined = session.joined

    def coverage(self, camera_id: str, span: Span, cancel: CancelToken) -> Availability:
        """What is recorded."""
        return self._joined.availability(camera_id, span, cancel)

    def still(self, camera_id: str, instant_ms: int, end_ms: int, cancel: CancelToken) -> Picture:
        """One picture, decoded here."""
        return self._session.still(camera_id, instant_ms, end_ms, cancel)

    def target(self, folder: Path) -> SaveTarget:
        """The folder and its drive."""
        return target_for(folder, self._services.known_jobs())

    def experience(self) -> Experience:
        """What transfers from each server took lately, no faster than the settings allow."""
        others = tuple(
            (prefix_of(other.info.address), self._measured(other)) for other in self._joined.others
        )
        return replace(self._measured(self._joined.first), others=others)

    def _measured(self, member: Member) -> Experience:
        found = experience_of(self._services.jobs, member.info.address)
        limit = self._services.settings.max_bytes_per_s
        if not limit:
            return found
        return replace(found, bytes_per_s=min(limit, found.bytes_per_s or limit))
