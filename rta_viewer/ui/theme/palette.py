"""The colours, by what they are for. Contrast of text on its ground is at least 4.5:1 (WCAG 2.1, 1.4.3)."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette, as ``#rrggbb``.

    Attributes:
        window: Behind everything. ``panel`` lies on it, ``raised`` on a panel, ``field`` takes input.
        text_quiet: For what is read second. ``text_disabled`` is exempt from the contrast rule.
        accent: Selection, the playhead's neighbourhood; ``on_accent`` is text on it.
        mark_ground: Behind words that a search found.
        alarm_ground: A strip that stays as long as something is not safe.
        gap_line: The hatch of a gap, on ``band_ground``.
    """

    window: str
    panel: str
    raised: str
    hover: str
    field: str
    border: str
    border_strong: str
    text: str
    text_quiet: str
    text_disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    danger: str
    warning: str
    success: str
    danger_ground: str
    on_danger_ground: str
    notice_ground: str
    on_notice_ground: str
    mark_ground: str
    on_mark_ground: str
    alarm_ground: str
    on_alarm_ground: str
    recorded: str
    motion: str
    gap_line: str
    band_ground: str
    unknown: str
    event: str
    playhead: str
    on_playhead: str
    selection: str
    video_ground: str
    on_video: str
    on_video_quiet: str


DARK = Colours(
    window="#14171c",
    panel="#1b1f26",
    raised="#272d37",
    hover="#333b48",
    field="#11141a",
    border="#2c333e",
    border_strong="#465162",
    text="#e8ecf2",
    text_quiet="#a3aebd",
    text_disabled="#626d7c",
    accent="#256fd0",
    accent_hover="#4a91ee",
    on_accent="#ffffff",
    danger="#ff7b72",
    warning="#f2b84b",
    success="#4cc38a",
    danger_ground="#4b1d22",
    on_danger_ground="#ffe3e1",
    notice_ground="#1d324d",
    on_notice_ground="#e0edff",
    mark_ground="#6b4e00",
    on_mark_ground="#fff3d6",
    alarm_ground="#b3261e",
    on_alarm_ground="#ffffff",
    recorded="#3d8bdb",
    motion="#54c78c",
    gap_line="#6f7c8e",
    band_ground="#0f1217",
    unknown="#8a7bb8",
    event="#ffffff",
    playhead="#ffb224",
    on_playhead="#1a1300",
    selection="#ffd479",
    video_ground="#000000",
    on_video="#f4f6f9",
    on_video_quiet="#b7c0cc",
)

LIGHT = Colours(
    window="#e9ecf1",
    panel="#f7f8fa",
    raised="#e4e8ee",
    hover="#d5dbe4",
    field="#ffffff",
    border="#cdd4de",
    border_strong="#8c98a8",
    text="#171c24",
    text_quiet="#4b5768",
    text_disabled="#939daa",
    accent="#1a62c4",
    accent_hover="#124d9e",
    on_accent="#ffffff",
    danger="#b3261e",
    warning="#8a5300",
    success="#17693f",
    danger_ground="#fbdcda",
    on_danger_ground="#5f100b",
    notice_ground="#dbe9fb",
    on_notice_ground="#0e335f",
    mark_ground="#ffdf7e",
    on_mark_ground="#171c24",
    alarm_ground="#b3261e",
    on_alarm_ground="#ffffff",
    recorded="#2b74c4",
    motion="#1c8a53",
    gap_line="#76808e",
    band_ground="#ffffff",
    unknown="#6d5ca6",
    event="#101418",
    playhead="#b34700",
    on_playhead="#ffffff",
    selection="#a35f00",
    video_ground="#000000",
    on_video="#f4f6f9",
    on_video_quiet="#b7c0cc",
)

TEXT_PAIRS = (
    *(
        (text, ground)
        for text in ("text", "text_quiet")
        for ground in ("window", "panel", "raised")
    ),
    ("text", "hover"),
    ("text", "field"),
    ("text_quiet", "field"),
    ("on_accent", "accent"),
    ("danger", "panel"),
    ("danger", "window"),
    ("warning", "panel"),
    ("warning", "window"),
    ("success", "panel"),
    ("success", "raised"),
    ("danger", "raised"),
    ("warning", "raised"),
    ("on_danger_ground", "danger_ground"),
    ("on_notice_ground", "notice_ground"),
    ("on_mark_ground", "mark_ground"),
    ("on_alarm_ground", "alarm_ground"),
    ("on_playhead", "playhead"),
    ("on_video", "video_ground"),
    ("on_video_quiet", "video_ground"),
)
"""(text, ground) as they meet on the screen."""

SHAPE_PAIRS = tuple(
    (name, "band_ground")
    for name in ("recorded", "motion", "gap_line", "unknown", "event", "playhead")
)
"""(shape, ground) that must be seen, at 3:1 (WCAG 2.1, 1.4.11)."""


def contrast(one: str, two: str) -> float:
    """The contrast ratio of two colours by WCAG 2.1, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour_names() -> tuple[str, ...]:
    """The names of all colours of a palette."""
    return tuple(field.name for field in fields(Colours))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
