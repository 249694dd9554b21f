"""What a tile says about the state of its playback."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.core.texts import left_to_right, mark, tr
from rta_viewer.ui import times


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands over the picture: an icon, one sentence, and what to do about it."""

    icon: str
    text: str
    hint: str = ""
    can_retry: bool = False


_HEADINGS = {
    PlaybackState.OPENING: ("loading", mark("Loading\N{HORIZONTAL ELLIPSIS}")),
    PlaybackState.GAP: ("no_footage", mark("No footage")),
    PlaybackState.NO_FOOTAGE: ("no_footage", mark("No footage at this time")),
    PlaybackState.ENDED: ("info", mark("End of the recordings")),
    PlaybackState.RECONNECTING: (
        "loading",
        mark("Connection lost. Reconnecting\N{HORIZONTAL ELLIPSIS}"),
    ),
    PlaybackState.FAILED: ("warning", mark("This camera cannot be played")),
}

_STATE_WORDS = {
    PlaybackState.IDLE: "",
    PlaybackState.OPENING: mark("Loading"),
    PlaybackState.PLAYING: mark("Playing"),
    PlaybackState.PAUSED: mark("Paused"),
    PlaybackState.GAP: mark("No footage"),
    PlaybackState.NO_FOOTAGE: mark("No footage"),
    PlaybackState.ENDED: mark("Ended"),
    PlaybackState.RECONNECTING: mark("Reconnecting"),
    PlaybackState.FAILED: mark("Failed"),
}


def notice_for(status: PlaybackStatus, reason: str = "", zone: tzinfo = UTC) -> Notice | None:
    """What to lay over the picture, or None when the picture speaks for itself."""
    heading = _HEADINGS.get(status.state)
    if heading is None:
        return None
    icon, text = heading
    hints = (
        tr("Reason: {reason}.", reason=reason) if reason else "",
        times.in_zone(status.hint, zone),
    )
    return Notice(
        icon,
        times.in_zone(status.message, zone) or tr(text),
        "\n".join(hint for hint in hints if hint),
        can_retry=status.state is PlaybackState.FAILED,
    )


def state_word(state: PlaybackState, speed: float = 1.0) -> str:
    """The state in the tile's header."""
    if state is PlaybackState.PLAYING and speed < 0:
        return tr("Playing backwards")
    word = _STATE_WORDS[state]
    return tr(word) if word else ""


def speed_text(speed: float) -> str:
    """``8x``, ``0.5x``, ``3.97x``, and with a true minus backwards."""
    text = f"{abs(speed):.2f}".rstrip("0").rstrip(".") + "x"
    return left_to_right(f"\N{MINUS SIGN}{text}" if speed < 0 else text)


def details(status: PlaybackStatus, reason: str = "", zone: tzinfo = UTC) -> str:
    """Speed that is really reached, and what was lost; empty while there is nothing to tell."""
    parts: list[str] = []
    if status.state is PlaybackState.PLAYING:
        parts.append(_speed(status))
    if status.preview:
        parts.append(tr("Preview"))
    if status.lost_units:
        parts.append(tr("{count} lost", count=status.lost_units))
    if status.note:
        note = times.in_zone(status.note, zone)
        parts.append(tr("{note} ({reason})", note=note, reason=reason) if reason else note)
    return "  ".join(part for part in parts if part)


def stream_text(status: PlaybackStatus) -> str:
    """Codec and size, for the tooltip."""
    size = ""
    if status.width and status.height:
        size = left_to_right(f"{status.width} x {status.height}")
    return ", ".join(part for part in (status.codec, size) if part)


def _speed(status: PlaybackStatus) -> str:
    if status.speed_effective is None:
        return speed_text(status.speed_asked)
    missed = abs(status.speed_effective - status.speed_asked) > 0.1 * abs(status.speed_asked)
    reached = speed_text(round(status.speed_effective, 1))
    asked = speed_text(status.speed_asked)
    return tr("{reached} of {asked}", reached=reached, asked=asked) if missed else asked
