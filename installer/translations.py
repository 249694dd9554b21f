"""Keep the translations up to date: ``python -m installer.translations update`` or ``compile``.

``update`` reads every ``tr``, ``trn`` and ``mark`` of the program and brings the files of
``resources/translations/<language>`` (Qt Linguist's format, one for each room) to the same sentences: new
ones are added as unfinished, those that are gone are dropped, and a translation follows its sentence from
file to file. ``compile`` makes the ``.qm`` file that the program loads, with Qt's own ``lrelease``. See
docs/translation.md.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "rta_viewer"
CONTEXT = "rta_viewer"
LANGUAGES = {"ar": 6}
_SOURCES = ROOT / "resources" / "translations"
_COMPILED = PROGRAM / "qt" / "translations"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'

Key = tuple[str, str]


class NotALiteralError(Exception):
    """A sentence that translators cannot be given, because it is put together at run time."""


@dataclass(slots=True)
class Message:
    """One sentence to translate.

    Attributes:
        source: English; with a number in it the form for many.
        meaning: What tells it apart from an equal one.
        counted: It has forms for different numbers.
        forms: The translation, or one for each form; empty texts are unfinished.
    """

    source: str
    meaning: str = ""
    counted: bool = False
    forms: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.source, self.meaning

    @property
    def finished(self) -> bool:
        return bool(self.forms) and all(self.forms)


def rooms(program: Path = PROGRAM) -> dict[str, list[Message]]:
    """The sentences of the program by room, each in the first room that says it."""
    found: dict[str, list[Message]] = {}
    known: set[Key] = set()
    for path in sorted(program.rglob("*.py")):
        parts = path.relative_to(program).parts[:-1]
        room = "_".join(parts[:2]) or "errors"
        for message in messages_of(path):
            if message.key not in known:
                known.add(message.key)
                found.setdefault(room, []).append(message)
    return found


def messages_of(path: Path) -> Iterator[Message]:
    """What one module says.

    Raises:
        NotALiteralError: An f-string or an expression was handed to ``tr``, ``trn`` or ``mark``.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("tr", "mark"):
                yield from _of_tr(node, path)
            elif node.func.id == "trn":
                yield Message(_literal(node.args[1], path), counted=True)


def _of_tr(node: ast.Call, path: Path) -> Iterator[Message]:
    first = node.args[0]
    looked_up = isinstance(first, ast.Name | ast.Attribute | ast.Subscript | ast.Call)
    if isinstance(node.func, ast.Name) and node.func.id == "tr" and looked_up:
        return
    meaning = _literal(node.args[1], path) if len(node.args) > 1 else ""
    yield Message(_literal(first, path), meaning)


def _literal(node: ast.expr, path: Path) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise NotALiteralError(
        f"{path.relative_to(ROOT)}:{node.lineno}: not a literal: {ast.unparse(node)}"
    )


def read(path: Path) -> list[Message]:
    """The messages of one ``.ts`` file."""
    found = []
    # The project's own file, not one from elsewhere.
    for element in ElementTree.parse(path).getroot().iter("message"):  # noqa: S314
        counted = element.get("numerus") == "yes"
        translation = element.find("translation")
        forms = [] if translation is None else [translation.text or ""]
        if counted and translation is not None:
            forms = [form.text or "" for form in translation.iter("numerusform")]
        found.append(
            Message(element.findtext("source", ""), element.findtext("comment", ""), counted, forms)
        )
    return found


def written(messages: list[Message], language: str) -> str:
    """A ``.ts`` file, as ``lupdate`` and Qt Linguist write it."""
    root = ElementTree.Element(
        "TS", {"version": "2.1", "language": language, "sourcelanguage": "en"}
    )
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for message in sorted(messages, key=lambda message: message.key):
        element = ElementTree.SubElement(context, "message")
        if message.counted:
            element.set("numerus", "yes")
        ElementTree.SubElement(element, "source").text = message.source
        if message.meaning:
            ElementTree.SubElement(element, "comment").text = message.meaning
        translation = ElementTree.SubElement(element, "translation")
        if not message.finished:
            translation.set("type", "unfinished")
        if message.counted:
            for form in message.forms or [""] * LANGUAGES[language]:
                ElementTree.SubElement(translation, "numerusform").text = form
        else:
            translation.text = "".join(message.forms)
    ElementTree.indent(root, space="    ")
    return _HEAD + ElementTree.tostring(root, encoding="unicode", short_empty_elements=False) + "\n"


def updated(language: str) -> dict[str, list[Message]]:
    """What the program says now by room, with the translations that there are."""
    folder = _SOURCES / language
    before = {message.key: message for path in folder.glob("*.ts") for message in read(path)}
    now = rooms()
    for message in (message for messages in now.values() for message in messages):
        known = before.get(message.key)
        if known is not None and known.counted == message.counted:
            message.forms = known.forms
    return now


def update(language: str) -> list[Message]:
    """Bring the ``.ts`` files of a language to what the program says now. Returns what is unfinished."""
    folder = _SOURCES / language
    folder.mkdir(parents=True, exist_ok=True)
    now = updated(language)
    for path in folder.glob("*.ts"):
        if path.stem not in now:
            path.unlink()
    for room, messages in now.items():
        (folder / f"{room}.ts").write_text(
            written(messages, language), encoding="utf-8", newline="\n"
        )
    return [message for messages in now.values() for message in messages if not message.finished]


def compile_to(language: str, target: Path) -> None:
    """Make the file that the program loads.

    Raises:
        subprocess.CalledProcessError: ``lrelease`` refused a file.
    """
    import PySide6

    name = "lrelease.exe" if sys.platform == "win32" else "lrelease"
    sources = sorted(str(path) for path in (_SOURCES / language).glob("*.ts"))
    # The arguments are the project's own files.
    subprocess.run(
        [str(Path(PySide6.__path__[0]) / name), "-silent", *sources, "-qm", str(target)], check=True
    )


def compiled(language: str) -> Path:
    """Where the program looks for the translations of a language."""
    return _COMPILED / f"rta_viewer_{language}.qm"


def main(arguments: list[str]) -> int:
    """Run one of the two commands."""
    if arguments not in (["update"], ["compile"]):
        sys.stderr.write("usage: python -m installer.translations update|compile\n")
        return 2
    for language in LANGUAGES:
        if arguments == ["update"]:
            unfinished = update(language)
            sys.stdout.write(f"{language}: {len(unfinished)} sentences are not translated\n")
        else:
            compile_to(language, compiled(language))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
