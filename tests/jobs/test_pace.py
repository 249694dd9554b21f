from collections.abc import Callable

import pytest

from rta_viewer.core.model import ExportState, ExportStatus
from rta_viewer.errors import BusyError
from rta_viewer.jobs.pace import Pace, after_answer, after_refusal, after_silence
from rta_viewer.vms.errors_map import GatewayError


def waits(step: Callable[[Pace], Pace], times: int) -> list[float]:
    pace, found = Pace(), []
    for _ in range(times):
        pace = step(pace)
        found.append(pace.wait_s)
    return found


def answer(time_left_s: float | None) -> ExportStatus:
    return ExportStatus("e", ExportState.PROCESSING, "processing", 50.0, time_left_s)


def test_polls_get_rarer() -> None:
    found = waits(lambda pace: after_answer(pace, answer(None)), 30)
    assert (found[0], found[-1]) == (1.0, 15.0)
    assert found == sorted(found)


def test_polls_follow_an_estimate_but_not_for_ever() -> None:
    assert waits(lambda pace: after_answer(pace, answer(10_000.0)), 3) == [60.0] * 3
    found = waits(lambda pace: after_answer(pace, answer(4.0)), 30)
    assert found[:8] == [2.0] * 8
    assert found[-1] == 15.0


@pytest.mark.parametrize(
    ("asked_s", "expected"),
    [
        (None, [20.0, 40.0, 60.0, 60.0]),
        (0.0, [20.0, 40.0, 60.0, 60.0]),
        (1.0, [1.0, 2.0, 4.0, 8.0]),
        (42.0, [42.0] * 4),
        (1e9, [300.0] * 4),
    ],
)
def test_a_busy_server_is_asked_as_it_wants_within_limits_and_less_and_less(
    asked_s: float | None, expected: list[float]
) -> None:
    found = waits(lambda pace: after_refusal(pace, BusyError("", "", asked_s)), 50)
    assert found[:4] == expected
    assert found[-1] == max(60.0, expected[-1])


def test_silence_is_waited_out_ever_longer() -> None:
    assert waits(after_silence, 8) == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]


@pytest.mark.parametrize(
    ("asked_s", "waited_s"), [(None, 2.0), (1.0, 2.0), (42.0, 42.0), (1e9, 300.0)]
)
def test_a_gateway_is_asked_as_late_as_it_says(asked_s: float | None, waited_s: float) -> None:
    error = GatewayError("")
    error.retry_after_s = asked_s
    assert after_silence(Pace(), error).wait_s == waited_s


@pytest.mark.parametrize(
    "step",
    [
        lambda pace: after_answer(pace, answer(None)),
        lambda pace: after_answer(pace, answer(1.0)),
        lambda pace: after_refusal(pace, BusyError("")),
        after_silence,
    ],
)
def test_days_of_waiting_are_no_trouble(step: Callable[[Pace], Pace]) -> None:
    assert waits(step, 5_000)[-1] in {15.0, 60.0}
