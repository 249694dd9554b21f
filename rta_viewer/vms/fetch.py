"""Downloading a file that may break off at any byte, and still be the file that was asked.

HTTP ranges: RFC 9110, 14. A transfer goes on where it broke off when the server proves that it is the same
file: by a strong ``ETag`` in ``If-Range``, or, without one, by sending the last 64 KiB again, unchanged, and
naming no other ``ETag`` or ``Last-Modified``. Anything else starts over.
Used by one thread at a time; keeps nothing between transfers.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.clock import Clock
from rta_viewer.core.model import Fetched, TransferProgress
from rta_viewer.core.ports import ProgressListener
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import BusyError, NetworkError, RtaError, ServerError
from rta_viewer.vms.errors_map import (
    BREAKS_CONTRACT,
    MISSING_CODES,
    BrokenConnectionError,
    NoTlsError,
    TemporaryServerError,
    error_for,
    looks_like_html,
    read_problem,
    web_page,
)
from rta_viewer.vms.http_fields import (
    HEAD_BYTES,
    MOST_BYTES,
    content_length,
    content_range,
    entity_tag,
    is_no_video,
    is_strong,
    last_modified,
    suggested_name,
    unsatisfied_total,
)
from rta_viewer.vms.part_file import PartFile
from rta_viewer.vms.rate import Sleeper, sleep_for
from rta_viewer.vms.session import MAX_PROBLEM_BYTES, problem_of
from rta_viewer.vms.throttle import Throttle
from rta_viewer.vms.transport import Answer, Call

FIRST_BYTE_TIMEOUT_S = 120.0
STALL_TIMEOUT_S = 30.0
MAX_FRUITLESS = 5
MAX_ATTEMPTS = 500
_OVERLAP_BYTES = 64 * 1024
_PIECE_BYTES = 4 * 1024 * 1024
_LONGEST_PAUSE_S = 30.0
_LONGEST_ASKED_PAUSE_S = 300.0
_PROGRESS_EVERY_S = 0.1
_COMPRESSIONS = frozenset(
    {"gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd", "dcb", "dcz"}
)
"""Of what servers write there beside these, as ``none``, ``binary`` and ``utf-8``, nothing changes a byte."""
_CHANGED = mark("The file on the server has changed.")
_FINAL = (UntrustedCertificateError, NoTlsError)

OpenFile = Callable[[Call, CancelToken], Answer]


@dataclass(frozen=True, slots=True)
class Source:
    """What to fetch.

    Attributes:
        url: Absolute, without credentials.
        identity: The same for the same file, also when the server makes up a new URL each time.
        label: What was asked, for sentences.
    """

    url: str
    identity: str
    label: str


class _StartOverError(ServerError):
    """What comes does not continue what is there."""

    def __init__(self, summary: str) -> None:
        super().__init__(summary, tr("Try again later."))


class Fetcher:
    """Fetches files through a session."""

    def __init__(
        self,
        open_file: OpenFile,
        clock: Clock,
        sleep: Sleeper = sleep_for,
        jitter: Callable[[], float] = random.random,
        throttle: Throttle | None = None,
    ) -> None:
        self._throttle = throttle or Throttle(clock)
        self._open = open_file
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter

    def fetch(
        self, source: Source, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        """Bring the whole file into ``part``; what is there of the same file is not fetched again.

        Raises:
            ServerError: An empty file, a web page, an error in place of a video.
            NotFoundError: It is gone.
            NetworkError: Still broken after several attempts; the part is kept.
            StorageError: The disk is full, or the part cannot be written.
            Cancelled: The part is kept.
        """
        file = PartFile(part, source.identity, cancel)
        try:
            transfer = _Transfer(
                source, file, self._open, self._clock, cancel, progress, self._throttle
            )
            self._until_complete(transfer, cancel)
            file.complete()
            transfer.report(force=True)
            return Fetched(file.size, file.sha256, file.note.name, transfer.remark)
        finally:
            file.close()

    def _until_complete(self, transfer: "_Transfer", cancel: CancelToken) -> None:
        fruitless = 0
        furthest = transfer.size
        for _ in range(MAX_ATTEMPTS):
            if transfer.complete:
                return
            try:
                transfer.attempt()
            except (NetworkError, BusyError, TemporaryServerError, _StartOverError) as err:
                if isinstance(err, _FINAL):
                    raise
                if isinstance(err, _StartOverError):
                    transfer.start_over(err.summary)
                got_on = transfer.size > furthest
                fruitless = 1 if got_on else fruitless + 1
                furthest = max(furthest, transfer.size)
                if fruitless > MAX_FRUITLESS:
                    raise
                self._pause(err, 0 if got_on else fruitless, transfer, cancel)
        raise NetworkError(
            tr("The transfer broke off again and again."), tr("Check the network and try again.")
        )

    def _pause(
        self, err: RtaError, fruitless: int, transfer: "_Transfer", cancel: CancelToken
    ) -> None:
        seconds = min(_LONGEST_PAUSE_S, 2.0 ** (fruitless - 1)) * (0.5 + self._jitter() / 2)
        if isinstance(err, BusyError | TemporaryServerError) and err.retry_after_s is not None:
            if err.retry_after_s > _LONGEST_ASKED_PAUSE_S:
                raise err
            seconds = max(seconds, err.retry_after_s)
        note = tr(
            "{summary} Trying again in {seconds:.0f} s.", summary=err.summary, seconds=seconds
        )
        transfer.report(note, force=True, wait_s=seconds)
        self._sleep(seconds, cancel)


class _Transfer:
    """One file on its way, over as many answers as it takes."""

    def __init__(
        self,
        source: Source,
        file: PartFile,
        open_file: OpenFile,
        clock: Clock,
        cancel: CancelToken,
        progress: ProgressListener,
        throttle: Throttle,
    ) -> None:
        self._throttle = throttle
        self._source = source
        self._file = file
        self._open = open_file
        self._clock = clock
        self._cancel = cancel
        self._progress = progress
        self._reported_s = float("-inf")
        self._may_resume = True
        self._looks_beyond = False
        self.remark = ""
        self.complete = file.note.complete
        if file.was_changed:
            self._begin_again(tr("The unfinished file on the drive was changed."))

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return self._file.size

    def start_over(self, why: str) -> None:
        """Forget what is there, and do not trust this server's ranges again; ``why`` is told from now on."""
        self._may_resume = False
        self._begin_again(why)

    def _begin_again(self, why: str) -> None:
        self.remark = tr("{why} It is fetched again from its start.", why=why)
        self._file.restart()

    def report(self, note: str = "", *, force: bool = False, wait_s: float = 0.0) -> None:
        """Tell how far it is, at most ten times a second; ``wait_s`` until the next attempt."""
        now_s = self._clock.monotonic_s()
        if force or now_s - self._reported_s >= _PROGRESS_EVERY_S:
            self._reported_s = now_s
            total = self._file.note.total
            self._progress(TransferProgress(self._file.size, total, note or self.remark, wait_s))

    def attempt(self) -> None:
        """Ask once, and take what comes."""
        if self._file.size and not self._may_resume:
            self._file.restart()
        is_proved = is_strong(self._file.note.etag) or self._looks_beyond
        overlap = 0 if is_proved else min(self._file.size, _OVERLAP_BYTES)
        first = self._file.size - overlap
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if self._file.size:
            headers["Range"] = f"bytes={first}-"
            if is_strong(self._file.note.etag):
                headers["If-Range"] = self._file.note.etag
        else:
            self.report(tr("The server is preparing the file."), force=True)
        call = Call("GET", self._source.url, headers, timeout_s=FIRST_BYTE_TIMEOUT_S)
        with self._open(call, self._cancel) as answer:
            self._take(answer, first, overlap)

    def _take(self, answer: Answer, first: int, overlap: int) -> None:
        _refuse_encoding(answer)
        if answer.status == 200:
            self._take_whole(answer)
        elif answer.status == 206:
            self._take_rest(answer, first, overlap)
        elif answer.status == 416 and self._file.size:
            self._take_nothing(answer)
        else:
            raise problem_of(answer, self._source.label, self._clock.now_ms())

    def _take_whole(self, answer: Answer) -> None:
        """The file from its beginning, whatever was asked; what is there stays until one has begun."""
        chunks = self._chunks(answer)
        head = self._head(answer, chunks)
        if self._file.size:
            self._begin_again(tr("The server does not go on where a transfer broke off."))
        self._looks_beyond = False
        total = content_length(answer.headers)
        self._file.begin(
            entity_tag(answer.headers),
            total,
            suggested_name(answer.headers),
            last_modified(answer.headers),
        )
        self._require_space(total)
        self._store(head)
        for data in chunks:
            self._store(data)
        self._require_all(total)

    def _head(self, answer: Answer, chunks: Iterator[memoryview]) -> bytes:
        """The beginning of a video; raises ServerError for anything else."""
        head = b""
        for data in chunks:
            head += data
            if len(head) >= HEAD_BYTES:
                break
        if not head:
            raise ServerError(
                tr("The server sent an empty file."), tr("Try again, or choose another time.")
            )
        content_type = answer.headers.get("Content-Type", "")
        if is_no_video(head, content_type):
            raise self._not_a_video(answer.status, head, content_type, chunks)
        return head

    def _not_a_video(
        self, status: int, head: bytes, content_type: str, rest: Iterator[memoryview]
    ) -> RtaError:
        if looks_like_html(head, content_type):
            return web_page()
        body = bytearray(head)
        for data in rest:
            body += data
            if len(body) > MAX_PROBLEM_BYTES:
                break
        problem = read_problem(status, {}, bytes(body), self._clock.now_ms())
        if problem.code in MISSING_CODES:
            return error_for(replace(problem, status=404), self._source.label)
        words = tr("The server sent a message in place of the video.")
        if problem.message:
            words = tr(
                "The server sent a message in place of the video: {words}", words=problem.message
            )
        return ServerError(words, tr("Try again later."))

    def _require_space(self, total: int | None) -> None:
        if total is not None and total > MOST_BYTES:
            raise ServerError(
                tr("The server names a size that no file can have."), tr("Try again later.")
            )
        if total is not None:
            self._file.require_space(total)

    def _take_rest(self, answer: Answer, first: int, overlap: int) -> None:
        given = content_range(answer.headers)
        known, size = self._file.note.total, self._file.size
        if given is None or not size or given.first != first:
            raise _StartOverError(tr("The server sent another part of the file than was asked."))
        if given.total is not None and known not in {None, given.total}:
            raise _StartOverError(tr(_CHANGED))
        if self._is_another(answer):
            raise _StartOverError(tr(_CHANGED))
        if given.total is not None and known is None:
            self._file.learn_total(given.total)
        self._require_space(given.total)
        expected = self._file.tail(overlap)
        for data in self._chunks(answer):
            again = bytes(data[: len(expected)])
            if not expected.startswith(again):
                raise _StartOverError(tr(_CHANGED))
            expected = expected[len(again) :]
            self._store(data[len(again) :])
        total = given.total if given.total is not None else known
        # Where the file ends nobody has said then, and the overlap alone came again.
        self._looks_beyond = total is None and self._file.size == size
        self._require_all(total, last=given.last)

    def _is_another(self, answer: Answer) -> bool:
        """By what the server calls it. Where a strong tag is the proof, an answer without one is none."""
        note = self._file.note
        tag, modified = entity_tag(answer.headers), last_modified(answer.headers)
        if is_strong(note.etag) and not tag:
            return not modified or modified != note.modified
        if is_strong(note.etag):
            return tag != note.etag
        pairs = (tag, note.etag), (modified, note.modified)
        return any(now and before and now != before for now, before in pairs)

    def _take_nothing(self, answer: Answer) -> None:
        """Nothing lies beyond what we have: complete, or another file."""
        tag, known = entity_tag(answer.headers), self._file.note.etag
        is_another = bool(tag and known) and tag != known
        if is_another or unsatisfied_total(answer.headers) != self._file.size:
            raise _StartOverError(tr(_CHANGED))
        self.complete = True

    def _store(self, data: bytes | memoryview) -> None:
        if data:
            self._file.write(data)
            self.report()
            self._throttle.spent(len(data), self._cancel)

    def _chunks(self, answer: Answer) -> Iterator[memoryview]:
        """Each is good until the next one is asked for."""
        return answer.pieces(
            STALL_TIMEOUT_S, lambda: self._file.room(self._throttle.piece_bytes(_PIECE_BYTES))
        )

    def _require_all(self, total: int | None, last: int | None = None) -> None:
        """All that an answer has; where it tells no total, that is all only if it began at the start."""
        expected = total if total is not None else last + 1 if last is not None else self._file.size
        if self._file.size < expected:
            raise BrokenConnectionError(
                tr("The connection broke off before the file was complete.")
            )
        if self._file.size > expected:
            raise _StartOverError(tr("The server sent more than the whole file."))
        self.complete = total is not None or last is None


def _refuse_encoding(answer: Answer) -> None:
    codings = answer.headers.get("Content-Encoding", "").lower().split(",")
    if not _COMPRESSIONS.isdisjoint(coding.strip() for coding in codings):
        raise ServerError(
            tr("The server compresses the file although it was asked not to."), tr(BREAKS_CONTRACT)
        )
