"""What stands in the way of an order, in sentences: the same for the dialog and for commands."""

from collections.abc import Callable
from pathlib import Path

from rta_viewer.core.save_estimate import Estimate, SaveTarget, fits
from rta_viewer.core.save_order import SaveOrder, SavePlan, package_name
from rta_viewer.core.texts import tr

SizeText = Callable[[float], str]
"""Bytes in words."""


def obstacles(found: Estimate, target: SaveTarget, size_text: SizeText) -> list[str]:
    """Why an order cannot be carried out there; empty when nothing speaks against it."""
    sentences = []
    if target.problem:
        sentences.append(target.problem)
    elif not fits(found, target):
        free = max(0, (target.free_bytes or 0) - target.reserved_bytes)
        sentences.append(
            tr(
                "This needs about {needed}, and {free} are free there. "
                "Choose another folder, a shorter range, or free some space.",
                needed=size_text(found.needed_bytes),
                free=size_text(free),
            )
        )
    limit = target.largest_file_bytes
    if limit is not None and found.largest_bytes > limit:
        sentences.append(
            tr(
                "The drive is FAT32 and holds no file above 4 GiB; "
                "the largest will have about {size}. "
                "Save to another drive and cut it into volumes there, or choose a shorter range.",
                size=size_text(found.largest_bytes),
            )
        )
    return sentences


def too_long(order: SaveOrder, plan: SavePlan, target: SaveTarget) -> str:
    """A warning about paths that other programs will not open there; empty when all are short enough."""
    limit, pieces = target.longest_path_chars, plan.pieces
    if limit is None or not pieces:
        return ""
    folder = order.folder / package_name(order, pieces) if len(pieces) > 1 else order.folder
    longest = max((folder / piece.file_name for piece in pieces), key=_units)
    if _units(longest) <= limit:
        return ""
    return tr(
        "The longest path would have {characters} characters, and many programs on this computer "
        "open none above {limit}. Choose a folder nearer to the drive, or shorter names.",
        characters=_units(longest),
        limit=limit,
    )


def _units(path: Path) -> int:
    """Windows counts in UTF-16."""
    return len(str(path).encode("utf-16-le", "surrogatepass")) // 2
