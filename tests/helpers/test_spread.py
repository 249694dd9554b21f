from types import SimpleNamespace
from typing import Any

from tests.helpers import spread


def test_a_file_stays_together_and_so_does_what_plays() -> None:
    together = spread.unit_of
    assert together("tests/core/test_spans.py::A::test_b[x::y]") == "tests/core/test_spans.py"
    assert together("tests/e2e/test_a.py::test_b") == together("tests/player/test_c.py::test_d")
    assert together("tests/ui/test_a.py::test_b") != together("tests/ui/test_c.py::test_b")


def test_what_takes_long_begins_and_the_order_stays() -> None:
    paths = ["tests/core/test_b.py", "tests/player/test_a.py", "tests/app/test_c.py", "tests/e2e/x"]
    items: list[Any] = [SimpleNamespace(nodeid=f"{path}::test") for path in paths]
    spread.long_ones_first(items)
    assert [paths.index(item.nodeid.removesuffix("::test")) for item in items] == [1, 3, 0, 2]
