from collections.abc import Callable
from email.utils import parsedate_to_datetime

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.demo.rest.messages import ApiError
from rta_viewer.demo.rest.options import RateLimits, RestOptions
from rta_viewer.demo.rest.rate_limit import RateLimiter
from tests.helpers.rest_client import RestClient
from tests.helpers.site import window
from tests.helpers.worlds import NOW_MS


def test_the_window_slides_and_refused_requests_do_not_count() -> None:
    clock = ManualClock(NOW_MS)
    limiter = RateLimiter(clock, "seconds")
    limiter.admit("a", 2)
    clock.advance(20)
    limiter.admit("a", 2)
    for _ in range(3):
        with pytest.raises(ApiError) as refused:
            limiter.admit("a", 2)
        assert refused.value.headers == (("Retry-After", "40"),)
    limiter.admit("b", 2)
    clock.advance(40)
    limiter.admit("a", 2)
    with pytest.raises(ApiError):
        limiter.admit("a", 2)


def test_no_limit_admits_all() -> None:
    limiter = RateLimiter(ManualClock(NOW_MS), "seconds")
    for _ in range(1000):
        limiter.admit("a", 0)


def test_retry_after_as_a_date_is_the_same_instant() -> None:
    limiter = RateLimiter(ManualClock(NOW_MS), "date")
    limiter.admit("a", 1)
    with pytest.raises(ApiError) as refused:
        limiter.admit("a", 1)
    date = parsedate_to_datetime(dict(refused.value.headers)["Retry-After"])
    assert date.timestamp() * 1000 == NOW_MS + 60_000


def test_the_contracts_limits_are_the_default() -> None:
    assert RateLimits() == RateLimits(camera_list=60, camera=300, timeline=100, events=120)


@pytest.mark.parametrize(
    ("path", "limit"), [("/cameras", 60), ("timeline", 100), ("events", 120), ("camera", 300)]
)
def test_limits_over_http(make_client: Callable[..., RestClient], path: str, limit: int) -> None:
    client = make_client(RestOptions())
    span = window(client.span())
    target = {
        "/cameras": "/cameras?limit=1",
        "timeline": f"/recordings/{client.camera_id()}/timeline",
        "events": f"/events/{client.camera_id()}",
        "camera": f"/cameras/{client.camera_id('Goods lift')}",
    }[path]
    statuses = [client.get(target, params=span).status_code for _ in range(limit)]
    assert set(statuses) == {200}
    refused = client.get(target, params=span)
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert refused.headers["Retry-After"] == "60"
    assert client.get("/system/health").status_code == 200
    client.clock.advance(60)
    assert client.get(target, params=span).status_code == 200
