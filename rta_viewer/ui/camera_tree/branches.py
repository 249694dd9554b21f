"""The branches of the tree: favourites, recently used, groups or recording servers. No Qt."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from rta_viewer.core.model import Camera
from rta_viewer.core.texts import digits, mark, tr

OTHER_CAMERAS = mark("Other cameras")
NO_SERVER = mark("Unknown recording server")
MOST_RECENT = 10
MOST_SHOWN = 300
"""So many finds of a branch are listed: nobody reads more, and laying them out takes time at each letter."""


class Grouping(StrEnum):
    """What the cameras are sorted into."""

    GROUPS = "groups"
    SERVERS = "servers"


class Kind(IntEnum):
    """What a branch is; they stand in this order."""

    FILES = 0
    FAVOURITES = 1
    RECENT = 2
    GROUP = 3
    OTHER = 4


@dataclass(eq=False, slots=True)
class Branch:
    """One branch with its cameras.

    Attributes:
        number: Its own for as long as the tree is not filled anew; never 0.
        keys: What the cameras are sorted by; empty where they are not.
        found: The first of those that a search found; None while nobody searches.
        found_count: How many it found in all.
        row: Where it is shown; -1 for nowhere.
    """

    number: int
    kind: Kind
    name: str
    cameras: list[Camera] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    found: list[Camera] | None = None
    found_count: int = 0
    row: int = -1

    @property
    def shown(self) -> list[Camera]:
        """All cameras, or those that were found."""
        return self.cameras if self.found is None else self.found

    @property
    def title(self) -> str:
        """Its name, and how many cameras it has."""
        count = digits(str(len(self.cameras)))
        if self.found is not None and self.found_count != len(self.cameras):
            count = tr("{found} of {count}", found=self.found_count, count=len(self.cameras))
        return f"{self.name} ({count})"

    @property
    def is_own(self) -> bool:
        """True for the operator's own collections, which repeat what stands below."""
        return self.kind in {Kind.FAVOURITES, Kind.RECENT}

    @property
    def comes_and_goes(self) -> bool:
        """True for a branch that is there only while there is something in it."""
        return self.is_own or self.kind is Kind.FILES

    def find(self, found: Collection[str]) -> None:
        """Show those of these ids that are here."""
        all_found = [one for one in self.cameras if one.camera_id in found]
        self.found, self.found_count = all_found[:MOST_SHOWN], len(all_found)

    @property
    def hides_finds(self) -> bool:
        """True when more was found than is listed."""
        return self.found is not None and len(self.found) < self.found_count

    def place_of(self, key: str) -> int:
        """Where a camera with this key belongs."""
        return bisect_left(self.keys, key)

    def put(self, row: int, camera: Camera, key: str) -> None:
        """Take a camera in."""
        self.cameras.insert(row, camera)
        self.keys.insert(row, key)

    def take(self, row: int) -> None:
        """Give a camera away."""
        del self.cameras[row]
        del self.keys[row]


def row_of(cameras: Sequence[Camera], camera_id: str) -> int:
    """The row of a camera, -1 for none."""
    return next((row for row, one in enumerate(cameras) if one.camera_id == camera_id), -1)
