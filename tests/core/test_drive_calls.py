import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.drive_calls import (
    LATE_S,
    SILENT,
    DriveCalls,
    at_drive,
    counted,
    tells_of_silence,
)
from rta_viewer.core.texts import Said


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(0)


@pytest.fixture
def calls(clock: ManualClock) -> DriveCalls:
    return DriveCalls(clock)


def test_only_a_call_that_does_not_come_back_is_late(clock: ManualClock, calls: DriveCalls) -> None:
    with counted(calls):
        with at_drive():
            clock.advance(LATE_S - 1)
            assert not calls.is_late
            clock.advance(1)
            assert calls.is_late
        assert not calls.is_late
        clock.advance(LATE_S * 100)
        assert not calls.is_late, "a slow server, a rate limit, a pause"


def test_long_work_that_looks_at_its_token_is_not_late(
    clock: ManualClock, calls: DriveCalls
) -> None:
    """A sum or a check of a huge file."""
    with counted(calls), at_drive():
        for _ in range(10):
            clock.advance(LATE_S - 1)
            assert not calls.is_late
            CancelToken().raise_if_cancelled()


def test_what_has_much_to_write_may_take_as_long_as_a_slow_drive_does(
    clock: ManualClock, calls: DriveCalls
) -> None:
    with counted(calls), at_drive():
        with at_drive(300_000_000):
            clock.advance(LATE_S + 299)
            assert not calls.is_late
            clock.advance(1)
            assert calls.is_late
        clock.advance(LATE_S - 1)
        assert not calls.is_late, "what comes back counts for the call around it"
        clock.advance(1)
        assert calls.is_late


def test_an_error_is_an_answer(clock: ManualClock, calls: DriveCalls) -> None:
    with counted(calls):
        with pytest.raises(OSError, match="gone"), at_drive():
            raise OSError("gone")
        clock.advance(LATE_S)
        assert not calls.is_late


def test_who_is_not_counted_is_never_late(clock: ManualClock, calls: DriveCalls) -> None:
    with counted(calls):
        pass
    with at_drive():
        clock.advance(LATE_S)
        assert not calls.is_late


def test_what_is_said_is_known_in_every_language() -> None:
    assert tells_of_silence(SILENT)
    assert tells_of_silence(Said("…", SILENT))
    assert not tells_of_silence("The disk is full.")
