import contextlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.spans import Span
from rta_viewer.errors import StorageError
from rta_viewer.evidence.receipt import (
    START_BY_FILE,
    START_BY_REQUEST,
    Receipt,
    Whole,
    from_json,
    read_receipt,
    receipt_path,
    to_json,
    write_receipt,
)
from tests.helpers.receipts import RECEIPT

LINK = pytest.param("link", marks=pytest.mark.skipif(os.name == "nt", reason="needs a privilege"))


def test_a_receipt_lies_beside_its_file_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "Entrée 東.mp4"
    receipt = replace(RECEIPT, file_name=file.name, camera_name="Entrée 東")
    written = write_receipt(receipt, file)
    assert written == tmp_path / "Entrée 東.mp4.receipt.json"
    assert read_receipt(written) == receipt
    assert [path.name for path in tmp_path.iterdir()] == [written.name]


def test_the_file_can_be_read_by_people_and_programs(tmp_path: Path) -> None:
    tree = json.loads(write_receipt(RECEIPT, tmp_path / "a.mp4").read_text("utf-8"))
    assert tree["schema"] == "rta-viewer/receipt"
    assert tree["version"] == 1
    assert tree["asked"] == {
        "start": "2025-10-24T10:00:00.250Z",
        "end": "2025-10-24T10:30:00.000Z",
    }
    assert tree["file"] == {"name": "a.mp4", "sizeBytes": 5, "sha256": RECEIPT.sha256}
    assert tree["check"] == {"ok": False, "differences": ["The rest is missing."]}
    assert tree["savedAt"] == "2025-10-24T11:00:00.000Z"


def test_user_names_in_addresses_are_dropped(tmp_path: Path) -> None:
    receipt = replace(RECEIPT, server="https://operator:secret@nvr.example:8443/x")
    path = write_receipt(receipt, tmp_path / "a.mp4")
    assert read_receipt(path).server == "https://nvr.example:8443/x"
    assert "secret" not in path.read_text("utf-8")


def test_a_volume_says_what_it_was_cut_from(tmp_path: Path) -> None:
    whole = Whole("a.mp4", "ab" * 32, 2, 3)
    path = write_receipt(replace(RECEIPT, volume_of=whole), tmp_path / "a (volume 2).mp4")
    assert read_receipt(path).volume_of == whole
    assert "volumeOf" not in to_json(RECEIPT)


def test_the_stretches_of_a_file_with_gaps(tmp_path: Path) -> None:
    start_ms = RECEIPT.asked.start_ms
    spans = (Span(start_ms, start_ms + 1_000), Span(start_ms + 60_000, start_ms + 62_000))
    path = write_receipt(replace(RECEIPT, stretches=spans), tmp_path / "a.mp4")
    assert read_receipt(path).stretches == spans
    older = to_json(RECEIPT)
    del older["stretches"]
    assert from_json(older) == RECEIPT
    wrong = {
        **to_json(RECEIPT),
        "stretches": to_json(replace(RECEIPT, stretches=spans[::-1]))["stretches"],
    }
    with pytest.raises(ValueError, match="stretches is not in order"):
        from_json(wrong)


@pytest.mark.parametrize("origin", [START_BY_FILE, START_BY_REQUEST])
def test_how_the_start_is_known(tmp_path: Path, origin: str) -> None:
    receipt = replace(RECEIPT, start_from=origin, stamp_ms=RECEIPT.asked.start_ms)
    path = write_receipt(receipt, tmp_path / "a.mp4")
    assert read_receipt(path) == receipt
    older = to_json(RECEIPT)
    del older["startFrom"], older["media"]["timeStamp"]
    assert from_json(older) == RECEIPT


def test_names_that_are_not_unicode(tmp_path: Path) -> None:
    receipt = replace(RECEIPT, file_name=b"caf\xe9.mp4".decode("utf-8", "surrogateescape"))
    assert read_receipt(write_receipt(receipt, tmp_path / "a.mp4")) == receipt


def test_writing_again_replaces(tmp_path: Path) -> None:
    write_receipt(RECEIPT, tmp_path / "a.mp4")
    path = write_receipt(replace(RECEIPT, camera_name="Other"), tmp_path / "a.mp4")
    assert read_receipt(path).camera_name == "Other"


@pytest.mark.parametrize("there", ["note", "of other bytes", "of another file", "folder", LINK])
def test_what_belongs_to_another_file_is_never_replaced(tmp_path: Path, there: str) -> None:
    path = tmp_path / "a.mp4.receipt.json"
    if there == "note":
        path.write_text("somebody's", encoding="utf-8")
    elif there == "folder":
        path.mkdir()
    elif there == "link":
        path.symlink_to(tmp_path / "nothing")
    else:
        other = {"sha256": "0" * 64} if there == "of other bytes" else {"file_name": "b.mp4"}
        write_receipt(replace(RECEIPT, **other), tmp_path / "a.mp4")
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StorageError, match="belongs to another file"):
        write_receipt(RECEIPT, tmp_path / "a.mp4")
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_missing_folder_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        write_receipt(RECEIPT, tmp_path / "gone" / "a.mp4")
    with pytest.raises(StorageError, match="cannot be read"):
        read_receipt(tmp_path / "gone.receipt.json")


@pytest.mark.parametrize("name", ["x" * 251 + ".mp4", "東" * 83 + ".mp4"], ids=["ascii", "utf-8"])
def test_names_at_the_limit_of_the_file_system(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    path = write_receipt(replace(RECEIPT, file_name=name), file)
    assert path == receipt_path(file)
    assert read_receipt(path).file_name == name
    assert receipt_path(file.with_name(name.replace(".mp4", ".mkv"))) != path


def _set(tree: dict[str, Any], path: str, value: object) -> None:
    *inner, last = path.split(".")
    for key in inner:
        tree = tree[key]
    if value is ...:
        del tree[last]
    else:
        tree[last] = value


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("schema", "other", "not a receipt"),
        ("version", 2, "version 2"),
        ("version", "1", "version is not int"),
        ("file.sha256", "ABC", "not a SHA-256"),
        ("file.sha256", "ab" * 31, "not a SHA-256"),
        ("file.sha256", "g" * 64, "not a SHA-256"),
        ("file.sizeBytes", True, "file.sizeBytes is not int"),
        ("file.sizeBytes", -1, "negative"),
        ("file.name", "../a.mp4", "plain file name"),
        ("file.name", "C:a.mp4", "plain file name"),
        ("file.name", "..", "plain file name"),
        ("asked.start", "yesterday", "asked.start is not a time"),
        ("asked.start", "2026-01-01T00:00:00Z", "ends before it starts"),
        ("delivered", 7, "delivered.start is missing"),
        ("media", ..., "media.container is missing"),
        ("check.differences", ["a", 1], "only text"),
        ("kind", "copy", "neither download nor export"),
        ("camera.id", ["x"] * 9, "camera.id is not str"),
    ],
)
def test_damage_is_named(tmp_path: Path, path: str, value: object, said: str) -> None:
    tree = to_json(RECEIPT)
    _set(tree, path, value)
    file = tmp_path / "a.mp4.receipt.json"
    file.write_text(json.dumps(tree), "utf-8")
    with pytest.raises(StorageError, match=said):
        read_receipt(file)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"{", b"[1]", b"null", b"[" * 100_000, b'"' + b"x" * (1 << 20) + b'"'],
)
def test_other_files_are_damaged_receipts(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.mp4.receipt.json"
    file.write_bytes(data)
    with pytest.raises(StorageError, match="damaged"):
        read_receipt(file)


def test_unknown_fields_are_ignored() -> None:
    tree = to_json(RECEIPT) | {"signature": {"later": True}}
    assert from_json(tree) == RECEIPT


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
spans = st.tuples(st.integers(0, 2**41), st.integers(0, 2**32)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)


@given(
    st.builds(
        Receipt,
        file_name=texts.map(lambda text: "f" + "".join(c for c in text if c not in "/\\:\0")),
        size_bytes=st.integers(0, 2**50),
        sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
        server=st.just("https://nvr.example"),
        camera_id=texts,
        camera_name=texts,
        asked=spans,
        delivered=st.one_of(st.none(), spans),
        container=texts,
        codec=texts,
        width=st.integers(0, 10_000),
        height=st.integers(0, 10_000),
        duration_ms=st.integers(0, 2**40),
        check_ok=st.booleans(),
        differences=st.lists(texts, max_size=3).map(tuple),
        kind=st.sampled_from(["download", "export"]),
        saved_at_ms=st.integers(0, 2**42),
        program_version=texts,
    )
)
def test_every_receipt_survives_the_way_through_json(receipt: Receipt) -> None:
    assert from_json(json.loads(json.dumps(to_json(receipt)))) == receipt


json_trees = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(to_json(RECEIPT))), json_trees)
def test_hostile_values_are_refused_or_read_never_crash(key: str, value: object) -> None:
    with contextlib.suppress(ValueError):
        assert from_json(to_json(RECEIPT) | {key: value}).sha256 == RECEIPT.sha256
