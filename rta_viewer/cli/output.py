"""Results on standard output, everything else on standard error.

With ``--json`` standard output carries exactly one object. It is plain ASCII, so that no console's code
page can break it.
"""

import contextlib
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from rta_viewer.core.certificate import Certificate, UntrustedCertificateError
from rta_viewer.errors import RtaError, StorageError


class OutputLostError(StorageError):
    """The result cannot be written to standard output."""


class Output:
    """Where a command writes. One thread.

    Args:
        as_json: One object for machines instead of text for people.
        stdout: Results.
        stderr: Errors, progress.
    """

    def __init__(
        self, *, as_json: bool = False, stdout: TextIO | None = None, stderr: TextIO | None = None
    ) -> None:
        self.as_json = as_json
        # None where the program was started without one.
        self._stdout: TextIO | None = stdout or sys.stdout
        self._stderr: TextIO | None = stderr or sys.stderr

    @property
    def progress_stream(self) -> TextIO | None:
        """The terminal that somebody looks at, or None."""
        return self._stderr if self._stderr is not None and self._stderr.isatty() else None

    def result(self, document: Mapping[str, Any], lines: Sequence[str]) -> None:
        """Write the result once: the document for machines, the lines for people.

        Raises:
            OutputLostError: Standard output takes nothing; what was done is done.
        """
        if self.as_json:
            self._write(json.dumps(document))
        else:
            self._write("\n".join(lines))

    def error(self, error: RtaError) -> None:
        """Say what went wrong; for machines on standard output, as their one object."""
        if self.as_json:
            about: dict[str, Any] = {
                "kind": error.kind,
                "message": error.summary,
                "hint": error.hint,
            }
            if isinstance(error, UntrustedCertificateError):
                about["certificate"] = certificate_document(error.certificate)
                about["pinned"] = list(error.pinned)
            self._write(json.dumps({"error": about}))
        else:
            self.note(str(error))

    def note(self, text: str) -> None:
        """A remark for people, on standard error; where that takes nothing, the work goes on without."""
        if self._stderr is None:
            return
        with contextlib.suppress(OSError):
            print(_printable(text, self._stderr), file=self._stderr, flush=True)

    def _write(self, text: str) -> None:
        if self._stdout is None:
            # Closed by whoever started the program (``>&-``): nobody wants it.
            return
        try:
            print(_printable(text, self._stdout), file=self._stdout, flush=True)
        except BrokenPipeError:
            raise
        except OSError as err:
            raise OutputLostError(
                "The result could not be written to standard output.", f"{err.strerror}."
            ) from err


def certificate_document(certificate: Certificate | None) -> dict[str, Any] | None:
    """A certificate for machines."""
    if certificate is None:
        return None
    return {
        "fingerprint": certificate.fingerprint,
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "names": list(certificate.names),
        "validity": certificate.validity,
    }


def _printable(text: str, stream: TextIO) -> str:
    """With question marks for what the stream's encoding lacks, and without control characters.

    Names come from servers: an escape sequence in one must not reach the terminal.
    """
    clean = "".join(
        char if char == "\n" or char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text
    )
    encoding = stream.encoding or "utf-8"
    return clean.encode(encoding, "replace").decode(encoding, "replace")


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in columns as wide as they need, the last one ragged; one line each, whatever a name holds."""
    if not rows:
        return []
    rows = [[cell.replace("\n", " ") for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    ]
