"""The virtual environment: made once, filled with pinned versions, recognised by a stamp."""

import hashlib
import importlib.util
import json
import os
import sys
import sysconfig
import venv
from pathlib import Path

from installer.process import SetupProblem, must_succeed, say, succeeds

STAMP = "rta-viewer-stamp.json"


class Environment:
    """``.venv`` in the project's folder.

    Args:
        root: The project's folder.
        folder: Where the environment is; ``.venv`` there unless told otherwise.
    """

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        self.root = root
        self.folder = folder or root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        return self.folder / inside

    def ensure(self, *, dev: bool) -> None:
        """Make and fill it unless the stamp says that this was done for the present files."""
        fingerprint = self.fingerprint()
        done = read_stamp(self.folder / STAMP)
        has_dev = bool(done.get("dev"))
        if done.get("fingerprint") == fingerprint and has_dev >= dev and self.python.exists():
            return
        self._make()
        # Once installed, the tools are kept in step with the pins, and never taken away.
        self._install(dev=dev or has_dev)
        write_stamp(self.folder / STAMP, {"fingerprint": fingerprint, "dev": dev or has_dev})

    def fingerprint(self) -> str:
        """Hash of all that decides what the environment holds."""
        digest = hashlib.sha256(f"{sys.version}|{self.root}".encode())
        files = [self.root / "pyproject.toml", self.root / "installer" / "constraints.txt"]
        files += sorted((self.root / "installer").glob("*.py"))
        for path in files:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()

    def _make(self) -> None:
        if self.python.exists() and succeeds([str(self.python), "-m", "pip", "--version"]):
            return
        if importlib.util.find_spec("ensurepip") is None:
            raise SetupProblem(
                "This Python cannot make virtual environments (ensurepip is missing).",
                f"sudo apt-get install {venv_package()}" if sys.platform == "linux" else "",
            )
        say(f"Making {self.folder}")
        try:
            venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(self.folder)
        except (OSError, ValueError) as err:
            raise SetupProblem(f"The environment {self.folder} could not be made: {err}.") from err

    def _install(self, *, dev: bool) -> None:
        say("Installing the program" + (" and its development tools" if dev else ""))
        project = f"{self.root}[dev]" if dev else str(self.root)
        command = [
            str(self.python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        command += ["--constraint", str(self.root / "installer" / "constraints.txt")]
        must_succeed(
            [*command, "--editable", project],
            "The Python packages could not be installed: is there a way to the package index?",
        )


def venv_package() -> str:
    """Debian's name for the missing half of its Python."""
    return f"python{sysconfig.get_python_version()}-venv"


def read_stamp(path: Path) -> dict[str, object]:
    """What was installed last; empty when unknown."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(path: Path, stamp: dict[str, object]) -> None:
    """Remember what was installed, in one step."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(stamp), encoding="utf-8")
    part.replace(path)
