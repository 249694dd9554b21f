"""Is the delivered file what was asked for? A pure comparison; the file was probed before.

A server's answer "completed" proves nothing: files arrive truncated, empty, or as another format. What a
file should hold is what the server says it recorded inside the asked span. Where it does not say, only the
asked span itself is left to compare with, and a gap cannot be told from a loss.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Recording,
    RecordingKind,
    SaveRequest,
)
from rta_viewer.core.spans import Span, clip, gaps, subtract, total_ms
from rta_viewer.core.texts import digits, left_to_right, tr, trn
from rta_viewer.core.timetext import format_duration, iso_utc
from rta_viewer.jobs.delivered_file import DeliveredFile
from rta_viewer.jobs.delivery_time import Expectation, InstantFormat, Timing, compare_time

_CODEC_NAMES = {"AVC": "H264", "HEVC": "H265", "JPEG": "MJPEG", "MPEG4AVC": "H264"}
_ROUNDED_PIXELS = 16
"""Coded sizes are whole blocks of 16 pixels, and not every server knows which of them are shown."""

_KEYS_ONLY_TIMES = 4
_THINNED_TIMES = 10
_FEWEST_PICTURES = 6
_SOUND_TOLERANCE_MS = 5_000
_SOUND_TOLERANCE = 0.1
_MOST_BACK_S = 1.0
_MOST_PLACES = 3
_LEAST_GAP_MS = 2_000


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
        start_known: ``delivered`` begins when the file says so; otherwise that is assumed.
    """

    ok: bool
    differences: tuple[str, ...]
    delivered: Span | None
    expected_ms: int
    delivered_ms: int
    notes: tuple[str, ...] = ()
    missing: Span | None = None
    stretches: tuple[Span, ...] = ()
    start_known: bool = False


def check_delivery(
    request: SaveRequest,
    info: DeliveredFile,
    availability: Availability | None,
    server_size: int | None,
    *,
    ordered_ms: int | None = None,
    checked_ms: int | None = None,
    format_instant: InstantFormat | None = None,
) -> DeliveryReport:
    """Compare what was delivered with what was asked.

    Args:
        request: What was asked.
        info: What is in the file.
        availability: What the server says it recorded; None, or not covering the span, is "unknown".
        server_size: Bytes that the server announced, None when it did not.
        ordered_ms: When it was asked for, None when unknown.
        checked_ms: Now by the server's clock, None when unknown.
        format_instant: How times appear in sentences; UTC with ``Z`` by default.
    """
    shown = format_instant or _utc
    recorded = recorded_parts(request.span, availability)
    parts = [request.span] if recorded is None else recorded
    inside = _inside(request, availability)
    wanted = Expectation(
        request.span,
        parts,
        ordered_ms,
        is_steady=bool(inside) and all(one.kind is RecordingKind.CONTINUOUS for one in inside),
        fps=_slowest(inside) if _is_unchanged(request) else 0.0,
    )
    timing = compare_time(wanted, info, shown)
    differences = [
        *_broken(info),
        *_format_differences(request, info, inside),
        *timing.differences,
        *_sound_differences(request, info, inside, timing),
    ]
    if server_size is not None and server_size != info.size_bytes:
        differences.append(
            tr(
                "The server announced {server_size:,} bytes, {size_bytes:,} bytes were delivered.",
                server_size=server_size,
                size_bytes=info.size_bytes,
            )
        )
    notes = [*_notes(info), *timing.notes]
    until_ms = recorded[-1].end_ms if recorded else request.span.end_ms
    if checked_ms is not None and max(until_ms, checked_ms) < request.span.end_ms:
        notes.append(
            tr(
                "The range was not over yet when the file was checked: "
                "what was recorded afterwards is not in it."
            )
        )
    if recorded:
        is_over_ms = request.span.end_ms if checked_ms is None else checked_ms
        notes += _not_recorded(recorded, request.span, is_over_ms, shown)
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
        delivered_ms=round(info.duration_s * 1000) if info.picture_count else 0,
        notes=tuple(notes),
        missing=timing.missing,
        stretches=() if timing.keeps_gaps else _stretches(recorded, timing.delivered),
        start_known=timing.start_known,
    )


def _not_recorded(
    recorded: Sequence[Span], span: Span, until_ms: int, shown: InstantFormat
) -> list[str]:
    """Whoever sees the file later sees no gap in it, and is not to take the asked span for its time."""
    known = Span(span.start_ms, max(recorded[-1].end_ms, min(until_ms, span.end_ms)))
    found = [one for one in gaps(recorded, known) if one.duration_ms > _LEAST_GAP_MS]
    if len(found) > _MOST_PLACES:
        length = left_to_right(format_duration(total_ms(found)))
        return [
            trn(
                "Nothing was recorded in {n} gap, {length} altogether.",
                "Nothing was recorded in {n} gaps, {length} altogether.",
                len(found),
                length=length,
            )
        ]
    return [
        tr(
            "Nothing was recorded from {start} to {end}.",
            start=shown(one.start_ms),
            end=shown(one.end_ms),
        )
        for one in found
    ]


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


def _broken(info: DeliveredFile) -> list[str]:
    if not info.picture_count:
        return [tr("The file holds no pictures.")]
    found = [] if info.decodes else [tr("The pictures in the file cannot be decoded.")]
    if info.damaged_s:
        places = map(_place, info.damaged_s)
        found.append(
            tr(
                "Pictures inside the file cannot be decoded, as at {places} from its beginning.",
                places=tr(", ").join(islice(places, _MOST_PLACES)),
            )
        )
    if info.steps_back_s > _MOST_BACK_S:
        found.append(tr("The pictures in the file are not in the order in which they were taken."))
    if info.repeated_s is not None:
        first, again = map(_place, info.repeated_s)
        found.append(
            tr(
                "Pictures are in the file twice: those from {first} on come again from {again} on.",
                first=first,
                again=again,
            )
        )
    if info.picture_streams > 1:
        found.append(tr("The file holds {count} films instead of one.", count=info.picture_streams))
    return found


def _place(since_start_s: float) -> str:
    return left_to_right(format_duration(since_start_s * 1000))


def _format_differences(
    request: SaveRequest, info: DeliveredFile, inside: Sequence[Recording]
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
    if _is_unchanged(request) and info.picture_count:
        found += _codec_differences(info, inside)
        found += _size_differences(info, inside)
        found += _rate_differences(info, inside)
    return found


def _is_unchanged(request: SaveRequest) -> bool:
    """Such pictures have the codec, the size and the rate in which they were recorded."""
    return not request.quality and request.watermark is None


def _codec_differences(info: DeliveredFile, inside: Sequence[Recording]) -> Iterable[str]:
    codecs = {_codec(recording.codec) for recording in inside} - {""}
    if codecs and _codec(info.video_codec) not in codecs:
        yield tr(
            "The pictures are {video_codec}, the camera recorded {codecs}.",
            video_codec=info.video_codec,
            codecs=tr(" and ").join(sorted(codecs)),
        )


def _size_differences(info: DeliveredFile, inside: Sequence[Recording]) -> Iterable[str]:
    """By what the recordings say: the camera itself tells how it is set today."""
    sizes = sorted({(one.width, one.height) for one in inside})
    if not sizes or not all(width and height for width, height in sizes):
        return
    for width, height in sizes:
        if max(abs(width - info.width), abs(height - info.height)) < _ROUNDED_PIXELS:
            return
    yield tr(
        "The pictures are {size}, the camera recorded {wanted}.",
        size=left_to_right(f"{info.width}x{info.height}"),
        wanted=tr(" and ").join(left_to_right(f"{width}x{height}") for width, height in sizes),
    )


def _rate_differences(info: DeliveredFile, inside: Sequence[Recording]) -> Iterable[str]:
    """Thinned out, as to key pictures. What waits for motion may be recorded so."""
    fps, distance_s = _slowest(inside), info.usual_distance_s
    if not fps or distance_s is None or info.picture_count < _FEWEST_PICTURES:
        return
    if any(recording.kind is RecordingKind.MOTION for recording in inside):
        return
    keys_only = info.key_picture_count == info.picture_count and _codec(info.video_codec) != "MJPEG"
    if distance_s * fps > (_KEYS_ONLY_TIMES if keys_only else _THINNED_TIMES):
        yield tr(
            "Pictures are left out: the file shows one in {distance} s, the camera took {fps} a second.",
            distance=digits(f"{distance_s:.3g}"),
            fps=digits(f"{fps:.3g}"),
        )


def _slowest(inside: Sequence[Recording]) -> float:
    """Pictures a second, 0 unless all recordings say it."""
    return min((recording.fps for recording in inside), default=0.0)


def _sound_differences(
    request: SaveRequest, info: DeliveredFile, inside: Sequence[Recording], timing: Timing
) -> Iterable[str]:
    heard = [recording.span for recording in inside if recording.has_audio]
    if not request.include_audio or not heard:
        return
    if info.audio_codec is None:
        yield tr("The file has no sound, although the camera recorded sound.")
        return
    shown = timing.delivered.clip(request.span) if timing.delivered is not None else None
    if shown is None:
        return
    expected_ms = total_ms(subtract(clip(heard, shown), timing.holes))
    sound_ms = round(info.sound_s * 1000)
    if expected_ms - sound_ms > _SOUND_TOLERANCE_MS + expected_ms * _SOUND_TOLERANCE:
        yield tr(
            "The file holds {sound} of sound, the camera recorded {expected}.",
            sound=left_to_right(format_duration(sound_ms)),
            expected=left_to_right(format_duration(expected_ms)),
        )


def _inside(request: SaveRequest, availability: Availability | None) -> list[Recording]:
    if availability is None:
        return []
    return [item for item in availability.recordings if item.span.overlaps(request.span)]


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


def _utc(instant_ms: int) -> str:
    text = iso_utc(instant_ms)
    return text.replace(".000Z", "Z")
