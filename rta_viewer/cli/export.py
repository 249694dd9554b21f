"""``rta-viewer export``: several cameras, any length, through the list of jobs that survives the program."""

import argparse
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from rta_viewer.cli import job_list
from rta_viewer.cli.arguments import (
    output_path,
    refuse_a_path_that_is_no_text,
    refuse_what_is_empty,
    refuse_what_is_no_text,
)
from rta_viewer.cli.command import Context
from rta_viewer.cli.connection import add_server, find_cameras, with_signed_in
from rta_viewer.cli.download import CONTAINERS
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.progress import size_text
from rta_viewer.cli.times import add_span, naming_zone, span_of, zone_of
from rta_viewer.cli.working import work_until_all_rest
from rta_viewer.core.jobs import Job, JobKind
from rta_viewer.core.model import Availability, AvailabilityState, Camera, ServerInfo
from rta_viewer.core.ports import Recorder
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.save_limits import too_long
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.save_order import SaveOrder, plan_pieces
from rta_viewer.core.spans import Span
from rta_viewer.errors import NetworkError, NotFoundError, ServerError, StorageError, UsageError
from rta_viewer.platform.user import user_name

if TYPE_CHECKING:
    from rta_viewer.jobs.plan import Plan
    from rta_viewer.jobs.store import JobStore

_log = logging.getLogger(__name__)

_LOOKED_UP = 64
"""Of so many cameras the recordings are looked up: servers take a hundred such questions a minute."""


class ExportCommand:
    """Adds jobs to the list, and by default works until they are done."""

    name = "export"
    help = "save footage of several cameras, of any length, as a package"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "cameras",
            metavar="CAMERA",
            nargs="+",
            help="a camera's id, or its name if only it has it",
        )
        add_span(parser)
        parser.add_argument(
            "--output",
            metavar="DIR",
            required=True,
            help="folder; several files get a folder of their own in it, with an index",
        )
        parser.add_argument(
            "--name",
            default="",
            help="what the folder of several files is called; by cameras and time if not given",
        )
        parser.add_argument(
            "--watermark",
            metavar="TEXT",
            help="have TEXT burned in; may contain {timestamp}, {camera} and {operator}",
        )
        parser.add_argument(
            "--quality",
            choices=("low", "medium", "high"),
            default="",
            help="have the server encode again; unchanged if not given",
        )
        parser.add_argument(
            "--format", choices=CONTAINERS, default=CONTAINERS[0], help="default: %(default)s"
        )
        parser.add_argument("--no-audio", action="store_true", help="leave the sound out")
        parser.add_argument(
            "--volumes",
            choices=("fat32", "dvd", "bluray"),
            help="also cut files that are too large for it into volumes, each playable",
        )
        waiting = parser.add_mutually_exclusive_group()
        waiting.add_argument(
            "--wait", dest="wait", action="store_true", default=True, help="until all is here"
        )
        waiting.add_argument(
            "--no-wait",
            dest="wait",
            action="store_false",
            help="only add to the list; 'jobs run' or the window does the rest",
        )
        add_server(parser)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        from rta_viewer.jobs.plan import plan_jobs

        refuse_what_is_no_text(args, "output", "name", "watermark")
        refuse_what_is_empty(args, "output", "watermark")
        span, zone = span_of(args), zone_of(args)
        folder = output_path(args.output)
        refuse_a_path_that_is_no_text(folder)
        if folder.exists() and not folder.is_dir():
            raise UsageError("--output is a file.", "Name a folder.")

        def work(recorder: Recorder, info: ServerInfo) -> list[Job]:
            cameras = _cameras(recorder, args.cameras, context)
            order = _with_recordings(_order(args, cameras, span, zone, folder), recorder, context)
            known = _known_jobs(context)
            _refuse_what_cannot_fit(context, order, known)
            now_ms = context.clock.now_ms()
            plan = plan_jobs(
                order, server=info.address, username=args.user, now_ms=now_ms, known=known
            )
            return _carry_out(context, recorder, plan, wait=args.wait)

        jobs = with_signed_in(context, args, work)
        if not args.wait:
            context.output.result(job_list.document(jobs), job_list.lines(jobs))
            return ExitCode.DONE
        context.output.result(*job_list.worked_off(jobs))
        job_list.tell_what_is_left(context, jobs)
        # Paused meanwhile, by somebody or for want of room: the file that was waited for is not here.
        is_here = all(job.finished for job in jobs)
        return job_list.worst(jobs) if is_here else ExitCode.FAILED


def _cameras(recorder: Recorder, wanted: Sequence[str], context: Context) -> list[Camera]:
    found = find_cameras(recorder, wanted, context.cancel)
    return list({camera.camera_id: camera for camera in found}.values())


def _order(
    args: argparse.Namespace,
    cameras: Sequence[Camera],
    span: Span,
    zone: tzinfo | None,
    folder: Path,
) -> SaveOrder:
    choices = SaveChoices(
        container=args.format,
        quality=args.quality,
        include_audio=not args.no_audio,
        watermark=bool(args.watermark),
        watermark_text=args.watermark or "",
        medium=Medium(args.volumes or ""),
        way=JobKind.EXPORT,
    )
    return SaveOrder(
        tuple(cameras),
        span,
        folder,
        choices,
        naming_zone(zone),
        user_name(),
        package_name=args.name,
    )


def _with_recordings(order: SaveOrder, recorder: Recorder, context: Context) -> SaveOrder:
    """The same with what is recorded, where the server says it.

    A camera that recorded nothing is asked for all the same, so that its job says so; it needs no room.
    """
    known = _recorded(recorder, order, context)
    full = {camera_id: found for camera_id, found in known.items() if found.recordings}
    cameras = (
        replace(camera, streams=()) if camera.camera_id in known.keys() - full.keys() else camera
        for camera in order.cameras
    )
    return replace(order, cameras=tuple(cameras), known=full)


def _recorded(recorder: Recorder, order: SaveOrder, context: Context) -> dict[str, Availability]:
    found = {}
    for camera in order.cameras[:_LOOKED_UP]:
        try:
            known = recorder.availability(camera.camera_id, order.span, context.cancel)
        except (ServerError, NetworkError, NotFoundError) as err:
            _log.info("Not known what %s recorded: %s", camera.camera_id, err)
            continue
        if known.state is AvailabilityState.KNOWN:
            found[camera.camera_id] = known
    return found


def _known_jobs(context: Context) -> list[Job]:
    from rta_viewer.jobs.store import read_jobs

    try:
        return read_jobs(job_list.store_path(context))
    except StorageError:
        # Damaged, or of an older version: whoever opens it for writing mends it, or says so.
        return []


def _refuse_what_cannot_fit(context: Context, order: SaveOrder, jobs: Sequence[Job]) -> None:
    """Nothing starts that does not fit; what others will not open is said."""
    from rta_viewer.jobs.fitting import refuse_what_cannot_fit, target_for

    target = target_for(order.folder, jobs)
    refuse_what_cannot_fit(order, target, size_text)
    if warning := too_long(order, plan_pieces(order), target):
        context.output.note(warning)


def _carry_out(context: Context, recorder: Recorder, plan: "Plan", *, wait: bool) -> list[Job]:
    store = job_list.free_store(context)
    handed_over = False
    if store is None and (store := _handed_over(context, plan)) is None:
        handed_over = True
        jobs, store = _read_along(context, plan, wait=wait)
        if store is None:
            return jobs
        context.output.note(
            "The window or command that worked on the list has ended; this command goes on."
        )
    try:
        if handed_over:
            _listed(plan, store.load(), was_seen=True)
        return _carry_out_here(context, recorder, plan, store, wait=wait)
    finally:
        store.close()


def _handed_over(context: Context, plan: "Plan") -> "JobStore | None":
    """None when the owner of the list has taken the jobs; the list where it has let go of it instead."""
    from rta_viewer.jobs.inbox import order_to_add

    if (free := job_list.hand_over(context, [order_to_add(plan.jobs)])) is not None:
        return free[0]
    first = plan.jobs[0]
    context.output.note(
        "The window or command of this program that works on the list saves the files, as soon as it is "
        f"signed in to {first.server} as {first.username}."
    )
    return None


def _carry_out_here(
    context: Context, recorder: Recorder, plan: "Plan", store: "JobStore", *, wait: bool
) -> list[Job]:
    """What the list has already is not added again."""
    key = (plan.jobs[0].server, plan.jobs[0].username)
    engine = job_list.engine_of(context, store, key, recorder)
    engine.add_all(plan.jobs)
    if wait:
        ids = {job.job_id for job in plan.jobs}
        work_until_all_rest(context, engine, lambda job: job.job_id in ids)
    return [engine.job(job.job_id) for job in plan.jobs]


def _read_along(
    context: Context, plan: "Plan", *, wait: bool
) -> tuple[list[Job], "JobStore | None"]:
    """The jobs as another process works on them; with the list where that ends before they do.

    Raises:
        StorageError: One of them is not in the list.
    """
    from rta_viewer.jobs.store import read_jobs

    was_seen = False
    while True:
        jobs = _listed(plan, read_jobs(job_list.store_path(context)), was_seen=was_seen)
        was_seen = True
        if not wait or all(job_list.rests(job) for job in jobs):
            return jobs, None
        with job_list.staying_in_the_list():
            job_list.look_again(context)
        if (store := job_list.free_store(context)) is not None:
            return jobs, store


def _listed(plan: "Plan", jobs: Sequence[Job], *, was_seen: bool) -> list[Job]:
    """The planned jobs as the list has them; the order of an odd one is dropped by its owner."""
    known = {job.job_id: job for job in jobs}
    for job in plan.jobs:
        if job.job_id in known:
            continue
        if was_seen:
            raise StorageError(
                f"{job.file_name} was removed from the list of jobs before this command saw it done.",
                "The command jobs lists what is left.",
            )
        raise StorageError(
            f"The window or command that works on the list of jobs did not add {job.file_name}.",
            "Close it and try again; it may be of another version of the program.",
        )
    return [known[job.job_id] for job in plan.jobs]
