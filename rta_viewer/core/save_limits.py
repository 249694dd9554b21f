"""What stands in the way of an order, in sentences: the same for the dialog and for commands."""

from collections.abc import Callable
from pathlib import Path

from rta_viewer.core.save_estimate import SPARE_BYTES, Estimate, SaveTarget, fits
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
        sentences.append(_no_room(found, target, size_text))
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


def _no_room(found: Estimate, target: SaveTarget, size_text: SizeText) -> str:
    free = size_text(max(0, (target.free_bytes or 0) - target.reserved_bytes))
    spare = size_text(SPARE_BYTES)
    if found.size_bytes is None:
        return tr(
            "{free} are free there, and {spare} have to stay free: nothing can be saved. "
            "Choose another folder, or free some space.",
            free=free,
            spare=spare,
        )
    needed = size_text(found.needed_bytes)
    amount = tr("about {size}", size=needed)
    if not found.complete:
        amount = tr("more than {size}", size=needed)
    return tr(
        "This needs {amount}, and {free} are free there; {spare} have to stay free. "
        "Choose another folder, a shorter range, or free some space.",
        amount=amount,
        free=free,
        spare=spare,
    )


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
