"""What commands refuse in their arguments before anybody is asked."""

import argparse
from pathlib import Path

from rta_viewer.core.texts import is_text
from rta_viewer.errors import UsageError


def refuse_what_is_no_text(args: argparse.Namespace, *names: str) -> None:
    """No list of jobs, index or server takes it.

    Raises:
        UsageError: One of the named options holds such a text.
    """
    for name in names:
        if not is_text(getattr(args, name) or ""):
            raise UsageError(f"What was given for --{name} is not UTF-8.", "Choose another name.")


def refuse_a_path_that_is_no_text(path: Path) -> None:
    """A relative ``--output`` may be text in a working directory that is not.

    Raises:
        UsageError: ``path`` is not UTF-8.
    """
    if not is_text(str(path)):
        raise UsageError(
            "The folder that --output is in has a name that is not UTF-8.", "Choose another folder."
        )


def refuse_what_is_empty(args: argparse.Namespace, *names: str) -> None:
    """An option that was given holds something: ``--output "$UNSET"`` is not meant.

    Raises:
        UsageError: One of the named options was given without a value.
    """
    for name in names:
        value: str | None = getattr(args, name)
        if value is not None and not value.strip():
            raise UsageError(f"--{name} is empty.", "Give it a value, or leave it out.")


def output_path(text: str) -> Path:
    """What ``--output`` names, absolute and without ``..``.

    Raises:
        UsageError: This computer can have nothing of that name.
    """
    try:
        path = Path(text).absolute()
        if ".." in path.parts:
            path = path.resolve()
        path.is_dir()
    except OSError as err:
        raise UsageError(
            f"--output cannot be used: {(err.strerror or str(err)).lower()}.",
            "Choose another name.",
        ) from err
    return path
