"""The words of an examination: on the screen, and as a text to paste into a case. No Qt widgets."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from rta_viewer.core.examination import Examination, Point, Verdict, worst
from rta_viewer.core.texts import left_to_right, mark, tr, trn, verbatim
from rta_viewer.ui import times

PROVES = mark(
    "An unchanged file has the bytes that were written down when it was saved. A receipt that lies beside "
    "its file protects against accidents: keep a copy of it, or of the SHA-256, where nobody can change it."
)

VERDICT_WORDS = {
    Verdict.UNCHANGED: mark("Unchanged", "a file"),
    Verdict.CAUTION: mark("Not proved", "a file"),
    Verdict.BROKEN: mark("Not to be relied on", "a file"),
}


def verdict_word(verdict: Verdict) -> str:
    """What a verdict is called."""
    return tr(VERDICT_WORDS[verdict], "a file")


def heading(examinations: Sequence[Examination]) -> str:
    """One sentence about all of them."""
    count = len(examinations)
    verdict = worst(examinations)
    if count == 1:
        return examinations[0].sentences[0]
    same = sum(one.verdict is verdict for one in examinations)
    if verdict is Verdict.UNCHANGED:
        return trn(
            "The file is unchanged since it was saved.",
            "All {n} files are unchanged since they were saved.",
            count,
        )
    if verdict is Verdict.BROKEN:
        return tr("{same} of {count} files cannot be relied on.", same=same, count=count)
    return tr(
        "{same} of {count} files cannot be proved to be unchanged and all that was asked for.",
        same=same,
        count=count,
    )


def found_text(point: Point) -> str:
    """The column of what is there now."""
    return tr("the same") if point.holds and point.found == point.written else point.found


def report_text(examinations: Sequence[Examination], now_ms: int, zone: tzinfo = UTC) -> str:
    """All of it as plain text, with the time of the examination."""
    lines = [
        tr("Examined {time}, RTA Viewer", time=left_to_right(times.format_with_zone(now_ms, zone))),
        heading(examinations),
        "",
    ]
    for one in examinations:
        if one.path.name:
            said = f"{verbatim(one.name)}: {verdict_word(one.verdict)}"
            lines += [said, verbatim(str(one.path))]
        lines += one.sentences
        lines += [_line(point) for point in one.points]
        lines.append("")
    return "\n".join(times.in_zone(line, zone) for line in [*lines, tr(PROVES)])


def _line(point: Point) -> str:
    if not point.found:
        return f"  {point.what}: {point.written}"
    if not point.written:
        return f"  {point.what}: {point.found}"
    both = tr(
        "written down {written}, found {found}", written=point.written, found=found_text(point)
    )
    return f"  {point.what}: {both}"
