"""Is the delivered file what was asked for? A pure comparison; the file was probed before.

A server's answer "completed" proves nothing: files arrive truncated, empty, or as another format. What a
file should hold is what the server says it recorded inside the asked span. Where it does not say, only the
asked span itself is left to compare with, and a gap cannot be told from a loss.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Recording,
    SaveRequest,
    StreamInfo,
)
from rta_viewer.core.spans import Span, clip, total_ms
from rta_viewer.core.texts import left_to_right, tr
from rta_viewer.core.timetext import format_duration, iso_utc

LEAD_IN_MS = 12_000
"""Unchanged pictures start at the key frame before the asked instant; recorders space them up to 10 s."""

_TOLERANCE_MS = 2_000
_TOLERANCE_PER_GAP_MS = 250
_MOST_TOLERANCE_MS = 10_000
_CODEC_NAMES = {"AVC": "H264", "HEVC": "H265", "JPEG": "MJPEG", "MPEG4AVC": "H264"}

InstantFormat = Callable[[int], str]


class DeliveredFile(Protocol):
    """What a probe found in the file; ``media.probe.MediaFileInfo`` is one."""

    @property
    def size_bytes(self) -> int:
        """Length of the file."""
        ...

    @property
    def container(self) -> str:
        """``mp4``, ``mkv``, ``avi`` or ``ts``."""
        ...

    @property
    def video_codec(self) -> str:
        """``H264``, ``H265``, ``MJPEG`` or another name."""
        ...

    @property
    def width(self) -> int:
        """Pixels."""
        ...

    @property
    def height(self) -> int:
        """Pixels."""
        ...

    @property
    def duration_s(self) -> float:
        """From the first picture to the end of the last one."""
        ...

    @property
    def picture_count(self) -> int:
        """Pictures that are presented."""
        ...

    @property
    def audio_codec(self) -> str | None:
        """None without sound."""
        ...

    @property
    def creation_time_ms(self) -> int | None:
        """What the file claims: a hint."""
        ...

    @property
    def is_faststart(self) -> bool:
        """False for an MP4 whose index comes last."""
        ...

    @property
    def is_fragmented(self) -> bool:
        """MP4 in fragments."""
        ...

    @property
    def decodes(self) -> bool:
        """First and last pictures decode."""
        ...


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """The verdict.

    Attributes:
        ok: Nothing differs.
        differences: Sentences for people; empty when ``ok``.
        delivered: Wall-clock span of the file as far as it can be told; None without pictures.
        expected_ms: Footage that the file should hold, without lead-in.
        delivered_ms: Length of the file.
        notes: Sentences about what is right but worth knowing.
        missing: The recorded and asked part that is not in the file; None when it is all there.
        stretches: Where the recordings were that the file joins; empty when they are not known, or one only.
    """

    ok: bool
    differences: tuple[str, ...]
    delivered: Span | None
    expected_ms: int
    delivered_ms: int
    notes: tuple[str, ...] = ()
    missing: Span | None = None
    stretches: tuple[Span, ...] = ()


def check_delivery(
    request: SaveRequest,
    info: DeliveredFile,
    availability: Availability | None,
    server_size: int | None,
    *,
    stream: StreamInfo | None = None,
    format_instant: InstantFormat | None = None,
) -> DeliveryReport:
    """Compare what was delivered with what was asked.

    Args:
        request: What was asked.
        info: What is in the file.
        availability: What the server says it recorded; None, or not covering the span, is "unknown".
        server_size: Bytes that the server announced, None when it did not.
        stream: The camera's stream, for codec and resolution of unchanged pictures.
        format_instant: How times appear in sentences; UTC with ``Z`` by default.
    """
    shown = format_instant or _utc
    recorded = recorded_parts(request.span, availability)
    parts = [request.span] if recorded is None else recorded
    delivered_ms = round(info.duration_s * 1000) if info.picture_count else 0
    timing = _compare_time(request, info, parts, delivered_ms, shown)
    differences = [
        *_broken(info),
        *_format_differences(request, info, availability, stream),
        *timing.differences,
    ]
    if server_size is not None and server_size != info.size_bytes:
        differences.append(
            tr(
                "The server announced {server_size:,} bytes, {size_bytes:,} bytes were delivered.",
                server_size=server_size,
                size_bytes=info.size_bytes,
            )
        )
    notes = [*_notes(info)]
    if recorded is None:
        notes.append(
            tr(
                "The server does not say what it recorded: "
                "what is missing may never have been recorded."
            )
            if timing.differences
            else tr("The server does not say what it recorded: only the length could be compared.")
        )
    return DeliveryReport(
        ok=not differences,
        differences=tuple(differences),
        delivered=timing.delivered,
        expected_ms=total_ms(parts),
        delivered_ms=delivered_ms,
        notes=tuple(notes),
        missing=timing.missing,
        stretches=_stretches(recorded, timing.delivered),
    )


def _stretches(recorded: Sequence[Span] | None, delivered: Span | None) -> tuple[Span, ...]:
    if recorded is None or delivered is None:
        return ()
    inside = clip(recorded, delivered)
    if len(inside) < 2:
        return ()
    # Pictures that are handed over unchanged begin at the key picture before the asked instant.
    start_ms = min(delivered.start_ms, inside[0].start_ms)
    return (Span(start_ms, inside[0].end_ms), *inside[1:])


def recorded_parts(span: Span, availability: Availability | None) -> list[Span] | None:
    """What was recorded inside the span, None when that is not known for all of it."""
    if availability is None or availability.state is not AvailabilityState.KNOWN:
        return None
    window = availability.window
    if window.start_ms > span.start_ms or window.end_ms < span.end_ms:
        return None
    return clip((recording.span for recording in availability.recordings), span)


@dataclass(frozen=True, slots=True)
class _Timing:
    delivered: Span | None
    differences: tuple[str, ...] = ()
    missing: Span | None = None


def _compare_time(
    request: SaveRequest,
    info: DeliveredFile,
    parts: Sequence[Span],
    delivered_ms: int,
    shown: InstantFormat,
) -> _Timing:
    if not delivered_ms:
        return _Timing(None)
    if not parts:
        # Something came although nothing was recorded, says the server: the pictures count for more.
        return _Timing(Span(request.span.start_ms, request.span.start_ms + delivered_ms))
    expected_ms = total_ms(parts)
    tolerance_ms = _tolerance_ms(parts)
    lead_ms = _lead_in_ms(parts, info.creation_time_ms)
    missing_ms = expected_ms - (delivered_ms - (lead_ms or 0))
    if missing_ms > tolerance_ms:
        return _truncated(request.span, info, parts, delivered_ms, lead_ms or 0, shown)
    surplus_ms = max(0, -missing_ms)
    allowed_ms = tolerance_ms + (LEAD_IN_MS if lead_ms is None else 0)
    start_ms = parts[0].start_ms - (min(surplus_ms, LEAD_IN_MS) if lead_ms is None else lead_ms)
    delivered = Span(start_ms, parts[-1].end_ms)
    if surplus_ms > allowed_ms:
        longer = tr(
            "The file is longer than what was asked: {delivered} instead of {expected}.",
            delivered=left_to_right(format_duration(delivered_ms)),
            expected=left_to_right(format_duration(expected_ms)),
        )
        return _Timing(delivered, (longer,))
    return _Timing(delivered)


def _tolerance_ms(parts: Sequence[Span]) -> int:
    """Servers round recordings to seconds, and a slow camera's last picture may stand for one."""
    return min(_MOST_TOLERANCE_MS, _TOLERANCE_MS + _TOLERANCE_PER_GAP_MS * (len(parts) - 1))


def _lead_in_ms(parts: Sequence[Span], creation_ms: int | None) -> int | None:
    """How far before the footage the file begins, None when the file does not say it believably."""
    if creation_ms is None:
        return None
    lead_ms = parts[0].start_ms - creation_ms
    # Whole seconds, rounded down, so the claim may be up to a second early.
    if -_TOLERANCE_MS < lead_ms <= LEAD_IN_MS + 1000:
        return min(LEAD_IN_MS, max(0, lead_ms))
    return None


def _truncated(
    asked: Span,
    info: DeliveredFile,
    parts: Sequence[Span],
    delivered_ms: int,
    lead_ms: int,
    shown: InstantFormat,
) -> _Timing:
    late_ms = _late_start(parts, info.creation_time_ms, delivered_ms)
    if late_ms is not None:
        start_ms, content = late_ms, clip(parts, Span(late_ms, parts[-1].end_ms))
        end_ms = _instant_after(content, delivered_ms)
        missing = Span(parts[0].start_ms, late_ms)
    else:
        start_ms = parts[0].start_ms - lead_ms
        end_ms = _instant_after(parts, max(0, delivered_ms - lead_ms))
        missing = Span(min(end_ms, parts[-1].end_ms), parts[-1].end_ms)
    delivered = Span(start_ms, max(start_ms, end_ms))
    clipped = delivered.clip(asked) or Span(parts[0].start_ms, parts[0].start_ms)
    return _Timing(
        delivered,
        (
            tr(
                "Delivered {clipped} of {asked}, the rest is missing.",
                clipped=_range(clipped, shown),
                asked=_range(asked, shown),
            ),
        ),
        missing if not missing.is_empty else None,
    )


def _late_start(parts: Sequence[Span], creation_ms: int | None, delivered_ms: int) -> int | None:
    """A start after the asked one, when the file claims it and its length fits what is left from there."""
    if creation_ms is None or creation_ms >= parts[-1].end_ms:
        return None
    if creation_ms < parts[0].start_ms + _TOLERANCE_MS:
        return None
    left_ms = total_ms(clip(parts, Span(creation_ms, parts[-1].end_ms)))
    return creation_ms if delivered_ms <= left_ms + _tolerance_ms(parts) else None


def _instant_after(parts: Iterable[Span], content_ms: int) -> int:
    """The instant at which the parts, played without their gaps, have shown ``content_ms``."""
    end_ms = 0
    for part in parts:
        if content_ms <= part.duration_ms:
            return part.start_ms + content_ms
        content_ms -= part.duration_ms
        end_ms = part.end_ms
    return end_ms


def _broken(info: DeliveredFile) -> list[str]:
    if not info.picture_count:
        return [tr("The file holds no pictures.")]
    return [] if info.decodes else [tr("The pictures in the file cannot be decoded.")]


def _format_differences(
    request: SaveRequest,
    info: DeliveredFile,
    availability: Availability | None,
    stream: StreamInfo | None,
) -> list[str]:
    found = []
    if info.container != request.container.lower():
        found.append(
            tr(
                "The file is {found}, {wanted} was asked for.",
                found=info.container.upper(),
                wanted=request.container.upper(),
            )
        )
    if not request.quality and request.watermark is None and info.picture_count:
        found += _picture_differences(request, info, availability, stream)
    if request.include_audio and info.audio_codec is None and _has_sound(request, availability):
        found.append(tr("The file has no sound, although the camera recorded sound."))
    return found


def _picture_differences(
    request: SaveRequest,
    info: DeliveredFile,
    availability: Availability | None,
    stream: StreamInfo | None,
) -> list[str]:
    """Unchanged pictures have the codec and the size in which they were recorded."""
    found = []
    codecs = {_codec(recording.codec) for recording in _inside(request, availability)} - {""}
    if not codecs and stream is not None and stream.codec:
        codecs = {_codec(stream.codec)}
    if codecs and _codec(info.video_codec) not in codecs:
        found.append(
            tr(
                "The pictures are {video_codec}, the camera recorded {codecs}.",
                video_codec=info.video_codec,
                codecs=tr(" and ").join(sorted(codecs)),
            )
        )
    if stream is not None and stream.width and stream.height:
        wanted, got = (stream.width, stream.height), (info.width, info.height)
        if wanted != got:
            found.append(
                tr(
                    "The pictures are {size}, the camera records {wanted}.",
                    size=left_to_right(f"{got[0]}x{got[1]}"),
                    wanted=left_to_right(f"{wanted[0]}x{wanted[1]}"),
                )
            )
    return found


def _inside(request: SaveRequest, availability: Availability | None) -> list[Recording]:
    if availability is None:
        return []
    return [item for item in availability.recordings if item.span.overlaps(request.span)]


def _has_sound(request: SaveRequest, availability: Availability | None) -> bool:
    return any(recording.has_audio for recording in _inside(request, availability))


def _codec(name: str) -> str:
    plain = "".join(char for char in name.upper() if char.isalnum())
    return _CODEC_NAMES.get(plain, plain)


def _notes(info: DeliveredFile) -> Iterable[str]:
    if info.is_fragmented:
        yield tr("The MP4 is fragmented: some players and mail scanners refuse it.")
    elif not info.is_faststart:
        yield tr("The MP4 has its index at the end: it cannot be played while it is being fetched.")
    if _codec(info.video_codec) == "H265":
        yield tr("The pictures are H.265: not every player shows them.")


def _range(span: Span, shown: InstantFormat) -> str:
    return tr("{start} to {end}", start=shown(span.start_ms), end=shown(span.end_ms))


def _utc(instant_ms: int) -> str:
    text = iso_utc(instant_ms)
    return text.replace(".000Z", "Z")
