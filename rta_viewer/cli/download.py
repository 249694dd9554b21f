"""``rta-viewer download``: one camera's footage as one checked file on this computer."""

import argparse
import os
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rta_viewer.cli.arguments import (
    output_path,
    refuse_what_is_empty,
    refuse_what_is_no_text,
)
from rta_viewer.cli.command import Context
from rta_viewer.cli.connection import add_camera, add_server, find_camera, with_recorder
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.progress import ProgressLine, size_text
from rta_viewer.cli.times import add_span, naming_zone, span_of, zone_of
from rta_viewer.core.filenames import default_name
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.ports import Recorder
from rta_viewer.core.save_order import watermark_for
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import is_text
from rta_viewer.core.timetext import format_duration, iso_utc
from rta_viewer.errors import UsageError
from rta_viewer.platform.user import user_name

if TYPE_CHECKING:
    from rta_viewer.jobs.save import SavedFile

CONTAINERS = ("mp4", "mkv", "avi")
_WAYS = {"download": JobKind.CLIP, "export": JobKind.EXPORT}


class DownloadCommand:
    """Fetches by download or export, whichever the rules say, and checks what came."""

    name = "download"
    help = "save a camera's footage as a file"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_camera(parser)
        add_span(parser)
        parser.add_argument(
            "--output",
            metavar="PATH",
            required=True,
            help="file, or a folder that gets a file with a name of camera and time; "
            "nothing is overwritten, a taken name gets a number",
        )
        parser.add_argument(
            "--format", choices=CONTAINERS, help="default: what the file's name ends in, or mp4"
        )
        parser.add_argument(
            "--quality",
            choices=("low", "medium", "high"),
            default="",
            help="have the server encode again; unchanged if not given",
        )
        parser.add_argument(
            "--watermark",
            metavar="TEXT",
            help="have TEXT burned in; may contain {timestamp}, {camera} and {operator}",
        )
        parser.add_argument("--no-audio", action="store_true", help="leave the sound out")
        parser.add_argument(
            "--as",
            dest="way",
            choices=tuple(_WAYS),
            help="how to fetch; chosen by length if not given",
        )
        add_server(parser)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        from rta_viewer.jobs.save import DifferentFileError

        refuse_what_is_no_text(args, "watermark")
        refuse_what_is_empty(args, "output", "watermark")
        output_path(args.output)
        if not is_folder(args.output) and not is_text(Path(args.output).name):
            raise UsageError("The name of the file is not UTF-8.", "Choose another name.")
        span, zone, container = span_of(args), zone_of(args), container_of(args.output, args.format)
        line = ProgressLine(context.output.progress_stream, context.clock)

        def save(recorder: Recorder) -> "SavedFile":
            try:
                return _save(context, recorder, args, (span, zone, container), line)
            finally:
                line.finish()

        try:
            saved = with_recorder(context, args, save)
        except DifferentFileError as err:
            context.output.result(document(err.saved), [f"Saved, but: {err}"])
            return ExitCode.DELIVERY
        context.output.result(document(saved), _lines(saved))
        return ExitCode.DONE


def _save(
    context: Context,
    recorder: Recorder,
    args: argparse.Namespace,
    asked: tuple[Span, tzinfo | None, str],
    line: ProgressLine,
) -> "SavedFile":
    from rta_viewer.jobs.save import save_now

    span, zone, container = asked
    camera = find_camera(recorder, args.camera, context.cancel)
    request = SaveRequest(
        camera_id=camera.camera_id,
        span=span,
        container=container,
        quality=args.quality,
        include_audio=not args.no_audio,
        watermark=watermark_for(camera, args.watermark, user_name()) if args.watermark else None,
    )
    return save_now(
        recorder,
        request,
        target_of(args.output, camera.name, span, zone, container),
        cancel=context.cancel,
        progress=line.update,
        kind=_WAYS.get(args.way),
        server=args.server,
        camera_name=camera.name,
        clock=context.clock,
    )


def container_of(output: str, asked: str | None) -> str:
    """``mp4``, ``mkv`` or ``avi``, by ``--format`` and by what the file's name ends in.

    Raises:
        UsageError: The two contradict each other, or the ending is of another format.
    """
    if is_folder(output):
        return asked or CONTAINERS[0]
    ending = Path(output).suffix.lower().removeprefix(".")
    if not ending:
        return asked or CONTAINERS[0]
    if ending not in CONTAINERS:
        raise UsageError(
            f"--output ends in .{ending}, which is no format of recordings.",
            f"End it in .{', .'.join(CONTAINERS)}.",
        )
    if asked and asked != ending:
        raise UsageError(f"--output ends in .{ending}, but --format is {asked}.", "Leave one out.")
    return ending


def is_folder(output: str) -> bool:
    """True for an existing folder, and for what is written like one."""
    separators = tuple(mark for mark in (os.sep, os.altsep) if mark)
    return output.endswith(separators) or Path(output).is_dir()


def target_of(
    output: str, camera_name: str, span: Span, zone: tzinfo | None, container: str
) -> Path:
    """The file to write, absolute."""
    path = Path(output).absolute()
    if is_folder(output):
        return path / default_name(camera_name, span, naming_zone(zone), container)
    return path if path.suffix else path.with_suffix(f".{container}")


def document(saved: "SavedFile") -> dict[str, Any]:
    """The promised object."""
    return {
        "path": str(saved.path),
        "size_bytes": saved.size_bytes,
        "sha256": saved.sha256,
        "start": iso_utc(saved.start_ms),
        "end": iso_utc(saved.end_ms),
        "duration_s": saved.duration_s,
        "check": saved.check,
    }


def _lines(saved: "SavedFile") -> list[str]:
    length = format_duration(saved.duration_s * 1000)
    return [
        f"Saved {saved.path}",
        f"{size_text(saved.size_bytes)}, {length} long, checked: it is what was asked.",
        f"SHA-256 {saved.sha256}",
    ]
