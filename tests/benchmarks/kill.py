"""kill -9 at many random moments: ``python -m tests.benchmarks.kill [--kills 200] [--seed 1] [--json]``."""

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks import report
from tests.helpers.killing import KillRun, kill_server


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=200, help="how often (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (default: 1)")


def measure(into: report.Report, options: report.Options) -> None:
    kills = 20 if options.quick else options.arguments.kills

    def kill() -> None:
        with tempfile.TemporaryDirectory() as folder, kill_server() as server:
            outcome = KillRun(Path(folder), server, options.arguments.seed).run(kills)
        into.add("kills", outcome.kills, "", at_least=kills)
        into.add("jobs", outcome.jobs, "")
        into.add("files_identical", outcome.files_identical, "", at_least=outcome.jobs)
        into.add("jobs_lost", outcome.jobs_lost, "", at_most=0)
        into.add("files_twice", outcome.files_twice, "", at_most=0)
        into.add("duplicate_exports", outcome.duplicate_exports, "", at_most=0)
        into.add("kills_in_orders", outcome.kills_in_orders.total(), "", at_least=kills // 5)
        into.add(
            "explained_exports",
            outcome.explained_exports,
            "",
            at_least=outcome.kills_in_orders.total(),
        )
        into.add("parts_left", outcome.parts_left, "", at_most=0)
        into.failures += outcome.problems
        for problem in outcome.problems:
            report.say(f"  failed: {problem}")

    into.measure("kills", kill)


if __name__ == "__main__":
    raise SystemExit(report.run("kill", measure, declare=declare))
