import numpy as np
import pytest

from rta_viewer.core.ports import Picture
from rta_viewer.player.handover import PATIENCE_PER_PICTURE_S, PATIENCE_S, Handover


def scene(position, *, noise=0):
    """A grey room with a bright box at a position."""
    pixels = np.full((180, 320, 4), 90, np.uint8)
    pixels[60:120, position : position + 40] = 220
    if noise:
        pixels += np.random.default_rng(position).integers(0, noise, pixels.shape, np.uint8)
    return Picture(320, 180, 320 * 4, pixels.tobytes(), None)


def test_without_hidden_pictures_the_first_one_is_right():
    assert Handover(scene(100), 0).accepts(scene(0), 0.0)


def test_it_opens_at_the_picture_that_looks_like_the_asked_one():
    handover = Handover(scene(100), 20)
    opened = [handover.accepts(scene(at, noise=3), at / 100_000) for at in range(20, 110, 10)]
    assert opened == [False] * 8 + [True]


def test_more_pictures_than_were_hidden_open_it():
    handover = Handover(scene(100), 3)
    opened = [handover.accepts(scene(number), number / 1000) for number in range(4)]
    assert opened == [False, False, False, True]


def test_hidden_pictures_that_a_busy_computer_decodes_slowly_stay_hidden():
    handover = Handover(scene(100), 50)
    assert not any(handover.accepts(scene(number), number * 0.09) for number in range(50))
    assert handover.accepts(scene(100), 5.0)


def test_a_picture_that_is_shown_again_while_the_player_waits_for_data_is_one_picture():
    handover = Handover(scene(100), 3)
    again = [handover.accepts(scene(0), number * 0.06) for number in range(20)]
    others = [handover.accepts(scene(number), 1.2 + number / 1000) for number in (1, 2, 3)]
    assert again + others == [False] * 22 + [True]


def test_patience_ends():
    handover = Handover(scene(100), 10)
    patience_s = PATIENCE_S + 10 * PATIENCE_PER_PICTURE_S
    # However long the player fills its buffer behind its first picture.
    assert not handover.accepts(scene(0), -60.0)
    assert not handover.accepts(scene(1), 0.0)
    assert not handover.accepts(scene(2), patience_s)
    assert handover.accepts(scene(3), patience_s + 0.1)
    assert handover.done


@pytest.mark.parametrize("noise", [0, 3])
def test_once_open_it_stays_open(noise):
    handover = Handover(scene(100), 5)
    assert handover.accepts(scene(100, noise=noise), 0.0)
    assert handover.accepts(scene(0), 0.001)


def test_it_says_whether_the_first_picture_is_the_asked_one():
    known, unknown = Handover(scene(100), 20), Handover(scene(100), 1)
    assert [known.accepts(scene(at), 0.001 * at) for at in (80, 90, 100)] == [False, False, True]
    assert [unknown.accepts(scene(at), 0.001 * at) for at in (10, 20)] == [False, True]
    assert known.recognised
    assert not unknown.recognised
