"""``rta-viewer probe``: plays one camera through the real engine without a window, and measures."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rta_viewer.cli.command import Context
from rta_viewer.cli.connection import add_camera, add_server, find_camera, with_recorder
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.times import add_instant, instant_of, zone_of
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import SPEEDS
from rta_viewer.core.ports import Recorder
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import format_instant, iso_utc
from rta_viewer.errors import NoFootageError, UsageError

if TYPE_CHECKING:
    from rta_viewer.player.probe import ProbeReport

DEFAULT_SECONDS = 3.0
MOST_SECONDS = 3600.0
LATEST_FIRST_PICTURE_MS = 1_000
"""A first picture that lies further behind the asked instant is the start of other footage."""

_PICTURE_FILES = frozenset({".png", ".jpg", ".jpeg"})


class ProbeCommand:
    """Reports time to the first picture, effective speed, format and losses."""

    name = "probe"
    help = "play a camera without a window and measure"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_camera(parser)
        add_instant(parser)
        speeds = ", ".join(f"{speed:g}" for speed in SPEEDS)
        parser.add_argument(
            "--speed", type=float, default=1.0, metavar="N", help=f"{speeds} (default: 1)"
        )
        parser.add_argument(
            "--seconds",
            type=float,
            default=DEFAULT_SECONDS,
            metavar="S",
            help="how long to measure (default: %(default)g)",
        )
        parser.add_argument(
            "--snapshot", type=Path, metavar="FILE", help="write the first picture, .png or .jpg"
        )
        add_server(parser)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        at_ms, zone = instant_of(args), zone_of(args)
        _check(args)

        def measure(recorder: Recorder) -> "ProbeReport":
            camera = find_camera(recorder, args.camera, context.cancel)
            return _probe(context, recorder, camera.camera_id, at_ms, args)

        report = with_recorder(context, args, measure)
        _require_footage(report, at_ms, args.snapshot, zone)
        context.output.result(document(report), _lines(report, zone))
        return ExitCode.DONE


def _check(args: argparse.Namespace) -> None:
    if args.speed not in SPEEDS:
        speeds = ", ".join(f"{speed:g}" for speed in SPEEDS)
        raise UsageError(f"--speed {args.speed:g} is not offered.", f"Speeds are {speeds}.")
    if not 0 < args.seconds <= MOST_SECONDS:
        raise UsageError(f"--seconds must be more than 0 and at most {MOST_SECONDS:g}.")
    if args.snapshot is not None and args.snapshot.suffix.lower() not in _PICTURE_FILES:
        raise UsageError("--snapshot must name a .png or a .jpg file.")


def _probe(
    context: Context, recorder: Recorder, camera_id: str, at_ms: int, args: argparse.Namespace
) -> "ProbeReport":
    # Loaded here: the other commands need neither libVLC nor a decoder.
    from rta_viewer.media.gop_cache import GopCache
    from rta_viewer.media.rtsp.source import RtspReplaySource
    from rta_viewer.player.engine import EngineParts
    from rta_viewer.player.probe import ProbeRequest, probe
    from rta_viewer.player.vlc_backend import VlcLibrary

    def grant_url(start_ms: int, end_ms: int, speed: int, cancel: CancelToken) -> str:
        span = Span(start_ms, end_ms)
        return recorder.playback(camera_id, span, speed=speed, skip_gaps=True, cancel=cancel).url

    with ExitStack() as closes:
        library = closes.enter_context(closing(VlcLibrary()))
        source = RtspReplaySource(grant_url, recorder.stream_access(), sound=False)
        parts = EngineParts(camera_id, source, library.backend, GopCache(), context.clock.now_ms)
        request = ProbeRequest(at_ms, args.speed, args.seconds, args.snapshot)
        return probe(parts, request, cancel=context.cancel)


def _require_footage(
    report: "ProbeReport", at_ms: int, snapshot: Path | None, zone: tzinfo | None
) -> None:
    """The engine plays on at the next footage, as an operator wants; a script asked for this instant."""
    if report.first_picture_at_ms <= at_ms + LATEST_FIRST_PICTURE_MS:
        return
    if snapshot is not None:
        snapshot.unlink(missing_ok=True)
    raise NoFootageError(
        f"Nothing was recorded at {format_instant(at_ms, zone)}.",
        f"The next footage begins at {format_instant(report.first_picture_at_ms, zone)}.",
    )


def document(report: "ProbeReport") -> dict[str, Any]:
    """The promised object."""
    speed = report.speed_effective
    return {
        "first_picture_ms": round(report.first_picture_ms, 1),
        "first_picture_at": iso_utc(report.first_picture_at_ms),
        "speed_asked": report.speed_asked,
        "speed_effective": None if speed is None else round(speed, 3),
        "codec": report.codec,
        "width": report.width,
        "height": report.height,
        "key_frame_distance_s": report.key_frame_distance_s,
        "lost": report.lost,
    }


def _lines(report: "ProbeReport", zone: tzinfo | None) -> Sequence[str]:
    at = format_instant(report.first_picture_at_ms, zone, milliseconds=True)
    distance = report.key_frame_distance_s
    speed = report.speed_effective
    lines = [
        f"First picture        {at}, after {report.first_picture_ms:.0f} ms",
        f"Format               {report.codec} {report.width}x{report.height}",
        f"Key frame distance   {'not seen' if distance is None else f'{distance:g} s'}",
        f"Speed                {report.speed_asked:g}x asked, "
        + ("could not be measured" if speed is None else f"{speed:.2f}x measured"),
        f"Lost pictures        {report.lost}",
    ]
    return [*lines, report.note] if report.note else lines
