"""Whether an order fits where it is to go, before anything is started."""

from collections.abc import Iterable
from pathlib import Path

from rta_viewer.core.jobs import Job
from rta_viewer.core.save_estimate import Experience, SaveTarget, estimate
from rta_viewer.core.save_limits import SizeText, obstacles
from rta_viewer.core.save_order import SaveOrder, plan_pieces
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.jobs.room import bytes_to_come
from rta_viewer.platform.drives import look_at


def target_for(folder: Path, jobs: Iterable[Job]) -> SaveTarget:
    """A folder and its drive, with what these jobs will still write there. May block on network shares."""
    found = look_at(folder)
    return SaveTarget(
        folder,
        found.free_bytes,
        0 if found.problem else bytes_to_come(jobs, folder),
        found.largest_file_bytes,
        found.problem,
        found.longest_path_chars,
    )


def refuse_what_cannot_fit(order: SaveOrder, target: SaveTarget, size_text: SizeText) -> None:
    """Do nothing where it fits, or where nobody can tell.

    Raises:
        UsageError: As :func:`rta_viewer.core.save_order.plan_pieces`.
        StorageError: It does not fit, or nothing can be written there.
    """
    found = estimate(plan_pieces(order), order.choices.medium, Experience())
    for sentence in obstacles(found, target, size_text):
        raise StorageError(tr("Nothing was started. {sentence}", sentence=sentence))
