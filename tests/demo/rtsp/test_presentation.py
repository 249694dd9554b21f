import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.demo.rtsp.message import RtspFailure
from rta_viewer.demo.rtsp.presentation import parse_presentation

T = 1_761_300_000_000


def test_the_contract_s_example() -> None:
    found = parse_presentation(
        "rtsp://192.168.1.9:554/playback/8b3a2c1d-4e5f-6789-abcd-ef0123456789"
        "?start=2025-10-24T10:00:00Z&duration=3600"
    )
    assert found.camera_id == "8b3a2c1d-4e5f-6789-abcd-ef0123456789"
    assert (found.start_ms, found.end_ms, found.speed) == (T, T + 3_600_000, 1.0)
    assert (found.live, found.skip_gaps, found.track) == (False, True, None)


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://h/playback/a%2Fb?start=2025-10-24T10:00:00Z&speed=4&skipGaps=false/trackID=1",
        "rtsp://h/playback/a%2Fb/trackID=1?start=2025-10-24T12:00:00%2B02:00&speed=4&skipGaps=false",
        "rtsp://u:p@h/playback/a%2Fb/trackID=1/?start=2025-10-24T12:00:00+02:00&speed=4&skipGaps=False",
    ],
)
def test_forms_that_mean_the_same(url: str) -> None:
    found = parse_presentation(url)
    assert (found.camera_id, found.track, found.start_ms) == ("a/b", 1, T)
    assert (found.speed, found.skip_gaps, found.end_ms) == (4.0, False, None)
    assert found.base.startswith("rtsp://h/playback/a%2Fb?start=")
    assert found.base.endswith("/")


def test_live_and_too_high_a_speed() -> None:
    assert parse_presentation("rtsp://h/live/a/").live
    assert parse_presentation("rtsp://h/playback/a?speed=1000").speed == 64.0


@given(st.text(max_size=60))
def test_any_address_is_understood_or_refused(text: str) -> None:
    for prefix in ("", "rtsp://", "rtsp://h/playback/", "rtsp://h/playback/a?start="):
        try:
            parse_presentation(prefix + text)
        except RtspFailure as failure:
            known = failure.status in {400, 404}
        else:
            known = True
        assert known
