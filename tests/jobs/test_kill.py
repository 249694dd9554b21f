"""kill -9 at random moments of the whole program at work: nothing lost, nothing twice, nothing left."""

import os
from pathlib import Path

import pytest

from tests.helpers.killing import KillRun, kill_server


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is what is tested")
def test_twenty_kills(tmp_path: Path) -> None:
    with kill_server() as server:
        outcome = KillRun(tmp_path, server).run(20)
    assert outcome.problems == []
    assert outcome.kills == 20
    assert outcome.files_identical == outcome.jobs
    assert (outcome.jobs_lost, outcome.files_twice) == (0, 0)
    assert (outcome.duplicate_exports, outcome.parts_left) == (0, 0)
    assert min(outcome.kills_in_orders[when] for when in ("before", "begun")) >= 2
    assert outcome.explained_exports >= outcome.kills_in_orders.total()
