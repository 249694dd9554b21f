"""``demo --recordings DIR`` with files of other recorders: what the commands and the engine make of them."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import av
import pytest

from rta_viewer import vms
from rta_viewer.app.demo_process import DemoOptions, DemoProcess
from rta_viewer.app.session import Session
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.core.ports import Picture
from rta_viewer.core.secret import Secret
from rta_viewer.core.timetext import iso_utc, parse_instant
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.player.shared_vlc import SharedVlc
from rta_viewer.ui.sign_in.request import SignInRequest
from tests.e2e import recorded_files
from tests.e2e.recorded_files import AFTER_A_GAP, CAMERAS, LONG_GROUPS, Recorder
from tests.helpers.coded_video import shown_instant
from tests.helpers.engines import LIMIT_S, EngineWatch
from tests.helpers.timecode import read_file, read_frame

pytestmark = pytest.mark.e2e

Ask = Callable[..., tuple[int, dict[str, Any]]]
EACH = pytest.mark.parametrize("recorder", CAMERAS, ids=lambda recorder: recorder.name)
SPEEDS = {"Dock": 8, "Gate": 2, "Hall": 1, "Yard": 4}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a folder of such files."""
    folder = tmp_path_factory.mktemp("files")
    for number, recorder in enumerate(CAMERAS, 1):
        recorder.write(folder / "recordings", number)
    AFTER_A_GAP.write(folder / "recordings", CAMERAS.index(LONG_GROUPS) + 1)
    options = DemoOptions(folder / "profile", recordings=folder / "recordings")
    process = DemoProcess(options)
    try:
        yield process.wait_until_ready(CancelToken())
    finally:
        process.close()


@pytest.fixture
def ask(server: str, tmp_path: Path) -> Ask:
    """Runs a command in a process of its own."""

    def ask_(*words: str) -> tuple[int, dict[str, Any]]:
        program = [sys.executable, "-m", "rta_viewer", "--profile", str(tmp_path / "profile")]
        account = ["--server", server, "--user", "demo", "--password-stdin", "--json"]
        done = subprocess.run(
            [*program, *words, *account],
            input="demo\n",
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout)

    return ask_


@pytest.fixture(scope="module")
def session(server: str) -> Iterator[Session]:
    """Somebody who signed in, with libVLC."""
    clock = SystemClock()
    with ExitStack() as closes:
        library = closes.enter_context(closing(SharedVlc()))
        library.backend().close()
        recorder = vms.connect(server, "demo", Secret("demo"), clock=clock)
        request = SignInRequest(server, "demo", Secret("demo"))
        info = recorder.sign_in(CancelToken())
        made = Session(recorder, info, request, library, clock, GopCache())
        closes.callback(made.close)
        yield made


class LastLook:
    """Sees every picture and reads only those that are asked for: reading 200 a second is work."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._shown: list[tuple[float, Picture]] = []
        self._count = 0

    def picture_shown(self, picture: Picture) -> None:
        with self._condition:
            self._shown = [(time.monotonic(), picture)]
            self._count += 1
            self._condition.notify_all()

    def status_changed(self, status: PlaybackStatus) -> None:
        """The test asks for it at its end."""

    def after(self, more: int, not_before_s: float = 0.0) -> tuple[float, int]:
        """When the picture was shown that comes after so many more, and what it carries."""
        with self._condition:
            count = self._count + more
            assert self._condition.wait_for(
                lambda: self._count >= count and self._shown[0][0] >= not_before_s, LIMIT_S
            )
            shown_s, picture = self._shown[0]
        read_ms = shown_instant(picture)
        assert read_ms is not None
        return shown_s, read_ms


def camera_id(session: Session, recorder: Recorder) -> str:
    pages = session.recorder.cameras(CancelToken())
    return next(each.camera_id for page in pages for each in page if each.name == recorder.name)


@pytest.fixture
def watch(session: Session, recorder: Recorder) -> Iterator[tuple[Any, EngineWatch]]:
    """An engine on the camera, as a tile has it, and what it shows."""
    watch_ = EngineWatch()
    engine = session.engine(camera_id(session, recorder), watch_)
    yield engine, watch_
    engine.close()


def test_the_folders_are_the_cameras(ask: Ask) -> None:
    code, answer = ask("cameras")
    assert code == 0
    seen = {
        each["name"]: (each["codec"], each["width"], each["height"]) for each in answer["cameras"]
    }
    assert seen == {each.name: (each.codec, *each.size) for each in CAMERAS}


def test_the_files_are_the_recordings(ask: Ask) -> None:
    times = ["--from", "2025-10-24T10:00:00Z", "--to", "2025-10-24T10:02:00Z"]
    code, answer = ask("recordings", "gate", *times)
    assert code == 0
    spans = [
        (parse_instant(each["start"]), parse_instant(each["end"])) for each in answer["recordings"]
    ]
    assert spans == [(each.start_ms, round(each.end_ms)) for each in (LONG_GROUPS, AFTER_A_GAP)]
    assert [parse_instant(gap["start"]) for gap in answer["gaps"]] == [end for _, end in spans]


@EACH
def test_probe_plays_the_asked_instant_at_the_asked_speed(
    recorder: Recorder, ask: Ask, tmp_path: Path
) -> None:
    at_ms = recorder.start_ms + 1_777
    shot, speed = tmp_path / "shot.png", SPEEDS[recorder.name]
    asked = [
        "--at",
        iso_utc(at_ms),
        "--speed",
        str(speed),
        "--seconds",
        "1",
        "--snapshot",
        str(shot),
    ]
    code, answer = ask("probe", recorder.name, *asked)
    assert code == 0, answer
    with av.open(str(shot)) as container:
        shown = read_frame(next(container.decode(video=0)))
    assert shown is not None
    assert shown.instant_ms == recorder.at_or_before(at_ms)
    assert abs(parse_instant(answer["first_picture_at"]) - shown.instant_ms) <= 1
    assert (answer["codec"], answer["width"], answer["height"]) == (recorder.codec, *recorder.size)
    # Neither half nor twice as fast; how exactly is a matter of the machine, and of the benchmarks.
    assert answer["speed_effective"] == pytest.approx(speed, rel=0.25)
    assert answer["lost"] == 0
    if answer["key_frame_distance_s"] is not None:
        assert answer["key_frame_distance_s"] == pytest.approx(recorder.gop_ms / 1000, abs=0.002)


@EACH
def test_the_engine_seeks_to_the_picture(
    recorder: Recorder, watch: tuple[Any, EngineWatch]
) -> None:
    engine, seen = watch
    for offset_ms in (0, 11_003, 2_999, 17_450, 520, 560, 1_990, 1_950, 1_910, 9_970):
        asked_ms = recorder.start_ms + offset_ms
        engine.seek(asked_ms, playing=False)
        seen.wait_read(recorder.at_or_before(asked_ms))
        seen.wait_state(PlaybackState.PAUSED)
        assert engine.position_ms() == pytest.approx(recorder.at_or_before(asked_ms), abs=1)
    last_ms = recorder.instant_ms(recorder.count - 1) + 10
    engine.seek(last_ms, playing=False)
    seen.wait_read(recorder.at_or_before(last_ms))


@EACH
def test_the_engine_steps_over_each_key_frame(
    recorder: Recorder, watch: tuple[Any, EngineWatch]
) -> None:
    engine, seen = watch
    asked_ms = recorder.start_ms + round(recorder.gop_ms) - 100
    engine.seek(asked_ms, playing=False)
    seen.wait_read(recorder.at_or_before(asked_ms))
    seen.wait_state(PlaybackState.PAUSED)
    number = next(
        n for n in range(recorder.count) if recorder.instant_ms(n) == seen.shown[-1].read_ms
    )
    for by in (1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1):
        number += by
        engine.step(by)
        seen.wait_read(recorder.instant_ms(number))


@EACH
def test_the_engine_plays_every_picture_in_order(
    recorder: Recorder, watch: tuple[Any, EngineWatch]
) -> None:
    engine, seen = watch
    asked_ms = recorder.start_ms + 3_333
    engine.seek(asked_ms, playing=True)
    seen.wait_pictures(20)
    shown = [picture.read_ms for picture in seen.shown]
    assert shown[0] == recorder.at_or_before(asked_ms)
    assert None not in shown
    assert shown == sorted(shown)
    assert set(shown) <= {recorder.instant_ms(number) for number in range(recorder.count)}


def speed_reached(engine: Any, last_look: LastLook, start_ms: int) -> float:
    """Media seconds a second, once the start is over: who starts late plays faster until it has caught up."""
    engine.seek(start_ms, playing=True)
    began_s, _began_ms = last_look.after(10)
    first_s, first_ms = last_look.after(10, not_before_s=began_s + 0.5)
    last_s, last_ms = last_look.after(10, not_before_s=first_s + 1.5)
    return (last_ms - first_ms) / 1000 / (last_s - first_s)


@EACH
def test_the_engine_plays_at_eight_times_the_speed(session: Session, recorder: Recorder) -> None:
    last_look = LastLook()
    engine = session.engine(camera_id(session, recorder), last_look)
    try:
        engine.set_speed(8)
        # A machine that does other things at that moment gets another chance.
        turns = (speed_reached(engine, last_look, recorder.start_ms + 1_000) for _ in range(5))
        assert any(speed == pytest.approx(8, rel=0.15) for speed in turns)
        assert engine.status().lost_units == 0
    finally:
        engine.close()


def test_downloads_are_what_was_asked(ask: Ask, tmp_path: Path) -> None:
    def save(recorder: Recorder) -> tuple[Recorder, int, dict[str, Any]]:
        start_ms = recorder.start_ms + 3_217
        times = ["--from", iso_utc(start_ms), "--to", iso_utc(start_ms + 8_000)]
        output = str(tmp_path / recorder.name / "clip.mp4")
        return recorder, *ask("download", recorder.name, *times, "--output", output)

    with ThreadPoolExecutor(2) as pool:
        for recorder, code, answer in pool.map(save, CAMERAS):
            assert (code, answer["check"]) == (0, "ok"), answer
            assert_clip(recorder, Path(answer["path"]), recorder.start_ms + 3_217, 8_000)


def assert_clip(recorder: Recorder, path: Path, start_ms: int, length_ms: int) -> None:
    """All pictures from the key frame before the start to the end, none missing, none twice."""
    codes = [code for _, code in read_file(path)]
    instants = [code.instant_ms for code in codes if code is not None]
    assert len(instants) == len(codes)
    number = next(n for n in range(recorder.count) if recorder.instant_ms(n) == instants[0])
    assert instants == [recorder.instant_ms(number + n) for n in range(len(instants))]
    assert start_ms - recorder.gop_ms < instants[0] <= start_ms
    end_ms = start_ms + length_ms
    assert end_ms - recorder.picture_ms <= instants[-1] <= end_ms + recorder.picture_ms


def test_a_download_over_a_gap_holds_both_sides(ask: Ask, tmp_path: Path) -> None:
    times = ["--from", "2025-10-24T10:00:35Z", "--to", "2025-10-24T10:01:05Z"]
    code, answer = ask("download", "Gate", *times, "--output", str(tmp_path / "clip.mkv"))
    assert (code, answer["check"]) == (0, "ok"), answer
    codes = [code.instant_ms for _, code in read_file(Path(answer["path"])) if code is not None]
    assert codes[0] <= recorded_files.TEN_MS + 35_000
    assert max(codes) >= recorded_files.TEN_MS + 65_000 - 40
