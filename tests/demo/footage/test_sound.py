import av
import numpy as np
import pytest

from rta_viewer.demo.footage.adts import aac_format, strip_adts
from rta_viewer.demo.footage.sound import sound_loop

DAY_MS = 86_400_000


def decoded(frames: list[bytes]) -> np.ndarray:
    decoder = av.CodecContext.create("aac", "r")
    decoder.extradata = sound_loop().format.config
    blocks = []
    for data in frames:
        blocks += [frame.to_ndarray().ravel() for frame in decoder.decode(av.Packet(data))]
    return np.concatenate(blocks)


def test_the_config_says_what_the_format_says() -> None:
    found = aac_format(sound_loop().format.config)
    assert (found.sample_rate, found.channels) == (16_000, 1)


def test_frames_lie_on_an_absolute_grid() -> None:
    loop = sound_loop()
    units = loop.units(20_000 * DAY_MS + 1, 20_000 * DAY_MS + 10_000)
    assert {unit.duration_ms for unit in units} == {64.0}
    assert all(unit.instant_ms % 64 == 0 for unit in units)
    assert len(units) in {156, 157}
    assert loop.units(units[5].instant_ms, units[6].instant_ms) == [units[5]]
    assert loop.units(5.0, 5.0) == []


def test_it_is_heard_and_runs_on_without_a_click() -> None:
    loop = sound_loop()
    samples = decoded([unit.data for unit in loop.units(0, 24_000)])
    assert len(samples) == 375 * 1024
    assert 0.02 < float(np.sqrt(np.mean(samples**2))) < 0.3
    loop_length = len(loop.frames) * 1024
    steps = np.abs(np.diff(samples[2048:]))
    borders = [number * loop_length - 2048 + lag for number in (1, 2) for lag in range(-2048, 2048)]
    assert steps[borders].max() < steps.max() * 1.05
    # The second round sounds exactly like the third.
    assert np.allclose(
        samples[loop_length : 2 * loop_length],
        samples[2 * loop_length : 3 * loop_length],
        atol=1e-3,
    )


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (b"\x14\x08", (16_000, 1)),
        (b"\x11\x90", (48_000, 2)),
        (b"\x12\x10", (44_100, 2)),
        (b"\x2b\x92", None),  # HE-AAC
        (b"\x14", None),
        (b"", None),
        (b"\x17\x88", None),  # escaped rate
        (b"\x14\x38", None),  # seven channels
    ],
)
def test_formats_that_are_served(config: bytes, expected: tuple[int, int] | None) -> None:
    found = aac_format(config)
    assert (found and (found.sample_rate, found.channels)) == expected


def test_adts_headers_are_taken_off() -> None:
    header = bytes([0xFF, 0xF1, 0x60, 0x40, 0x01, 0x3F, 0xFC])
    assert strip_adts(header + b"raw") == (b"\x14\x08", b"raw")
    with_crc = bytes([0xFF, 0xF0, *header[2:]]) + b"\x12\x34"
    assert strip_adts(with_crc + b"raw") == (b"\x14\x08", b"raw")
    assert strip_adts(b"raw frame without") == (b"", b"raw frame without")
