"""What is said of a session that plays."""

from dataclasses import dataclass

import pytest

from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.thinning import ALL, Thinning
from rta_viewer.player.attendant import Attendant


@dataclass
class Session:
    """The part of a session that is looked at: eight times as fast, and too slow."""

    rate: float = 8.0
    pictures_due_per_s: float = 200.0
    pictures_shown: int = 0
    waited_s: float = 0.0
    reference_share: float = 0.5
    holds: int = 0
    thinning: Thinning = ALL
    newest: object = None
    at_ms: float = 0.0
    group_ms: float = 2_000.0

    def media_ms(self):
        return self.at_ms


@pytest.fixture
def attendant():
    return Attendant(GopCache(), "cam")


def test_the_speed_is_what_the_position_does_and_no_jump(attendant):
    assert attendant.speed(10.0, 1_000, 4) is None
    assert attendant.speed(10.5, 2_500, 4) == pytest.approx(3)
    assert attendant.speed(11.0, 60_000, 4) is None
    assert attendant.speed(11.5, 62_000, 4) == pytest.approx(4)
    attendant.measure_anew()
    assert attendant.speed(12.0, 64_000, 4) is None


def test_thinning_is_said_and_its_end_too(attendant):
    session = Session()
    attendant.begin(session, 0.0)
    said = []
    for turn in range(40):
        said.append(attendant.load_note(session, turn / 2))
        session.pictures_shown += 100 if any(said) else 20
        session.at_ms += 4_000 if any(said) else 800
    first, *_, last = [note for note in said if note is not None]
    assert first.startswith("Thinned")
    assert last == ""
    assert session.thinning == ALL


def test_at_another_speed_all_pictures_are_tried_again(attendant):
    session = Session()
    attendant.begin(session, 0.0)
    now_s = 0.0
    while session.thinning == ALL:
        attendant.load_note(session, now_s)
        now_s += 0.5
        session.at_ms += 800
    attendant.expect_all()
    assert session.thinning == ALL


def test_when_nothing_plays_there_is_nothing_to_say(attendant):
    attendant.begin(Session(), 0.0)
    attendant.end()
    attendant.rest(0.0)
    attendant.expect_all()
    assert attendant.load_note(Session(), 100.0) is None
    assert attendant.stopped_at(Session(), 100.0, lambda _at_ms: None) is None
