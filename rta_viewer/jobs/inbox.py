"""Orders for the process that owns the list of jobs, from commands that do not: small files in a folder.

Each is written in one step and deleted once it was carried out, so an order is neither torn nor lost; one
that was carried out twice changes nothing.
"""

import json
import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rta_viewer.core.jobs import Job
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.evidence.files import write_atomically
from rta_viewer.jobs.rows import job_row, require_keepable

_log = logging.getLogger(__name__)
_MAX_BYTES = 16 * 1024**2
"""A thousand files whose cameras have names as long as servers may give them."""
_MOST = 10_000


class Do(StrEnum):
    """What can be ordered."""

    ADD = "add"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"
    GO_ON_IN = "go_on_in"


@dataclass(frozen=True, slots=True)
class Order:
    """One order.

    Attributes:
        job_id: Whom it is about; empty for ADD.
        rows: The new jobs, as the store writes them; only for ADD.
        folder: The other folder; only for GO_ON_IN.
        package: What the package is called there, where that is decided, and ``folder`` is its own.
        file: Where it was found; None when it was not written yet.
    """

    do: Do
    job_id: str = ""
    rows: tuple[dict[str, Any], ...] = ()
    file: Path | None = None
    folder: str = ""
    package: str = ""

    @property
    def waits(self) -> bool:
        """It was written, and nobody has carried it out yet."""
        return self.file is not None and self.file.exists()

    def done(self) -> None:
        """Forget it."""
        if self.file is not None:
            try:
                self.file.unlink(missing_ok=True)
            except OSError as err:
                _log.warning("An order could not be deleted: %s", err)


def order_to_add(jobs: Sequence[Job]) -> Order:
    """One order for jobs that belong together: all of them are carried out, or none.

    Raises:
        UsageError: One of them cannot be written down.
    """
    require_keepable(jobs)
    return Order(Do.ADD, rows=tuple(map(job_row, jobs)))


class Inbox:
    """The folder. Any process may put; only the owner of the list takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, order: Order) -> Path:
        """Leave an order; returns its file, which vanishes once it was carried out.

        Raises:
            StorageError: It cannot be written.
            UsageError: Nobody would read it all.
        """
        document = {
            "do": order.do.value,
            "job": order.job_id,
            "rows": order.rows,
            "folder": order.folder,
            "package": order.package,
        }
        data = json.dumps(document).encode()
        if len(data) > _MAX_BYTES:
            raise UsageError(
                tr("The order is too large to be handed to another process."),
                tr("Order fewer files at once."),
            )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise StorageError(
                tr("The order cannot be left: {reason}.", reason=err.strerror or err)
            ) from err
        path = self._folder / f"{time.time_ns():020d}-{secrets.token_hex(4)}.json"
        write_atomically(path, data)
        return path

    def waiting(self) -> list[Order]:
        """What is there, in the order in which it came; what makes no sense is deleted."""
        try:
            files = sorted(self._folder.glob("*.json"))[:_MOST]
        except OSError:
            return []
        return [order for file in files if (order := _read(file)) is not None]


def _read(file: Path) -> Order | None:
    try:
        with file.open("rb") as stream:
            document = json.loads(stream.read(_MAX_BYTES + 1))
        # Older versions left an order for each job.
        rows = [document["row"]] if "row" in document else document["rows"]
        folder, package = document.get("folder", ""), document.get("package", "")
        is_known = isinstance(document["job"], str) and isinstance(rows, list)
        is_known = is_known and isinstance(folder, str) and isinstance(package, str)
        if not is_known or not all(isinstance(row, dict) for row in rows):
            raise TypeError("wrong kind")  # noqa: TRY301 - one place words all of them
        return Order(Do(document["do"]), document["job"], tuple(rows), file, folder, package)
    except OSError:
        return None
    except (ValueError, TypeError, KeyError, RecursionError) as err:
        _log.warning("An order makes no sense and is dropped: %s", err)
        Order(Do.ADD, file=file).done()
        return None
