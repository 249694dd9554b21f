import argparse
from pathlib import Path

import pytest

from rta_viewer.cli.arguments import (
    output_path,
    refuse_a_path_that_is_no_text,
    refuse_what_is_empty,
    refuse_what_is_no_text,
)
from rta_viewer.errors import UsageError


def test_only_what_is_no_text_is_refused() -> None:
    args = argparse.Namespace(output="/Fälle/1", name=None, watermark="caf\udce9")
    refuse_what_is_no_text(args, "output", "name")
    with pytest.raises(UsageError, match="--watermark is not UTF-8"):
        refuse_what_is_no_text(args, "output", "name", "watermark")


def test_a_folder_that_is_no_text_is_refused() -> None:
    refuse_a_path_that_is_no_text(Path("/Fälle/1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        refuse_a_path_that_is_no_text(Path("/caf\udce9/out"))


def test_what_is_given_holds_something() -> None:
    args = argparse.Namespace(output="x", name=None, watermark=" ")
    refuse_what_is_empty(args, "output", "name")
    with pytest.raises(UsageError, match="--watermark is empty"):
        refuse_what_is_empty(args, "output", "name", "watermark")


def test_a_name_that_no_drive_takes_is_refused(tmp_path: Path) -> None:
    wanted = tmp_path / "new" / "folder"
    assert output_path(str(wanted)) == wanted
    with pytest.raises(UsageError, match="too long"):
        output_path(str(tmp_path / ("d" * 300)))


def test_one_folder_is_one_path_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert output_path("../out") == output_path(str(tmp_path / "out")) == tmp_path / "out"
