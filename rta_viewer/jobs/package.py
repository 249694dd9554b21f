"""Several files that belong together: one folder, with an index that opens in any browser.

The index is one HTML file without scripts and without anything from outside. Names come from servers and
people: all of them are escaped, and set apart so that right-to-left text cannot reorder what stands beside.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from rta_viewer import __version__
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import english
from rta_viewer.core.timetext import iso_utc
from rta_viewer.evidence.files import turn_at, write_atomically
from rta_viewer.evidence.receipt import receipt_path
from rta_viewer.jobs.left_out import left_out_from

INDEX_NAME = "index.html"

_SAVED = frozenset({JobState.DONE, JobState.DIFFERS})
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


def write_index(folder: Path, jobs: Sequence[Job]) -> Path:
    """Write the index of a package, or replace it; returns its path.

    Raises:
        StorageError: It cannot be written.
    """
    path = folder / INDEX_NAME
    write_atomically(path, index_html(jobs).encode("utf-8", "backslashreplace"))
    return path


def renew_index(folder: Path, members: Callable[[], Sequence[Job]]) -> None:
    """Write the index of a package as its jobs are when it is this thread's turn to write it.

    Raises:
        StorageError: It cannot be written.
    """
    turn = turn_at(folder)
    with turn:
        write_index(folder, members())


def index_html(jobs: Iterable[Job], *, copied: bool = False) -> str:
    """The page.

    Args:
        jobs: The files.
        copied: It is for a copy: where there are volumes, the whole file is not there.
    """
    members = sorted(jobs, key=lambda job: (job.camera_name, job.span.start_ms, job.job_id))
    saved = sum(job.state in _SAVED for job in members)
    rows = "\n".join(_row(job, whole=not (copied and job.volumes)) for job in members)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width">
<title>Recordings</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Recordings</h1>
<p>{saved} of {len(members)} files are here. Times are UTC. Beside each file lies its receipt;
the SHA-256 of an unchanged file is the one in this table, that of a volume the one in its receipt.</p>
<table>
<thead><tr><th>Camera</th><th>From</th><th>To</th><th>File</th><th>Bytes</th><th>Check</th><th>SHA-256</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
{_left_out(members)}<p>Written by RTA Viewer {escape(__version__)}.</p>
</body>
</html>
"""


def _row(job: Job, *, whole: bool) -> str:
    """One file; without ``whole`` only its volumes."""
    check, look = _check(job)
    cells = [
        _text(job.camera_name),
        _time(job.span.start_ms),
        _time(job.span.end_ms),
        _links(job, whole=whole),
        f"{job.received_bytes:,}" if whole and job.state in _SAVED else "",
        f'<span class="{look}">{_text(check)}</span>',
        f"<code>{escape(job.sha256)}</code>" if whole and job.state in _SAVED else "",
    ]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _links(job: Job, *, whole: bool) -> str:
    if job.state not in _SAVED:
        return ""
    links = [_link(job.file_name, job.path)] if whole else []
    links += [_link(volume.name, volume) for volume in job.volumes]
    return "<br>".join(links)


def _link(name: str, file: Path) -> str:
    receipt = receipt_path(file).name
    return f'<a href="{_href(name)}">{_text(name)}</a> (<a href="{_href(receipt)}">receipt</a>)'


def _check(job: Job) -> tuple[str, str]:
    if job.state is JobState.DONE:
        return "as asked", "ok"
    if job.state is JobState.DIFFERS:
        return english(job.reason) or "differs", "differs"
    return f"not here: {english(job.reason) or job.state.value}", "missing"


def _left_out(jobs: Sequence[Job]) -> str:
    """What was asked for and is in no file, and why."""
    found = [left_out_from(job.left_out) for job in jobs]
    lines = [
        f"<li>{_text(name)}: {_time(span.start_ms)} to {_time(span.end_ms)}</li>"
        for one in found
        for name, span in one.spans
    ]
    if more := sum(one.more for one in found):
        lines.append(f"<li>and {more:,} more</li>")
    if not lines:
        return ""
    rows = "\n".join(lines)
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
