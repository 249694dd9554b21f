import random

import pytest

from rta_viewer.media import repeats
from rta_viewer.media.repeats import Repeats

SECOND = 1000


def found(pictures: list[bytes], every_s: int = 2) -> tuple[int, int] | None:
    """What is found among key pictures; in seconds."""
    search = Repeats(SECOND)
    for number, picture in enumerate(pictures):
        search.add(number * every_s * SECOND, memoryview(picture))
    pair = search.found()
    return pair and (pair[0] // SECOND, pair[1] // SECOND)


def taken(count: int, seed: int = 1) -> list[bytes]:
    """Key pictures as cameras take them: no two are alike."""
    noise = random.Random(seed)  # noqa: S311 - any bytes
    return [noise.randbytes(noise.randint(500, 700)) for _ in range(count)]


def test_pictures_of_a_camera_are_never_the_same() -> None:
    assert found([]) is None
    assert found(taken(5000)) is None


@pytest.mark.parametrize(
    ("half", "again_s"), [(taken(8), 16), (taken(900), 1800)], ids=["16 s", "half an hour"]
)
def test_a_file_with_its_first_half_twice(half: list[bytes], again_s: int) -> None:
    assert found(half * 2) == (0, again_s)


def test_a_repeated_stretch_in_the_middle() -> None:
    before, stretch, between, behind = taken(30, 1), taken(20, 2), taken(10, 3), taken(30, 4)
    assert found([*before, *stretch, *between, *stretch, *behind]) == (60, 120)


def test_of_very_many_pictures_some_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "_MOST_KEPT", 100)
    pair = found(taken(2000) * 2)
    assert pair is not None
    assert pair[1] - pair[0] == 4000
    assert pair[0] < 400
    assert found(taken(4000)) is None


def test_a_still_picture_is_no_repetition() -> None:
    ways = taken(4)
    assert found(ways[:1] * 900) is None
    assert found(ways * 225) is None
    choice = random.Random(7)  # noqa: S311 - any order
    assert found([choice.choice(ways) for _ in range(900)]) is None


def test_a_camera_that_shows_a_short_film_again_and_again_does_so() -> None:
    film = taken(30)
    assert found(film * 4 + film[:11]) is None


def test_what_joined_recordings_begin_with_may_be_there_twice() -> None:
    pictures = taken(400)
    joined = [pictures[max(0, at - 1) : at + 10] for at in range(0, 400, 10)]
    assert found([picture for group in joined for picture in group]) is None
