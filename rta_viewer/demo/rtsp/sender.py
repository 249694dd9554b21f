"""The thread that sends what one PLAY asked for, at its pace, into the connection's outlet."""

import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rta_viewer.core.clock import Clock
from rta_viewer.demo.footage.annexb import is_parameter_set, nal_units
from rta_viewer.demo.footage.model import CameraFootage, VideoUnit
from rta_viewer.demo.rtsp.faults import RtspFaults, Verdict
from rta_viewer.demo.rtsp.feed import Piece, pieces
from rta_viewer.demo.rtsp.options import ParameterSets, RtspOptions
from rta_viewer.demo.rtsp.outlet import Outlet, OutletStream
from rta_viewer.demo.rtsp.packetize import (
    Packetizer,
    packetize_aac,
    packetize_h264,
    packetize_h265,
)
from rta_viewer.demo.rtsp.play import Playing
from rta_viewer.demo.rtsp.rtp import (
    ReplayMark,
    RtpHead,
    SenderReport,
    goodbye,
    interleaved,
    rtp_packet,
)
from rta_viewer.demo.rtsp.track import Progress, Track, TrackCount
from rta_viewer.errors import RtaError

_log = logging.getLogger(__name__)

_PACKETIZERS: Mapping[str, Packetizer] = {
    "H264": packetize_h264,
    "H265": packetize_h265,
    "AAC": packetize_aac,
}
_LIVE_POLL_S = 0.05
_NOTED_WAIT_S = 1.0


@dataclass(frozen=True, slots=True)
class SendContext:
    """What senders of one session share."""

    footage: CameraFootage
    tracks: Sequence[Track]
    outlet: Outlet
    faults: RtspFaults
    options: RtspOptions
    clock: Clock
    replay_marks: bool


class PlayQueue(Protocol):
    """Who tells a sender what comes after what it was given."""

    def following(self, sender: "Sender", progress: Progress) -> tuple[Playing, float] | None:
        """The next PLAY and where its RTP time begins; None at the end of all."""
        ...

    def ended(self, sender: "Sender") -> None:
        """The sender gave up."""
        ...


class Sender:
    """Sends one PLAY, and those that were queued behind it.

    Args:
        rtp_origin_ms: RTP time of the plan's start.
        progress: How far the session has come.
    """

    def __init__(
        self,
        context: SendContext,
        queue: PlayQueue,
        playing: Playing,
        rtp_origin_ms: float,
        progress: Progress,
    ) -> None:
        self._context = context
        self._queue = queue
        self._playing = playing
        self._origin_ms = rtp_origin_ms
        self._progress = replace(progress, last=None, play_packets=0)
        self._tracks = {track.is_video: track for track in context.tracks}
        self._stopped = threading.Event()
        self._next_report_s = 0.0
        self._reported_ms = rtp_origin_ms
        self._wall_offset_ms = context.clock.now_ms() - time.monotonic() * 1000
        self._thread = threading.Thread(target=self._run, name="rtsp-sender", daemon=True)
        self.stream: OutletStream[Progress] = OutletStream(self._progress)

    @property
    def playing(self) -> Playing:
        """The PLAY that is being sent."""
        return self._playing

    @property
    def is_alive(self) -> bool:
        """The thread has not ended yet."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self, *, drop: bool) -> Progress:
        """Send nothing more; with ``drop`` also forget what has not left. Returns how far it came.

        Does not wait: the thread may be encoding, but whatever it still makes is refused.
        """
        self._stopped.set()
        return self._context.outlet.revoke(self.stream, drop=drop)

    def join(self, timeout_s: float) -> None:
        """Wait for the thread's end."""
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            self._send_all()
        except RtaError as err:
            _log.warning("RTSP stream ended early: %s", err)
            self._queue.ended(self)
            self._say_goodbye()
        except Exception:  # noqa: BLE001 - the thread's outermost line
            _log.exception("RTSP sender failed")

    def _send_all(self) -> None:
        while self._send_one_play():
            following = self._queue.following(self, self._progress)
            if following is None:
                self._say_goodbye()
                return
            self._playing, self._origin_ms = following
            self._progress = replace(self._progress, last=None, play_packets=0)

    def _send_one_play(self) -> bool:
        """False when it was stopped, or a fault ended it."""
        anchor_s = time.monotonic()
        for piece in pieces(self._context.footage, self._playing.plan):
            if piece is None:
                if self._stopped.wait(_LIVE_POLL_S):
                    return False
                continue
            if piece.is_video not in self._tracks:
                continue
            if not self._wait_until_due(piece, anchor_s):
                return False
            waited_s = self._send(piece)
            if waited_s is None:
                return False
            # A reader that stood still is not flooded afterwards; one that is merely slow keeps the pace.
            anchor_s += waited_s if waited_s > _NOTED_WAIT_S else 0.0
        return not self._stopped.is_set()

    def _wait_until_due(self, piece: Piece, anchor_s: float) -> bool:
        if self._playing.plan.live:
            while self._context.clock.now_ms() < piece.unit.instant_ms:
                ahead_s = (piece.unit.instant_ms - self._context.clock.now_ms()) / 1000
                if self._stopped.wait(min(max(ahead_s, 0.001), _LIVE_POLL_S)):
                    return False
        elif self._playing.timing.pace is not None:
            due_s = anchor_s + piece.due_ms / 1000 / self._playing.timing.pace
            return not self._stopped.wait(max(0.0, due_s - time.monotonic()))
        return not self._stopped.is_set()

    def _send(self, piece: Piece) -> float | None:
        """Queue one unit; seconds waited for room, None at the end."""
        rtp_ms = self._rtp_ms(piece)
        reports = self._due_reports(rtp_ms)
        packets, progress = self._packets(piece, rtp_ms)
        packets, verdict = self._context.faults.on_packets(self._progress.play_packets, packets)
        waited_s = self._context.outlet.put(self.stream, [*reports, *packets], progress)
        if waited_s is not None:
            self._progress, self._reported_ms = progress, rtp_ms
        if verdict is Verdict.GO_ON:
            return waited_s
        if verdict is Verdict.DROP_CONNECTION:
            self._context.outlet.finish()
        return None

    def _rtp_ms(self, piece: Piece) -> float:
        if self._playing.timing.recording_time:
            return self._origin_ms + self._playing.media_ms(piece.unit.instant_ms)
        return self._origin_ms + piece.shown_ms / self._playing.timing.media_per_rtp

    def _packets(self, piece: Piece, rtp_ms: float) -> tuple[list[bytes], Progress]:
        track = self._tracks[piece.is_video]
        count = self._progress.counts[track.number]
        payloads = self._payloads(piece, track)
        timestamp = track.timestamp(rtp_ms)
        mark = self._mark(piece)
        packets = [
            interleaved(
                track.rtp_channel,
                rtp_packet(
                    RtpHead(
                        payload_type=track.payload_type,
                        sequence=count.next_sequence + number,
                        timestamp=timestamp,
                        ssrc=track.ssrc,
                        marker=number == len(payloads) - 1,
                    ),
                    payload,
                    mark if number == 0 else b"",
                ),
            )
            for number, payload in enumerate(payloads)
        ]
        return packets, self._advanced(piece, track, payloads, rtp_ms)

    def _payloads(self, piece: Piece, track: Track) -> list[bytes]:
        limit = self._context.options.packet_bytes
        if not piece.is_video:
            return _PACKETIZERS[track.codec]([piece.unit.data], limit)
        nals = list(nal_units(piece.unit.data))
        if self._context.options.parameter_sets is ParameterSets.SDP:
            nals = [nal for nal in nals if not is_parameter_set(track.codec, nal)]
        return _PACKETIZERS[track.codec](nals, limit)

    def _mark(self, piece: Piece) -> bytes:
        if not self._context.replay_marks:
            return b""
        return ReplayMark(
            instant_ms=piece.unit.instant_ms,
            clean=not isinstance(piece.unit, VideoUnit) or piece.unit.is_key,
            section_end=piece.section_end,
            discontinuity=piece.discontinuity,
            terminal=piece.terminal,
            cseq=self._playing.cseq,
        ).to_bytes()

    def _advanced(
        self, piece: Piece, track: Track, payloads: Sequence[bytes], rtp_ms: float
    ) -> Progress:
        before = self._progress
        count = before.counts[track.number]
        counted = TrackCount(
            count.next_sequence + len(payloads),
            count.packets + len(payloads),
            count.octets + sum(map(len, payloads)),
        )
        after_ms = rtp_ms + piece.unit.duration_ms / self._playing.timing.media_per_rtp
        return Progress(
            counts={**before.counts, track.number: counted},
            rtp_ms=max(before.rtp_ms, after_ms),
            last=piece.unit if isinstance(piece.unit, VideoUnit) else before.last,
            play_packets=before.play_packets + len(payloads),
        )

    def _due_reports(self, rtp_ms: float) -> list[bytes]:
        now_s = time.monotonic()
        if now_s < self._next_report_s:
            return []
        self._next_report_s = now_s + self._context.options.report_interval_s
        return [
            interleaved(track.rtcp_channel, report.to_bytes())
            for track, report in self._reports(rtp_ms)
        ]

    def _reports(self, rtp_ms: float) -> Iterator[tuple[Track, SenderReport]]:
        """Reports that tie the same moment of all tracks to now (RFC 3550, 6.4.1)."""
        now_ms = self._wall_offset_ms + time.monotonic() * 1000
        for track in self._context.tracks:
            count = self._progress.counts[track.number]
            yield (
                track,
                SenderReport(
                    track.ssrc, now_ms, track.timestamp(rtp_ms), count.packets, count.octets
                ),
            )

    def _say_goodbye(self) -> None:
        farewell = [
            interleaved(track.rtcp_channel, goodbye(report))
            for track, report in self._reports(self._reported_ms)
        ]
        self._context.outlet.put(self.stream, farewell, self._progress)
        if self._context.options.close_at_end:
            self._context.outlet.finish()
