"""One site for the tests of a file that only ask; a site of their own for those that change things."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rta_viewer.demo.rest.options import RestOptions
from rta_viewer.demo.site import DemoSite
from tests.helpers.packagers import FakePackager
from tests.helpers.rest_client import RestClient
from tests.helpers.site import UNLIMITED, running_site


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RestClient]:
    with (
        running_site(tmp_path_factory.mktemp("site")) as site,
        RestClient(site) as client,
    ):
        yield client


@pytest.fixture
def packager() -> FakePackager:
    return FakePackager()


@pytest.fixture
def make_client(
    tmp_path: Path, packager: FakePackager
) -> Iterator[Callable[[RestOptions], RestClient]]:
    """Starts a site with these options and a packager that is quick."""
    import contextlib

    with contextlib.ExitStack() as stack:

        def make(options: RestOptions = UNLIMITED, **more: object) -> RestClient:
            site: DemoSite = stack.enter_context(
                running_site(tmp_path, options=options, packager=packager, **more)
            )
            return stack.enter_context(RestClient(site))

        yield make


@pytest.fixture
def client(make_client: Callable[..., RestClient]) -> RestClient:
    return make_client()
