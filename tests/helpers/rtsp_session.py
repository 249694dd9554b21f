"""Short cuts over :mod:`tests.helpers.rtsp_wire` for tests of playing."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from rta_viewer.demo.rtsp.server import RtspServer
from tests.helpers.fake_footage import NOW_MS
from tests.helpers.rtsp_wire import Answer, RtspWire


def iso(back_s: float) -> str:
    """That many seconds before the fake present, for a URL."""
    return clock(back_s, dashes=True)


def clock(back_s: float, *, dashes: bool = False) -> str:
    """That many seconds before the fake present, for a ``Range``."""
    moment = datetime.fromtimestamp((NOW_MS - back_s * 1000) / 1000, UTC)
    form = "%Y-%m-%dT%H:%M:%S.%fZ" if dashes else "%Y%m%dT%H%M%S.%fZ"
    return moment.strftime(form)


@dataclass
class Played:
    """A connection with a session."""

    wire: RtspWire
    url: str
    session: str

    def play(self, **headers: str) -> Answer:
        return self.wire.ask("PLAY", self.url, Session=self.session, **headers)

    def ask(self, method: str, **headers: str) -> Answer:
        return self.wire.ask(method, self.url, Session=self.session, **headers)


def set_up(
    server: RtspServer,
    wire: RtspWire,
    camera: str = "cam",
    query: str = "",
    *,
    tracks: int = 1,
    onvif: bool = False,
    live: bool = False,
) -> Played:
    """DESCRIBE-less SETUP of one or two tracks on channels 0-1 and 2-3."""
    url = server.live_url(camera) if live else server.url(camera, query)
    require = {"Require": "onvif-replay"} if onvif else {}
    session = ""
    for number in range(tracks):
        answer = wire.ask(
            "SETUP",
            f"{url}/trackID={number}",
            Transport=f"RTP/AVP/TCP;unicast;interleaved={2 * number}-{2 * number + 1}",
            Session=session,
            **require,
        )
        assert answer.status == 200, answer
        session = answer.session
    return Played(wire, url, session)


def rtp_info(answer: Answer) -> list[tuple[str, int, int]]:
    """URL, sequence number and RTP time of each track."""
    found = re.findall(r"url=(.*?);seq=(\d+);rtptime=(\d+)(?:,|$)", answer["rtp-info"])
    return [(url, int(sequence), int(rtptime)) for url, sequence, rtptime in found]
