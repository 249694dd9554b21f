"""Orders for the process that owns the list of jobs, from commands that do not: small files in a folder.

Each is written in one step and deleted once it was carried out, so an order is neither torn nor lost; one
that was carried out twice changes nothing.
"""

import json
import logging
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import write_atomically

_log = logging.getLogger(__name__)
_MAX_BYTES = 64 * 1024
_MOST = 10_000


class Do(StrEnum):
    """What can be ordered."""

    ADD = "add"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Order:
    """One order.

    Attributes:
        job_id: Whom it is about.
        row: The new job, as the store writes it; empty unless it is ADD.
        file: Where it was found; None when it was not written yet.
    """

    do: Do
    job_id: str
    row: dict[str, Any]
    file: Path | None = None

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


class Inbox:
    """The folder. Any process may put; only the owner of the list takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, order: Order) -> Path:
        """Leave an order; returns its file, which vanishes once it was carried out.

        Raises:
            StorageError: It cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise StorageError(
                tr("The order cannot be left: {reason}.", reason=err.strerror or err)
            ) from err
        path = self._folder / f"{time.time_ns():020d}-{secrets.token_hex(4)}.json"
        document = {"do": order.do.value, "job": order.job_id, "row": order.row}
        write_atomically(path, json.dumps(document).encode())
        return path

    def put_all(self, orders: Iterable[Order]) -> None:
        """Leave several; where one cannot be written, those before it are taken back.

        Raises:
            StorageError: It cannot be written.
        """
        left: list[Order] = []
        try:
            for order in orders:
                left.append(replace(order, file=self.put(order)))
        except StorageError:
            for order in left:
                order.done()
            raise

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
        if not isinstance(document["job"], str) or not isinstance(document["row"], dict):
            raise TypeError("wrong kind")  # noqa: TRY301 - one place words all of them
        return Order(Do(document["do"]), document["job"], document["row"], file)
    except OSError:
        return None
    except (ValueError, TypeError, KeyError, RecursionError) as err:
        _log.warning("An order makes no sense and is dropped: %s", err)
        Order(Do.ADD, "", {}, file).done()
        return None
