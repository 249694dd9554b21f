"""Files of other encoders, served by the embedded server: each picture arrives, in order, at its instant."""

from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.demo.world import recordings_world
from rta_viewer.media.rtsp.source import RtspReplaySource
from tests.helpers.replays import access, shown
from tests.helpers.timecode import read
from tests.helpers.worlds import NOW_MS, make_recording

START_MS = NOW_MS - 60_000
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-x264-params")
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params")
FIXED = "scenecut=0:b-adapt=0"

KINDS = {
    "b-frames": (*X264, f"keyint=50:min-keyint=50:bframes=3:{FIXED}"),
    "open groups": (*X264, f"keyint=25:min-keyint=25:bframes=3:open-gop=1:{FIXED}"),
    "ten seconds": (*X264, f"keyint=250:min-keyint=250:bframes=2:{FIXED}"),
    "h265": (*X265, f"keyint=50:min-keyint=50:bframes=3:{FIXED}:log-level=error"),
}


@pytest.fixture(params=KINDS)
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[int]]:
    """A folder with one camera, and the instants of its pictures."""
    file = tmp_path / "recordings" / "Yard" / "2025-10-24T09-59-00Z.mp4"
    seconds = 12 if request.param == "ten seconds" else 5
    instants = make_recording(file, *KINDS[request.param], start_ms=START_MS, seconds=seconds)
    return tmp_path / "recordings", instants


@pytest.mark.parametrize("options", [{}, {"onvif_replay": False}], ids=["extension", "rtp time"])
def test_every_picture_arrives_at_its_instant(
    recorded: tuple[Path, list[int]], tmp_path: Path, options: dict[str, bool]
) -> None:
    folder, instants = recorded
    with ExitStack() as stack:
        world = stack.enter_context(
            closing(recordings_world(folder, ManualClock(NOW_MS), tmp_path / "cache"))
        )
        server = stack.enter_context(closing(RtspServer(world, options=RtspOptions(**options))))
        server.start()
        (camera,) = world.cameras

        def grant(from_ms: int, until_ms: int, _speed: int, _cancel: CancelToken) -> str:
            query = f"start={iso_utc(from_ms)}&end={iso_utc(until_ms)}"
            return server.url(camera.camera_id, query)

        source = stack.enter_context(closing(RtspReplaySource(grant, access())))
        end_ms = instants[-1] - 500
        stream = source.open(
            START_MS + 500, end_ms, speed=8, key_frames_only=False, cancel=CancelToken()
        )
        pictures = shown(list(stream.units()), read)
        assert stream.lost_units == 0
        stream.close()
    for instant_ms, code in pictures:
        assert code is not None
        assert abs(code.instant_ms - instant_ms) <= 1
    read_ms = [code.instant_ms for _, code in pictures]
    assert [at for at in read_ms if at < end_ms] == [at for at in instants if at < end_ms]
