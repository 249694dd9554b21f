"""Answers of the recording server as values of :mod:`rta_viewer.core.model`. Knows fields, no HTTP."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlsplit

from rta_viewer.core import spans
from rta_viewer.core.model import (
    Availability,
    Camera,
    CameraGroup,
    CameraState,
    ExportState,
    ExportStatus,
    Gap,
    PlaybackGrant,
    Recording,
    RecordingEvent,
    RecordingKind,
    StreamInfo,
)
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.vms.errors_map import readable
from rta_viewer.vms.json_node import Node

_RESOLUTION = re.compile(r"\s*(\d{1,5})\s*[xX*]\s*(\d{1,5})\s*")
_CODEC_NAMES = {
    "H.264": "H264", "AVC": "H264", "AVC1": "H264",
    "H.265": "H265", "HEVC": "H265", "HEV1": "H265", "HVC1": "H265",
    "MJPG": "MJPEG", "JPEG": "MJPEG",
}  # fmt: skip
_MOST_NAME_CHARS = 60
_MOST_FPS = 10_000.0
_MOST_KBPS = 1e9
_Timed = TypeVar("_Timed", Recording, Gap)
_TOKEN = re.compile(r"[\x21-\x7e]{1,8192}")


@dataclass(frozen=True, slots=True)
class TokenGrant:
    """The answer to a sign-in: a token, and how long it is good for (None: not said)."""

    token: Secret
    expires_in_s: float | None


@dataclass(frozen=True, slots=True)
class CameraPage:
    """One page of the camera list.

    Attributes:
        is_array_form: The ``array`` form, which pages by ``page`` and ``size``.
        total: All cameras, None when not said.
    """

    cameras: tuple[Camera, ...]
    is_array_form: bool
    total: int | None


def token_grant(root: Node, field: str) -> TokenGrant:
    """``{"token","expires_in"}`` or ``{"access_token","expires_in"}``."""
    node = root.field(field)
    token = node.as_text(exact=True)
    if not _TOKEN.fullmatch(token):
        node.fail(tr("is not a usable token"))
    return TokenGrant(Secret(token), root.number("expires_in"))


def camera_page(root: Node) -> CameraPage:
    """Both forms of the camera list."""
    if not root.has("cameras") and root.has("array"):
        listed = tuple(_array_camera(node) for node in root.field("array").items())
        return CameraPage(listed, is_array_form=True, total=None)
    listed = tuple(camera(node) for node in root.field("cameras").items())
    return CameraPage(listed, is_array_form=False, total=root.size("totalCount"))


def camera(node: Node) -> Camera:
    """One camera, short or with its details."""
    camera_id = node.identifier("id")
    server = node.optional("recordingServer")
    location = node.optional("location")
    recording = node.optional("recording")
    found = Camera(
        camera_id=camera_id,
        name=_name(node, "name"),
        short_name=node.text("shortName"),
        enabled=node.flag("enabled", default=True),
        recording_enabled=node.flag("recordingEnabled", default=True),
        channel=node.integer("channel"),
        recording_server=server.text("name") if server else "",
        location=_location(location) if location else "",
        streams=tuple(_stream(one) for one in node.children("streams")),
        model=_model(node),
    )
    if recording is not None:
        found = replace(
            found,
            retention_days=recording.size("retentionDays"),
            oldest_recording_ms=recording.instant_ms("oldestRecording"),
            newest_recording_ms=recording.instant_ms("newestRecording"),
        )
    return replace(found, state=_camera_state(found, node))


def _name(node: Node, *fields: str) -> str:
    """What people call it; where nobody gave it a name, its identifier as far as that can be read."""
    said = next(filter(None, map(node.text, fields)), "")
    return said or readable(node.identifier("id"), _MOST_NAME_CHARS)


def _properties(node: Node) -> Node | None:
    """What the contract leaves open: anything may stand there, and nothing has to."""
    properties = node.optional("properties")
    return properties if properties is not None and properties.is_object else None


def _model(node: Node) -> str:
    properties = _properties(node)
    return properties.text_if_any("model") if properties is not None else ""


def _camera_state(found: Camera, node: Node) -> CameraState:
    if not found.enabled:
        return CameraState.DISABLED
    said = (node.text("status") or node.text("state")).lower()
    properties = _properties(node)
    unreachable = properties is not None and properties.is_false("online")
    if unreachable or said in {"offline", "disconnected", "not_responding"}:
        return CameraState.OFFLINE
    known = node.has("recordingEnabled") and found.recording_enabled
    return CameraState.RECORDING if known else CameraState.UNKNOWN


def _location(node: Node) -> str:
    parts = (node.text(name) for name in ("building", "floor", "area"))
    return ", ".join(part for part in parts if part)


def _array_camera(node: Node) -> Camera:
    camera_id = node.identifier("id")
    enabled = node.flag("enabled", default=True)
    return Camera(
        camera_id=camera_id,
        name=_name(node, "displayName", "name"),
        short_name=node.text("shortName"),
        enabled=enabled,
        recording_enabled=node.flag("recordingEnabled", default=True),
        state=CameraState.UNKNOWN if enabled else CameraState.DISABLED,
        channel=node.integer("channel"),
    )


def _stream(node: Node) -> StreamInfo:
    width, height = _resolution(node)
    return StreamInfo(
        stream_id=node.text("streamId"),
        name=node.text("name"),
        width=width,
        height=height,
        codec=codec_name(node.text("codec")),
        fps=_likely(node, "fps", _MOST_FPS),
        bitrate_kbps=round(_likely(node, "bitrate", _MOST_KBPS)),
    )


def _resolution(node: Node) -> tuple[int, int]:
    """Width and height in pixels, zeros where it is not told."""
    size = _RESOLUTION.fullmatch(node.text("resolution"))
    return (int(size[1]), int(size[2])) if size else (0, 0)


def _likely(node: Node, name: str, most: float) -> float:
    """A number that is 0 where it is not told, or cannot be true."""
    number = node.number(name) or 0.0
    return number if 0 <= number <= most else 0.0


def codec_name(text: str) -> str:
    """``H264`` for all the ways to write it."""
    name = text.strip().upper()
    return _CODEC_NAMES.get(name, name)


def groups(root: Node) -> list[CameraGroup]:
    """``GET /cameras/groups``."""
    return [
        CameraGroup(
            group_id=node.identifier("id"),
            name=_name(node, "name"),
            description=node.text("description"),
            camera_ids=tuple(one.as_text(exact=True) for one in node.children("cameras")),
        )
        for node in root.field("groups").items()
    ]


def availability(root: Node, camera_id: str, window: Span) -> Availability:
    """``GET /recordings/{id}/timeline``: recordings without overlaps, gaps with their reasons."""
    listed = (_recording(node, window) for node in root.children("sequences"))
    recordings = _disjoint([one for one in listed if one is not None])
    if not recordings and not root.has("sequences") and not root.has("error"):
        root.field("sequences")
    reasons = _disjoint([_gap(node) for node in root.children("gaps")])
    return Availability(
        camera_id=camera_id,
        window=window,
        recordings=tuple(recordings),
        gaps=tuple(_gaps([one.span for one in recordings], reasons, window)),
    )


def nothing_recorded(camera_id: str, window: Span) -> Availability:
    """For a server that says "no footage" with an error instead of an empty list."""
    return Availability(camera_id, window, gaps=tuple(_gaps([], [], window)))


def _recording(node: Node, window: Span) -> Recording | None:
    span = _span(node)
    inside = span.clip(window) if span and node.flag("hasVideo", default=True) else None
    if inside is None:
        return None
    kind = node.text("recordingType").lower()
    width, height = _resolution(node)
    return Recording(
        span=inside,
        kind=RecordingKind(kind) if kind in set(RecordingKind) else RecordingKind.UNKNOWN,
        has_audio=node.flag("hasAudio", default=False),
        codec=codec_name(node.text("codec")),
        size_bytes=_share(node.size("sizeBytes"), inside, span),
        event_count=node.size("eventCount") or 0,
        width=width,
        height=height,
        fps=_likely(node, "fps", _MOST_FPS),
    )


def _share(size_bytes: int | None, inside: Span, whole: Span | None) -> int | None:
    """A server says how large the whole recording is; we keep what lies in the window."""
    if size_bytes is None or whole is None:
        return size_bytes
    return size_bytes * inside.duration_ms // whole.duration_ms


def _span(node: Node) -> Span | None:
    start_ms, end_ms = (
        node.field("startTime").as_instant_ms(),
        node.field("endTime").as_instant_ms(),
    )
    return Span(start_ms, end_ms) if start_ms < end_ms else None


def _disjoint(timed: list[_Timed]) -> list[_Timed]:
    """Sorted, each beginning where those before it have ended."""
    found: list[_Timed] = []
    reached_ms: int | None = None
    for one in sorted(timed, key=lambda member: member.span):
        start_ms = one.span.start_ms if reached_ms is None else max(one.span.start_ms, reached_ms)
        if start_ms < one.span.end_ms:
            found.append(replace(one, span=Span(start_ms, one.span.end_ms)))
            reached_ms = one.span.end_ms
    return found


def _gap(node: Node) -> Gap:
    return Gap(_span(node) or Span(0, 0), node.text("reason"))


def _gaps(recorded: Sequence[Span], given: Sequence[Gap], window: Span) -> list[Gap]:
    """What is not recorded, cut up by the reasons that the server gave (sorted, disjoint)."""
    empty = spans.gaps(recorded, window)
    found: list[Gap] = []
    first = 0
    for gap in given:
        while first < len(empty) and empty[first].end_ms <= gap.span.start_ms:
            first += 1
        for index in range(first, len(empty)):
            part = gap.span.clip(empty[index])
            if part is None:
                break
            found.append(Gap(part, gap.reason))
    found += [Gap(span) for span in spans.subtract(empty, [gap.span for gap in given])]
    return sorted(found, key=lambda gap: gap.span)


def events(root: Node) -> list[RecordingEvent]:
    """``GET /events/{id}``, sorted by time."""
    return sorted(
        (_event(node) for node in root.field("events").items()), key=lambda event: event.span
    )


def _event(node: Node) -> RecordingEvent:
    start_ms = node.field("timestamp").as_instant_ms()
    end_ms = node.instant_ms("endTimestamp")
    return RecordingEvent(
        event_id=node.text("eventId"),
        kind=node.text("type"),
        span=Span(start_ms, max(start_ms, end_ms if end_ms is not None else start_ms)),
        severity=node.text("severity"),
        description=node.text("description"),
    )


def playback_grant(root: Node, window: Span, speed: int) -> PlaybackGrant:
    """``GET /recordings/{id}/playback``; a user name inside the URL is taken out."""
    node = root.field("playbackUrl")
    url = node.as_text(exact=True)
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"rtsp", "rtsps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(ord(char) < 33 or ord(char) == 127 for char in url):
        node.fail(tr("is not an RTSP address"))
    start_ms, end_ms = root.instant_ms("startTime"), root.instant_ms("endTime")
    span = window
    if start_ms is not None and end_ms is not None and start_ms < end_ms:
        span = Span(start_ms, end_ms)
    return PlaybackGrant(
        url=parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(),
        span=span,
        speed=root.number("speed") or float(speed),
        warning=root.text("warning"),
    )


def export_status(root: Node, export_id: str = "") -> ExportStatus:
    """The answers of both export endpoints.

    Args:
        root: The answer.
        export_id: What was asked for; empty for a new one. An answer about another one is refused: its
            file would be another camera's.
    """
    if export_id and root.text("exportId"):
        node = root.field("exportId")
        if _bare(node.as_text(exact=True)) != _bare(export_id):
            node.fail(tr("is that of another export"))
    text = root.field("status").as_text()
    word = text.strip().lower()
    time_left_s = root.number("estimatedTimeRemaining")
    if time_left_s is None:
        time_left_s = root.number("estimatedDurationSeconds")
    progress = root.number("progress")
    return ExportStatus(
        export_id=export_id or root.identifier("exportId"),
        state=ExportState(word) if word in set(ExportState) else ExportState.UNKNOWN,
        state_text=text,
        progress_percent=None if progress is None else min(100.0, max(0.0, progress)),
        time_left_s=time_left_s,
        download_url=root.field("downloadUrl").as_text(exact=True)
        if root.has("downloadUrl")
        else "",
        size_bytes=root.size("fileSize"),
        expires_at_ms=root.instant_ms("expiresAt"),
        error=_error_text(root),
    )


def _bare(identifier: str) -> str:
    """Without what servers write now so and now otherwise: case, dashes and braces of a GUID."""
    return "".join(filter(str.isalnum, identifier)).casefold() or identifier


def _error_text(root: Node) -> str:
    """Why an export failed, in either form of the contract; empty for anything else."""
    node = root.optional("error")
    if node is not None and node.is_object:
        return node.text_if_any("message")
    return root.text_if_any("error")
