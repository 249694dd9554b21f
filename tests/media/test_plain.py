import pytest

from rta_viewer.media.plain import Plain


def _found(*sizes: int) -> list[tuple[int, int]]:
    plain = Plain()
    for number, size in enumerate(sizes):
        plain.add(10 * number, size)
    return plain.found(10 * len(sizes))


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ((), []),
        ((100,), []),
        ((100, 90, 120, 80), []),
        ((100, 100, 5, 5, 5, 100), [(20, 50)]),
        ((5, 5, 100, 100), [(0, 20)]),
        ((100, 5, 5, 5), [(10, 40)]),
        ((100, 5, 100, 6, 6, 90), [(10, 20), (30, 50)]),
        ((100, 30, 100), []),  # by night
    ],
)
def test_what_takes_much_less_than_the_rest_is_plain(
    sizes: tuple[int, ...], found: list[tuple[int, int]]
) -> None:
    assert _found(*sizes) == found


def test_of_files_made_to_fill_the_memory_some_is_told() -> None:
    assert len(_found(*[1, 100] * 5_000)) == 1_000
