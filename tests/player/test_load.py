from dataclasses import dataclass

from rta_viewer.media.thinning import Thinning
from rta_viewer.player.load import HOLD_S, STRIKES, LoadWatch


@dataclass
class Session:
    """The part of a session that is watched."""

    rate: float = 8.0
    pictures_due_per_s: float = 200.0
    pictures_shown: int = 0
    waited_s: float = 0.0
    falls_behind: bool = False
    has_unreferenced: bool = True
    thinning: Thinning = Thinning.ALL


class Run:
    """Turns of half a second each."""

    def __init__(self, session):
        self.session = session
        self.watch = LoadWatch(session)
        self.now_s = 0.0

    def turns(self, count, *, shown, waited_s=0.0):
        """In which turns something changed, counted from 0."""
        found = []
        for turn in range(count):
            if self.watch.changes(self.now_s):
                found.append(turn)
            self.session.pictures_shown += shown
            self.session.waited_s += waited_s
            self.now_s += 0.5
        return found


def test_nothing_is_thinned_while_enough_is_shown():
    session = Session()
    assert Run(session).turns(20, shown=40) == []
    assert session.thinning is Thinning.ALL


def test_too_little_on_the_screen_thins_step_by_step_down_to_key_pictures():
    session = Session(falls_behind=True)
    run = Run(session)
    assert run.turns(STRIKES + 1, shown=5) == [STRIKES]
    assert session.thinning is Thinning.REFERENCE
    assert run.turns(STRIKES, shown=5) == [STRIKES - 1]
    assert session.thinning is Thinning.KEY
    assert run.turns(200, shown=1) == []


def test_where_all_pictures_are_referenced_only_the_key_pictures_stay():
    session = Session(has_unreferenced=False)
    Run(session).turns(STRIKES + 1, shown=5)
    assert session.thinning is Thinning.KEY


def test_all_are_tried_again_and_later_each_time_it_goes_wrong():
    session = Session(has_unreferenced=False)
    run = Run(session)
    held = []
    for _ in range(8):
        run.turns(60, shown=5)
        while session.thinning is Thinning.ALL:
            run.turns(1, shown=5)
        while session.thinning is Thinning.KEY:
            run.turns(1, shown=2)
        held.append(run.watch._hold_s)
    assert held == sorted(held)
    assert held[-1] == HOLD_S[1]


def test_who_is_behind_does_not_try_all():
    session = Session(has_unreferenced=False)
    run = Run(session)
    run.turns(STRIKES + 1, shown=5)
    session.falls_behind = True
    assert run.turns(20, shown=2) == []
    session.falls_behind = False
    assert run.turns(1, shown=2) == [0]
    assert session.thinning is Thinning.ALL


def test_a_moment_of_business_is_not_overload():
    run = Run(Session())
    for shown in [60, 5, 60, 60] * 8:
        assert run.turns(1, shown=shown) == []


def test_want_of_data_is_not_overload():
    assert Run(Session()).turns(20, shown=2, waited_s=0.4) == []


def test_a_slow_camera_overloads_nobody():
    assert Run(Session(rate=1.0, pictures_due_per_s=5.0)).turns(20, shown=0) == []


def test_another_speed_begins_anew():
    session = Session()
    run = Run(session)
    run.turns(STRIKES + 1, shown=5)
    run.watch.forget()
    assert session.thinning is Thinning.ALL
    assert run.turns(STRIKES, shown=5) == []
