"""What is found out about a server, step by step: values that are shown to whoever adds it."""

from dataclasses import dataclass
from enum import StrEnum

from rta_viewer.core.certificate import Certificate
from rta_viewer.core.model import ConnectionSecurity
from rta_viewer.errors import RtaError


class Step(StrEnum):
    """What is looked at, in this order."""

    REACHABLE = "reachable"
    ENCRYPTION = "encryption"
    WAYS = "ways_of_sign_in"
    CLOCK = "clock"
    SIGN_IN = "sign_in"
    RECORDINGS = "recordings"
    COMPANIONS = "companions"
    STREAMS = "streams"


class Outcome(StrEnum):
    """How it went. A note is something to know; unknown could not be tried."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One step's result.

    Attributes:
        text: One sentence for people.
        certificate: Of the step ``ENCRYPTION``: what the server showed, to be compared and pinned.
        error: What stopped the step.
        security: Of the step ``ENCRYPTION``: who could listen.
    """

    step: Step
    outcome: Outcome
    text: str
    certificate: Certificate | None = None
    error: RtaError | None = None
    security: ConnectionSecurity | None = None
