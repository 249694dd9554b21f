"""One window a profile: the second start shows the first window instead of fighting over the list of jobs."""

import pytest

from tests.e2e.conftest import Play

pytestmark = pytest.mark.e2e


def test_the_second_start_shows_the_first_window(play: Play) -> None:
    saw = play("second_program")
    assert saw["said"] == "The program is open already: this is its window."
    assert saw["code"] == 0
    assert "open already" in saw["told"]
    assert not saw["minimised"]
