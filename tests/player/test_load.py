from dataclasses import dataclass

from rta_viewer.media.thinning import Thinning
from rta_viewer.player.load import STRIKES, LoadWatch


@dataclass
class Session:
    """The part of a session that is watched."""

    rate: float = 8.0
    pictures_due_per_s: float = 200.0
    pictures_shown: int = 0
    thinning: Thinning = Thinning.ALL


def run(watch, session, shown_per_turn, turns, *, speed=8.0, start_s=0.0):
    found = []
    for turn in range(turns):
        found.append(watch.thins(start_s + turn * 0.5, speed))
        session.pictures_shown += shown_per_turn
    return found


def test_nothing_is_thinned_while_enough_is_shown():
    session = Session()
    assert not any(run(LoadWatch(session), session, 40, 20))
    assert session.thinning is Thinning.ALL


def test_too_little_on_the_screen_thins_step_by_step_down_to_key_pictures():
    session = Session()
    watch = LoadWatch(session)
    assert run(watch, session, 5, STRIKES + 1) == [False] * STRIKES + [True]
    assert session.thinning is Thinning.REFERENCE
    assert any(run(watch, session, 5, STRIKES + 1, start_s=10.0))
    assert session.thinning is Thinning.KEY
    assert not any(run(watch, session, 1, 20, start_s=20.0))


def test_a_moment_of_business_is_not_overload():
    session = Session()
    watch = LoadWatch(session)
    for turn, shown in enumerate([60, 5, 5, 60, 60] * 8):
        assert not watch.thins(turn * 0.5, 8.0)
        session.pictures_shown += shown


def test_want_of_data_is_not_overload():
    session = Session()
    assert not any(run(LoadWatch(session), session, 2, 20, speed=1.0))


def test_a_slow_camera_overloads_nobody():
    session = Session(rate=1.0, pictures_due_per_s=5.0)
    assert not any(run(LoadWatch(session), session, 0, 20, speed=1.0))


def test_another_speed_begins_anew():
    session = Session()
    watch = LoadWatch(session)
    run(watch, session, 5, STRIKES + 1)
    watch.forget()
    assert session.thinning is Thinning.ALL
    assert run(watch, session, 5, STRIKES) == [False] * STRIKES
