"""The shared form of all benchmarks: figures with targets, one JSON object or a table. See README.md."""

import argparse
import json
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured number.

    Attributes:
        value: None when it could not be measured.
        target: ``<= 150`` and the like; None where nothing was promised.
        ok: False when the target was missed, or the value is missing.
        part: Heading in the table; not in the JSON.
    """

    name: str
    value: float | None
    unit: str
    target: str | None
    ok: bool
    part: str = ""

    def document(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "target": self.target,
            "ok": self.ok,
        }


@dataclass
class Report:
    """Collects what a benchmark measures."""

    benchmark: str
    figures: list[Figure] = field(default_factory=list)
    peers: list[dict[str, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    part: str = ""

    def add(
        self,
        name: str,
        value: float | None,
        unit: str,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        """Add a figure to the current part. ``nan`` counts as not measured."""
        if value is not None and not math.isfinite(value):
            value = None
        target, ok = None, value is not None
        if at_most is not None:
            target, ok = f"<= {at_most:g}", value is not None and value <= at_most
        if at_least is not None:
            target, ok = f">= {at_least:g}", value is not None and value >= at_least
        rounded = None if value is None else round(value, 3)
        self.figures.append(Figure(name, rounded, unit, target, ok, self.part))

    def add_peer(self, name: str, version: str | None) -> None:
        """Name a program or library that took part; without a version it did not."""
        if version:
            self.peers.append({"name": name, "version": version})

    def measure(self, part: str, work: Callable[[], None]) -> None:
        """Run one part. When it fails, the others still run; the report says so and the exit code is 1."""
        self.part = part
        began_s = time.monotonic()
        say(f"{part} …")
        try:
            work()
        except Exception as err:  # noqa: BLE001 - one part must not take the others with it
            self.failures.append(f"{part}: {type(err).__name__}: {err}")
            say(f"  failed: {self.failures[-1]}")
        say(f"  {time.monotonic() - began_s:.1f} s")

    def document(self) -> dict[str, Any]:
        return {
            "benchmark": self.benchmark,
            "machine": machine(),
            "figures": [figure.document() for figure in self.figures],
            "peers": self.peers,
        }

    def table(self) -> str:
        lines = [f"{self.benchmark} on {describe_machine(machine())}"]
        for part, figures in groupby(self.figures, key=lambda figure: figure.part):
            lines += ["", part, *map(_row, figures)]
        lines += ["", "with " + ", ".join(f"{p['name']} {p['version']}" for p in self.peers)]
        missed = sum(not figure.ok for figure in self.figures)
        promised = sum(figure.target is not None for figure in self.figures)
        lines.append(f"{missed} missed of {promised} targets" if missed else "all targets reached")
        return "\n".join(lines)


@dataclass(frozen=True)
class Options:
    """What the command line asked for."""

    quick: bool
    arguments: argparse.Namespace


def run(
    benchmark: str,
    measure: Callable[[Report, Options], None],
    argv: Sequence[str] | None = None,
    declare: Callable[[argparse.ArgumentParser], None] = lambda _parser: None,
) -> int:
    """The main function of every benchmark: measure, print, return the exit code."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.benchmarks.{benchmark}")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs, under 50 s")
    declare(parser)
    arguments = parser.parse_args(argv)
    report = Report(benchmark)
    measure(report, Options(arguments.quick, arguments))
    text = json.dumps(report.document(), indent=2) if arguments.json else report.table()
    sys.stdout.write(text + "\n")
    return 1 if report.failures else 0


def say(text: str) -> None:
    """A line about the progress; never on standard output."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def machine() -> dict[str, Any]:
    """Where it was measured. ``load`` tells whether the machine was busy with other things, too."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": None if load is None else round(load, 2),
    }


def describe_machine(facts: dict[str, Any]) -> str:
    load = "" if facts["load"] is None else f", load {facts['load']}"
    return (
        f"{facts['system']}, {facts['processor']}, {facts['cores']} cores,"
        f" Python {facts['python']}{load}"
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank: a value that really occurred; ``nan`` of nothing."""
    if not values:
        return math.nan
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def p50(values: Sequence[float]) -> float:
    """The median; ``nan`` of nothing."""
    return statistics.median(values) if values else math.nan


def p95(values: Sequence[float]) -> float:
    """The 95th percentile by nearest rank."""
    return percentile(values, 0.95)


def _row(figure: Figure) -> str:
    value = "-" if figure.value is None else f"{figure.value:,.2f}".rstrip("0").rstrip(".")
    verdict = "" if figure.target is None else ("ok" if figure.ok else "MISSED")
    return (
        f"  {figure.name:<36}{value:>12} {figure.unit:<12}{figure.target or '':<10}{verdict}"
    ).rstrip()


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123 - not a file on a disk
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
