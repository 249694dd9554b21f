"""What examining a saved file found, as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Verdict(StrEnum):
    """Best first."""

    UNCHANGED = "unchanged"
    CAUTION = "caution"
    """Nothing speaks against it, but not everything speaks for it either."""

    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at.

    Attributes:
        written: What was written down when the file was saved; empty when nothing was.
        found: What is there now.
        holds: None where there is nothing to compare.
    """

    what: str
    written: str
    found: str
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """One file.

    Attributes:
        path: The file; empty where only a sentence says what is not there.
        sentences: For people, the most important first. Times in them are UTC and say so.
        sha256: Of the bytes that are there now; empty when they could not be read.
    """

    path: Path
    verdict: Verdict
    sentences: tuple[str, ...]
    points: tuple[Point, ...] = ()
    sha256: str = ""

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.path.name or self.sentences[0]


def worst(examinations: Iterable[Examination]) -> Verdict:
    """The verdict about several files; caution for none."""
    verdicts = {examination.verdict for examination in examinations}
    return max(verdicts, key=list(Verdict).index, default=Verdict.CAUTION)
