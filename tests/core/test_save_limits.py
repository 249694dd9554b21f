"""Sentences that hold beside each other: what is needed, what is free, and what has to stay free."""

from datetime import UTC
from pathlib import Path

from rta_viewer.core.model import Camera, StreamInfo
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.save_estimate import SPARE_BYTES, Experience, SaveTarget, estimate
from rta_viewer.core.save_limits import obstacles
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.save_order import SaveOrder, plan_pieces
from rta_viewer.core.spans import Span

TEN_S = Span(1_761_300_000_000, 1_761_300_010_000)
GATE = Camera("1", "Gate", streams=(StreamInfo("s", bitrate_kbps=8_000),))
"""10 MB in ten seconds."""

DOOR = Camera("2", "Door")
CURE = "Choose another folder, a shorter range, or free some space."


def told(target: SaveTarget, *cameras: Camera) -> list[str]:
    plan = plan_pieces(SaveOrder(cameras, TEN_S, Path("x"), SaveChoices(), UTC))
    found = estimate(plan, Medium.ANY, Experience())
    return obstacles(found, target, lambda size: f"{size / 1e6:.1f} MB")


def test_what_has_to_stay_free_is_named() -> None:
    assert told(SaveTarget(Path("x"), 60_000_000), GATE) == [
        "This needs about 10.0 MB, and 60.0 MB are free there; 67.1 MB have to stay free. " + CURE
    ]
    assert told(SaveTarget(Path("x"), 10_000_000 + SPARE_BYTES), GATE) == []


def test_what_others_will_write_is_not_free() -> None:
    (sentence,) = told(SaveTarget(Path("x"), 90_000_000, reserved_bytes=80_000_000), GATE)
    assert "and 10.0 MB are free there" in sentence


def test_an_unknown_size_is_not_called_nothing() -> None:
    small = SaveTarget(Path("x"), 60_000_000)
    (unknown,) = told(small, DOOR)
    assert unknown == (
        "60.0 MB are free there, and 67.1 MB have to stay free: nothing can be saved. "
        "Choose another folder, or free some space."
    )
    (sentence,) = told(small, GATE, DOOR)
    assert sentence.startswith("This needs more than 10.0 MB, ")


def test_a_folder_that_cannot_be_used_has_no_other_obstacle() -> None:
    away = SaveTarget(Path("x"), 0, problem="The drive is away.")
    assert told(away, GATE) == ["The drive is away."]
