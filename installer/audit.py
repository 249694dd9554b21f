"""Known vulnerabilities of the pinned dependencies, where the Python Package Index can be asked.

The index tells them for each release, which is what pip-audit asks, too. They are said before the tests, and
stop nothing: what became known today is no fault of a change. Without a network it is said that nobody
looked.
"""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from installer.process import say

INDEX = "https://pypi.org/pypi"
LIMIT_S = 5.0
_AT_ONCE = 8
_LONGEST_ANSWER = 8_000_000
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([A-Za-z0-9.!+_-]+)")
_NAME = re.compile(r"^[A-Za-z0-9.:_-]{1,60}$")


@dataclass(frozen=True, slots=True)
class Pin:
    """One dependency in one version."""

    name: str
    version: str


class UnreachableError(Exception):
    """The index does not answer."""


def audit(constraints: Path, index: str = INDEX) -> None:
    """Ask for all pins of a constraints file, and say what is known."""
    wanted = list(pins(constraints.read_text(encoding="utf-8").splitlines()))
    try:
        # Whether anybody answers is found out once, not for each.
        first = known_of(wanted[0], index)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            answers = [first, *pool.map(lambda pin: known_of(pin, index), wanted[1:])]
    except UnreachableError as err:
        say(f"Known vulnerabilities of dependencies were not looked for: {err}.")
        return
    for pin, found in zip(wanted, answers, strict=True):
        for name in found or ():
            say(f"WARNING: {pin.name} {pin.version} has a known vulnerability: {name}")
    known = sum(found is not None for found in answers)
    say(f"Vulnerabilities were looked for in {known} of {len(wanted)} dependencies.")


def pins(lines: Iterable[str]) -> Iterator[Pin]:
    """The pins of a constraints file."""
    for line in lines:
        if found := _PIN.match(line):
            yield Pin(found[1], found[2])


def known_of(pin: Pin, index: str = INDEX) -> list[str] | None:
    """Names of the vulnerabilities of a release, as far as they still stand; None for an unknown release.

    Raises:
        UnreachableError: Nobody answers, or not as the index does.
    """
    url = f"{index}/{pin.name}/{pin.version}/json"
    try:
        with urllib.request.urlopen(url, timeout=LIMIT_S) as answer:  # noqa: S310 - https, see INDEX
            document = json.loads(answer.read(_LONGEST_ANSWER))
        found = document["vulnerabilities"]
        return [_name(each) for each in found if not each.get("withdrawn")]
    except urllib.error.HTTPError as err:
        if err.code == HTTPStatus.NOT_FOUND:
            return None
        raise UnreachableError(f"{index} does not answer (HTTP {err.code})") from err
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise UnreachableError(f"{index} does not answer ({type(err).__name__})") from err


def _name(vulnerability: dict[str, Any]) -> str:
    said = str(vulnerability.get("id", ""))
    return said if _NAME.match(said) else "without a name"
