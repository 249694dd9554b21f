"""``rta-viewer recordings``: what one camera has in a span, and why not more."""

import argparse
from datetime import tzinfo
from typing import Any

from rta_viewer.cli.command import Context
from rta_viewer.cli.connection import add_camera, add_server, find_camera, with_recorder
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.output import table
from rta_viewer.cli.times import add_span, span_of, zone_of
from rta_viewer.core.model import Availability, AvailabilityState
from rta_viewer.core.ports import Recorder
from rta_viewer.core.timetext import format_duration, format_instant, iso_utc
from rta_viewer.errors import NetworkError, NotOfferedError, SignInError


class RecordingsCommand:
    """Lists recordings and gaps."""

    name = "recordings"
    help = "list a camera's recordings and gaps"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_camera(parser)
        add_span(parser)
        add_server(parser)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        span, zone = span_of(args), zone_of(args)

        def ask(recorder: Recorder) -> tuple[str, Availability]:
            camera = find_camera(recorder, args.camera, context.cancel)
            return camera.name, recorder.availability(camera.camera_id, span, context.cancel)

        name, answer = with_recorder(context, args, ask)
        require_known(answer)
        context.output.result(_document(answer), _lines(name, answer, zone))
        return ExitCode.DONE


def require_known(answer: Availability) -> None:
    """Raise what an operator should read when the server did not say what it has."""
    if answer.state is AvailabilityState.NOT_OFFERED:
        raise NotOfferedError(
            "This server does not say what it has recorded.",
            "Try probe or download for the time that you need.",
        )
    if answer.state is AvailabilityState.NOT_ALLOWED:
        raise SignInError(
            "This user may not see the recordings of this camera.",
            "Ask the administrator of the server for the right to play back.",
        )
    if answer.state is AvailabilityState.NO_ANSWER:
        raise NetworkError("The server did not say what it has recorded.", "Try again later.")


def _document(answer: Availability) -> dict[str, Any]:
    return {
        "recordings": [
            {
                "start": iso_utc(recording.span.start_ms),
                "end": iso_utc(recording.span.end_ms),
                "kind": recording.kind.value,
            }
            for recording in answer.recordings
        ],
        "gaps": [
            {
                "start": iso_utc(gap.span.start_ms),
                "end": iso_utc(gap.span.end_ms),
                "reason": gap.reason,
            }
            for gap in answer.gaps
        ],
    }


def _lines(name: str, answer: Availability, zone: tzinfo | None) -> list[str]:
    parts = [(item.span, item.kind.value) for item in answer.recordings]
    parts += [(gap.span, f"gap: {gap.reason or 'no reason given'}") for gap in answer.gaps]
    rows = [
        (
            format_instant(span.start_ms, zone),
            format_instant(span.end_ms, zone),
            format_duration(span.duration_ms),
            what,
        )
        for span, what in sorted(parts)
    ]
    recorded = format_duration(answer.recorded_ms)
    whole = format_duration(answer.window.duration_ms)
    said = f"{name}: {recorded} of {whole} recorded"
    return [*table(rows), said if answer.recordings else f"{name}: no footage in this time"]
