"""How large and how long: what saving will probably take, and whether it fits. Numbers only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.save_medium import VOLUME_BYTES, Medium
from rta_viewer.core.save_order import Piece, SavePlan

LINK_S = 24 * 3600
"""So long after completion a server keeps an export."""

EXPORTS_AT_ONCE = 10
"""So many a server prepares at the same time."""

SPARE_BYTES = 64 * 1024 * 1024
"""Room that is left on every drive: receipts, indexes, and whatever else writes there."""

_PLAIN_PACE = 60.0
"""Footage seconds a second where nothing was measured yet: ten minutes are packaged in ten seconds."""


@dataclass(frozen=True, slots=True)
class Experience:
    """What was measured on this server lately; None where nothing was.

    Attributes:
        bytes_per_s: Rate of transfers.
        pace: Seconds of footage that the server packages a second, untouched.
        encoding_pace: The same where it encodes again: watermark, another quality.
        others: What was measured on servers that share the window, with how the identifiers of their
            cameras begin.
    """

    bytes_per_s: float | None = None
    pace: float | None = None
    encoding_pace: float | None = None
    others: tuple[tuple[str, "Experience"], ...] = ()

    def at(self, camera_id: str) -> "Experience":
        """The one of a camera's own server."""
        found = (other for prefix, other in self.others if camera_id.startswith(prefix))
        return next(found, self)


@dataclass(frozen=True, slots=True)
class SaveTarget:
    """What was found out about a folder and its drive.

    Attributes:
        free_bytes: None when the system does not say.
        reserved_bytes: What jobs that are under way will still write there.
        largest_file_bytes: What one file may hold there; None without such a limit.
        problem: Why nothing can be saved there; empty when it can.
        longest_path_chars: What most programs there take as a path; None without such a limit.
    """

    folder: Path
    free_bytes: int | None = None
    reserved_bytes: int = 0
    largest_file_bytes: int | None = None
    problem: str = ""
    longest_path_chars: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """All files together.

    Attributes:
        size_bytes: Those whose size can be told; None when it is none of them.
        complete: Every file's size can be told.
        needed_bytes: On the drive, volumes included.
        largest_bytes: The largest file.
        prepare_s: What the server needs before the last transfer can begin; None when nobody knows.
        transfer_s: The transfers one after another; None when nobody knows.
        encoded_s: Footage that the server has to encode again, in seconds.
        encoding_s: What that takes; None when nobody knows.
    """

    files: int
    size_bytes: int | None
    complete: bool
    needed_bytes: int
    largest_bytes: int
    prepare_s: float | None
    transfer_s: float | None
    encoded_s: float
    encoding_s: float | None

    @property
    def total_s(self) -> float | None:
        """Until everything is here."""
        if self.prepare_s is None or self.transfer_s is None:
            return None
        return self.prepare_s + self.transfer_s


def is_encoded(piece: Piece) -> bool:
    """The server has to decode and encode every picture of it."""
    return piece.request.watermark is not None or bool(piece.request.quality)


def footage_s(piece: Piece) -> float:
    """Seconds of footage, the whole range where nobody knows."""
    known = piece.recorded_ms
    return (piece.request.span.duration_ms if known is None else known) / 1000


def estimate(plan: SavePlan, medium: Medium, experience: Experience) -> Estimate:
    """What saving these files takes."""
    pieces = plan.pieces
    sizes = [piece.size_bytes for piece in pieces if piece.size_bytes is not None]
    size_bytes = sum(sizes) if sizes else None
    complete = len(sizes) == len(pieces)
    shares = _by_server(pieces, experience)
    limit = VOLUME_BYTES.get(medium)
    doubled = sum(size for size in sizes if limit is not None and size > limit)
    return Estimate(
        files=len(pieces),
        size_bytes=size_bytes,
        complete=complete,
        needed_bytes=sum(sizes) + doubled,
        largest_bytes=max(sizes, default=0),
        # Servers prepare beside one another; what they send shares one line.
        prepare_s=_all_of(max, (_prepare_s(share, known) for known, share in shares)),
        transfer_s=_all_of(sum, (_transfer_s(share, known) for known, share in shares)),
        encoded_s=_encoded_s(pieces),
        encoding_s=_all_of(max, (_encoding_s(share, known) for known, share in shares)),
    )


def _by_server(
    pieces: Sequence[Piece], experience: Experience
) -> list[tuple[Experience, list[Piece]]]:
    servers = [experience, *(other for _, other in experience.others)]
    shares = (
        (known, [piece for piece in pieces if experience.at(piece.camera.camera_id) is known])
        for known in servers
    )
    return [(known, share) for known, share in shares if share]


def _all_of(
    together: Callable[[Iterable[float]], float], seconds: Iterable[float | None]
) -> float | None:
    """None where one of them is not known, or there are none."""
    found = list(seconds)
    known = [each for each in found if each is not None]
    return together(known) if known and len(known) == len(found) else None


def _encoded_s(pieces: Iterable[Piece]) -> float:
    return sum(footage_s(piece) for piece in pieces if is_encoded(piece))


def _encoding_s(pieces: Iterable[Piece], experience: Experience) -> float | None:
    """One export after another: it keeps a server's processors busy."""
    encoded_s = _encoded_s(pieces)
    if encoded_s and experience.encoding_pace is None:
        return None
    return encoded_s / (experience.encoding_pace or 1.0)


def _transfer_s(pieces: Iterable[Piece], experience: Experience) -> float | None:
    rate = experience.bytes_per_s
    sizes = [piece.size_bytes for piece in pieces]
    known = [size for size in sizes if size is not None]
    return sum(known) / rate if rate and len(known) == len(sizes) else None


def _prepare_s(pieces: Iterable[Piece], experience: Experience) -> float | None:
    """Packaging goes on beside encoding."""
    known = list(pieces)
    encoding_s = _encoding_s(known, experience)
    if encoding_s is None:
        return None
    plain_s = [
        footage_s(piece)
        for piece in known
        if piece.route.kind is JobKind.EXPORT and not is_encoded(piece)
    ]
    rounds = -(-len(plain_s) // EXPORTS_AT_ONCE)
    packaged_s = max(plain_s, default=0.0) * rounds / (experience.pace or _PLAIN_PACE)
    return packaged_s + encoding_s


def fits(found: Estimate, target: SaveTarget) -> bool:
    """Whether there is room for what can be told; true where the system does not say."""
    if target.free_bytes is None:
        return True
    return found.needed_bytes + target.reserved_bytes + SPARE_BYTES <= target.free_bytes
