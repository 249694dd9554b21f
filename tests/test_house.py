"""The rules of the house: format, lint, types, import arrows, words, sizes, dependencies."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
LINES_LIMIT = 600
# Put together here so that this file does not name what it forbids.
UNFINISHED = re.compile(
    r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b"
)
TEXTS = {".py", ".md", ".toml", ".qss", ".json", ".svg", ".txt"}


def run(*command: str) -> None:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def project() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        parsed: dict[str, object] = tomllib.load(file)["project"]
    return parsed


def source_files() -> Iterator[Path]:
    for folder in ("rta_viewer", "tests", "installer", "docs", "resources"):
        yield from (ROOT / folder).rglob("*")
    yield from ROOT.glob("*")


def texts() -> list[Path]:
    return [path for path in source_files() if path.suffix in TEXTS and path.is_file()]


def test_format() -> None:
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_lint() -> None:
    run(sys.executable, "-m", "ruff", "check", ".")


@pytest.mark.timeout(600)
def test_types() -> None:
    run(sys.executable, "-m", "mypy")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_types_hold_for_other_systems_where_code_differs(platform: str) -> None:
    run(sys.executable, "-m", "mypy", "--platform", platform, "rta_viewer/platform", "installer")


def test_import_arrows() -> None:
    run(str(BIN / "lint-imports"), "--config", "pyproject.toml")


@pytest.mark.parametrize(
    ("library", "doors"),
    [
        ("keyring", {"platform/credentials.py"}),
        ("vlc", {"player/vlc_backend.py", "player/vlc_library.py"}),
        ("appdirs", {"platform/paths.py"}),
    ],
)
def test_foreign_libraries_have_one_door(library: str, doors: set[str]) -> None:
    imports = re.compile(rf"^\s*(import|from) {library}\b(?! \()", re.MULTILINE)
    package = ROOT / "rta_viewer"
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if imports.search(path.read_text(encoding="utf-8"))
    }
    assert users <= doors


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not found


def test_no_module_grows_too_long() -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in texts()
        if path.suffix == ".py"
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES_LIMIT
    }
    assert not found


def test_every_file_ends_its_lines_the_same_way() -> None:
    assert not [str(path) for path in texts() if b"\r" in path.read_bytes()]


def pinned() -> dict[str, str]:
    settings = project()
    optional = settings["optional-dependencies"]
    assert isinstance(optional, dict)
    assert isinstance(settings["dependencies"], list)
    wanted = [*settings["dependencies"], *(pin for group in optional.values() for pin in group)]
    return dict(pin.split(";")[0].strip().split("==") for pin in wanted)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert not [name for name in pinned() if f"`{name}`" not in explained]


def test_the_constraints_hold_every_dependency_at_the_same_version() -> None:
    lines = (ROOT / "installer" / "constraints.txt").read_text(encoding="utf-8").split()
    constraints = {normal(name): version for name, version in (pin.split("==") for pin in lines)}
    assert {normal(name): version for name, version in pinned().items()}.items() <= (
        constraints.items()
    )


def test_the_document_about_jobs_names_every_module_of_theirs() -> None:
    known = (ROOT / "docs" / "jobs.md").read_text(encoding="utf-8")
    modules = (ROOT / "rta_viewer" / "jobs").glob("[!_]*.py")
    assert not [path.name for path in modules if not re.search(rf"[`/]{path.name}`", known)]


def test_the_documents_link_to_files_that_exist() -> None:
    broken = []
    for path in texts():
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert not broken
