from pathlib import Path

from installer import environment
from installer.environment import Environment


def make_project(root: Path) -> Environment:
    (root / "installer").mkdir()
    (root / "installer" / "constraints.txt").write_text("a==1\n", encoding="utf-8")
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return Environment(root)


def test_fingerprint_changes_with_the_pins(tmp_path: Path) -> None:
    env = make_project(tmp_path)
    before = env.fingerprint()
    assert before == env.fingerprint()
    (tmp_path / "installer" / "constraints.txt").write_text("a==2\n", encoding="utf-8")
    assert env.fingerprint() != before


def test_nothing_is_done_when_the_stamp_fits(tmp_path: Path) -> None:
    env = make_project(tmp_path)
    env.python.parent.mkdir(parents=True)
    env.python.touch()
    stamp = {"fingerprint": env.fingerprint(), "dev": True}
    environment.write_stamp(env.folder / environment.STAMP, stamp)
    env.ensure(dev=False)
    env.ensure(dev=True)
    assert env.python.stat().st_size == 0


def test_tools_are_added_and_never_taken_away(tmp_path: Path, monkeypatch) -> None:
    env = make_project(tmp_path)
    asked: list[bool] = []
    monkeypatch.setattr(Environment, "_make", lambda self: self.folder.mkdir(exist_ok=True))
    monkeypatch.setattr(Environment, "_install", lambda self, *, dev: asked.append(dev))
    env.ensure(dev=False)
    env.ensure(dev=True)
    env.ensure(dev=False)
    assert asked == [False, True, True]


def test_a_damaged_stamp_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "stamp"
    for text in ("", "{", "[1]"):
        path.write_text(text, encoding="utf-8")
        assert environment.read_stamp(path) == {}


def test_every_pin_is_exact() -> None:
    root = Path(__file__).parents[2]
    lines = (root / "installer" / "constraints.txt").read_text(encoding="utf-8").split()
    assert len(lines) > 30
    assert all(line.count("==") == 1 for line in lines)
