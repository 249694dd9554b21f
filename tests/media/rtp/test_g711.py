from rta_viewer.core.access_unit import Codec, MediaFormat
from rta_viewer.media.rtp.g711 import G711Depacketizer
from rta_viewer.media.rtp.packet import RtpPacket


def test_a_packet_is_a_block() -> None:
    depacketizer = G711Depacketizer(MediaFormat(Codec.PCMU, 8000, channels=1))
    (unit,) = depacketizer.push(RtpPacket(False, 0, 0, 160, 1, memoryview(b"\xff" * 160)))
    assert unit.data == b"\xff" * 160
    assert not depacketizer.push(RtpPacket(False, 0, 0, 160, 1, memoryview(b"")))
    depacketizer.lose()
    (unit,) = depacketizer.push(RtpPacket(False, 0, 0, 320, 1, memoryview(b"\xff")))
    assert unit.after_loss
    assert depacketizer.lost_units == 1
