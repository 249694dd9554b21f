"""What the server offers, and how large it lets things grow. Switches make it imitate other servers."""

from dataclasses import dataclass, field
from enum import StrEnum

ALL_SIGN_INS = frozenset({"digest-sha256", "digest-md5", "basic"})


class ControlStyle(StrEnum):
    """How ``a=control`` names the presentation and its tracks."""

    STAR = "star"
    RELATIVE = "relative"
    ABSOLUTE = "absolute"


class ParameterSets(StrEnum):
    """Where a client finds VPS, SPS and PPS."""

    BOTH = "both"
    IN_BAND = "in_band"
    SDP = "sdp"


@dataclass(frozen=True, slots=True)
class RtspOptions:
    """Behaviour of one server; the defaults are the most helpful recorder.

    Attributes:
        onvif_replay: Accept ``Require: onvif-replay``; otherwise 551.
        clock_range: Accept ``Range: clock=`` and offer it in the SDP; otherwise 457.
        npt_range: Accept ``Range: npt=``; otherwise 457.
        rate_control: Honour ``Rate-Control: no``; otherwise ignore it.
        scale: Honour ``Scale``; otherwise answer ``Scale: 1.000`` and play at 1x.
        reverse: Play backwards for a negative ``Scale``; otherwise 457.
        speed_instead_of_scale: Answer ``Speed`` where ``Scale`` was asked, RTP time follows the wall clock.
        immediate: Honour ``Immediate: yes``; otherwise a PLAY during a PLAY waits its turn.
        seek_in_session: Honour a ``Range`` after the first PLAY; otherwise 455.
        sign_in: Out of ``digest-sha256``, ``digest-md5``, both also with ``-sess``, and ``basic``; empty lets
            everybody in.
        sdp_range: Write ``a=range``.
        content_base_slash: End ``Content-Base`` with a slash.
        jump_at_gaps: RTP time jumps with the recording time at a skipped gap instead of running on.
        close_at_end: Close the connection at the end of the footage instead of falling silent.
        session_timeout_s: A session ends that long after its last request or receiver report.
        request_timeout_s: A request that has begun must be complete within it.
        idle_timeout_s: A connection without a session is closed that long after its last request.
        report_interval_s: Between two RTCP sender reports.
        packet_bytes: Largest RTP payload.
        queue_bytes: Media waiting for one connection to become writable, at most.
    """

    onvif_replay: bool = True
    clock_range: bool = True
    npt_range: bool = True
    rate_control: bool = True
    scale: bool = True
    reverse: bool = True
    speed_instead_of_scale: bool = False
    immediate: bool = True
    seek_in_session: bool = True
    sign_in: frozenset[str] = field(default=ALL_SIGN_INS)
    nonce_lifetime_s: float = 300.0
    control_style: ControlStyle = ControlStyle.STAR
    parameter_sets: ParameterSets = ParameterSets.BOTH
    sdp_range: bool = True
    content_base_slash: bool = True
    jump_at_gaps: bool = False
    close_at_end: bool = False
    session_timeout_s: float = 60.0
    request_timeout_s: float = 10.0
    idle_timeout_s: float = 60.0
    report_interval_s: float = 5.0
    packet_bytes: int = 1400
    queue_bytes: int = 256 * 1024
    max_connections: int = 256
    max_sessions: int = 256
