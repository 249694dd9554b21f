from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.time_grid import cell_at

NOON_MS = 1_761_307_200_000


def test_cells_are_round_and_get_finer_with_the_zoom() -> None:
    lengths = [cell_at("a", NOON_MS, ms_per_px).length_ms for ms_per_px in (1, 500, 3_000, 70_000)]
    assert lengths == [1_000, 5_000, 30_000, 600_000]


@given(st.integers(0, 4 * 10**12), st.floats(0.5, 4e7))
def test_an_instant_lies_in_its_cell(instant_ms: int, ms_per_px: float) -> None:
    cell = cell_at("a", instant_ms, ms_per_px)
    assert cell.start_ms <= instant_ms < cell.start_ms + cell.length_ms
    assert cell_at("a", cell.start_ms + cell.length_ms - 1, ms_per_px) == cell
