"""What commands refuse in their arguments before anybody is asked."""

import argparse

from rta_viewer.errors import UsageError


def refuse_what_is_no_text(args: argparse.Namespace, *names: str) -> None:
    """Linux allows arguments that are not UTF-8, which no list of jobs, index or server takes.

    Raises:
        UsageError: One of the named options holds such a text.
    """
    for name in names:
        text: str = getattr(args, name) or ""
        try:
            text.encode()
        except UnicodeEncodeError as err:
            raise UsageError(
                f"What was given for --{name} is not UTF-8.", "Choose another name."
            ) from err
