"""Rates against curl, in turns on the same server, so that both see the same machine."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.report import Report, p50, say
from tests.benchmarks.transfers.memory import HeldMemory
from tests.benchmarks.transfers.start import begin, wait_until_ready

ROOT = Path(__file__).parents[3]
_PYTHON = [sys.executable, "-m"]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in memory where the system has one: the disk is not what is measured."""
    memory = Path("/dev/shm")  # noqa: S108 - a benchmark on Linux
    place = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="rta-viewer-benchmark-", dir=place) as folder:
        yield Path(folder)


def make_file(path: Path, size_bytes: int) -> str:
    """Bytes that look like a video at the start; returns their SHA-256."""
    block = random.Random(1).randbytes(1 << 20)  # noqa: S311 - test data
    digest = hashlib.sha256()
    with path.open("wb") as file:
        left = size_bytes
        data = b"\x00\x00\x00\x20ftypisom" + block
        while left > 0:
            piece = data[:left]
            file.write(piece)
            digest.update(piece)
            left -= len(piece)
            data = block
    return digest.hexdigest()


@contextmanager
def static_server(path: Path) -> Iterator[str]:
    """Serves one file until the end of the block; gives the address."""
    process = subprocess.Popen(
        [*_PYTHON, "tests.benchmarks.transfers.static_server", str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


def ours(folder: Path, memory: HeldMemory, *urls: str) -> dict[str, Any]:
    """One run of our own transfer, all addresses at once."""
    return _run("fetch_main", folder, memory, *urls)


def bare(folder: Path, memory: HeldMemory, *urls: str) -> float:
    """Seconds that receiving, summing and writing take with nothing around them."""
    seconds = _run("bare_main", folder, memory, *urls)["seconds"]
    assert isinstance(seconds, float)
    return seconds


def _run(name: str, folder: Path, memory: HeldMemory, *urls: str) -> dict[str, Any]:
    place = folder / name
    place.mkdir()
    memory.hold()
    words = [*_PYTHON, f"tests.benchmarks.transfers.{name}", str(place), *urls]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8") as program:
        try:
            wait_until_ready(program)
            memory.release()
            answer = json.loads(begin(program, 600))
        except BaseException:
            program.kill()
            raise
    shutil.rmtree(place)
    assert isinstance(answer, dict)
    return answer


def curl(folder: Path, memory: HeldMemory, *urls: str) -> float:
    """Seconds that as many curls take at once."""
    return _curls(folder, memory, [[url] for url in urls])


def parallel_curl(folder: Path, memory: HeldMemory, *urls: str) -> float:
    """Seconds that one curl takes for all of them at once, as its option ``--parallel`` does it."""
    return _curls(folder, memory, [list(urls)], "--parallel", "--no-progress-meter")


def _curls(folder: Path, memory: HeldMemory, shares: list[list[str]], *options: str) -> float:
    """One process for each share of the addresses."""
    place = folder / "curl"
    place.mkdir()
    memory.hold()
    memory.release()
    began_s = time.monotonic()
    running = []
    for number, urls in enumerate(shares):
        words = ["curl", "-sS", *options]
        for index, url in enumerate(urls):
            words += ["-o", str(place / f"{number} {index}"), url]
        running.append(subprocess.Popen(words))
    codes = [process.wait(600) for process in running]
    seconds = time.monotonic() - began_s
    assert not any(codes)
    assert len(list(place.iterdir())) == sum(len(urls) for urls in shares)
    shutil.rmtree(place)
    return seconds


def curl_version() -> str | None:
    """As it says itself; None where it is not installed."""
    if shutil.which("curl") is None:
        return None
    done = subprocess.run(["curl", "--version"], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split()[1]


def measure_rates(into: Report, size_bytes: int, runs: int) -> None:
    """All that concerns transfers; one file of ``size_bytes``, then eight of an eighth.

    Eight keep all processors busy to the end, and their ratio is as restless as the machine: many runs for
    it. The cost of a resume is a small difference of large numbers: some more for that, too.
    """
    with scratch() as folder:
        memory = HeldMemory(folder, size_bytes)
        _measure_one(into, folder, memory, size_bytes, 2 * runs - 1)
        _measure_eight(into, folder, memory, size_bytes // 8, 5 * runs)


def in_turn(names: list[str], run: int) -> list[str]:
    """Another one first in each run."""
    first = run % len(names)
    return names[first:] + names[:first]


def _measure_one(
    into: Report, folder: Path, memory: HeldMemory, size_bytes: int, runs: int
) -> None:
    file = folder / "file.mp4"
    expected = make_file(file, size_bytes)
    ratios, growths, extras, rates = [], [], [], []
    with static_server(file) as url:
        curl(folder, memory, f"{url}/warm")
        for number in range(runs):
            say(f"  one file, run {number + 1} of {runs}")
            theirs = curl(folder, memory, f"{url}/file")
            plain = ours(folder, memory, f"{url}/file")
            cut = ours(folder, memory, f"{url}/cut/file")
            assert plain["sha256"] == cut["sha256"] == [expected]
            ratios.append(theirs / plain["seconds"])
            rates.append(size_bytes / plain["seconds"] / 1e6)
            growths.append(plain["rss_growth_mb"])
            extras.append(cut["seconds"] - plain["seconds"])
    into.add("rate_over_curl", p50(ratios), "ratio", at_least=0.9)
    into.add("rate_mb_per_s", p50(rates), "MB/s")
    into.add("rss_growth_mb", max(growths), "MB", at_most=30)
    into.add("resume_extra_s", p50(extras), "s", at_most=1)


def _measure_eight(
    into: Report, folder: Path, memory: HeldMemory, size_bytes: int, runs: int
) -> None:
    file = folder / "eighth.mp4"
    make_file(file, size_bytes)
    took: dict[str, list[float]] = {"curl": [], "parallel": [], "ours": [], "bare": []}
    with static_server(file) as url:
        urls = [f"{url}/{number}" for number in range(8)]
        ways = {
            "curl": lambda: curl(folder, memory, *urls),
            "parallel": lambda: parallel_curl(folder, memory, *urls),
            "ours": lambda: float(ours(folder, memory, *urls)["seconds"]),
            "bare": lambda: bare(folder, memory, *urls),
        }
        for number in range(runs):
            say(f"  eight files, run {number + 1} of {runs}")
            for name in in_turn(list(ways), number):
                took[name].append(ways[name]())
    for name, other, one, at_least in (
        ("rate8_over_curl", "curl", "ours", 0.85),
        ("rate8_over_parallel_curl", "parallel", "ours", 0.85),
        ("rate8_bare_over_curl", "curl", "bare", None),
    ):
        ratios = [theirs / own for theirs, own in zip(took[other], took[one], strict=True)]
        into.add(name, p50(ratios), "ratio", at_least=at_least)
