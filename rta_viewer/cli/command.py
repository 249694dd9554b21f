"""What a command is, and what it gets. Window commands live above this room and are handed in."""

import argparse
from dataclasses import dataclass
from typing import Protocol

from rta_viewer.cli.output import Output
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.platform.paths import Paths


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one run of the program.

    Attributes:
        paths: The profile; its folders exist.
        cancel: Set by Ctrl+C.
        output: Where results, progress and errors go.
    """

    paths: Paths
    cancel: CancelToken
    clock: Clock
    output: Output


class Command(Protocol):
    """One word after ``rta-viewer``."""

    @property
    def name(self) -> str:
        """The word."""
        ...

    @property
    def help(self) -> str:
        """One line for ``--help``."""
        ...

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what may follow the word. Imports nothing heavy: every start does this for all."""
        ...

    def run(self, context: Context, args: argparse.Namespace) -> int:
        """Do it; returns the exit code. Raises only the RtaError tree."""
        ...
