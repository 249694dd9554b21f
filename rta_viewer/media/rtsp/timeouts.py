"""How long the client waits for what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RtspTimeouts:
    """Seconds.

    Attributes:
        connect_s: Until TCP and TLS stand, for each address of the host.
        answer_s: For the whole answer to one request.
        silence_s: Without any picture or sound while playing.
        after_end_s: Without any after the server marked the end of a recording.
        farewell_s: For the answer to TEARDOWN, after which the connection is dropped anyway.
    """

    connect_s: float = 5.0
    answer_s: float = 10.0
    silence_s: float = 10.0
    after_end_s: float = 2.0
    farewell_s: float = 0.2
