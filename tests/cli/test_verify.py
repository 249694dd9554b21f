import json
from pathlib import Path

import pytest

from rta_viewer.cli.main import run
from tests.helpers.coded_video import VideoKind
from tests.helpers.saved_clips import flip_last_bit, save_clip

SHORT = VideoKind(seconds=2, width=320, height=192)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    for name in ("door", "yard"):
        save_clip(folder / f"{name}.mp4", SHORT, name)
    return folder


def verify(package: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    code = run(["--profile", str(package.parent / "profile"), "verify", str(package), *more])
    return code, capsys.readouterr().out


def test_all_of_a_package_is_unchanged(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = verify(package, capsys, "--json")
    document = json.loads(said)
    assert (code, document["ok"], document["missing"]) == (0, True, [])
    assert [Path(one["path"]).name for one in document["files"]] == ["door.mp4", "yard.mp4"]
    assert {one["verdict"] for one in document["files"]} == {"unchanged"}


def test_what_was_changed_and_what_is_gone_fails(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flip_last_bit(package / "yard.mp4")
    (package / "door.mp4").unlink()
    code, said = verify(package, capsys)
    assert code == 6
    assert "FAIL yard.mp4: It was changed" in said
    assert "FAIL door.mp4 is missing" in said


def test_what_is_gone_fails_though_the_rest_is_unchanged(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / "door.mp4").unlink()
    code, said = verify(package, capsys, "--json")
    document = json.loads(said)
    assert (code, document["ok"]) == (6, False)
    assert [one["verdict"] for one in document["files"]] == ["unchanged"]


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_not_the_working_directory(
    name: str, package: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(package)
    code = run(["--profile", str(package.parent / "profile"), "verify", name, "--json"])
    assert (code, json.loads(capsys.readouterr().out)["error"]["kind"]) == (2, "usage")


def test_nothing_to_compare(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(package / "gone.mp4", capsys)[0] == 4


def test_a_drive_with_two_packages_says_which_file_is_which(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = package.with_name("other case")
    other.mkdir()
    save_clip(other / "door.mp4", SHORT, "door")
    flip_last_bit(other / "door.mp4")
    code, said = verify(package.parent, capsys)
    assert code == 6
    assert f"ok   {package / 'door.mp4'}: Unchanged" in said
    assert f"FAIL {other / 'door.mp4'}: It was changed" in said
