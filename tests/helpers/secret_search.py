"""Looks for a secret wherever a program could have left it: files, output, command lines, environments."""

import base64
import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, quote_plus

ROOT = Path(__file__).parents[2]
HERE = (
    ("HOME", "home"),
    ("TMPDIR", "tmp"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_DATA_HOME", "data"),
)
MORE = (("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"), ("XDG_RUNTIME_DIR", "runtime"))


def forms(secret: str) -> set[bytes]:
    """All ways in which it could have been written down."""
    data = secret.encode()
    found = {data, quote(secret).encode(), quote(secret, safe="").encode()}
    found.add(quote_plus(secret).encode())
    for before in (b"", b"x", b"xx", b"demo:"):
        coded = base64.b64encode(before + data)
        # The ends depend on what stands before and behind it.
        middle = coded[(len(before) * 4 + 2) // 3 + 1 : -4]
        found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    assert all(len(form) > 10 for form in found)
    return found


class Runner:
    """Starts programs with a home of their own, and watches all processes meanwhile.

    Attributes:
        environment: What they get.
        printed: All that they wrote on their output.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: dict[str, bytes] = {}
        self.printed = b""
        self.environment = dict(os.environ)
        for name, sub in (*HERE, *MORE):
            path = folder / sub
            path.mkdir(mode=0o700, parents=True)
            self.environment[name] = str(path)

    def run(self, arguments: Sequence[str], typed: str) -> int:
        """Run Python with these arguments, type a line; its exit code."""
        # Those that run already are looked at once: nobody hands them anything later.
        others = self._look_at_processes()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment,
            cwd=ROOT,
        )
        assert process.stdin is not None
        process.stdin.write(f"{typed}\n".encode())
        process.stdin.flush()
        own = f"{process.pid} cmdline"
        while True:
            self._look_at_processes(but=others)
            try:
                printed, _ = process.communicate(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        assert own in self.seen
        self.printed += printed
        return process.returncode

    def _look_at_processes(self, but: Collection[str] = ()) -> set[str]:
        found = {path.name for path in Path("/proc").glob("[0-9]*")}
        for process in (Path("/proc", name) for name in found.difference(but)):
            for name in ("cmdline", "environ"):
                try:
                    data = (process / name).read_bytes()
                except OSError:
                    continue
                self.seen[f"{process.name} {name}"] = data
        return found

    def leaks_of(self, secret: str) -> Iterator[str]:
        """Where it is."""
        sources = {**self.seen, "standard output": self.printed}
        for path in self.folder.rglob("*"):
            sources[str(path.relative_to(self.folder))] = path.name.encode()
            if path.is_file():
                sources[f"in {path.relative_to(self.folder)}"] = path.read_bytes()
        wanted = forms(secret)
        for name, data in sources.items():
            if any(form in data for form in wanted):
                yield name
