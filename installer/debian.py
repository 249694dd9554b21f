"""Debian and Ubuntu: what pip cannot bring, by apt. Looks first, so that nothing runs when all is there."""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence

from installer.environment import venv_package
from installer.process import SetupProblem, must_succeed, output_of, say, shown, succeeds

# Names after a bar are the same library in older or newer releases (Debian 13 and Ubuntu 24.04 renamed
# many to …t64); the first that apt knows is taken.
LIBVLC = ["libvlc5", "vlc-plugin-base"]
QT = [
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0t64|libglib2.0-0",
    "libopengl0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
    "libzstd1",
]
SCREEN = ["xvfb", "fonts-dejavu-core", "fonts-noto-core"]
PEERS = [
    "ca-certificates",
    "curl",
    "dbus",
    "ffmpeg",
    "gir1.2-gst-rtsp-server-1.0",
    "gnome-keyring",
    "gstreamer1.0-libav",
    "gstreamer1.0-plugins-bad",
    "gstreamer1.0-plugins-good",
    "gstreamer1.0-plugins-ugly",
    "gstreamer1.0-tools",
    "python3-gi",
    "vlc-bin",
    "x11-xserver-utils",
]


def packages(*, test: bool, needs_venv: bool = False) -> list[str]:
    """All that is needed, alternatives joined by a bar."""
    needed = LIBVLC + QT + SCREEN
    if test:
        needed = needed + PEERS
    return [*needed, venv_package()] if needs_venv else needed


def ensure(needed: Sequence[str]) -> None:
    """Install what is missing, as root or by sudo."""
    missing = missing_of(needed, installed(needed))
    if not missing:
        return
    names, unknown = choose(missing, known_to_apt(missing))
    updated = False
    prefix = _become_root([*names, *(group.split("|")[0] for group in unknown)])
    if unknown:
        _update(prefix)
        updated = True
        names, unknown = choose(missing, known_to_apt(missing))
    if unknown:
        raise SetupProblem(
            "apt does not know "
            + ", ".join(unknown)
            + ": is the distribution's main (on Ubuntu also "
            "the universe) archive switched on, and is there a way to it?",
            "sudo apt-get update",
        )
    say("Installing " + " ".join(names))
    install = [*prefix, "apt-get", "install", "--yes", "--no-install-recommends", *names]
    if not updated:
        # Lists may be older than the archive: the first try may fail for that alone.
        if _apt_succeeds(install):
            return
        _update(prefix)
    must_succeed(
        install,
        "apt could not install the packages",
        env={"DEBIAN_FRONTEND": "noninteractive"},
        type_instead=_advice(names),
    )


def installed(needed: Iterable[str]) -> set[str]:
    """Which of the names are installed."""
    names = [name for group in needed for name in group.split("|")]
    lines = output_of(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *names])
    return parse_installed(lines)


def parse_installed(lines: str) -> set[str]:
    """Names in dpkg-query's answer that are installed (status ``ii``), not only known."""
    pairs = (line.split() for line in lines.splitlines())
    return {pair[0] for pair in pairs if len(pair) == 2 and pair[1].startswith("ii")}


def missing_of(needed: Iterable[str], present: set[str]) -> list[str]:
    """The groups of which no name is installed."""
    return [group for group in needed if present.isdisjoint(group.split("|"))]


def known_to_apt(groups: Iterable[str]) -> set[str]:
    """Which of the names could be installed now."""
    names = [name for group in groups for name in group.split("|")]
    return parse_policy(output_of(["apt-cache", "policy", *names]))


def parse_policy(text: str) -> set[str]:
    """Names in ``apt-cache policy``'s answer that have a candidate."""
    known: set[str] = set()
    name = ""
    for line in text.splitlines():
        if line and not line.startswith(" "):
            name = line.strip().rstrip(":")
        elif line.strip().startswith("Candidate:") and "(none)" not in line:
            known.add(name)
    return known


def choose(groups: Iterable[str], known: set[str]) -> tuple[list[str], list[str]]:
    """For each group the first name that apt knows, and the groups of which it knows none."""
    names: list[str] = []
    unknown: list[str] = []
    for group in groups:
        found = next((name for name in group.split("|") if name in known), None)
        if found is None:
            unknown.append(group)
        else:
            names.append(found)
    return names, unknown


def _become_root(names: list[str]) -> list[str]:
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    if shutil.which("sudo") is not None:
        if succeeds(["sudo", "-n", "true"]):
            return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"]
        if sys.stdin.isatty():
            say("Some system packages are missing; sudo asks for your password to install them.")
            return ["sudo", "DEBIAN_FRONTEND=noninteractive"]
    raise SetupProblem(
        "Some system packages are missing and this user may not install them.", _advice(names)
    )


def _advice(names: Sequence[str]) -> str:
    return shown(["sudo", "apt-get", "install", "--no-install-recommends", *names])


def _update(prefix: list[str]) -> None:
    must_succeed([*prefix, "apt-get", "update", "--quiet"], "apt could not read its archives")


def _apt_succeeds(install: list[str]) -> bool:
    try:
        must_succeed(install, "apt", env={"DEBIAN_FRONTEND": "noninteractive"})
    except SetupProblem:
        return False
    return True
