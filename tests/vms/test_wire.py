import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.model import CameraState, ExportState, Gap, RecordingKind
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.errors import ServerError
from rta_viewer.vms import wire
from rta_viewer.vms.json_node import Node, parse_document

T0 = 1_761_300_000_000
WINDOW = Span(T0, T0 + 100_000)


def node(value: Any) -> Node:
    return parse_document(json.dumps(value).encode(), "GET /x")


def times(start_s: float, end_s: float, **more: Any) -> dict[str, Any]:
    return {
        "startTime": iso_utc(T0 + start_s * 1000),
        "endTime": iso_utc(T0 + end_s * 1000),
        **more,
    }


def test_a_camera_with_everything() -> None:
    found = wire.camera(
        node(
            {
                "id": "{A-1}",
                "name": "Gate",
                "enabled": True,
                "recordingEnabled": True,
                "shortName": "G",
                "channel": 3,
                "recordingServer": {"id": "r", "name": "Recorder A"},
                "properties": {"anything": [1], "model": "Dome 4"},
                "streams": [
                    {
                        "streamId": "s",
                        "resolution": "1920x1080",
                        "codec": "h.265",
                        "fps": 12.5,
                        "bitrate": 800,
                    },
                    {"streamId": "t", "resolution": "big"},
                ],
                "location": {"building": "B", "floor": None, "area": "North"},
                "recording": {"retentionDays": 30, "oldestRecording": "2025-10-24T10:00:00Z"},
                "unknown": {"x": 1},
            }
        )
    )
    assert (found.camera_id, found.name, found.channel, found.recording_server) == (
        "{A-1}",
        "Gate",
        3,
        "Recorder A",
    )
    assert found.main_stream is not None
    assert (found.main_stream.width, found.main_stream.codec, found.main_stream.bitrate_kbps) == (
        1920,
        "H265",
        800,
    )
    assert (found.streams[1].width, found.streams[1].codec) == (0, "")
    assert (found.location, found.retention_days, found.oldest_recording_ms) == ("B, North", 30, T0)
    assert found.state is CameraState.RECORDING
    assert found.model == "Dome 4"


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"enabled": False}, CameraState.DISABLED),
        ({"status": "Offline"}, CameraState.OFFLINE),
        ({"properties": {"online": False}}, CameraState.OFFLINE),
        ({"properties": {"online": 0}}, CameraState.UNKNOWN),
        ({"properties": [False]}, CameraState.UNKNOWN),
        ({"recordingEnabled": False}, CameraState.UNKNOWN),
        ({}, CameraState.UNKNOWN),
    ],
)
def test_what_the_tree_shows(more: dict[str, Any], state: CameraState) -> None:
    assert wire.camera(node({"id": "1", "name": "x", **more})).state is state


def test_both_forms_of_the_list() -> None:
    page = wire.camera_page(node({"cameras": [{"id": "1", "name": "A"}], "totalCount": 7}))
    assert (page.is_array_form, page.total, page.cameras[0].name) == (False, 7, "A")
    page = wire.camera_page(
        node(
            {
                "array": [
                    {
                        "id": "1",
                        "displayName": "Shown",
                        "name": "A",
                        "enabled": False,
                        "relations": {"parent": {}},
                    }
                ]
            }
        )
    )
    assert (page.is_array_form, page.cameras[0].name, page.cameras[0].enabled) == (
        True,
        "Shown",
        False,
    )


def test_a_camera_without_a_name_shows_its_id() -> None:
    assert wire.camera(node({"id": "abc"})).name == "abc"


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({}, r"\$\.cameras is missing"),
        ({"cameras": {}}, r"\$\.cameras is not an array"),
        ({"cameras": [{"name": "x"}]}, r"\$\.cameras\[0\]\.id is missing"),
        ({"cameras": [{"id": "1", "enabled": "yes"}]}, r"\$\.cameras\[0\]\.enabled"),
        (
            {"cameras": [{"id": "1", "streams": [{"fps": "25"}]}]},
            r"\$\.cameras\[0\]\.streams\[0\]\.fps",
        ),
        ({"cameras": [5]}, r"\$\.cameras\[0\] is not an object"),
    ],
)
def test_a_list_against_the_contract_is_refused(document: Any, path: str) -> None:
    with pytest.raises(ServerError, match=path):
        wire.camera_page(node(document))


def test_groups() -> None:
    first, second = wire.groups(
        node({"groups": [{"id": "g", "name": "G", "cameras": ["1", "2"]}, {"id": "h"}]})
    )
    assert first.camera_ids == ("1", "2")
    assert (second.name, second.camera_ids) == ("h", ())


def test_availability_is_clipped_sorted_and_disjoint() -> None:
    found = wire.availability(
        node(
            {
                "sequences": [
                    times(50, 60, recordingType="motion", hasAudio=True, eventCount=2),
                    times(-10, 20, recordingType="continuous", codec="hevc"),
                    times(15, 30, recordingType="something"),
                    times(70, 70),
                    times(80, 75),
                    times(90, 95, hasVideo=False),
                    times(200, 300),
                ]
            }
        ),
        "c",
        WINDOW,
    )
    spans_s = [
        ((r.span.start_ms - T0) // 1000, (r.span.end_ms - T0) // 1000) for r in found.recordings
    ]
    assert spans_s == [(0, 20), (20, 30), (50, 60)]
    kinds = [r.kind for r in found.recordings]
    assert kinds == [RecordingKind.CONTINUOUS, RecordingKind.UNKNOWN, RecordingKind.MOTION]
    assert (found.recordings[0].codec, found.recordings[2].has_audio) == ("H265", True)
    gaps_s = [
        ((g.span.start_ms - T0) // 1000, (g.span.end_ms - T0) // 1000, g.reason) for g in found.gaps
    ]
    assert gaps_s == [(30, 50, ""), (60, 100, "")]


def test_a_recording_that_reaches_out_of_the_window_counts_with_its_share() -> None:
    length_s = WINDOW.duration_ms / 1000
    document = {"sequences": [times(-3 * length_s, length_s, sizeBytes=4_000)]}
    (recording,) = wire.availability(node(document), "c", WINDOW).recordings
    assert (recording.span, recording.size_bytes) == (WINDOW, 1_000)
    unknown = {"sequences": [times(-3 * length_s, length_s)]}
    assert wire.availability(node(unknown), "c", WINDOW).recordings[0].size_bytes is None


def test_a_recording_says_how_large_and_how_often_its_pictures_are() -> None:
    document = {
        "sequences": [
            times(0, 20, resolution="1920x1080", fps=12.5),
            times(20, 30, resolution="large", fps=-1),
        ]
    }
    told, untold = wire.availability(node(document), "c", WINDOW).recordings
    assert (told.width, told.height, told.fps) == (1920, 1080, 12.5)
    assert (untold.width, untold.height, untold.fps) == (0, 0, 0.0)


def test_given_reasons_are_laid_over_what_is_missing() -> None:
    found = wire.availability(
        node(
            {
                "sequences": [times(20, 40)],
                "gaps": [
                    times(30, 60, reason="disk_full"),
                    times(-5, 10, reason="brand_new_reason"),
                ],
            }
        ),
        "c",
        WINDOW,
    )
    assert [
        ((g.span.start_ms - T0) // 1000, (g.span.end_ms - T0) // 1000, g.reason) for g in found.gaps
    ] == [
        (0, 10, "brand_new_reason"),
        (10, 20, ""),
        (40, 60, "disk_full"),
        (60, 100, ""),
    ]


def test_no_footage_at_all_is_one_gap() -> None:
    found = wire.availability(
        node({"error": "NO_RECORDINGS_AVAILABLE", "message": "none"}), "c", WINDOW
    )
    assert found.recordings == ()
    assert found.gaps == (Gap(WINDOW),)
    with pytest.raises(ServerError, match="sequences is missing"):
        wire.availability(node({}), "c", WINDOW)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-20, 120), st.integers(-20, 120)), max_size=8),
    st.lists(
        st.tuples(st.integers(-20, 120), st.integers(-20, 120), st.sampled_from("ab")), max_size=8
    ),
)
def test_recordings_and_gaps_always_tile_the_window(
    sequences: list[tuple[int, int]], gaps: list[tuple[int, int, str]]
) -> None:
    found = wire.availability(
        node(
            {
                "sequences": [times(start, end) for start, end in sequences],
                "gaps": [times(start, end, reason=reason) for start, end, reason in gaps],
            }
        ),
        "c",
        WINDOW,
    )
    pieces = sorted([r.span for r in found.recordings] + [g.span for g in found.gaps])
    assert pieces[0].start_ms == WINDOW.start_ms
    assert pieces[-1].end_ms == WINDOW.end_ms
    assert all(a.end_ms == b.start_ms for a, b in pairwise(pieces))
    for gap in found.gaps:
        middle = (gap.span.start_ms + gap.span.end_ms) / 2
        named = {r for s, e, r in gaps if T0 + s * 1000 <= middle < T0 + e * 1000}
        assert gap.reason in (named or {""})


def test_a_long_list_of_gaps_is_read_quickly() -> None:
    window = Span(T0, T0 + 8_000_000)
    document = {
        "sequences": [times(start, start + 0.5) for start in range(8_000)],
        "gaps": [times(start + 0.5, start + 1, reason="x") for start in range(8_000)],
    }
    assert len(wire.availability(node(document), "c", window).gaps) == 8_000


def test_events_are_sorted_and_instants_may_be_points() -> None:
    later, earlier = (
        {"eventId": str(s), "type": "motion", "timestamp": iso_utc(T0 + s)} for s in (9, 3)
    )
    found = wire.events(node({"events": [later, {**earlier, "endTimestamp": iso_utc(T0)}]}))
    assert [(e.event_id, e.span) for e in found] == [
        ("3", Span(T0 + 3, T0 + 3)),
        ("9", Span(T0 + 9, T0 + 9)),
    ]


def test_a_playback_url_never_holds_credentials() -> None:
    url = "rtsp://me:secret@10.0.0.1:554/playback/x?start=1"
    grant = wire.playback_grant(node({"playbackUrl": url, "warning": "w"}), WINDOW, 4)
    assert grant.url == "rtsp://10.0.0.1:554/playback/x?start=1"
    assert (grant.span, grant.speed, grant.warning) == (WINDOW, 4.0, "w")


@pytest.mark.parametrize(
    "url",
    [
        "http://a/b",
        "file:///etc/passwd",
        "rtsp:///x",
        "rtsp://[",
        "rtsp://a/\r\nX: y",
        "rtsp://a:99999/",
        " rtsp://a",
    ],
)
def test_what_is_no_playback_url(url: str) -> None:
    with pytest.raises(ServerError, match=r"\$\.playbackUrl"):
        wire.playback_grant(node({"playbackUrl": url}), WINDOW, 1)


def test_the_states_of_an_export() -> None:
    asked = wire.export_status(
        node({"exportId": "e", "status": "queued", "estimatedDurationSeconds": 30})
    )
    assert (asked.export_id, asked.state, asked.time_left_s) == ("e", ExportState.QUEUED, 30)
    odd = wire.export_status(node({"status": "Defragmenting", "progress": 400}), "e")
    assert (odd.state, odd.state_text, odd.progress_percent) == (
        ExportState.UNKNOWN,
        "Defragmenting",
        100,
    )
    done = wire.export_status(
        node(
            {
                "status": "Completed",
                "downloadUrl": "/x",
                "fileSize": 5,
                "expiresAt": "2025-10-24T10:00:00Z",
            }
        ),
        "e",
    )
    assert (done.state, done.download_url, done.size_bytes, done.expires_at_ms) == (
        ExportState.COMPLETED,
        "/x",
        5,
        T0,
    )
    for error in ("disk", {"message": "disk"}):
        assert wire.export_status(node({"status": "failed", "error": error}), "e").error == "disk"
    for nonsense in (5, ["disk"], {"message": 5}, {}):
        assert wire.export_status(node({"status": "failed", "error": nonsense}), "e").error == ""
    with pytest.raises(ServerError, match=r"\$\.exportId is missing"):
        wire.export_status(node({"status": "queued"}))


@pytest.mark.parametrize("token", ["", "with space", "line\nbreak", "snow☃", 5])
def test_a_token_that_could_break_a_header_is_refused(token: Any) -> None:
    with pytest.raises(ServerError, match=r"\$\.token"):
        wire.token_grant(node({"token": token}), "token")
    assert "good" not in repr(wire.token_grant(node({"token": "good"}), "token"))


def test_rates_that_cannot_be_true_are_not_told() -> None:
    odd = {"id": "1", "streams": [{"fps": 1e308, "bitrate": 1e308}, {"fps": -1, "bitrate": -1}]}
    for stream in wire.camera(Node(odd, "$", "GET /cameras/{id}")).streams:
        assert (stream.fps, stream.bitrate_kbps) == (0, 0)


def test_an_identifier_that_stands_in_for_a_name_is_one_line() -> None:
    for form in "cameras", "array":
        page = wire.camera_page(node({form: [{"id": "a\n\u202eb\x1b[31m"}]}))
        assert [one.name for one in page.cameras] == ["a b[31m"]
        assert [one.camera_id for one in page.cameras] == ["a\n\u202eb\x1b[31m"]
    assert wire.groups(node({"groups": [{"id": "g\r\n1"}]}))[0].name == "g 1"


def test_a_secret_at_the_edge_of_a_long_reason_is_not_shown_in_part() -> None:
    password = Secret("correct-horse-battery")
    said = "x" * 485 + password.reveal()
    for error in said, {"message": said}:
        status = wire.export_status(node({"exportId": "e", "status": "failed", "error": error}))
        assert status.error.startswith("xxx")
        assert "correct" not in status.error


def test_an_answer_about_another_export_is_refused() -> None:
    """A cache on the way may mix them up, and the file would be another camera's."""
    with pytest.raises(ServerError, match=r"\$\.exportId is that of another export"):
        wire.export_status(node({"exportId": "b", "status": "completed"}), "a")
    for said in "{0A-1B}", "0a1b", "0a-1b", "", None:
        status = wire.export_status(node({"exportId": said, "status": "queued"}), "0a-1b")
        assert status.export_id == "0a-1b"
