"""Opening the list of jobs, off the window's thread; waiting for it while another process has it."""

import errno
import logging
import shutil
import sqlite3
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.texts import tr, trn, verbatim
from rta_viewer.errors import StorageError
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.store import JobStore, NoStore
from rta_viewer.jobs.store_lock import StoreInUseError, is_busy

_log = logging.getLogger(__name__)

_LOOK_EVERY_S = 2.0
_LEAST_ROOM_BYTES = 1 << 20
"""With less SQLite may call anything a mistake of the drive."""

_NO_SPACE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


class Hold(Enum):
    """Whose the list is."""

    UNKNOWN = auto()
    """It was not looked at yet."""
    LENT = auto()
    """Another process works on it; it is read along."""
    WAITING = auto()
    """Its disk is full; it is opened when there is room."""
    OWN = auto()
    """This process works on it."""


def open_list(
    engine: JobEngine,
    path: Path,
    clock: Clock,
    cancel: CancelToken,
    tell: Callable[[Hold], None],
    opened: Callable[[JobStore], None],
    complain: Callable[[str], None],
) -> str:
    """Take the list over as soon as nobody else has it, and its disk has room; until then read along.

    On a worker thread.

    Args:
        engine: Begins with a :class:`~rta_viewer.jobs.lent_store.LentStore`; owns the list afterwards.
        path: The list.
        clock: For the store.
        cancel: Ends the waiting.
        tell: Called with each new state, on this thread; jobs are known by then.
        opened: Gets the store, which somebody has to close.
        complain: Gets a sentence about why the list is not opened yet, on this thread.

    Returns:
        A sentence about what was found damaged; empty when nothing was.

    Raises:
        Cancelled: The list is still somebody else's.
    """
    problem = _take_over(engine, path, clock, cancel, tell, opened, complain)
    tell(Hold.OWN)
    while not _go_on(engine):
        cancel.wait(_LOOK_EVERY_S)
        cancel.raise_if_cancelled()
    return problem


def _take_over(
    engine: JobEngine,
    path: Path,
    clock: Clock,
    cancel: CancelToken,
    tell: Callable[[Hold], None],
    opened: Callable[[JobStore], None],
    complain: Callable[[str], None],
) -> str:
    told = Hold.UNKNOWN
    while True:
        store: JobStore | None = None
        try:
            store = JobStore(path, clock)
            engine.adopt(store)
        except StorageError as err:
            if store is not None:
                store.close()
            if _is_taken(err):
                found = Hold.LENT
            elif _is_full(err, path):
                # Without its list nothing may begin: it would be forgotten with the end of the program.
                found = Hold.WAITING
                if told is not found:
                    complain(tr("{error} The list is opened as soon as there is room.", error=err))
            else:
                engine.adopt(NoStore())
                return tr(
                    "{error} Saved files are listed until the program ends, and not after it.",
                    error=err,
                )
        else:
            opened(store)
            return what_was_damaged(store)
        _read_along(engine)
        if told is not found:
            told = found
            tell(told)
        cancel.wait(_LOOK_EVERY_S)
        cancel.raise_if_cancelled()


def _is_taken(err: StorageError) -> bool:
    """Another process works on it, or holds its file for a moment, as a backup does."""
    return is_busy(err.__cause__) or isinstance(err, StoreInUseError)


def _is_full(err: StorageError, path: Path) -> bool:
    """There is no room for the list: that passes, and what is in it is not lost."""
    cause = err.__cause__
    if getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return True
    if isinstance(cause, OSError) and cause.errno in _NO_SPACE:
        return True
    if not isinstance(cause, sqlite3.Error):
        return False
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM_BYTES
    except OSError:
        return False


def _go_on(engine: JobEngine) -> bool:
    """Queue again what was left, carry out what was ordered; false while that cannot be written down."""
    try:
        engine.resume_unfinished()
        engine.tend(is_alone=True)
    except StorageError as err:
        _log.warning("The list of jobs cannot be written yet: %s", err)
        return False
    return True


def _read_along(engine: JobEngine) -> None:
    try:
        engine.read_along()
    except StorageError as err:
        _log.info("The list of jobs of another process cannot be read now: %s", err)


def what_was_damaged(store: JobStore) -> str:
    """A sentence about what was found damaged or lost; empty when nothing was."""
    if store.was_lost:
        return trn(
            "The list of saved files was lost and starts anew; {n} saved file was found again.",
            "The list of saved files was lost and starts anew; {n} saved files were found again.",
            store.rebuilt,
        )
    if store.set_aside is None:
        return ""
    return tr(
        "The list of saved files was damaged and starts anew. The damaged one was kept as {path}; "
        "{n} saved files were found again.",
        path=verbatim(str(store.set_aside)),
        n=store.rebuilt,
    )
