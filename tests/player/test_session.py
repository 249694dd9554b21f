"""What a session hands to the player, without one."""

import io

import av
import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.thinning import ALL, KEYS
from rta_viewer.player import session as module
from rta_viewer.player.locate import Locator, Window, still_of
from rta_viewer.player.null_backend import NullBackend
from rta_viewer.player.session import PlaySession, Start
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.timecode import read_frame

PLAIN = VideoKind(seconds=12)


class Owner:
    def __init__(self):
        self.notes = []

    def session_picture(self, session, picture): ...

    def session_noted(self, session, note):
        self.notes.append(note)

    def session_fed(self, session, error): ...

    def session_ended(self, session, error): ...


@pytest.fixture
def session(coded_video, monkeypatch):
    # Nobody plays what is fed here, so nobody sets the pace.
    monkeypatch.setattr(module, "LEAD_S", float("inf"))
    source = FileReplaySource(coded_video(PLAIN), FIRST_MS)
    locator = Locator("cam", source, GopCache())
    located = locator.open(Window(FIRST_MS + 3_000, FIRST_MS + 60_000), CancelToken())
    still = still_of(located, CancelToken())
    owner = Owner()
    made = PlaySession(Start(located, still, 1.0, 1.0), NullBackend(), owner)
    made.owner = owner
    yield made
    made.close()


def fed_instants(session):
    written = io.BytesIO()
    session._feed(written.write)
    written.seek(0)
    with av.open(written, format="mpegts") as container:
        codes = [read_frame(frame) for frame in container.decode(video=0)]
    return [code.instant_ms - FIRST_MS for code in codes if code is not None]


def test_everything_from_the_key_picture_on_is_fed(session):
    assert fed_instants(session) == list(range(2_000, 12_000, 40))


def test_thinned_to_key_pictures_nothing_between_them_is_fed(session):
    session.thinning = KEYS
    instants = fed_instants(session)
    assert [instant for instant in instants if instant > 3_100] == [4_000, 6_000, 8_000, 10_000]


def test_what_is_left_out_leaves_no_gap(session):
    session.thinning = KEYS
    written = io.BytesIO()
    session._feed(written.write)
    written.seek(0)
    with av.open(written, format="mpegts") as container:
        shown = [(frame.time, read_frame(frame).instant_ms) for frame in container.decode(video=0)]
    seconds = [(when - shown[-1][0]) for when, _code in shown[-4:]]
    assert seconds == pytest.approx([-6, -4, -2, 0], abs=0.01)
    assert session.owner.notes == []


def test_after_thinning_decoding_goes_on_at_a_key_picture(session):
    session.thinning = KEYS
    original = session._pass_on

    def pass_on(muxer, unit, media_ms):
        if unit.instant_ms >= FIRST_MS + 6_000:
            session.thinning = ALL
        original(muxer, unit, media_ms)

    session._pass_on = pass_on
    instants = [instant for instant in fed_instants(session) if instant > 3_100]
    assert instants == [4_000, *range(6_000, 12_000, 40)]
