from rta_viewer.cli import job_list
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.core.jobs import JobState
from rta_viewer.errors import NetworkError, NoFootageError, SignInError, UsageError
from tests.helpers.job_recorder import job

CODES = [
    ({"state": JobState.DONE}, ExitCode.DONE),
    ({"state": JobState.CANCELLED}, ExitCode.CANCELLED),
    ({"state": JobState.DIFFERS}, ExitCode.DELIVERY),
    ({"state": JobState.FAILED, "failure": NoFootageError.kind}, ExitCode.NOT_FOUND),
    ({"state": JobState.FAILED, "failure": SignInError.kind}, ExitCode.SIGN_IN),
    ({"state": JobState.FAILED, "failure": UsageError.kind}, ExitCode.USAGE),
    ({"state": JobState.FAILED, "failure": NetworkError.kind}, ExitCode.FAILED),
]


def test_the_code_is_that_of_the_worst_job() -> None:
    jobs = [job(str(number), **more) for number, (more, _) in enumerate(CODES)]
    for number, (_, code) in enumerate(CODES):
        assert job_list.worst(jobs[: number + 1]) == code
        assert job_list.worst(reversed(jobs[: number + 1])) == code
    assert job_list.worst([]) == ExitCode.DONE
    assert job_list.worst([job(state=JobState.QUEUED)]) == ExitCode.DONE
