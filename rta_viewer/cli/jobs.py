"""``rta-viewer jobs``: the list of downloads and exports, what can be done about it, and working it off."""

import argparse
from collections.abc import Sequence
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
from rta_viewer.cli.connection import add_server, with_signed_in
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.working import work_until_all_rest
from rta_viewer.core.jobs import MOVABLE, IllegalTransitionError, Job, JobState
from rta_viewer.core.model import ServerInfo
from rta_viewer.core.ports import Recorder
from rta_viewer.core.servers import is_served_by
from rta_viewer.core.texts import english
from rta_viewer.errors import UsageError

if TYPE_CHECKING:
    from rta_viewer.jobs.inbox import Do
    from rta_viewer.jobs.store import JobStore

_CHANGES = ("pause", "resume", "cancel", "retry")
_ELSEWHERE = frozenset({"resume", "retry"})
_ACTIONS = ("list", *_CHANGES, "run")


class JobsCommand:
    """Lists jobs, changes them, runs them."""

    name = "jobs"
    help = "list, pause, resume, cancel, retry or run downloads and exports"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=_ACTIONS,
            nargs="?",
            default="list",
            metavar="ACTION",
            help="list (default), pause, resume, cancel, retry, or run: work off what waits "
            "for --server and --user, then end",
        )
        parser.add_argument(
            "ids", metavar="ID", nargs="*", help="jobs, by id or by the beginning of it"
        )
        parser.add_argument(
            "--output",
            metavar="DIR",
            help="of resume and retry: go on in this folder, not in the one that was ordered",
        )
        add_server(parser, required=False)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        if args.output is not None and args.action not in _ELSEWHERE:
            raise UsageError(f"jobs {args.action} has no --output.", "Leave it out.")
        if args.action == "run":
            return _run_queue(context, args)
        if args.action == "list":
            jobs = _read(context, args.ids)
        else:
            if not args.ids:
                raise UsageError(f"Which job is to {args.action}?", "Give its id.")
            jobs = _change(context, args.action, args.ids, _other_folder(args))
        context.output.result(job_list.document(jobs), job_list.lines(jobs))
        return ExitCode.DONE


def _other_folder(args: argparse.Namespace) -> Path | None:
    """Where to go on; None for where they are. Raises UsageError where nothing can be put."""
    refuse_what_is_no_text(args, "output")
    refuse_what_is_empty(args, "output")
    if args.output is None:
        return None
    from rta_viewer.platform.drives import look_at

    folder = output_path(args.output)
    refuse_a_path_that_is_no_text(folder)
    if problem := look_at(folder).problem:
        raise UsageError(f"--output cannot be used: {english(problem)}")
    return folder


def _read(context: Context, ids: Sequence[str]) -> list[Job]:
    from rta_viewer.jobs.store import read_jobs

    # Opening brings an old list up to date, sets a damaged one aside, and finds again what was in a lost one.
    store = job_list.free_store(context)
    if store is None:
        jobs = read_jobs(job_list.store_path(context))
    else:
        jobs = [_left_alone(job) for job in store.load()]
        store.close()
    return [job_list.find(jobs, wanted) for wanted in ids] if ids else jobs


def _left_alone(job: Job) -> Job:
    """A job that nobody works on waits for no server, whatever was said when somebody did."""
    if job.finished or job.state is JobState.PAUSED:
        return job
    return job.changed(job.updated_ms, reason="", hint="")


def _change(context: Context, action: str, wanted: Sequence[str], folder: Path | None) -> list[Job]:
    from rta_viewer.jobs.inbox import Do, Order
    from rta_viewer.jobs.store import read_jobs

    path, do = job_list.store_path(context), Do(action)
    store = job_list.free_store(context)
    if store is not None:
        return _change_here(context, store, do, wanted, folder)
    ids = _checked(read_jobs(path), wanted, do, at_work=True, elsewhere=folder is not None)
    orders = [Order(do, job_id) for job_id in ids]
    if folder is not None:
        orders = [Order(Do.GO_ON_IN, job_id, folder=str(folder)) for job_id in ids]
    free = job_list.hand_over(context, orders)
    if free is not None:
        store, rest = free
        _change_here(context, store, do, [order.job_id for order in rest], folder)
    known = read_jobs(path)
    return [job_list.find(known, job_id) for job_id in ids]


def _change_here(
    context: Context, store: "JobStore", do: "Do", wanted: Sequence[str], folder: Path | None
) -> list[Job]:
    from rta_viewer.jobs.engine import JobEngine

    try:
        engine = JobEngine(store, lambda server, username: None, context.clock)
        ids = _checked(engine.jobs(), wanted, do, elsewhere=folder is not None)
        for job_id in ids:
            if folder is None:
                getattr(engine, do.value)(job_id)
            else:
                engine.go_on_in(job_id, folder)
        return [engine.job(job_id) for job_id in ids]
    except IllegalTransitionError as err:
        raise UsageError("The job is not in a state for that.") from err
    finally:
        store.close()


def _checked(
    jobs: Sequence[Job],
    wanted: Sequence[str],
    do: "Do",
    *,
    at_work: bool = False,
    elsewhere: bool = False,
) -> list[str]:
    """The ids of the jobs, each once, if that can be done about all of them.

    Args:
        jobs: All jobs.
        wanted: Ids, or how they begin.
        do: What is to be done.
        at_work: Somebody works on them, so what waits for its server can be tried at once.
        elsewhere: In another folder.
    """
    found = {job.job_id: job for job in (job_list.find(jobs, each) for each in wanted)}
    for job in found.values():
        if elsewhere and job.state not in MOVABLE:
            raise UsageError(
                f"Job {job.job_id[:8]} is {job.state.value}.",
                "Only what waits, or has ended without a file, can go on in another folder.",
            )
        if not (at_work and do.value == "retry" and _may_wait_for_server(job)):
            _refuse_what_makes_no_sense(job, do)
    return list(found)


def _may_wait_for_server(job: Job) -> bool:
    """When it is tried again only who works on it knows; the list says why."""
    return job.state in {JobState.QUEUED, JobState.PREPARING} and bool(job.reason)


def _refuse_what_makes_no_sense(job: Job, do: "Do") -> None:
    again = do.value == "retry"
    if job.finished is again and not (again and job.state is JobState.DONE):
        return
    what = "is not finished" if again and not job.finished else f"is {job.state.value}"
    hint = f"There is nothing to {do.value}."
    if again and job.state is JobState.PAUSED:
        what, hint = "is paused", "The command jobs resume goes on with it."
    raise UsageError(f"Job {job.job_id[:8]} {what}.", hint)


def _run_queue(context: Context, args: argparse.Namespace) -> int:
    if not args.server or not args.user:
        raise UsageError("jobs run needs to know who signs in.", "Give --server and --user.")
    if args.ids:
        raise UsageError("jobs run works off all that waits.", "Leave the ids out.")

    def work(recorder: Recorder, info: ServerInfo) -> list[Job]:
        store = job_list.own_store(context)
        try:
            key = (info.address, args.user)
            engine = job_list.engine_of(context, store, key, recorder)
            engine.tend()
            # Others may add to it, or have something tried again, while it is worked off.
            worked = {job.job_id for job in engine.jobs() if not job.finished}
            engine.subscribe(lambda job: worked.add(job.job_id))

            def is_ours(job: Job) -> bool:
                asked = job.server, job.username
                return job.job_id in worked and is_served_by(asked, key)

            work_until_all_rest(context, engine, is_ours)
            done = [job for job in engine.jobs() if is_ours(job)]
            if not done:
                _tell_who_else_is_waited_for(context, engine.jobs())
            return done
        finally:
            store.close()

    jobs = with_signed_in(context, args, work)
    none = f"No job waits for {args.user} at {args.server}; the command jobs lists all."
    context.output.result(*job_list.worked_off(jobs, none))
    code = job_list.worst(jobs)
    waits = [job for job in jobs if job.waits_for_drive]
    job_list.tell_what_is_left(context, waits)
    return ExitCode.FAILED if waits else code


def _tell_who_else_is_waited_for(context: Context, jobs: Sequence[Job]) -> None:
    """A server may have several addresses, and a task may have been given another one than the jobs."""
    others = sorted({(job.server, job.username) for job in jobs if not job.finished})
    for server, username in others:
        context.output.note(f"There are jobs that wait for {username} at {server}.")
