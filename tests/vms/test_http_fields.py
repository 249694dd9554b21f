import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.filenames import clean_name
from rta_viewer.vms.http_fields import (
    ContentRange,
    content_length,
    content_range,
    entity_tag,
    is_no_video,
    is_strong,
    last_modified,
    looks_like_container,
    suggested_name,
    unsatisfied_total,
)

MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(60)
MKV = b"\x1a\x45\xdf\xa3" + bytes(60)
AVI = b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(60)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bytes 0-9/10", ContentRange(0, 9, 10)),
        ("BYTES 5-9/*", ContentRange(5, 9, None)),
        ("bytes 5-4/10", None),
        ("bytes 5-10/10", None),
        ("bytes */10", None),
        ("bytes=0-9/10", None),
        ("bytes -1-9/10", None),
        ("", None),
        ("bytes 0-9/" + "9" * 50, None),
    ],
)
def test_content_range(text: str, found: ContentRange | None) -> None:
    assert content_range({"Content-Range": text}) == found


def test_other_fields() -> None:
    assert unsatisfied_total({"Content-Range": "bytes */42"}) == 42
    assert unsatisfied_total({"Content-Range": "bytes 0-1/42"}) is None
    assert content_length({"Content-Length": " 42 "}) == 42
    assert content_length({"Content-Length": "42, 42,42"}) == 42
    for odd in ("-1", "4,5", "4,", "٤", "0x10", "", "9" * 30):
        assert content_length({"Content-Length": odd}) is None
    assert content_length({"Content-Length": "42", "Transfer-Encoding": "chunked"}) is None


def test_what_a_file_is_called() -> None:
    for tag in ('"abc"', 'W/"abc"', '""'):
        assert entity_tag({"ETag": f" {tag} "}) == tag
        assert is_strong(tag) is not tag.startswith("W")
    for odd in ('"a b"', '"a\r\nX: y"', "abc", 'w/"a"', '"' + "a" * 300 + '"'):
        assert entity_tag({"ETag": odd}) == ""
    assert entity_tag({}) == ""
    assert not is_strong("")
    date = "Mon, 01 Jan 2024 00:00:00 GMT"
    assert last_modified({"Last-Modified": f" {date} "}) == date
    for odd in ("", "é", "a\tb", "x" * 65):
        assert last_modified({"Last-Modified": odd}) == ""


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="recording_2025-10-24.mp4"', "recording_2025-10-24.mp4"),
        ("attachment; filename=plain.mp4", "plain.mp4"),
        ("attachment; filename=\"a.mp4\"; filename*=UTF-8''K%C3%BCche.mp4", "Küche.mp4"),
        ('attachment; filename="../../x"', "x"),
        ('attachment; filename="CON.mp4"', "_CON.mp4"),
        ('attachment; filename="10:00.mp4"', "10-00.mp4"),
        ("attachment; filename*=no-such-charset''%ff.mp4", None),
        ("attachment; filename*=UTF-8''..%2F..%2Fevil.mp4", "evil.mp4"),
        ('attachment; filename="KÃ¼che.mp4"', "Küche.mp4"),
        ('attachment; filename="' + "x" * 300 + '.mp4"', None),
        ("attachment", ""),
        ("", ""),
        ('attachment; filename=""', ""),
        ("attachment; filename*0=a; filename*1=.mp4", "a.mp4"),
    ],
)
def test_suggested_names(disposition: str, name: str | None) -> None:
    found = suggested_name({"Content-Disposition": disposition})
    assert name is None or found == name
    assert not found or clean_name(found) == found


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60))
def test_any_disposition_is_survived(text: str) -> None:
    for value in (text, f"attachment; filename={text}", f"attachment; filename*={text}"):
        found = suggested_name({"Content-Disposition": value})
        assert not found or clean_name(found) == found


@pytest.mark.parametrize("head", [MP4, MKV, AVI])
def test_a_container_is_a_video_whatever_the_header_says(head: bytes) -> None:
    assert looks_like_container(head)
    for content_type in ("video/mp4", "text/html", "application/json", ""):
        assert not is_no_video(head, content_type)


@pytest.mark.parametrize(
    ("head", "content_type", "no_video"),
    [
        (b"<!DOCTYPE html>", "video/mp4", True),
        (b'{"error": 1}', "video/mp4", True),
        (b"[1]", "application/octet-stream", True),
        (b"Sorry", "text/plain", True),
        (b"Sorry", "application/json", True),
        (b"\x01\x02\x03\x04\x05\x06", "video/mp4", False),
        (b"\x01\x02\x03\x04\x05\x06", "", False),
    ],
)
def test_what_is_no_video(head: bytes, content_type: str, no_video: bool) -> None:
    assert is_no_video(head, content_type) is no_video
