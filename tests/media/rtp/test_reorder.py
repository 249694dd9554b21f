from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.media.rtp.packet import RtpPacket
from rta_viewer.media.rtp.reorder import HELD_PACKETS, Reorderer


def packet(sequence: int) -> RtpPacket:
    return RtpPacket(False, 96, sequence & 0xFFFF, 0, 1, memoryview(b"x"))


def run(sequences: list[int]) -> list[tuple[int, bool]]:
    reorderer = Reorderer()
    out: list[tuple[int, bool]] = []
    for sequence in sequences:
        one = packet(sequence)
        if reorderer.in_order(one.sequence):
            out.append((one.sequence, False))
        else:
            out += [(found.packet.sequence, found.lost) for found in reorderer.settle(one)]
    out += [(found.packet.sequence, found.lost) for found in reorderer.flush()]
    return out


def test_order_across_the_wrap_around() -> None:
    assert run([65_534, 65_535, 0, 1]) == [(65_534, False), (65_535, False), (0, False), (1, False)]


def test_swapped_packets_are_put_right_and_duplicates_dropped() -> None:
    assert run([1, 3, 2, 2, 4]) == [(1, False), (2, False), (3, False), (4, False)]


def test_a_hole_counts_as_lost_after_some_waiting() -> None:
    after = list(range(3, 3 + HELD_PACKETS))
    out = run([1, *after])
    assert out[:2] == [(1, False), (3, True)]
    assert [sequence for sequence, _ in out] == [1, *after]
    assert sum(lost for _, lost in out) == 1


def test_numbering_that_begins_anew_is_followed() -> None:
    assert run([1, 2, 40_000, 40_001]) == [
        (1, False),
        (2, False),
        (40_000, True),
        (40_001, False),
    ]


def test_a_server_that_does_not_count_is_believed_in_the_end() -> None:
    out = run([5] * 40)
    assert len(out) > 25


@given(st.lists(st.integers(0, 0xFFFF), max_size=300))
def test_any_numbers_neither_crash_nor_multiply(sequences: list[int]) -> None:
    assert len(run(sequences)) <= len(sequences)


@given(st.randoms(use_true_random=False), st.integers(0, 0xFFFF))
def test_local_disorder_loses_nothing(random, first: int) -> None:
    ordered = [first, *((first + n) & 0xFFFF for n in range(1, 100))]
    shuffled = list(ordered)
    for position in range(1, 96, 6):
        part = shuffled[position : position + 5]
        random.shuffle(part)
        shuffled[position : position + 5] = part
    assert run(shuffled) == [(sequence, False) for sequence in ordered]
