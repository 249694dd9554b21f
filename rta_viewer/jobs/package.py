"""Several files that belong together: one folder, with an index that opens in any browser.

The index is one HTML file without scripts and without anything from outside. Names come from servers and
people: all of them are escaped, and set apart so that right-to-left text cannot reorder what stands beside.
"""

import os
import re
from collections.abc import Callable, Container, Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

from rta_viewer import __version__
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.filenames import unique_name
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import english
from rta_viewer.core.timetext import iso_utc
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import (
    is_file,
    is_there,
    patiently,
    read_errors,
    system_path,
    turn_at,
    write_atomically,
)
from rta_viewer.evidence.receipt import SUFFIX, receipt_path
from rta_viewer.jobs.left_out import left_out_from
from rta_viewer.jobs.papers import SAVED

INDEX_NAME = "index.html"

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:75em;padding:0 1em;"
    "color:#1b1f24;background:#fff;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;table-layout:fixed;width:100%}"
    "th,td{border-bottom:1px solid #d0d7de;padding:.5em .7em;text-align:left;vertical-align:top}"
    "code{font-size:12px}"
    "th:nth-child(-n+3){width:12%}th:nth-child(4){width:21%}"
    "th:nth-child(5){width:11%}th:nth-child(6){width:12%}"
    ".ok{color:#1a7f37}.differs{color:#9a6700}.missing{color:#cf222e}"
    "@page{size:A4 portrait;margin:12mm}"
    "@media print{body{font-size:8pt;margin:0;max-width:none;padding:0}th,td{padding:1mm}"
    "code{font-size:7pt}a{color:inherit;text-decoration:none}tr,li{break-inside:avoid}}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_OWNER = re.compile(r'<meta name="package" content="([^"]*)">')
_SIGNED = "<p>Written by RTA Viewer"
_BETWEEN_CELLS, _BETWEEN_FILES, _END_OF_ROW = "</td><td>", "<br>", "</td></tr>"
_CELLS = 7
_ROW = re.compile(r'<tr id="([^"]*)">.*?</tr>', re.DOTALL)
_OLDER_ROW = re.compile(r'<tr>(?=<td>.*?<a href="\./([^"/]+)">)')
"""It does not say whose it is, and is known by its file."""
_ITEM = re.compile(r"<li>.*?</li>", re.DOTALL)
_LINK = re.compile(r'<a href="\./([^"/]+)">')
_NOT_HERE = 'class="missing"'
_GONE = ("not here: it was saved, and was put elsewhere or deleted since", "missing")
_MOST_CHARS = 1 << 24


def write_index(folder: Path, jobs: Sequence[Job]) -> Path:
    """Write the index of a package, or replace it; returns its path.

    Another page of that name stays: somebody's, or that of a package that another computer put into a folder
    of the same name at the same time. What the last index told of jobs that are not in the list any more
    is told on, but for files that are not there any more either.

    Raises:
        StorageError: It cannot be written.
    """
    package = next((job.package for job in jobs), "")
    pages: dict[str, str] = {}

    def is_others(name: str) -> bool:
        page = pages[name] = _page_at(folder / name)
        return bool(page) and not _is_of(page, package)

    name = unique_name(INDEX_NAME, is_others)
    is_gone = _looker(folder)
    gone = {file for job in jobs for file in _files_of(job) if is_gone(file)}
    before = _as_it_is_now(_with_owners(pages[name], jobs), folder, is_gone)
    page = index_html(jobs, before=before, gone=gone)
    write_atomically(folder / name, page.encode("utf-8", "backslashreplace"))
    return folder / name


def names_in_index(path: Path) -> list[str]:
    """The files that an index says are beside it; none for another page.

    Raises:
        StorageError: It cannot be read.
    """
    page = _page_at(path)
    links = _LINK.findall(page) if _SIGNED in page else []
    found = [unquote(link, errors="surrogateescape") for link in links]
    return [name for name in found if not name.endswith(SUFFIX)]


def _looker(folder: Path) -> Callable[[Path], bool]:
    """Tells whether a file is not there: somebody went on on another drive, or deleted it."""
    with read_errors(folder):
        names = set(os.listdir(system_path(folder)))  # noqa: PTH208 - names are all that is wanted
    # Drives may write a name otherwise than it was given to them.
    return lambda file: file.name not in names and not is_file(file)


def _with_owners(page: str, jobs: Sequence[Job]) -> str:
    """A page of which each row says whose it is, also where an older version wrote it.

    Those of these jobs are left as they are: they are written anew.
    """
    names = {file.name for job in jobs for file in (job.path, *job.volumes)}

    def owned(row: re.Match[str]) -> str:
        is_known = unquote(row[1], errors="surrogateescape") in names
        return row[0] if is_known else f'<tr id="{row[1]}">'

    return _OLDER_ROW.sub(owned, page)


def _as_it_is_now(page: str, folder: Path, is_gone: Callable[[Path], bool]) -> str:
    """A page without links to files that are not there any more."""

    def is_here(link: str) -> bool:
        found = _LINK.search(link)
        name = unquote(found[1], errors="surrogateescape") if found else ""
        return not name or not is_gone(folder / name)

    def row_now(row: re.Match[str]) -> str:
        if row[0].count(_BETWEEN_CELLS) != _CELLS - 1:
            # Somebody has written into it.
            return row[0]
        *cells, files, size, check, sha256 = row[0].split(_BETWEEN_CELLS)
        links = files.split(_BETWEEN_FILES)
        left = list(filter(is_here, links))
        if left[:1] != links[:1]:
            # They are those of the whole file, which comes before its volumes.
            size, sha256 = "", _END_OF_ROW
        if not left:
            check = _verdict(*_GONE)
        return _BETWEEN_CELLS.join([*cells, _BETWEEN_FILES.join(left), size, check, sha256])

    return _ROW.sub(row_now, page)


def _page_at(path: Path) -> str:
    """What is there; empty where nothing is."""
    with read_errors(path):
        if not is_there(path):
            return ""
        if not system_path(path).is_file():
            return "not a page"
        with patiently(lambda: system_path(path).open(encoding="utf-8", errors="replace")) as file:
            return file.read(_MOST_CHARS)


def is_index_of(folder: Path, package: str) -> bool:
    """Whether the index of this package is in a folder; also False where the drive does not say."""
    try:
        found = _OWNER.search(_page_at(folder / INDEX_NAME))
    except (OSError, StorageError):
        return False
    return found is not None and found[1] == package


def _is_of(page: str, package: str) -> bool:
    """Older indexes do not say whose they are."""
    owner = _OWNER.search(page)
    return _SIGNED in page if owner is None else owner[1] == package


@at_drive()
def renew_index(folder: Path, members: Callable[[], Sequence[Job]]) -> None:
    """Write the index of a package as its jobs are when it is this thread's turn to write it.

    Raises:
        StorageError: It cannot be written.
    """
    turn = turn_at(folder)
    with turn:
        write_index(folder, members())


def index_html(
    jobs: Iterable[Job],
    *,
    copied: bool = False,
    before: str = "",
    gone: Container[Path] = (),
) -> str:
    """The page.

    Args:
        jobs: The files.
        copied: It is for a copy: where there are volumes, the whole file is not there.
        before: The page that it takes the place of. What it tells of other jobs stays.
        gone: Files that were saved and are not there.
    """
    members = list(jobs)
    known = {found[1]: found[0] for found in _ROW.finditer(before)}
    fresh = {job.job_id: _row(job, _shown(job, gone, copied=copied)) for job in members}
    lines = sorted((known | fresh).values(), key=_by_camera_and_time)
    saved = sum(_NOT_HERE not in line for line in lines)
    rows = "\n".join(lines)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="package" content="{escape(members[0].package) if members else ""}">
<meta name="viewport" content="width=device-width">
<title>Recordings</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Recordings</h1>
<p>{saved} of {len(lines)} files are here. Times are UTC. Beside each file lies its receipt;
the SHA-256 of an unchanged file is the one in this table, that of a volume the one in its receipt.</p>
<table>
<thead><tr><th>Camera</th><th>From</th><th>To</th><th>File</th><th>Bytes</th><th>Check</th><th>SHA-256</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
{_left_out(members, _ITEM.findall(before))}{_SIGNED} {escape(__version__)}.</p>
</body>
</html>
"""


def _files_of(job: Job) -> tuple[Path, ...]:
    return (job.path, *job.volumes) if job.state in SAVED else ()


def _shown(job: Job, gone: Container[Path], *, copied: bool) -> list[Path]:
    files = job.volumes if copied and job.volumes else _files_of(job)
    return [file for file in files if file not in gone]


def _row(job: Job, files: Sequence[Path]) -> str:
    """One file of the server, or what it became; ``files`` are here."""
    verdict = _check(job) if files or job.state not in SAVED else _GONE
    is_whole = job.path in files
    cells = [
        _text(job.camera_name),
        _time(job.span.start_ms),
        _time(job.span.end_ms),
        _BETWEEN_FILES.join(
            _link(job.file_name if file == job.path else file.name, file) for file in files
        ),
        f"{job.received_bytes:,}" if is_whole else "",
        _verdict(*verdict),
        f"<code>{escape(job.sha256)}</code>" if is_whole else "",
    ]
    return f'<tr id="{escape(job.job_id)}"><td>{_BETWEEN_CELLS.join(cells)}{_END_OF_ROW}'


def _verdict(check: str, look: str) -> str:
    return f'<span class="{look}">{_text(check)}</span>'


def _by_camera_and_time(row: str) -> str:
    """The order of rows: what comes first in them, a shorter name before those that begin with it."""
    return row.partition(">")[2].replace("<", "\0")


def _link(name: str, file: Path) -> str:
    receipt = receipt_path(file).name
    return f'<a href="{_href(name)}">{_text(name)}</a> (<a href="{_href(receipt)}">receipt</a>)'


def _check(job: Job) -> tuple[str, str]:
    if job.state is JobState.DONE:
        # What is right may be worth a word all the same: gaps, or what nobody could compare.
        return f"as asked. {english(job.reason)}" if job.reason else "as asked", "ok"
    if job.state is JobState.DIFFERS:
        return english(job.reason) or "differs", "differs"
    return f"not here: {english(job.reason) or job.state.value}", "missing"


def _left_out(jobs: Sequence[Job], before: Sequence[str]) -> str:
    """What was asked for and is in no file, and why; ``before`` are the lines that were told already."""
    found = [left_out_from(job.left_out) for job in jobs]
    lines = [*before]
    lines += [
        f"<li>{_text(name)}: {_time(span.start_ms)} to {_time(span.end_ms)}</li>"
        for one in found
        for name, span in one.spans
    ]
    if more := sum(one.more for one in found):
        lines.append(f"<li>and {more:,} more</li>")
    if not lines:
        return ""
    rows = "\n".join(dict.fromkeys(lines))
    return f"""<h2>Left out</h2>
<p>This was asked for, too. The server had recorded nothing there:</p>
<ul>
{rows}
</ul>
"""


def _time(instant_ms: int) -> str:
    return escape(iso_utc(instant_ms)).replace("T", "T<wbr>")


def _text(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


def _href(name: str) -> str:
    """A file beside the page; the leading dot keeps a colon in a name from being a scheme."""
    return f"./{quote(name, safe='', errors='surrogateescape')}"
