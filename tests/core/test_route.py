import pytest

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import SaveRequest, Watermark
from rta_viewer.core.route import Route, choose, objection, overrule
from rta_viewer.core.spans import Span

MINUTE_MS = 60_000


def request(minutes: float, **more: object) -> SaveRequest:
    return SaveRequest("c", Span(0, round(minutes * MINUTE_MS)), **more)  # type: ignore[arg-type]


def test_thirty_minutes_are_the_border() -> None:
    assert choose(request(29.999)).kind is JobKind.CLIP
    assert choose(request(30)).kind is JobKind.EXPORT
    assert "30 minutes" in choose(request(30)).reason
    assert "30 minutes" in choose(request(1)).reason


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"watermark": Watermark("x")}, "watermark"),
        ({"quality": "high"}, "quality"),
        ({"include_audio": False}, "sound"),
    ],
)
def test_what_a_download_cannot_do_is_exported_whatever_the_length(
    more: dict[str, object], word: str
) -> None:
    short = request(1, **more)
    route = choose(short)
    assert route.kind is JobKind.EXPORT
    assert word in route.reason
    assert objection(short, JobKind.CLIP)
    assert not objection(short, JobKind.EXPORT)
    assert overrule(short, JobKind.CLIP).kind is JobKind.EXPORT


def test_more_than_ten_gigabytes_are_exported() -> None:
    assert choose(request(20), 10_000_000_000).kind is JobKind.CLIP
    assert choose(request(20), 10_000_000_001).kind is JobKind.EXPORT
    assert "10 GB" in choose(request(20), 10_000_000_001).reason


def test_the_operator_may_overrule_a_guess_and_a_download() -> None:
    download, export = (
        "Download, because it was chosen by hand.",
        "Export, because it was chosen by hand.",
    )
    assert overrule(request(20), JobKind.CLIP, 10_000_000_001) == Route(JobKind.CLIP, download)
    assert overrule(request(1), JobKind.EXPORT) == Route(JobKind.EXPORT, export)
    assert "30 minutes or longer" in overrule(request(90), JobKind.EXPORT).reason
    assert "10 GB" in overrule(request(1), JobKind.EXPORT, 10_000_000_001).reason


def test_what_a_server_refuses_is_not_downloaded_by_hand_either() -> None:
    assert overrule(request(29.999), JobKind.CLIP).kind is JobKind.CLIP
    for minutes in (30, 90):
        ruled = overrule(request(minutes), JobKind.CLIP)
        assert ruled.kind is JobKind.EXPORT
        assert "30 minutes or longer" in ruled.reason
