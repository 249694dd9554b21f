"""What every test gets: an empty home, and a failure when it leaves something behind or logs an error."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers import isolation, leaks, spread
from tests.helpers.log_watch import LogWatch

_home = pytest.StashKey[Path]()

# A busy machine is not a failure, and the same commit gives the same result. To look for more:
# pytest --hypothesis-profile=explore
settings.register_profile("explore", deadline=None, database=None, max_examples=1000)
settings.register_profile(
    "house",
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_home] = isolation.isolate()
    leaks.record_thread_starts()


def pytest_unconfigure(config: pytest.Config) -> None:
    isolation.remove(config.stash[_home])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    return spread.make_scheduler(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        spread.long_ones_first(items)


@pytest.fixture
def _allowed_threads() -> list[str]:
    return []


@pytest.fixture(autouse=True)
def _no_left_overs(_allowed_threads: list[str]) -> Iterator[None]:
    with leaks.no_left_overs(_allowed_threads):
        yield


@pytest.fixture(autouse=True)
def error_log(_no_left_overs: None) -> Iterator[LogWatch]:
    """Errors that the test expects to be logged: ``error_log.expect("pattern")``; others fail it."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    try:
        yield watch
    finally:
        logging.getLogger().removeHandler(watch)
    unexpected = watch.unexpected()
    assert not unexpected, "The test logged errors:\n" + "\n".join(unexpected)


@pytest.fixture
def allow_threads(_allowed_threads: list[str]) -> Callable[[str], None]:
    """Call it with a thread-name prefix that may outlive this test; say why where you do."""
    return _allowed_threads.append
