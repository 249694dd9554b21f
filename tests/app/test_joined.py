"""Cameras of several servers in one window, each question to the server it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from rta_viewer.app.joined import Joined, Member
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, Camera, CameraGroup, ServerInfo
from rta_viewer.core.spans import Span
from rta_viewer.errors import NetworkError, NotOfferedError
from tests.helpers.shelf_recorder import ShelfRecorder

CANCEL = CancelToken()
DOOR = Camera("door", "Door", recording_server="RS 1")


class OneServer:
    """A recorder with one camera that writes down what it is asked."""

    def __init__(self, *, fails: bool = False, groups: bool = True) -> None:
        self.asked: list[str] = []
        self.fails = fails
        self.has_groups = groups

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        if self.fails:
            raise NetworkError("No answer.")
        yield [DOOR]

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        if not self.has_groups:
            raise NotOfferedError("No groups.")
        return [CameraGroup("g", "Entrances", camera_ids=("door",))]

    def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        self.asked.append(camera_id)
        return Availability(camera_id, window)

    def camera(self, camera_id: str, cancel: CancelToken) -> Camera:
        self.asked.append(camera_id)
        return replace(DOOR, location="Hall")


def member(address: str, name: str, recorder: OneServer) -> Any:
    info = replace(ShelfRecorder().info_, address=address, name=name)
    assert isinstance(info, ServerInfo)
    return SimpleNamespace(recorder=recorder, info=info, key=(address, "demo"))


@pytest.fixture
def north() -> OneServer:
    return OneServer()


@pytest.fixture
def south() -> OneServer:
    return OneServer()


@pytest.fixture
def both(north: OneServer, south: OneServer) -> Joined:
    first: Member = member("https://north", "North", north)
    return Joined(first, (member("https://south", "South", south),))


def test_one_server_is_left_as_it_is(north: OneServer) -> None:
    alone = Joined(member("https://north", "North", north))
    assert list(alone.cameras(CANCEL)) == [[DOOR]]
    assert alone.groups(CANCEL)[0].name == "Entrances"
    assert alone.part_of("door")[1] == "door"


def test_the_same_identifier_on_two_servers_is_two_cameras(both: Joined) -> None:
    first, second = (camera for page in both.cameras(CANCEL) for camera in page)
    assert first.camera_id == "door"
    assert second.camera_id != "door"
    assert (first.recording_server, second.recording_server) == ("North / RS 1", "South / RS 1")
    assert (first.notes, second.notes) == (("North",), ("South",))
    groups = both.groups(CANCEL)
    assert [group.name for group in groups] == ["Entrances · North", "Entrances · South"]
    assert groups[1].camera_ids == (second.camera_id,)
    assert groups[0].group_id != groups[1].group_id


def test_two_servers_of_one_name_are_told_apart(north: OneServer, south: OneServer) -> None:
    first = member("https://north", "Gate", north)
    both = Joined(first, (member("https://south:8090", "Gate", south),))
    places = [camera.recording_server for page in both.cameras(CANCEL) for camera in page]
    assert places == ["Gate (north) / RS 1", "Gate (south:8090) / RS 1"]


def test_questions_go_to_the_camera_s_own_server(
    both: Joined, north: OneServer, south: OneServer
) -> None:
    second = both.id_at(both.others[0], "door")
    answer = both.availability(second, Span(0, 1000), CANCEL)
    assert answer.camera_id == second
    assert both.camera(second, CANCEL).camera_id == second
    assert (north.asked, south.asked) == ([], ["door", "door"])
    assert both.availability("door", Span(0, 1000), CANCEL).camera_id == "door"
    assert north.asked == ["door"]


def test_a_server_that_fails_hides_no_other(both: Joined, north: OneServer) -> None:
    north.fails = True
    pages = both.cameras(CANCEL)
    assert [camera.name for camera in next(pages)] == ["Door"]
    with pytest.raises(NetworkError):
        next(pages)


def test_groups_that_one_server_lacks(both: Joined, north: OneServer, south: OneServer) -> None:
    north.has_groups = False
    assert [group.name for group in both.groups(CANCEL)] == ["Entrances · South"]
    south.has_groups = False
    with pytest.raises(NotOfferedError):
        both.groups(CANCEL)
