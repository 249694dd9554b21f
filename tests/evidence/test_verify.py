import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled
from rta_viewer.evidence.receipt import SUFFIX, to_json, write_receipt
from rta_viewer.evidence.verify import verify
from tests.helpers.receipts import CONTENT, RECEIPT
from tests.helpers.shares import share_is_away


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.mp4"
    path.write_bytes(CONTENT)
    write_receipt(RECEIPT, path)
    return path


def _receipt(file: Path) -> Path:
    return file.with_name(f"{file.name}.receipt.json")


@pytest.mark.parametrize("by_receipt", [True, False])
def test_an_untouched_file_is_ok(file: Path, by_receipt: bool) -> None:
    result = verify(_receipt(file) if by_receipt else file)
    assert result.ok
    assert result.problems == ()
    assert (result.file, result.receipt) == (file, RECEIPT)


def test_one_changed_bit_is_found(file: Path) -> None:
    file.write_bytes(bytes([CONTENT[0] ^ 1]) + CONTENT[1:])
    result = verify(file)
    assert not result.ok
    assert result.problems == ("The file was changed: its SHA-256 is not the one of the receipt.",)


def test_another_size_is_found_without_reading(file: Path) -> None:
    file.write_bytes(CONTENT + b"!")
    seen: list[float] = []
    result = verify(file, progress=seen.append)
    assert result.problems == ("The file was changed: it has 6 bytes instead of 5.",)
    assert seen == []


@pytest.mark.parametrize("by_receipt", [True, False])
def test_a_missing_file_is_found(file: Path, by_receipt: bool) -> None:
    file.unlink()
    result = verify(_receipt(file) if by_receipt else file)
    assert result.problems == ("The file a.mp4 is missing.",)
    assert result.receipt == RECEIPT


@pytest.mark.parametrize("by_receipt", [True, False])
def test_a_share_that_is_away_says_so(file: Path, by_receipt: bool) -> None:
    with share_is_away(file.parent):
        result = verify(_receipt(file) if by_receipt else file)
    name = _receipt(file).name
    assert result.problems == (f"The file {name} cannot be read: {os.strerror(errno.ESTALE)}.",)


def test_a_missing_receipt_is_found(file: Path) -> None:
    _receipt(file).unlink()
    result = verify(file)
    assert result.problems == ("There is no receipt a.mp4.receipt.json.",)
    assert result.receipt is None
    assert verify(_receipt(file)).file is None


def test_a_damaged_receipt_is_found(file: Path) -> None:
    _receipt(file).write_bytes(b'{"schema"')
    for path in (file, _receipt(file)):
        result = verify(path)
        assert not result.ok
        assert result.problems == ("The receipt is damaged: it is not readable JSON.",)


def test_a_receipt_of_a_newer_program_is_not_guessed_at(file: Path) -> None:
    _receipt(file).write_text(json.dumps(to_json(RECEIPT) | {"version": 9}), "utf-8")
    assert verify(file).problems == (
        "The receipt has version 9, which this program does not know.",
    )


def test_files_that_were_renamed_together_are_still_the_same(file: Path) -> None:
    moved = file.rename(file.with_name("b.mp4"))
    receipt = _receipt(file).rename(_receipt(moved))
    assert verify(moved).ok
    assert verify(receipt).ok
    assert verify(receipt).file == moved


def test_a_renamed_pair_is_not_compared_with_the_file_that_it_was_copied_from(file: Path) -> None:
    copy = file.with_name("b.mp4")
    copy.write_bytes(file.read_bytes())
    receipt = _receipt(copy)
    receipt.write_bytes(_receipt(file).read_bytes())
    file.write_bytes(b"changed")
    assert verify(receipt).file == copy
    assert verify(receipt).ok


def test_a_receipt_that_is_named_after_nothing(file: Path) -> None:
    receipt = _receipt(file).rename(file.with_name(SUFFIX))
    assert verify(receipt).file == file
    assert verify(receipt).ok


def test_a_receipt_cannot_point_out_of_its_folder(file: Path) -> None:
    inner = file.parent / "inner"
    inner.mkdir()
    tree = to_json(replace(RECEIPT, file_name="../a.mp4"))
    (inner / "x.receipt.json").write_text(json.dumps(tree), "utf-8")
    result = verify(inner / "x.receipt.json")
    assert not result.ok
    assert result.file is None


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").mkdir()
    write_receipt(RECEIPT, tmp_path / "a.mp4")
    assert verify(tmp_path / "a.mp4").problems == ("The file a.mp4 is missing.",)


def test_verifying_can_be_cancelled(file: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        verify(file, cancel=cancel)
