"""AAC's two headers: AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) and ADTS (1.A.2.2)."""

from rta_viewer.demo.footage.model import AudioFormat

_RATES = (
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
)  # fmt: skip
_AAC_LC = 2
_ESCAPED_RATE = 15
_ADTS_BYTES = 7
_CRC_BYTES = 2


def aac_format(config: bytes) -> AudioFormat | None:
    """The format that an AudioSpecificConfig describes, None unless it is plain AAC-LC."""
    if len(config) < 2:
        return None
    word = config[0] << 8 | config[1]
    kind, rate, channels = word >> 11, word >> 7 & 15, word >> 3 & 15
    if kind != _AAC_LC or rate >= len(_RATES) or rate == _ESCAPED_RATE or not 1 <= channels <= 2:
        return None
    return AudioFormat(_RATES[rate], channels, config[:2])


def strip_adts(frame: bytes) -> tuple[bytes, bytes]:
    """AudioSpecificConfig and raw frame of an ADTS frame; empty and unchanged without a header."""
    if len(frame) < _ADTS_BYTES or frame[0] != 0xFF or frame[1] & 0xF6 != 0xF0:
        return b"", frame
    kind, rate = (frame[2] >> 6) + 1, frame[2] >> 2 & 15
    channels = (frame[2] & 1) << 2 | frame[3] >> 6
    header = _ADTS_BYTES if frame[1] & 1 else _ADTS_BYTES + _CRC_BYTES
    config = kind << 11 | rate << 7 | channels << 3
    return config.to_bytes(2, "big"), frame[header:]
