import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.demo.rtsp.message import RtspFailure
from rta_viewer.demo.rtsp.transport import choose_transport


def test_takes_the_first_offer_that_fits() -> None:
    offers = ["RTP/AVP;unicast;client_port=1-2", "rtp/avp/tcp;interleaved=4-5", "RTP/AVP/TCP"]
    assert choose_transport(offers, set()) == (4, 5)


def test_finds_free_channels() -> None:
    assert choose_transport(["RTP/AVP/TCP;unicast"], {0, 1, 3}) == (4, 5)
    with pytest.raises(RtspFailure, match="461"):
        choose_transport(["RTP/AVP/TCP"], set(range(256)))


@pytest.mark.parametrize("channels", ["0-0", "256-257", "255", "2-3"])
def test_refuses_channels_that_cannot_be(channels: str) -> None:
    with pytest.raises(RtspFailure, match="461"):
        choose_transport([f"RTP/AVP/TCP;interleaved={channels}"], {3})


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_offer_is_taken_or_refused(offers: list[str]) -> None:
    try:
        rtp, rtcp = choose_transport([f"RTP/AVP/TCP;{offer}" for offer in offers], set())
    except RtspFailure:
        return
    assert 0 <= rtp <= 255
    assert 0 <= rtcp <= 255
