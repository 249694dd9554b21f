from dataclasses import dataclass

from rta_viewer.media.thinning import ALL, KEYS, LADDER, REFERENCES, Thinning
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
    thinning: Thinning = ALL

    def thin(self, thinning):
        self.thinning = thinning
        self.falls_behind = False


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
    assert Run(session).turns(20, shown=96) == []
    assert session.thinning == ALL


def test_who_falls_behind_leaves_out_more_and_more_down_to_the_key_pictures():
    session = Session()
    run = Run(session)
    assert run.turns(STRIKES + 1, shown=70) == [STRIKES]
    assert session.thinning == REFERENCES
    seen = [session.thinning]
    while session.thinning != KEYS:
        session.falls_behind = True
        assert run.turns(STRIKES, shown=40) == [STRIKES - 1]
        seen.append(session.thinning)
    assert seen == list(LADDER[1:])
    session.falls_behind = True
    assert run.turns(20, shown=2) == []


def test_where_all_pictures_are_referenced_the_ends_of_groups_go_first():
    session = Session(has_unreferenced=False)
    Run(session).turns(STRIKES + 1, shown=5)
    assert session.thinning == LADDER[2]


def test_more_are_tried_again_and_later_each_time_it_goes_wrong():
    session = Session(has_unreferenced=False)
    run = Run(session)
    held = []
    for _ in range(8):
        while session.thinning == ALL:
            run.turns(1, shown=50)
        began_s = run.now_s
        while session.thinning != ALL:
            run.turns(1, shown=40)
        held.append(run.now_s - began_s)
    assert held == sorted(held)
    assert held[0] < 3
    assert HOLD_S[1] <= held[-1] < HOLD_S[1] + 3


def test_who_is_behind_does_not_try_more():
    session = Session(has_unreferenced=False, thinning=KEYS, falls_behind=True)
    run = Run(session)
    assert run.turns(20, shown=2) == []
    session.falls_behind = False
    assert run.turns(1, shown=2) == [0]
    assert session.thinning == LADDER[-2]


def test_a_moment_of_business_is_not_overload():
    run = Run(Session())
    for shown in [96, 5, 96, 96] * 8:
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
    assert session.thinning == ALL
    assert run.turns(STRIKES, shown=5) == []
