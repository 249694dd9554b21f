import re
from pathlib import Path

import pytest

from installer import translations
from installer.translations import Message, NotALiteralError, messages_of, read, written
from tests.helpers.bare_sentences import bare_sentences

ENGLISH_ROOMS = {"cli", "demo", "tour"}
NOT_TRANSLATED = {
    "SHA-256",
    "https://recorder.example.com",
    # Said before a language is chosen, and by the command line.
    "The program does not speak ",
    "Choose one of: ",
    # Never seen: told apart by their type, and said in other words.
    "connecting took too long",
    "the connection has lost its pins",
    "the database failed its check",
}

PLACES = re.compile(r"{(\w+)[^}]*}")


def module(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "module.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_finds_what_a_module_says(tmp_path: Path) -> None:
    path = module(
        tmp_path,
        'x = tr("A {b} "\n    "c", b=1)\ny = mark("Open", "state")\n'
        'z = trn("{n} o", "{n} m", 3)\nw = tr(x)\n',
    )
    assert list(messages_of(path)) == [
        Message("A {b} c"),
        Message("Open", "state"),
        Message("{n} m", counted=True),
    ]


def test_refuses_what_nobody_can_translate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    with pytest.raises(NotALiteralError, match=r"module\.py:1"):
        list(messages_of(module(tmp_path, 'x = tr(f"A {b}")\n')))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    messages = [
        Message("A <b> & \N{HORIZONTAL ELLIPSIS}\n c", forms=["x"]),
        Message("B", "state", forms=[""]),
        Message("{n} m", counted=True, forms=list("123456")),
    ]
    path = tmp_path / "x.ts"
    path.write_text(written(messages, "ar"), encoding="utf-8")
    assert read(path) == messages


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_has_the_places_of_its_sentence(language: str) -> None:
    for path in (translations.ROOT / "resources" / "translations" / language).glob("*.ts"):
        for message in read(path):
            for form in filter(None, message.forms):
                own = set(PLACES.findall(message.source))
                theirs = set(PLACES.findall(form))
                assert theirs == own or (message.counted and theirs | {"n"} == own), form


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_sentence_of_the_program_is_translated(language: str) -> None:
    now = translations.updated(language)
    unfinished = [one.source for messages in now.values() for one in messages if not one.finished]
    assert unfinished == []
    folder = translations.ROOT / "resources" / "translations" / language
    kept = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.ts")}
    wanted = {room: written(messages, language) for room, messages in now.items()}
    changed = sorted(room for room in {*kept, *wanted} if kept.get(room) != wanted.get(room))
    assert changed == [], "run: python -m installer.translations update"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_the_program_loads_what_was_translated(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    translations.compile_to(language, fresh)
    kept = translations.compiled(language)
    assert kept.read_bytes() == fresh.read_bytes(), "run: python -m installer.translations compile"


def test_what_people_read_is_handed_to_translation() -> None:
    found = [
        f"{path.relative_to(translations.PROGRAM)}:{line}: {text}"
        for path in sorted(translations.PROGRAM.rglob("*.py"))
        if path.relative_to(translations.PROGRAM).parts[0] not in ENGLISH_ROOMS
        for line, text in bare_sentences(path)
        if text not in NOT_TRANSLATED
    ]
    assert found == []
