from dataclasses import dataclass

from rta_viewer.media.thinning import ALL, KEYS, LADDER, REFERENCES, Thinning
from rta_viewer.player.load import HOLD_S, SETTLED_S, STRIKES, LoadWatch


@dataclass
class Session:
    """The part of a session that is watched."""

    rate: float = 8.0
    pictures_due_per_s: float = 200.0
    pictures_shown: int = 0
    waited_s: float = 0.0
    reference_share: float = 0.5
    holds: int = 0
    thinning: Thinning = ALL
    at_ms: float = 0.0
    group_ms: float = 2_000.0

    def media_ms(self):
        return self.at_ms


SETTLED_TURNS = round(SETTLED_S * 2) + 1


class Run:
    """Turns of half a second each."""

    def __init__(self, session, *, settled=True):
        self.session = session
        self.watch = LoadWatch(session)
        self.now_s = 0.0
        if settled:
            self.turns(SETTLED_TURNS, kept=1.0, shown=100)

    def turns(self, count, *, kept, shown=0, waited_s=0.0):
        """In which turns something changed, counted from 0; ``kept`` is the share of the speed."""
        found = []
        for turn in range(count):
            if self.watch.changes(self.now_s):
                found.append(turn)
            self.session.at_ms += kept * self.session.rate * 500
            self.session.pictures_shown += shown
            self.session.waited_s += waited_s
            self.now_s += 0.5
        return found


def test_nothing_is_thinned_while_the_speed_is_kept():
    session = Session()
    assert Run(session).turns(20, kept=0.96) == []
    assert session.thinning == ALL


def test_who_falls_behind_leaves_out_more_and_more_down_to_the_key_pictures():
    session = Session()
    run = Run(session)
    assert run.turns(STRIKES + 1, kept=0.8, shown=80) == [STRIKES]
    seen = [session.thinning]
    while session.thinning != KEYS:
        assert run.turns(STRIKES, kept=0.8, shown=80) == [STRIKES - 1]
        seen.append(session.thinning)
    assert seen == list(LADDER[1:])
    assert run.turns(20, kept=0.2) == []


def test_overload_is_answered_at_once_and_as_far_as_needed():
    session = Session(reference_share=1.0)
    run = Run(session)
    # 110 of 200 pictures a second are managed.
    assert run.turns(2, kept=0.55, shown=55) == [1]
    assert session.thinning == Thinning(references_only=True, share=0.4)
    session = Session(reference_share=0.5)
    assert Run(session).turns(2, kept=0.3, shown=60) == [1]
    assert session.thinning == REFERENCES
    session = Session(reference_share=0.5)
    assert Run(session).turns(2, kept=0.05, shown=1) == [1]
    assert session.thinning == KEYS


def test_where_all_pictures_are_referenced_the_ends_of_groups_go_first():
    session = Session(reference_share=1.0)
    Run(session).turns(STRIKES + 1, kept=0.85, shown=85)
    assert session.thinning == LADDER[2]


def test_more_are_tried_again_and_later_each_time_it_goes_wrong():
    session = Session(reference_share=1.0)
    run = Run(session)
    held = []
    for _ in range(8):
        while session.thinning == ALL:
            run.turns(1, kept=0.85, shown=85)
        began_s = run.now_s
        while session.thinning != ALL:
            run.turns(1, kept=1.0, shown=40)
        held.append(run.now_s - began_s)
    assert held == sorted(held)
    assert held[0] < 3
    assert HOLD_S[1] <= held[-1] < HOLD_S[1] + 3


def test_who_is_behind_does_not_try_more():
    session = Session(reference_share=1.0, thinning=KEYS)
    run = Run(session, settled=False)
    assert run.turns(20, kept=0.5, shown=2) == []
    assert run.turns(2, kept=1.0, shown=2) == [1]
    assert session.thinning == LADDER[-2]


def test_a_start_is_not_overload():
    run = Run(Session(), settled=False)
    assert run.turns(round(SETTLED_S * 2), kept=0.3, shown=30) == []


def test_a_thinned_stream_is_judged_by_whole_groups_of_pictures():
    session = Session(rate=1.0, pictures_due_per_s=25.0, thinning=LADDER[3])
    run = Run(session)
    rungs = [LADDER.index(session.thinning)]
    for _ in range(8):
        # Nothing for a second, then everything at once.
        for kept in (0.0, 0.0, 2.0, 2.0):
            run.turns(1, kept=kept, shown=5)
            rungs.append(LADDER.index(session.thinning))
    assert rungs == sorted(rungs, reverse=True)


def test_a_moment_of_business_is_not_overload():
    run = Run(Session())
    for kept in [0.96, 0.7, 0.96, 0.96] * 8:
        assert run.turns(1, kept=kept) == []


def test_want_of_data_is_not_overload():
    assert Run(Session()).turns(20, kept=0.1, waited_s=0.4) == []


def test_a_pause_is_not_overload():
    session = Session()
    run = Run(session)
    run.turns(3, kept=1.0, shown=100)
    session.holds += 1
    run.now_s += 20.0
    assert run.turns(3, kept=1.0, shown=100) == []


def test_a_player_that_shows_nothing_at_all_is_not_slow():
    assert Run(Session()).turns(20, kept=0.0, shown=20) == []


def test_a_slow_camera_overloads_nobody():
    assert Run(Session(rate=1.0, pictures_due_per_s=5.0)).turns(20, kept=0.1) == []


def test_a_player_that_is_started_again_is_not_given_more_at_once():
    session = Session(reference_share=1.0)
    run = Run(session)
    run.watch.go_on_with(LADDER[4], run.now_s)
    assert session.thinning == LADDER[3]
    assert run.turns(round(HOLD_S[0] * 2), kept=1.0) == []
    assert run.turns(1, kept=1.0) == [0]
    assert session.thinning == LADDER[2]


def test_another_speed_begins_anew():
    session = Session()
    run = Run(session)
    run.turns(STRIKES + 1, kept=0.8, shown=80)
    run.watch.forget()
    assert session.thinning == ALL
    assert run.turns(STRIKES, kept=0.8, shown=80) == []
