"""The recording endpoints: playback, timeline, statistics, events."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from rta_viewer.core.spans import Span, clip, gaps, total_ms, union
from rta_viewer.demo.http_faults import OtherPlaybackUrl
from rta_viewer.demo.rest import parameters
from rta_viewer.demo.rest.camera_json import resolution, size_bytes
from rta_viewer.demo.rest.messages import (
    Request,
    Response,
    invalid,
    json_response,
    recording_not_found,
)
from rta_viewer.demo.rest.routing import API, Route, route
from rta_viewer.demo.rest.services import Services
from rta_viewer.demo.rest.times import format_instant, next_midnight, parse_span, utc_day
from rta_viewer.demo.world import DemoCamera, DemoEvent, DemoGap, RecordedSequence

_SPEEDS = ("1", "2", "4", "8")
_EVENT_TYPES = ("motion", "tampering", "audio")
_MOST_EVENTS = 10_000
_MOST_DAYS = 400
_PLAYBACK_WAIT_S = 10.0
_NOTHING = "Nothing was recorded in the asked time."


def asked_span(request: Request) -> Span:
    """``startTime`` and ``endTime`` of the query; ApiError 400."""
    return parse_span(
        parameters.required(request.query, "startTime"),
        parameters.required(request.query, "endTime"),
    )


class RecordingEndpoints:
    """Answers about what was recorded."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """What it answers."""
        base = f"{API}/recordings/*"
        return [
            route("GET", f"{base}/playback", self.playback, feature="recordings"),
            route("GET", f"{base}/timeline", self.timeline, feature="timeline", bucket="timeline"),
            route("GET", f"{base}/statistics", self.statistics, feature="statistics"),
            route("GET", f"{API}/events/*", self.events, feature="events", bucket="events"),
        ]

    def playback(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /recordings/{id}/playback``. An offline camera's old footage plays."""
        camera = self._services.camera(ids[0])
        asked = asked_span(request)
        speed = parameters.choice(request.query.get("speed", "1"), "speed", _SPEEDS)
        skip_gaps = parameters.boolean(request.query, "skipGaps")
        if self._services.playbacks() >= self._services.options.playbacks_at_once:
            message = "Too many playbacks are running. Close one, or try again later."
            raise self._services.limiter.refusal(_PLAYBACK_WAIT_S, message)
        found = self._services.sequences(camera.camera_id, asked)
        if not found:
            raise recording_not_found(_NOTHING)
        window = Span(asked.start_ms, min(asked.end_ms, max(s.span.end_ms for s in found)))
        answer = self._grant(request, camera, window, speed, skip_gaps)
        answer["actualPlayback"] = {
            "sequences": [
                {
                    "startTime": format_instant(sequence.span.start_ms),
                    "endTime": format_instant(sequence.span.end_ms),
                }
                for sequence in found
            ]
        }
        if gaps([sequence.span for sequence in found], asked):
            answer["warning"] = "The asked time has gaps."
        return json_response(answer)

    def _grant(
        self,
        request: Request,
        camera: DemoCamera,
        window: Span,
        speed: str,
        skip_gaps: bool | None,
    ) -> dict[str, object]:
        start, end = format_instant(window.start_ms), format_instant(window.end_ms)
        query = {"start": start, "end": end}
        if speed != "1":
            query["speed"] = speed
        if skip_gaps is not None:
            query["skipGaps"] = "true" if skip_gaps else "false"
        base = self._services.stream_base(request.host)
        path = f"/playback/{quote(camera.camera_id, safe='')}"
        other = self._services.faults.take(OtherPlaybackUrl, request.path)
        url = other.url if other else f"{base}{path}?{urlencode(query, safe=':')}"
        return {
            "playbackUrl": url,
            "cameraId": camera.camera_id,
            "startTime": start,
            "endTime": end,
            "durationSeconds": window.duration_ms / 1000,
            "speed": int(speed),
        }

    def timeline(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /recordings/{id}/timeline``."""
        camera = self._services.camera(ids[0])
        window = asked_span(request)
        found = self._services.sequences(camera.camera_id, window)
        recorded = total_ms(sequence.span for sequence in found)
        answer: dict[str, object] = {
            "cameraId": camera.camera_id,
            "startTime": format_instant(window.start_ms),
            "endTime": format_instant(window.end_ms),
            "sequences": [_sequence_json(camera, sequence) for sequence in found],
            "gaps": [_gap_json(gap) for gap in self._services.gaps(camera.camera_id, window)],
            "coveragePercent": round(100 * recorded / window.duration_ms, 2),
            "availableDuration": recorded / 1000,
        }
        if not found:
            answer |= {"error": "NO_RECORDINGS_AVAILABLE", "message": _NOTHING}
        return json_response(answer)

    def statistics(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /recordings/{id}/statistics``: totals and the UTC days."""
        camera = self._services.camera(ids[0])
        window = asked_span(request)
        if window.duration_ms > _MOST_DAYS * 86_400_000:
            raise invalid(f"Statistics cover at most {_MOST_DAYS} days.")
        found = self._services.sequences(camera.camera_id, window)
        missing = self._services.gaps(camera.camera_id, window)
        recorded = union(sequence.span for sequence in found)
        duration_ms = total_ms(recorded)
        return json_response(
            {
                "cameraId": camera.camera_id,
                "startTime": format_instant(window.start_ms),
                "endTime": format_instant(window.end_ms),
                "totalDurationSeconds": duration_ms / 1000,
                "totalSizeBytes": size_bytes(camera, duration_ms),
                "totalSequences": len(found),
                "totalGaps": len(missing),
                "coveragePercent": round(100 * duration_ms / window.duration_ms, 2),
                "dailyBreakdown": [
                    _day_json(camera, day, recorded, missing) for day in _days(window)
                ],
            }
        )

    def events(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /events/{id}``; ``totalCount`` counts before ``limit`` cuts."""
        camera = self._services.camera(ids[0])
        window = asked_span(request)
        limit = parameters.integer(request.query, "limit", 1000, 1, _MOST_EVENTS)
        names = [name for name in request.query.get("eventTypes", "").split(",") if name]
        wanted = {parameters.choice(name.strip(), "eventTypes", _EVENT_TYPES) for name in names}
        found = [
            event
            for event in self._services.events(camera.camera_id, window)
            if not wanted or event.kind in wanted
        ]
        return json_response(
            {
                "events": [_event_json(event) for event in found[:limit]],
                "totalCount": len(found),
            }
        )


def _sequence_json(camera: DemoCamera, sequence: RecordedSequence) -> dict[str, object]:
    return {
        "sequenceId": sequence.sequence_id,
        "startTime": format_instant(sequence.span.start_ms),
        "endTime": format_instant(sequence.span.end_ms),
        "hasVideo": True,
        "hasAudio": sequence.has_audio,
        "codec": camera.codec,
        "resolution": resolution(camera),
        "fps": camera.fps,
        "sizeBytes": size_bytes(camera, sequence.span.duration_ms),
        "eventCount": sequence.event_count,
        "recordingType": sequence.kind.value,
    }


def _gap_json(gap: DemoGap) -> dict[str, object]:
    return {
        "startTime": format_instant(gap.span.start_ms),
        "endTime": format_instant(gap.span.end_ms),
        "reason": gap.reason,
    }


def _event_json(event: DemoEvent) -> dict[str, object]:
    return {
        "eventId": event.event_id,
        "type": event.kind,
        "timestamp": format_instant(event.start_ms),
        "endTimestamp": format_instant(event.end_ms),
        "severity": event.severity,
        "description": event.description,
    }


def _days(window: Span) -> Iterator[Span]:
    start = window.start_ms
    while start < window.end_ms:
        end = min(next_midnight(start), window.end_ms)
        yield Span(start, end)
        start = end


def _day_json(
    camera: DemoCamera, day: Span, recorded: Sequence[Span], missing: Sequence[DemoGap]
) -> dict[str, object]:
    duration_ms = total_ms(clip(recorded, day))
    return {
        "date": utc_day(day.start_ms),
        "durationSeconds": duration_ms / 1000,
        "sizeBytes": size_bytes(camera, duration_ms),
        "gaps": sum(gap.span.overlaps(day) for gap in missing),
    }
