"""``rta-viewer verify``: compares saved files with what was written down when they were saved."""

import argparse
from pathlib import Path
from typing import Any

from rta_viewer.cli.command import Context
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.core.examination import Examination, Verdict, worst
from rta_viewer.errors import NotFoundError, StorageError, UsageError

_MARKS = {Verdict.UNCHANGED: "ok  ", Verdict.CAUTION: "note", Verdict.BROKEN: "FAIL"}


class VerifyCommand:
    """Reads every byte; says for each file whether it is what it was."""

    name = "verify"
    help = "compare saved files with their receipts"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "files",
            type=_named,
            nargs="+",
            metavar="FILE",
            help="a video, a receipt, or a folder: of a package, or with packages in it",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def run(self, context: Context, args: argparse.Namespace) -> int:
        # Loaded here: the other commands need no decoder.
        from rta_viewer.cli.job_list import STORE_NAME
        from rta_viewer.jobs.examine import examine
        from rta_viewer.jobs.saved_paths import find_files
        from rta_viewer.jobs.store import read_jobs

        found = find_files(args.files)
        if not found.files:
            raise NotFoundError(" ".join(found.problems) or "There are no files.")
        try:
            records = read_jobs(context.paths.data_dir / STORE_NAME)
        except StorageError as err:
            context.output.note(str(err))
            records = []
        done = [examine(path, records, context.cancel) for path in found.files]
        good = worst(done) is Verdict.UNCHANGED and not found.problems
        document = {
            "ok": good,
            "files": [document_of(one) for one in done],
            "missing": list(found.problems),
        }
        several = len({path.parent for path in found.files}) > 1
        lines = [
            f"{_MARKS[one.verdict]} {one.path if several else one.path.name}: "
            f"{' '.join(one.sentences)}"
            for one in done
        ]
        context.output.result(document, [*lines, *(f"FAIL {text}" for text in found.problems)])
        return ExitCode.DONE if good else ExitCode.DELIVERY


def _named(text: str) -> Path:
    if not text.strip():
        # ``verify "$UNSET"`` does not mean the working directory, which may well be unchanged.
        raise UsageError("FILE is empty.", "Give it a name, or leave it out.")
    return Path(text)


def document_of(examination: Examination) -> dict[str, Any]:
    """The promised object of one file."""
    return {
        "path": str(examination.path),
        "verdict": examination.verdict.value,
        "sha256": examination.sha256 or None,
        "sentences": list(examination.sentences),
    }
