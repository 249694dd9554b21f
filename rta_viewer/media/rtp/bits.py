"""Reading the bit strings of parameter sets (ITU-T H.264 7.2 and 9.1, same in H.265)."""


class OutOfBits(ValueError):  # noqa: N818 - named for what happened
    """The bit string ended too early, or holds an absurd number."""


def unescape(nal: bytes) -> bytes:
    """Remove the emulation prevention bytes (00 00 03 becomes 00 00)."""
    if b"\x00\x00\x03" not in nal:
        return nal
    return nal.replace(b"\x00\x00\x03", b"\x00\x00")


class BitReader:
    """Reads from the most significant bit on. Raises :class:`OutOfBits` at the end."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = len(data) * 8

    def bits(self, count: int) -> int:
        """An unsigned number of ``count`` bits."""
        if count > self._left:
            raise OutOfBits
        self._left -= count
        return (self._value >> self._left) & ((1 << count) - 1)

    def flag(self) -> bool:
        """One bit."""
        return self.bits(1) == 1

    def skip(self, count: int) -> None:
        """Pass over bits."""
        if count > self._left:
            raise OutOfBits
        self._left -= count

    def unsigned(self) -> int:
        """An Exp-Golomb number, ``ue(v)``."""
        zeros = 0
        while not self.flag():
            zeros += 1
            if zeros > 32:
                raise OutOfBits
        return (1 << zeros) - 1 + self.bits(zeros)

    def signed(self) -> int:
        """A signed Exp-Golomb number, ``se(v)``."""
        number = self.unsigned()
        return (number + 1) // 2 if number & 1 else -(number // 2)
