import json
from collections.abc import Callable
from pathlib import Path

import pytest

from installer import audit
from installer.audit import Pin, UnreachableError, known_of, pins
from tests.helpers.scripted_http import Reply, Seen, scripted

BAD = {
    "vulnerabilities": [{"id": "PYSEC-1"}, {"id": "PYSEC-2", "withdrawn": "2026-01-01T00:00:00Z"}]
}
GOOD: dict[str, list[object]] = {"vulnerabilities": []}


def reply(document: object) -> Reply:
    return Reply(body=json.dumps(document).encode())


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(audit, "say", found.append)
    return found


def constraints(tmp_path: Path) -> Path:
    path = tmp_path / "constraints.txt"
    path.write_text(
        "a==1.0\n# what is no pin\nb-c==2.0 ; python_version > '3'\nd.e==3\n", encoding="utf-8"
    )
    return path


def look(tmp_path: Path, answer: Callable[[Seen], Reply]) -> None:
    with scripted(answer) as server:
        audit.audit(constraints(tmp_path), server.url)


def test_only_pins_are_asked_for(tmp_path: Path) -> None:
    lines = constraints(tmp_path).read_text(encoding="utf-8").splitlines()
    assert list(pins(lines)) == [Pin("a", "1.0"), Pin("b-c", "2.0"), Pin("d.e", "3")]


def test_what_is_known_is_said_and_what_was_taken_back_is_not(
    tmp_path: Path, said: list[str]
) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.path == "/d.e/3/json":
            return Reply(404)
        return reply(BAD if seen.path == "/b-c/2.0/json" else GOOD)

    look(tmp_path, answer)
    assert said == [
        "WARNING: b-c 2.0 has a known vulnerability: PYSEC-1",
        "Vulnerabilities were looked for in 2 of 3 dependencies.",
    ]


@pytest.mark.parametrize("answer", [Reply(503), Reply(body=b"<html>"), reply([]), reply({})])
def test_who_does_not_answer_like_the_index_is_not_asked_on(
    tmp_path: Path, said: list[str], answer: Reply
) -> None:
    asked: list[str] = []

    def note(seen: Seen) -> Reply:
        asked.append(seen.path)
        return answer

    look(tmp_path, note)
    assert len(asked) == 1
    assert [line.partition(":")[0] for line in said] == [
        "Known vulnerabilities of dependencies were not looked for"
    ]


def test_nobody_there_stops_nothing(said: list[str], tmp_path: Path) -> None:
    with scripted(lambda _seen: reply(GOOD)) as server:
        gone = server.url
    audit.audit(constraints(tmp_path), gone)
    assert "not looked for" in said[0]


def test_a_name_that_is_none_is_not_printed() -> None:
    with (
        scripted(lambda _seen: reply({"vulnerabilities": [{"id": "\x1b[2J"}]})) as server,
    ):
        assert known_of(Pin("a", "1"), server.url) == ["without a name"]


def test_a_network_error_has_a_sentence() -> None:
    with scripted(lambda _seen: Reply(500)) as server, pytest.raises(UnreachableError, match="500"):
        known_of(Pin("a", "1"), server.url)
