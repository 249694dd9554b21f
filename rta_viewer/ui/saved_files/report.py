"""The words of an examination: on the screen, and as a text to paste into a case. No Qt widgets."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from rta_viewer.core.examination import Examination, Point, Verdict, worst
from rta_viewer.ui import times

PROVES = (
    "An unchanged file has the bytes that were written down when it was saved. A receipt that lies beside "
    "its file protects against accidents: keep a copy of it, or of the SHA-256, where nobody can change it."
)

VERDICT_WORDS = {
    Verdict.UNCHANGED: "Unchanged",
    Verdict.CAUTION: "Not proved",
    Verdict.BROKEN: "Not to be relied on",
}


def heading(examinations: Sequence[Examination]) -> str:
    """One sentence about all of them."""
    count = len(examinations)
    verdict = worst(examinations)
    if count == 1:
        return examinations[0].sentences[0]
    same = sum(one.verdict is verdict for one in examinations)
    if verdict is Verdict.UNCHANGED:
        return f"All {count} files are unchanged since they were saved."
    what = {
        Verdict.BROKEN: "cannot be relied on",
        Verdict.CAUTION: "cannot be proved to be unchanged and all that was asked for",
    }[verdict]
    return f"{same} of {count} files {what}."


def found_text(point: Point) -> str:
    """The column of what is there now."""
    return "the same" if point.holds and point.found == point.written else point.found


def report_text(examinations: Sequence[Examination], now_ms: int, zone: tzinfo = UTC) -> str:
    """All of it as plain text, with the time of the examination."""
    lines = [
        f"Examined {times.format_with_zone(now_ms, zone)}, RTA Viewer",
        heading(examinations),
        "",
    ]
    for one in examinations:
        lines += [f"{one.name}: {VERDICT_WORDS[one.verdict]}", str(one.path), *one.sentences]
        lines += [_line(point) for point in one.points]
        lines.append("")
    return "\n".join(times.in_zone(line, zone) for line in [*lines, PROVES])


def _line(point: Point) -> str:
    if not point.found:
        return f"  {point.what}: {point.written}"
    if not point.written:
        return f"  {point.what}: {point.found}"
    return f"  {point.what}: written down {point.written}, found {found_text(point)}"
