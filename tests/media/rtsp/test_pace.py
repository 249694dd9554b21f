import pytest

from rta_viewer.media.rtsp.pace import Pace


def watch(pace: Pace, *, rtp_step_s: float, arrival_step_s: float, pictures: int = 70) -> None:
    for number in range(pictures):
        pace.observe(number * rtp_step_s, number * arrival_step_s)


def test_single_speed_needs_no_looking() -> None:
    assert Pace(1.0).factor == 1.0
    assert Pace(8.0, media_time=True).factor == 1.0
    assert Pace(8.0, media_time=False).factor == 8.0


@pytest.mark.parametrize(("rtp_step_s", "factor"), [(0.005, 8.0), (0.04, 1.0)])
def test_the_distance_of_pictures_tells(rtp_step_s: float, factor: float) -> None:
    pace = Pace(8.0, picture_interval_s=0.04)
    watch(pace, rtp_step_s=rtp_step_s, arrival_step_s=0.0001, pictures=4)
    assert pace.factor == factor
    assert pace.measured
    assert pace.media_time == (factor == 1.0)


@pytest.mark.parametrize(("rtp_step_s", "factor"), [(0.25, 8.0), (2.0, 1.0)])
def test_the_arrival_tells_where_pictures_are_thinned(rtp_step_s: float, factor: float) -> None:
    pace = Pace(8.0, picture_interval_s=0.04)
    watch(pace, rtp_step_s=rtp_step_s, arrival_step_s=0.25)
    assert pace.factor == factor


def test_reordered_pictures_do_not_confuse() -> None:
    pace = Pace(4.0, picture_interval_s=0.04)
    for rtp_s in (0.0, 0.16, 0.08, 0.04, 0.12):
        pace.observe(rtp_s, 0.0)
    assert pace.factor == 1.0


def test_without_evidence_the_answer_is_taken_by_its_words() -> None:
    pace = Pace(8.0)
    pace.observe(0, 0)
    assert pace.factor is None
    pace.assume()
    assert pace.factor == 8.0
    assert not pace.measured
    burst = Pace(8.0)
    watch(burst, rtp_step_s=0.04, arrival_step_s=0.0)
    assert burst.factor == 8.0
