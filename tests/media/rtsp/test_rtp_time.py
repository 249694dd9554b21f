"""Instants that go on although RTP time wraps around, jumps, or begins anew, in a running stream."""

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from tests.helpers.replays import access, granting
from tests.helpers.scripted_rtsp import (
    DELTA,
    KEY,
    Asked,
    Conversation,
    ScriptedRtsp,
    replay_extension,
    rtp,
)

START_MS = 1_761_300_000_000
TIMEOUTS = RtspTimeouts(answer_s=2, silence_s=0.4, after_end_s=0.2, farewell_s=0.05)
TICKS = 3_600
GOP = 10


def stream_of(times: list[int], first_sequence: int = 0, extensions: list[int] | None = None):
    """One packet a picture with these RTP times; returns instants from the start and discontinuities."""
    data = b"".join(
        rtp(
            (first_sequence + number) & 0xFFFF,
            at & 0xFFFFFFFF,
            KEY if number % GOP == 0 else DELTA,
            **(
                {"extension": replay_extension(START_MS + extensions[number])} if extensions else {}
            ),
        )
        for number, at in enumerate(times)
    )

    def play(conversation: Conversation, asked: Asked) -> None:
        info = f"url=trackID=1;seq={first_sequence};rtptime={times[0] & 0xFFFFFFFF}"
        fields = {"Session": "7", "RTP-Info": info, "Range": "clock=20251024T100000Z-"}
        conversation.answer(asked, fields=fields)
        conversation.send(data)

    with ScriptedRtsp(PLAY=play) as server:
        source = RtspReplaySource(granting(server.url), access(), timeouts=TIMEOUTS)
        stream = source.open(
            START_MS, START_MS + 3_600_000, speed=1, key_frames_only=False, cancel=CancelToken()
        )
        units = list(stream.units())
        lost = stream.lost_units
        source.close()
    assert lost == 0
    return (
        [round(unit.instant_ms - START_MS) for unit in units],
        [number for number, unit in enumerate(units) if unit.discontinuity],
    )


STEADY = [number * 40 for number in range(30)]


def test_rtp_time_that_wraps_around():
    times = [2**32 - 15 * TICKS + number * TICKS for number in range(30)]
    assert stream_of(times) == (STEADY, [])


def test_rtp_time_that_starts_right_at_the_wrap_around():
    assert stream_of([-TICKS + number * TICKS for number in range(30)]) == (STEADY, [])


def test_sequence_numbers_that_wrap_around():
    times = [number * TICKS for number in range(30)]
    assert stream_of(times, first_sequence=65_520) == (STEADY, [])


@pytest.mark.parametrize("base", [-1_000_000_000, 1_500_000_000])
def test_rtp_time_that_begins_anew_at_a_recording_border(base: int):
    """Neither a second day ago nor five hours on: nothing is known but that pictures go on."""
    times = [number * TICKS for number in range(20)]
    times += [base + number * TICKS for number in range(10)]
    assert stream_of(times) == (STEADY, [20])


def test_rtp_time_that_jumps_over_a_gap_within_the_asked_time():
    gap_ms = 600_000
    times = [number * TICKS for number in range(20)]
    times += [gap_ms * 90 + number * TICKS for number in range(20, 30)]
    expected = STEADY[:20] + [at + gap_ms for at in STEADY[20:]]
    assert stream_of(times) == (expected, [20])


def test_pictures_out_of_order_do_not_make_time_jump():
    """With B pictures RTP time goes back and forth by some pictures."""
    shown = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8]
    times = [(number + each) * TICKS for number in (0, 10, 20) for each in shown]
    assert stream_of(times) == ([at // 90 for at in times], [])


def test_the_extension_knows_better_than_any_jump():
    times = [number * TICKS for number in range(20)]
    times += [77 + number * TICKS for number in range(10)]
    said = [*STEADY[:20], *(at + 90_000 for at in STEADY[20:])]
    assert stream_of(times, extensions=said) == (said, [20])
