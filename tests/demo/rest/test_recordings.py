import datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from rta_viewer.core.spans import Span, gaps, union
from tests.helpers.rest_client import RestClient
from tests.helpers.site import iso, window
from tests.helpers.worlds import NOW_MS

HOUR = 3_600_000
DAY = 24 * HOUR


def _ms(text: str) -> int:
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)


def _span(item: dict[str, str]) -> Span:
    return Span(_ms(item["startTime"]), _ms(item["endTime"]))


@pytest.mark.parametrize("name", ["Main entrance", "Car park north", "Goods lift"])
def test_a_timeline_covers_its_window_without_overlap(shared: RestClient, name: str) -> None:
    asked = Span(NOW_MS - 5 * DAY, NOW_MS - HOUR)
    answer = shared.json(f"/recordings/{shared.camera_id(name)}/timeline", **window(asked))
    sequences = [_span(item) for item in answer["sequences"]]
    missing = [_span(item) for item in answer["gaps"]]
    assert sequences
    assert missing
    assert sequences == sorted(sequences)
    assert gaps(sequences, asked) == union(missing)
    covered = sum(span.duration_ms for span in sequences)
    assert answer["availableDuration"] == pytest.approx(covered / 1000)
    assert answer["coveragePercent"] == pytest.approx(100 * covered / asked.duration_ms, abs=0.01)
    assert "error" not in answer
    assert answer["cameraId"] == shared.camera_id(name)


def test_a_sequence_has_the_contracts_members(shared: RestClient) -> None:
    asked = window(shared.span(name="Reception desk"))
    path = f"/recordings/{shared.camera_id('Reception desk')}/timeline"
    sequence = shared.json(path, **asked)["sequences"][0]
    assert sequence["hasVideo"] is True
    assert sequence["hasAudio"] is True
    assert sequence["recordingType"] == "continuous"
    assert sequence["codec"] == "H264"
    assert sequence["resolution"] == "640x360"
    assert sequence["sizeBytes"] > 0
    assert set(sequence) >= {"sequenceId", "fps", "eventCount"}


def test_all_gap_reasons_occur(shared: RestClient) -> None:
    asked = window(Span(NOW_MS - 9 * DAY, NOW_MS))
    reasons = {
        gap["reason"]
        for camera in shared.site.world.cameras
        for gap in shared.json(f"/recordings/{camera.camera_id}/timeline", **asked)["gaps"]
    }
    assert reasons == {
        "no_recording",
        "camera_offline",
        "disk_full",
        "motion_recording_no_motion",
        "retention_expired",
        "network_error",
        "database_error",
        "manual_deletion",
    }


def test_no_footage_at_all_is_an_answer_not_an_error(shared: RestClient) -> None:
    asked = window(Span(NOW_MS - 30 * DAY, NOW_MS - 29 * DAY))
    answer = shared.json(f"/recordings/{shared.camera_id()}/timeline", **asked)
    assert answer["error"] == "NO_RECORDINGS_AVAILABLE"
    assert answer["message"]
    assert answer["sequences"] == []
    assert answer["coveragePercent"] == 0
    assert {gap["reason"] for gap in answer["gaps"]} == {"retention_expired"}


def test_offsets_and_fractions_are_understood(shared: RestClient) -> None:
    path = f"/recordings/{shared.camera_id()}/timeline"
    answer = shared.json(
        path, startTime="2025-10-24T11:00:00.500+02:00", endTime="2025-10-24T05:00:00-04:01"
    )
    assert answer["startTime"] == "2025-10-24T09:00:00.500Z"
    assert answer["endTime"] == "2025-10-24T09:01:00Z"
    unencoded = shared.get(
        f"{path}?startTime=2025-10-24T11:00:00+02:00&endTime=2025-10-24T09:01:00Z"
    )
    assert unencoded.json()["startTime"] == "2025-10-24T09:00:00Z"


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"startTime": "2025-10-24T09:00:00Z"},
        {"startTime": "2025-10-24T09:00:00Z", "endTime": "2025-10-24T08:00:00Z"},
        {"startTime": "2025-10-24T09:00:00Z", "endTime": "2025-10-24T09:00:00Z"},
        {"startTime": "2025-10-24T09:00:00", "endTime": "2025-10-24T10:00:00Z"},
        {"startTime": "0001-01-01T00:00:00Z", "endTime": "9999-12-31T00:00:00Z"},
    ],
)
@pytest.mark.parametrize("what", ["timeline", "playback", "download", "statistics", "events"])
def test_senseless_windows_are_refused(
    shared: RestClient, what: str, params: dict[str, str]
) -> None:
    camera_id = shared.camera_id()
    path = f"/events/{camera_id}" if what == "events" else f"/recordings/{camera_id}/{what}"
    assert shared.refused(path, **params) == (400, "INVALID_REQUEST")


def test_playback_gives_a_url_of_this_sites_rtsp_side(shared: RestClient) -> None:
    asked = shared.span(60_000)
    answer = shared.json(f"/recordings/{shared.camera_id()}/playback", **window(asked))
    url = urlsplit(answer["playbackUrl"])
    assert f"{url.scheme}://{url.netloc}" == shared.site.rtsp_url
    assert url.path == f"/playback/{shared.camera_id()}"
    assert url.username is None
    query = parse_qs(url.query)
    assert (_ms(query["start"][0]), _ms(query["end"][0])) == (asked.start_ms, asked.end_ms)
    assert "speed" not in query
    assert answer["durationSeconds"] == 60
    assert answer["speed"] == 1
    assert _span(answer["actualPlayback"]["sequences"][0]) == asked
    assert "warning" not in answer


def test_playback_passes_speed_and_gaps_on(shared: RestClient) -> None:
    path = f"/recordings/{shared.camera_id()}/playback"
    answer = shared.json(path, **window(shared.span()), speed="8", skipGaps="false")
    query = parse_qs(urlsplit(answer["playbackUrl"]).query)
    assert query["speed"] == ["8"]
    assert query["skipGaps"] == ["false"]
    assert answer["speed"] == 8


def test_playback_ends_with_the_footage_and_warns_of_gaps(shared: RestClient) -> None:
    asked = Span(NOW_MS - 10_000, NOW_MS + HOUR)
    answer = shared.json(f"/recordings/{shared.camera_id()}/playback", **window(asked))
    assert answer["endTime"] == iso(NOW_MS).replace(".000", "")
    assert "gaps" in answer["warning"]


def test_the_name_by_which_the_client_came_is_the_name_it_is_sent_to(shared: RestClient) -> None:
    path = f"/recordings/{shared.camera_id()}/playback"
    port = urlsplit(shared.site.rtsp_url).port
    for host, expected in [
        ("localhost:8090", "localhost"),
        ("[::1]:8090", "[::1]"),
        ("bad host/", "127.0.0.1"),
    ]:
        answer = shared.get(path, params=window(shared.span()), headers={"Host": host}).json()
        assert answer["playbackUrl"].startswith(f"rtsp://{expected}:{port}/")


def test_no_footage_is_not_found_and_old_footage_of_an_offline_camera_plays(
    shared: RestClient,
) -> None:
    path = f"/recordings/{shared.camera_id('Goods lift')}/playback"
    now = window(Span(NOW_MS - HOUR, NOW_MS))
    assert shared.refused(path, **now) == (404, "RECORDING_NOT_FOUND")
    old = window(Span(NOW_MS - 7 * DAY + HOUR, NOW_MS))
    assert shared.json(path, **old)["playbackUrl"]


@pytest.mark.parametrize("params", [{"speed": "3"}, {"speed": "fast"}, {"skipGaps": "2"}])
def test_senseless_playback_is_refused(shared: RestClient, params: dict[str, str]) -> None:
    path = f"/recordings/{shared.camera_id()}/playback"
    asked = window(shared.span())
    assert shared.refused(path, **asked, **params) == (400, "INVALID_REQUEST")


def test_events_by_type_and_limit(shared: RestClient) -> None:
    path = f"/events/{shared.camera_id('Reception desk')}"
    asked = window(Span(NOW_MS - 2 * DAY, NOW_MS))
    everything = shared.json(path, **asked)
    assert everything["totalCount"] == len(everything["events"])
    kinds = {event["type"] for event in everything["events"]}
    assert kinds >= {"motion", "audio"}
    stamps = [event["timestamp"] for event in everything["events"]]
    assert [_ms(stamp) for stamp in stamps] == sorted(_ms(stamp) for stamp in stamps)
    event = everything["events"][0]
    assert set(event) == {"eventId", "type", "timestamp", "endTimestamp", "severity", "description"}

    some = shared.json(path, **asked, eventTypes="audio,tampering", limit=3)
    assert len(some["events"]) == 3
    assert {event["type"] for event in some["events"]} <= {"audio", "tampering"}
    wanted = [event for event in everything["events"] if event["type"] in {"audio", "tampering"}]
    assert some["totalCount"] == len(wanted)
    assert some["events"] == wanted[:3]
    assert shared.refused(path, **asked, eventTypes="fire") == (400, "INVALID_REQUEST")
    assert shared.refused(path, **asked, limit="0") == (400, "INVALID_REQUEST")


def test_statistics_by_day_agree_with_the_timeline(shared: RestClient) -> None:
    asked = Span(NOW_MS - 3 * DAY, NOW_MS)
    base = f"/recordings/{shared.camera_id('Loading dock')}"
    statistics = shared.json(f"{base}/statistics", **window(asked))
    timeline = shared.json(f"{base}/timeline", **window(asked))
    days = statistics["dailyBreakdown"]
    assert [day["date"] for day in days] == ["2025-10-21", "2025-10-22", "2025-10-23", "2025-10-24"]
    total = sum(day["durationSeconds"] for day in days)
    assert total == pytest.approx(timeline["availableDuration"])
    assert statistics["totalDurationSeconds"] == pytest.approx(total)
    assert statistics["totalSizeBytes"] == pytest.approx(
        sum(day["sizeBytes"] for day in days), abs=10
    )
    assert statistics["totalGaps"] == len(timeline["gaps"])
    assert sum(day["gaps"] for day in days) >= len(timeline["gaps"])
    assert statistics["coveragePercent"] == timeline["coveragePercent"]


def test_statistics_are_bounded(shared: RestClient) -> None:
    asked = window(Span(NOW_MS - 401 * DAY, NOW_MS))
    path = f"/recordings/{shared.camera_id()}/statistics"
    assert shared.refused(path, **asked) == (400, "INVALID_REQUEST")
