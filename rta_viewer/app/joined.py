"""Several servers in one window: their cameras in one list, each question to the server it is about.

The first server's cameras keep their own identifiers, so that all that is kept by them (layouts, favourites,
jobs) stays as it was. Those of the others are told apart by their server's address in front.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, Camera, CameraGroup, RecordingEvent, ServerInfo
from rta_viewer.core.ports import Recorder
from rta_viewer.core.spans import Span
from rta_viewer.errors import NotOfferedError, RtaError


class Member(Protocol):
    """One of the servers."""

    @property
    def recorder(self) -> Recorder:
        """Signed in."""
        ...

    @property
    def info(self) -> ServerInfo:
        """What it said of itself."""
        ...

    @property
    def key(self) -> tuple[str, str]:
        """How jobs name it: server address and user."""
        ...


_LONGEST_NOTE = 20


def prefix_of(address: str) -> str:
    """What stands before the identifiers of a server that joined; no address has a space in it."""
    return f"{address} "


class Party(Protocol):
    """Something that knows who is there now."""

    @property
    def joined(self) -> "Joined":
        """All servers as one."""
        ...


class CamerasOf:
    """The camera list of whoever is there when it is loaded."""

    def __init__(self, party: Party) -> None:
        self._party = party

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        """All cameras, page by page."""
        return self._party.joined.cameras(cancel)

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        """All groups."""
        return self._party.joined.groups(cancel)


@dataclass(frozen=True, slots=True)
class Joined:
    """What panels ask of a server, of several servers. Any thread; a snapshot of who is there.

    Attributes:
        first: Its identifiers are its own.
        others: Their identifiers have a prefix.
    """

    first: Member
    others: tuple[Member, ...] = ()

    def part_of(self, camera_id: str) -> tuple[Member, str]:
        """The server of a camera, and the identifier that it knows."""
        for other in self.others:
            prefix = prefix_of(other.info.address)
            if camera_id.startswith(prefix):
                return other, camera_id.removeprefix(prefix)
        return self.first, camera_id

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        """Those of all servers; a server that fails is told after the others are through."""
        failure: RtaError | None = None
        for member in (self.first, *self.others):
            try:
                for page in member.recorder.cameras(cancel):
                    yield [self._camera(member, camera) for camera in page]
            except RtaError as err:
                cancel.raise_if_cancelled()
                failure = failure or err
        if failure is not None:
            raise failure

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        """Those of all servers, with the server's name behind when there are several.

        Raises:
            NotOfferedError: No server has any.
        """
        found: list[CameraGroup] = []
        missing: NotOfferedError | None = None
        for member in (self.first, *self.others):
            try:
                found += [self._group(member, one) for one in member.recorder.groups(cancel)]
            except NotOfferedError as err:
                missing = err
        if missing is not None and not found:
            raise missing
        return found

    def camera(self, camera_id: str, cancel: CancelToken) -> Camera:
        """One camera with its details."""
        member, plain = self.part_of(camera_id)
        return self._camera(member, member.recorder.camera(plain, cancel))

    def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        """What was recorded."""
        member, plain = self.part_of(camera_id)
        answer = member.recorder.availability(plain, window, cancel)
        return replace(answer, camera_id=camera_id)

    def events(self, camera_id: str, window: Span, cancel: CancelToken) -> Sequence[RecordingEvent]:
        """What the server noticed."""
        member, plain = self.part_of(camera_id)
        return member.recorder.events(plain, window, cancel)

    def _camera(self, member: Member, camera: Camera) -> Camera:
        if not self.others:
            return camera
        name, own = self._title(member), camera.recording_server
        where = f"{name} / {own}" if own and own != name else name
        return replace(
            camera,
            camera_id=self.id_at(member, camera.camera_id),
            recording_server=where,
            # Cameras of two servers may have one name: the tile says which.
            notes=(name if len(name) <= _LONGEST_NOTE else _where(member),),
        )

    def _group(self, member: Member, group: CameraGroup) -> CameraGroup:
        if not self.others:
            return group
        return replace(
            group,
            group_id=self.id_at(member, group.group_id),
            name=f"{group.name} \N{MIDDLE DOT} {self._title(member)}",
            camera_ids=tuple(self.id_at(member, one) for one in group.camera_ids),
        )

    def _title(self, member: Member) -> str:
        """Its name, and its address where another one has the same name."""
        name = member.info.name
        alike = sum(one.info.name == name for one in (self.first, *self.others))
        return name if alike == 1 else f"{name} ({_where(member)})"

    def id_at(self, member: Member, plain: str) -> str:
        """The identifier in the window for one that a server knows."""
        return plain if member is self.first else prefix_of(member.info.address) + plain


def _where(member: Member) -> str:
    """A server's address without the scheme."""
    return member.info.address.rpartition("://")[2]
