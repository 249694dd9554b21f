import errno
import json
import ssl
from http.client import BadStatusLine, LineTooLong, RemoteDisconnected
from typing import Any

import pytest
import requests
import urllib3.exceptions as http_errors
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.redaction import forms_of
from rta_viewer.core.secret import Secret
from rta_viewer.errors import (
    BusyError,
    NetworkError,
    NoFootageError,
    NotFoundError,
    NotOfferedError,
    RefusedError,
    RtaError,
    ServerError,
)
from rta_viewer.vms.errors_map import (
    BrokenConnectionError,
    CameraGoneError,
    ForbiddenError,
    GatewayError,
    NetworkSignInError,
    NoTlsError,
    TemporaryServerError,
    error_for,
    is_hang_up,
    looks_like_html,
    network_error,
    parse_retry_after,
    read_problem,
    readable,
)
from rta_viewer.vms.sign_in import BasicSignIn

NOW_MS = 1_761_300_000_000  # Fri, 24 Oct 2025 10:00:00 GMT
HTML = b"<html><body>Bad gateway</body></html>"


def contract_error(code: str, message: str = "words") -> bytes:
    return json.dumps({"error": {"code": code, "message": message, "statusCode": 0}}).encode()


def mapped(status: int, body: bytes = b"", **headers: str) -> RtaError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return error_for(read_problem(status, named, body, NOW_MS), "GET /recordings/{id}/timeline")


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, b"", RefusedError, "did not accept"),
        (403, contract_error("FORBIDDEN"), ForbiddenError, "not allowed"),
        (403, HTML, ServerError, "web page"),
        (404, contract_error("CAMERA_NOT_FOUND"), CameraGoneError, "camera does not exist"),
        (404, contract_error("RECORDING_NOT_FOUND"), NoFootageError, "Nothing was recorded"),
        (404, contract_error("OTHER"), NotFoundError, "words"),
        (404, HTML, NotOfferedError, "does not offer"),
        (404, b"", NotOfferedError, "does not offer"),
        (405, b"", NotOfferedError, "does not offer"),
        (501, HTML, NotOfferedError, "does not offer"),
        (409, contract_error("CAMERA_OFFLINE"), ServerError, "offline"),
        (410, b"", NotFoundError, "deleted"),
        (
            400,
            contract_error("INVALID_REQUEST", "end before start"),
            ServerError,
            "end before start",
        ),
        (429, contract_error("RATE_LIMIT_EXCEEDED"), BusyError, "pause"),
        (503, HTML, BusyError, "not available"),
        (
            500,
            contract_error("INTERNAL_ERROR", "disk on fire"),
            TemporaryServerError,
            "disk on fire",
        ),
        (502, HTML, GatewayError, "502"),
        (504, b"", GatewayError, "no answer"),
        (407, HTML, NetworkSignInError, "proxy of this network wants"),
        (511, HTML, NetworkSignInError, "network wants"),
        (408, HTML, GatewayError, "408"),
        (425, HTML, BusyError, "once more"),
        *[(status, HTML, GatewayError, "no answer from it") for status in range(520, 525)],
        (525, HTML, ServerError, "525"),
        (418, HTML, ServerError, "web page"),
        (302, b"", ServerError, "elsewhere"),
    ],
)
def test_statuses(status: int, body: bytes, kind: type[RtaError], words: str) -> None:
    error = mapped(status, body)
    assert type(error) is kind
    assert words in error.summary


def test_the_native_gateway_is_named() -> None:
    body = json.dumps(
        {"error": {"httpCode": 404, "details": [{"errorText": "Unknown resource: recordings"}]}}
    ).encode()
    error = mapped(404, body)
    assert isinstance(error, NotOfferedError)
    assert error.summary == "This server does not offer the recordings API."
    assert "XProtect" in error.hint
    other = error_for(read_problem(404, {}, body, NOW_MS), "GET /cameras")
    assert "GET /cameras" in other.summary


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("Fri, 24 Oct 2025 10:00:30 GMT", 30.0),
        ("Fri, 24 Oct 2025 09:00:00 GMT", 0.0),
        ("Fri, 24 Oct 2025 10:00:30 -0000", 30.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("9" * 40, None),
        ("Fri, 99 Oct 99999 10:00:30 GMT", None),
    ],
)
def test_both_forms_of_retry_after(text: str, seconds: float | None) -> None:
    assert parse_retry_after(text, NOW_MS) == seconds
    busy = mapped(429, Retry_After=text)
    assert isinstance(busy, BusyError)
    assert busy.retry_after_s == seconds


@pytest.mark.parametrize("status", [408, 425, 429, 502, 503, 504, 520, 524])
def test_what_passes_says_how_long_to_wait(status: int) -> None:
    error = mapped(status, HTML, Retry_After="17")
    assert isinstance(error, BusyError | GatewayError)
    assert error.retry_after_s == 17.0


@pytest.mark.parametrize("day", ["Thu, 23", "Fri, 24", "Sat, 25"])
def test_an_instant_to_come_back_at_is_by_the_servers_clock(day: str) -> None:
    said = {"Date": f"{day} Oct 2025 10:00:00 GMT", "Retry-After": f"{day} Oct 2025 10:00:30 GMT"}
    assert read_problem(429, said, b"", NOW_MS).retry_after_s == 30


@settings(max_examples=200, deadline=None)
@given(st.integers(300, 599), st.binary(max_size=80), st.text(max_size=30), st.text(max_size=20))
def test_any_answer_has_a_sentence_and_what_to_do(
    status: int, body: bytes, retry: str, kind: str
) -> None:
    error = error_for(
        read_problem(status, {"Retry-After": retry, "Content-Type": kind}, body, NOW_MS), "GET /x"
    )
    assert error.summary.strip()
    assert error.summary.isprintable()
    assert len(error.summary) < 500
    assert error.hint


@pytest.mark.parametrize(
    "document",
    [
        [],
        "x",
        5,
        {"error": 5},
        {"error": {"code": 5, "message": ["x"], "details": [3, {}]}},
        {"error": []},
    ],
)
def test_odd_error_forms_are_survived(document: Any) -> None:
    assert mapped(500, json.dumps(document).encode()).summary.startswith("The server failed")


def test_deeply_nested_errors_are_survived() -> None:
    assert isinstance(mapped(500, b"[" * 60_000), TemporaryServerError)


@pytest.mark.parametrize(
    "form", ["{}", '{{"error": {{"message": "{}"}}}}', '{{"error": "x", "message": "{}"}}']
)
def test_a_server_that_repeats_the_request_gives_no_secret_away(form: str) -> None:
    password = Secret("pa55-wo:rd")
    header = BasicSignIn("anna", password).authorization(CancelToken())
    body = form.format(f"Not understood: Authorization: {header}; {password.reveal()}")
    said = mapped(400, body.encode()).summary
    assert "Not understood" in said
    assert [form for form in forms_of(password.reveal()) if form in said] == []


def test_words_of_a_server_are_made_harmless() -> None:
    error = mapped(400, contract_error("X", "a\x1b[31m\r\nb\u202e" + "z" * 9999))
    assert "\x1b" not in error.summary
    assert "\u202e" not in error.summary
    assert "a[31m b" in error.summary
    assert len(error.summary) < 500
    assert readable("é" * 500, 10) == "é" * 9 + "…"


@pytest.mark.parametrize(
    ("body", "content_type", "is_page"),
    [
        (b"<!doctype html>", "", True),
        (b"\xef\xbb\xbf <HTML>", "", True),
        (b"welcome", "text/html; charset=utf-8", True),
        (b'{"a":1}', "text/html", False),
        (b'{"a":"<html>"}', "application/json", False),
        (b"", "application/json", False),
    ],
)
def test_web_pages(body: bytes, content_type: str, is_page: bool) -> None:
    assert looks_like_html(body, content_type) is is_page


def untrusted() -> ssl.SSLCertVerificationError:
    err = ssl.SSLCertVerificationError(1, "certificate verify failed")
    err.verify_message = "self-signed certificate"
    return err


@pytest.mark.parametrize(
    ("err", "kind", "words"),
    [
        (requests.ConnectionError(ConnectionRefusedError(111, "x")), NetworkError, "refused"),
        (requests.ConnectTimeout("x"), NetworkError, "in time"),
        (requests.ReadTimeout("x"), NetworkError, "in time"),
        (TimeoutError(), NetworkError, "in time"),
        (
            requests.ConnectionError(http_errors.ProtocolError("x", ConnectionResetError())),
            BrokenConnectionError,
            "broke off",
        ),
        (http_errors.IncompleteRead(5, 10), BrokenConnectionError, "broke off"),
        (requests.exceptions.SSLError(untrusted()), UntrustedCertificateError, "self-signed"),
        (requests.exceptions.SSLError(ssl.SSLError(1, "WRONG_VERSION_NUMBER")), NoTlsError, "TLS"),
        (
            requests.exceptions.SSLError(ssl.SSLEOFError(8, "UNEXPECTED_EOF_WHILE_READING")),
            BrokenConnectionError,
            "TLS",
        ),
        (requests.exceptions.ProxyError("x"), NetworkError, "proxy"),
        (
            requests.exceptions.ProxyError(
                http_errors.ProxyError("x", OSError("Tunnel connection failed: 407 Proxy"))
            ),
            NetworkSignInError,
            "wants a sign-in",
        ),
        (OSError(errno.EHOSTUNREACH, "x"), NetworkError, "no way"),
        (OSError("odd"), BrokenConnectionError, "broke off"),
        (RemoteDisconnected("x"), BrokenConnectionError, "broke off"),
        (BadStatusLine("SSH-2.0"), BrokenConnectionError, "not HTTP"),
        (LineTooLong("header line"), BrokenConnectionError, "not HTTP"),
    ],
)
def test_network_failures(err: Exception, kind: type[NetworkError], words: str) -> None:
    error = network_error(err, "https://server")
    assert type(error) is kind
    assert words in error.summary
    assert "https://server" in error.summary or kind is NetworkSignInError
    assert error.hint


def test_a_fault_of_tls_on_a_standing_connection_is_a_broken_connection() -> None:
    err = http_errors.SSLError(ssl.SSLError(1, "BAD_RECORD_MAC"))
    error = network_error(err, "https://server", is_connected=True)
    assert type(error) is BrokenConnectionError
    assert "broke off" in error.summary


@pytest.mark.parametrize(
    ("err", "is_one"),
    [
        (requests.ConnectionError(http_errors.ProtocolError("x", RemoteDisconnected("x"))), True),
        (requests.ConnectionError(http_errors.ProtocolError("x", ConnectionResetError())), True),
        (ConnectionAbortedError(10053, "x"), True),
        (BrokenPipeError(), True),
        (requests.exceptions.SSLError(ssl.SSLEOFError(8, "UNEXPECTED_EOF_WHILE_READING")), True),
        (requests.exceptions.SSLError(ssl.SSLError(1, "BAD_RECORD_MAC")), False),
        (requests.ReadTimeout("x"), False),
        (TimeoutError(), False),
        (requests.ConnectionError(ConnectionRefusedError(111, "x")), False),
        (BadStatusLine("SSH-2.0"), False),
    ],
)
def test_a_connection_that_was_closed_is_told_from_all_else(err: Exception, is_one: bool) -> None:
    assert is_hang_up(err) == is_one


def test_causes_are_looked_at() -> None:
    outer = requests.ConnectionError("outer")
    outer.__cause__ = ConnectionRefusedError()
    assert "refused" in network_error(outer, "http://a").summary
    loop = ValueError("loop")
    loop.__cause__ = outer
    outer.__context__ = loop
    assert "refused" in network_error(loop, "http://a").summary
