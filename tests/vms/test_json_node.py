import contextlib
import json
from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.timescale import wall_clock
from rta_viewer.errors import ServerError
from rta_viewer.vms.json_node import Node, parse_document


def node(value: object) -> Node:
    return parse_document(json.dumps(value).encode(), "GET /cameras")


def test_errors_name_endpoint_and_path() -> None:
    root = node({"cameras": [{"id": "a"}, {"id": 7}]})
    listed = list(root.field("cameras").items())
    assert listed[0].identifier("id") == "a"
    with pytest.raises(ServerError, match=r"GET /cameras .* \$\.cameras\[1\]\.id is not a string"):
        listed[1].identifier("id")
    with pytest.raises(ServerError, match=r"\$\.cameras\[0\]\.name is missing"):
        listed[0].field("name")


def test_null_counts_as_absent() -> None:
    root = node({"name": None})
    assert root.text("name", "default") == "default"
    with pytest.raises(ServerError, match="is missing"):
        root.field("name")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"x": "1"}, lambda root: root.number("x")),
        ({"x": True}, lambda root: root.number("x")),
        ({"x": 1e400}, lambda root: root.number("x")),
        ({"x": 10**400}, lambda root: root.number("x")),
        ({"x": 1.5}, lambda root: root.integer("x")),
        ({"x": 1}, lambda root: root.flag("x", default=True)),
        ({"x": {}}, lambda root: root.text("x")),
        ({"x": "yesterday"}, lambda root: root.instant_ms("x")),
        ({"x": "9999-99-99T00:00:00Z"}, lambda root: root.instant_ms("x")),
        ({"x": {}}, lambda root: list(root.children("x"))),
        ({"x": ""}, lambda root: root.identifier("x")),
        ({"x": "y" * 9000}, lambda root: root.identifier("x")),
        ({"x": "half a \ud83d"}, lambda root: root.identifier("x")),
        ([], lambda root: root.text("x")),
        ("text", lambda root: root.field("x")),
    ],
)
def test_wrong_types_are_refused(value: object, read: object) -> None:
    with pytest.raises(ServerError, match=r"\$"):
        read(parse_document(json.dumps(value).replace("Infinity", "1e999").encode(), "GET /x"))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("value", "size"),
    [(0, 0), (7.0, 7), (-1, None), (1 << 53, 1 << 53), (1e30, None), (1 << 63, None)],
)
def test_a_size_that_cannot_be_true_counts_as_not_said(value: float, size: int | None) -> None:
    assert node({"x": value}).size("x") == size


@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", b"{", b"[" * 200_000, b'{"a": NaN}', b"\xff\xfe{}", b'{"a":' * 50_000],
)
def test_what_is_no_json(body: bytes) -> None:
    with pytest.raises(ServerError, match="does not answer with JSON"):
        parse_document(body, "GET /x")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [(b"<!DOCTYPE html><html>", ""), (b"\n <HTML>", "application/json"), (b"Sign in", "text/html")],
)
def test_a_web_page_is_called_one(body: bytes, content_type: str) -> None:
    with pytest.raises(ServerError, match="web page"):
        parse_document(body, "GET /x", content_type)


def test_json_under_a_wrong_content_type_is_read() -> None:
    assert parse_document(b'\xef\xbb\xbf{"a": 1}', "GET /x", "text/html").integer("a") == 1


@pytest.mark.parametrize(
    ("text", "instant_ms"),
    [
        ("2025-10-24T10:00:00Z", 1_761_300_000_000),
        ("2025-10-24T12:00:00+02:00", 1_761_300_000_000),
        ("2025-10-24T10:00:00.1234567Z", 1_761_300_000_123),
        ("2025-10-24T10:00:00", 1_761_300_000_000),
    ],
)
def test_instants(text: str, instant_ms: int) -> None:
    assert node({"at": text}).instant_ms("at") == instant_ms


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z"]
)
def test_the_ends_of_the_calendar_mean_no_time_and_have_a_date_everywhere(text: str) -> None:
    """Many servers write them where there is nothing to say (.NET's DateTime.MinValue and MaxValue)."""
    assert node({"at": text}).instant_ms("at") is None
    needed_ms = node({"at": text}).field("at").as_instant_ms()
    for hours in (-14, 14):
        assert wall_clock(needed_ms, timezone(timedelta(hours=hours))).year in {1, 9999}


def test_texts_are_cleaned_and_identifiers_are_not() -> None:
    root = node({"name": "Gate\u202e\x07 \n 1" + "x" * 900, "id": " \u202e"})
    assert root.text("name").startswith("Gate 1xx")
    assert len(root.text("name")) == 500
    assert root.identifier("id") == " \u202e"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_nothing_but_server_errors_comes_out(value: object) -> None:
    root = Node(value, "$", "GET /x")
    for read in (
        lambda: root.field("a").as_instant_ms(),
        lambda: root.field("a").as_int(),
        lambda: [one.text("b") for one in root.children("a")],
        lambda: root.flag("b", default=False),
        lambda: root.size("a"),
    ):
        with contextlib.suppress(ServerError):
            read()
