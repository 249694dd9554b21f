"""Exit codes; ``docs/commands.md`` promises them to scripts."""

from enum import IntEnum

from rta_viewer.errors import (
    Cancelled,
    DeliveryError,
    NotFoundError,
    RtaError,
    SignInError,
    UsageError,
)


class ExitCode(IntEnum):
    """What the program ends with."""

    DONE = 0
    STEP_FAILED = 1
    USAGE = 2
    SIGN_IN = 3
    NOT_FOUND = 4
    FAILED = 5
    DELIVERY = 6
    CANCELLED = 130


_BY_KIND: tuple[tuple[type[RtaError], ExitCode], ...] = (
    (UsageError, ExitCode.USAGE),
    (SignInError, ExitCode.SIGN_IN),
    (NotFoundError, ExitCode.NOT_FOUND),
    (DeliveryError, ExitCode.DELIVERY),
    (Cancelled, ExitCode.CANCELLED),
)


def exit_code(error: RtaError) -> ExitCode:
    """The code for a failure; server, network, media and this computer's faults share one."""
    return next((code for kind, code in _BY_KIND if isinstance(error, kind)), ExitCode.FAILED)
