from rta_viewer.cli.working import progress_of
from rta_viewer.core.jobs import JobState
from rta_viewer.core.model import TransferProgress
from tests.helpers.job_recorder import job


def test_several_files_are_told_as_one_transfer() -> None:
    done = job("a", state=JobState.DONE, received_bytes=10, total_bytes=10)
    other = job("b", state=JobState.FETCHING, received_bytes=5, total_bytes=30)
    assert progress_of([done, other], other) == TransferProgress(15, 40, "1 of 2 done")
    preparing = job("b", state=JobState.PREPARING, server_progress=33.4)
    told = progress_of([done, preparing], preparing)
    assert told == TransferProgress(10, None, "1 of 2 done, server 33 %")


def test_how_far_the_server_is_with_the_jobs_of_others_is_not_told() -> None:
    other = job("b", state=JobState.PREPARING, server_progress=33.4)
    assert progress_of([job("a")], other).note == "0 of 1 done"


def test_a_server_that_is_waited_for_is_said() -> None:
    waiting = job("b", state=JobState.PREPARING, reason="Nothing answers.", next_try_s=9.0)
    assert progress_of([job("a"), waiting], waiting).note == "0 of 2 done  Nothing answers."
