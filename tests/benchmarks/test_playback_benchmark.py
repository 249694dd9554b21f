"""The benchmark's parts on a tiny input: they measure something; how fast it is does not matter."""

import json
import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rta_viewer.core.ports import Picture
from rta_viewer.demo import timecode
from tests.benchmarks import report
from tests.benchmarks.playing import dragging, footage, processes, seeks, tables
from tests.benchmarks.playing.chain import Chain, chain
from tests.benchmarks.playing.footage import FIRST_MS, Footage
from tests.benchmarks.playing.plan import Plan
from tests.benchmarks.playing.screen import Shown, code_of

TINY = Footage(seconds=12, gop_pictures=25, width=320, height=180)
PLAN = Plan(TINY, 2, 1, 1, 1, 1, 1, 2, 1, 0.5, 4, TINY, 2, 0.3, 2)


@pytest.fixture(scope="module")
def tiny_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return footage.encoded(tmp_path_factory.mktemp("footage"), TINY)


@pytest.fixture(scope="module")
def tiny_chain(tmp_path_factory: pytest.TempPathFactory, tiny_file: Path) -> Iterator[Chain]:
    folder = tmp_path_factory.mktemp("recordings")
    names = (tables.CAMERA, "Camera 2", tables.SPARSE_CAMERA)
    footage.lay_out(folder, dict.fromkeys(names, tiny_file))
    with chain(folder, tmp_path_factory.mktemp("server")) as running:
        yield running


def test_previews_and_steps_are_what_they_say(tiny_chain):
    instants = [FIRST_MS + 1_000, FIRST_MS + 4_567, FIRST_MS + 2_010]
    for from_cache in (True, False):
        found = dragging.previews(tiny_chain, tables.CAMERA, TINY, instants, from_cache=from_cache)
        assert len(found.first_ms) == 2
        assert found.wrong == 0
    stepped = dragging.steps(tiny_chain, tables.CAMERA, [FIRST_MS + 5_000])
    assert len(stepped.first_ms) == len(dragging.STEPS)


def test_an_open_file_is_seen(tmp_path):
    before = processes.holdings()
    with (tmp_path / "held").open("w"):
        assert processes.holdings().files == before.files + 1


def test_footage_is_made_once_and_the_folder_is_bounded(tmp_path, monkeypatch):
    small = Footage(seconds=1, gop_pictures=5, width=320, height=180)
    path = footage.encoded(tmp_path, small)
    written_ns = path.stat().st_ctime_ns
    size = path.stat().st_size
    other = footage.encoded(tmp_path, Footage(1, 25, 320, 180))
    assert footage.encoded(tmp_path, small) == path
    assert path.stat().st_size == size
    assert written_ns <= path.stat().st_ctime_ns
    monkeypatch.setattr(footage, "CACHE_LIMIT_BYTES", 1)
    footage.encoded(tmp_path, small)
    assert path.exists()
    assert not other.exists()


def test_the_code_is_read_from_a_large_picture_and_only_there():
    luma = np.full((1080, 1920), 90, np.uint8)
    assert code_of(_picture(luma)) is None
    timecode.draw(luma, FIRST_MS + 40, 3)
    assert code_of(_picture(luma)) == FIRST_MS + 40


def test_wrong_pictures_are_counted():
    def wrong(*codes: int | None, before: int | None = 9_000) -> int:
        return seeks.wrong_pictures([Shown(0.0, code, None) for code in codes], 80, before)

    assert wrong(80, 120, 160, before=None) == 0
    assert wrong(9_000, 9_040, 80, 80, 120) == 0  # what was playing goes on for a moment
    assert wrong(8_960, 80, 120) == 1
    assert wrong(40, 80, 120, before=None) == 1
    assert wrong(120, 80, 160) == 1
    assert wrong(80, 9_040, 120) == 1
    assert wrong(80, 40, 120, None) == 2


def test_a_report_is_one_object_with_targets_and_verdicts(capsys):
    def measure(into: report.Report, options: report.Options) -> None:
        assert options.quick
        into.add("fast_ms", 12.3456, "ms", at_most=16)
        into.add("slow_ms", 17, "ms", at_most=16)
        into.add("plain", 1, "x")
        into.add("missing", math.nan, "x", at_least=5)
        into.add_peer("libVLC", "3.0.21")
        into.add_peer("absent", None)

    assert report.run("sample", measure, ["--json", "--quick"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"benchmark", "machine", "figures", "peers"}
    figures = {figure["name"]: figure for figure in document["figures"]}
    assert figures["fast_ms"] == {
        "name": "fast_ms",
        "value": 12.346,
        "unit": "ms",
        "target": "<= 16",
        "ok": True,
    }
    assert [figures[name]["ok"] for name in ("slow_ms", "plain", "missing")] == [False, True, False]
    assert document["peers"] == [{"name": "libVLC", "version": "3.0.21"}]


def test_a_part_that_fails_is_said_and_the_others_run(capsys):
    def measure(into: report.Report, _options: report.Options) -> None:
        def fail() -> None:
            raise OSError("no such thing")

        into.measure("broken", fail)
        into.measure("whole", lambda: into.add("figure", 2, "x", at_most=3))

    assert report.run("sample", measure, []) == 1
    printed = capsys.readouterr()
    assert "figure" in printed.out
    assert "no such thing" in printed.err


def test_the_whole_plan_fills_in_every_promised_figure(tiny_chain, tiny_file):
    into = report.Report("playback")
    tables.Tables(into, tiny_chain, PLAN, tiny_file).run()
    assert not into.failures
    names = {figure.name for figure in into.figures}
    promised = (
        "seek_warm_p50_ms seek_warm_p95_ms seek_cold_p50_ms seek_floor_p50_ms seek_over_floor"
        " ffmpeg_open_p50_ms ffmpeg_over_ours preview_cached_p95_ms preview_uncached_p95_ms"
        " step_p95_ms speed_error_pct_1x speed_error_pct_2x speed_error_pct_4x"
        " speed_error_pct_8x lost_pictures_1x lost_pictures_2x lost_pictures_4x shown_per_s_8x"
        " playhead_error_playing_ms playhead_error_paused_pictures wrong_picture_count"
        " leaked_threads leaked_fds rss_growth_pct"
    )
    explaining = (
        "seek_cold_p95_ms preview_cached_p50_ms preview_uncached_p50_ms step_forward_p95_ms"
        " step_back_p95_ms speed_1x speed_8x cpu_seeks_s rss_seeks_mib cpu_previews_s cpu_steps_s"
        " cpu_1x_s rss_1x_mib cpu_2x_s rss_2x_mib cpu_4x_s rss_4x_mib cpu_8x_s rss_8x_mib"
        " sparse_seek_warm_p50_ms sparse_seek_cold_p95_ms sparse_step_p95_ms sparse_4x_lost_pictures"
        " sparse_8x_speed_error_pct cpu_sparse_8x_s tiles_1x_shown_per_s tiles_4x_shown_per_s"
        " cpu_tiles_4x_s rss_tiles_4x_mib"
    )
    assert set((promised + " " + explaining).split()) <= names
    assert all(f"{name}_open_p50_ms" in names for name in ("ffplay", "mpv") if shutil.which(name))


def _picture(luma: np.ndarray) -> Picture:
    pixels = np.repeat(luma[:, :, None], 4, axis=2)
    return Picture(luma.shape[1], luma.shape[0], luma.shape[1] * 4, pixels.tobytes(), None)
