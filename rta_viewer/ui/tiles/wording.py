"""What a tile says about the state of its playback."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.ui import times


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands over the picture: an icon, one sentence, and what to do about it."""

    icon: str
    text: str
    hint: str = ""
    can_retry: bool = False


_HEADINGS = {
    PlaybackState.OPENING: ("loading", "Loading…"),
    PlaybackState.GAP: ("no_footage", "No footage"),
    PlaybackState.NO_FOOTAGE: ("no_footage", "No footage at this time"),
    PlaybackState.ENDED: ("info", "End of the recordings"),
    PlaybackState.RECONNECTING: ("loading", "Connection lost. Reconnecting…"),
    PlaybackState.FAILED: ("warning", "This camera cannot be played"),
}

_STATE_WORDS = {
    PlaybackState.IDLE: "",
    PlaybackState.OPENING: "Loading",
    PlaybackState.PLAYING: "Playing",
    PlaybackState.PAUSED: "Paused",
    PlaybackState.GAP: "No footage",
    PlaybackState.NO_FOOTAGE: "No footage",
    PlaybackState.ENDED: "Ended",
    PlaybackState.RECONNECTING: "Reconnecting",
    PlaybackState.FAILED: "Failed",
}


def notice_for(status: PlaybackStatus, reason: str = "", zone: tzinfo = UTC) -> Notice | None:
    """What to lay over the picture, or None when the picture speaks for itself."""
    heading = _HEADINGS.get(status.state)
    if heading is None:
        return None
    icon, text = heading
    hints = (f"Reason: {reason}." if reason else "", times.in_zone(status.hint, zone))
    return Notice(
        icon,
        times.in_zone(status.message, zone) or text,
        "\n".join(hint for hint in hints if hint),
        can_retry=status.state is PlaybackState.FAILED,
    )


def state_word(state: PlaybackState, speed: float = 1.0) -> str:
    """The state in the tile's header."""
    if state is PlaybackState.PLAYING and speed < 0:
        return "Playing backwards"
    return _STATE_WORDS[state]


def speed_text(speed: float) -> str:
    """``8x``, ``0.5x``, ``3.97x``, and with a true minus backwards."""
    text = f"{abs(speed):.2f}".rstrip("0").rstrip(".") + "x"
    return f"\N{MINUS SIGN}{text}" if speed < 0 else text


def details(status: PlaybackStatus, reason: str = "", zone: tzinfo = UTC) -> str:
    """Speed that is really reached, and what was lost; empty while there is nothing to tell."""
    parts: list[str] = []
    if status.state is PlaybackState.PLAYING:
        parts.append(_speed(status))
    if status.preview:
        parts.append("Preview")
    if status.lost_units:
        parts.append(f"{status.lost_units} lost")
    if status.note:
        note = times.in_zone(status.note, zone)
        parts.append(f"{note} ({reason})" if reason else note)
    return "  ".join(part for part in parts if part)


def stream_text(status: PlaybackStatus) -> str:
    """Codec and size, for the tooltip."""
    size = f"{status.width} x {status.height}" if status.width and status.height else ""
    return ", ".join(part for part in (status.codec, size) if part)


def _speed(status: PlaybackStatus) -> str:
    if status.speed_effective is None:
        return speed_text(status.speed_asked)
    missed = abs(status.speed_effective - status.speed_asked) > 0.1 * abs(status.speed_asked)
    reached = speed_text(round(status.speed_effective, 1))
    return (
        f"{reached} of {speed_text(status.speed_asked)}"
        if missed
        else speed_text(status.speed_asked)
    )
