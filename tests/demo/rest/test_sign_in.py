from collections.abc import Callable
from dataclasses import replace

import pytest
import requests

from rta_viewer.core.secret import Secret
from tests.helpers.rest_client import RestClient
from tests.helpers.site import API, UNLIMITED

OPENID = {
    "grant_type": "password",
    "username": "demo",
    "password": "demo",
    "client_id": "GrantValidatorClient",
}


def _health(client: RestClient, **more: object) -> requests.Response:
    return requests.get(client.base + "/system/health", timeout=10, **more)  # type: ignore[arg-type]


def _bearer(client: RestClient, token: str) -> requests.Response:
    return _health(client, headers={"Authorization": f"Bearer {token}"})


def _login(client: RestClient, **body: object) -> requests.Response:
    return requests.post(client.site.rest_url + "/api/auth/login", json=body, timeout=10)


def _openid(client: RestClient, **changes: str) -> requests.Response:
    url = client.site.rest_url + "/API/IDP/connect/token"
    return requests.post(url, data=OPENID | changes, timeout=10)


def test_basic(client: RestClient) -> None:
    assert _health(client, auth=("demo", "demo")).status_code == 200
    for wrong in [("demo", "Demo"), ("Demo", "demo"), ("demo", ""), ("", "")]:
        refused = _health(client, auth=wrong)
        assert refused.status_code == 401
        assert refused.json()["error"]["code"] == "UNAUTHORIZED"


@pytest.mark.parametrize(
    "value", ["Basic", "Basic %%%", "Basic ZGVtbw==", "Basic gICA", "Bearer", "Digest x", ""]
)
def test_malformed_credentials_are_refused_not_crashed_on(client: RestClient, value: str) -> None:
    assert _health(client, headers={"Authorization": value}).status_code == 401


def test_the_challenges_name_the_ways_that_are_offered(
    make_client: Callable[..., RestClient],
) -> None:
    both = _health(make_client()).raw.headers.getlist("WWW-Authenticate")
    assert [value.split()[0] for value in both] == ["Bearer", "Basic"]
    only_tokens = make_client(replace(UNLIMITED, accept=frozenset({"token"})))
    refused = _health(only_tokens, auth=("demo", "demo"))
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="recordings"'
    only_basic = make_client(replace(UNLIMITED, accept=frozenset({"basic"})))
    assert _health(only_basic).headers["WWW-Authenticate"].startswith("Basic realm=")


def test_ways_that_are_not_offered_have_no_endpoint(make_client: Callable[..., RestClient]) -> None:
    client = make_client(replace(UNLIMITED, accept=frozenset({"basic"})))
    assert _login(client, username="demo", password="demo").status_code == 404
    assert _openid(client).status_code == 404


def test_token_until_it_expires_and_a_new_one(client: RestClient) -> None:
    answer = _login(client, username="demo", password="demo").json()
    assert answer["expires_in"] == 3600
    assert _bearer(client, answer["token"]).status_code == 200
    client.clock.advance(3599)
    renewed = _login(client, username="demo", password="demo").json()["token"]
    assert renewed != answer["token"]
    client.clock.advance(1)
    refused = _bearer(client, answer["token"])
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]
    assert _bearer(client, renewed).status_code == 200


def test_lifetime_is_a_choice_and_a_restart_forgets(make_client: Callable[..., RestClient]) -> None:
    client = make_client(replace(UNLIMITED, token_lifetime_s=5))
    answer = _login(client, username="demo", password="demo").json()
    assert answer["expires_in"] == 5
    client.site.sign_in.revoke_all()
    assert _bearer(client, answer["token"]).status_code == 401


def test_login_refuses_wrong_passwords_without_a_challenge(client: RestClient) -> None:
    refused = _login(client, username="demo", password="wrong")
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "UNAUTHORIZED"
    assert "WWW-Authenticate" not in refused.headers
    assert _login(client, username="demo", password="\ud800").status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"username":"demo"}',
        b'{"username":1,"password":2}',
        b"[" * 9000,
    ],
)
def test_login_refuses_what_is_no_login(client: RestClient, body: bytes) -> None:
    url = client.site.rest_url + "/api/auth/login"
    refused = requests.post(url, data=body, timeout=10)
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "INVALID_REQUEST"


def test_openid_password_grant(client: RestClient) -> None:
    answer = _openid(client).json()
    assert answer["token_type"] == "Bearer"
    assert answer["expires_in"] == 3600
    assert "refresh_token" not in answer
    assert _bearer(client, answer["access_token"]).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"password": "wrong"}, 401, "invalid_grant"),
        ({"username": ""}, 401, "invalid_grant"),
        ({"client_id": "other"}, 400, "invalid_client"),
        ({"grant_type": "refresh_token"}, 400, "unsupported_grant_type"),
    ],
)
def test_openid_refusals(
    client: RestClient, changes: dict[str, str], status: int, error: str
) -> None:
    refused = _openid(client, **changes)
    assert refused.status_code == status
    assert refused.json()["error"] == error


def test_openid_can_refuse_as_the_standard_says(make_client: Callable[..., RestClient]) -> None:
    client = make_client(replace(UNLIMITED, openid_refusal_status=400))
    assert _openid(client, password="wrong").status_code == 400


def test_a_changed_password_counts_at_once(client: RestClient) -> None:
    client.site.world.set_password(Secret("neu: ü"))
    assert _health(client, auth=("demo", "demo")).status_code == 401
    assert _health(client, auth=(b"demo", "neu: ü".encode())).status_code == 200


def test_no_password_and_no_token_gets_into_the_request_log(client: RestClient) -> None:
    token = _login(client, username="demo", password="demo").json()["token"]
    _bearer(client, token)
    client.get("/system/health", params={"token": token})
    entries = client.site.log.entries()
    assert [entry.auth_scheme for entry in entries] == ["", "bearer", "basic"]
    assert token not in repr([vars(entry) for entry in entries])
    assert entries[1].path == API + "/system/health"
