"""The little of RTCP (RFC 3550 section 6) that a replay needs: does the sender say goodbye?

Sender reports are not used: on a replay their wall clock is that of sending, not of recording.
"""

_BYE = 203


def says_bye(data: memoryview) -> bool:
    """True when a compound RTCP packet holds a BYE. Damaged packets hold none."""
    position = 0
    while position + 4 <= len(data):
        if data[position] & 0xC0 != 0x80:
            return False
        if data[position + 1] == _BYE:
            return True
        position += 4 + 4 * int.from_bytes(data[position + 2 : position + 4], "big")
    return False
