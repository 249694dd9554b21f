"""The JPEG headers that RTP leaves out (RFC 2435 appendices A and B; tables of ITU-T T.81 annex K)."""

import struct

_LUMA_QUANTIZER = bytes.fromhex(
    "100b0c0e0c0a100e0d0e1211101318281a181616183123251d283a333d3c3933"
    "383740485c4e404457453738506d51575f626768673e4d71797064785c656763"
)
_CHROMA_QUANTIZER = bytes.fromhex("1112121815182f1a1a2f634238426363") + b"\x63" * 48

_HUFFMAN = (
    (0x00, "00010501010101010100000000000000", "000102030405060708090a0b"),
    (0x01, "00030101010101010101010000000000", "000102030405060708090a0b"),
    (
        0x10,
        "0002010303020403050504040000017d",
        (
            "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a16"
            "1718191a25262728292a3435363738393a434445464748494a535455565758595a63646566676869"
            "6a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6"
            "b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8"
            "f9fa"
        ),
    ),
    (
        0x11,
        "00020102040403040705040400010277",
        (
            "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434"
            "e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768"
            "696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4"
            "b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8"
            "f9fa"
        ),
    ),
)

END_OF_IMAGE = b"\xff\xd9"


def quantizers(quality: int) -> bytes:
    """Both tables, 128 bytes, for a quality of 1 to 99 (RFC 2435 appendix A)."""
    quality = min(max(quality, 1), 99)
    factor = 5000 // quality if quality < 50 else 200 - quality * 2
    return bytes(
        min(max((value * factor + 50) // 100, 1), 255)
        for value in _LUMA_QUANTIZER + _CHROMA_QUANTIZER
    )


def headers(
    *, width: int, height: int, kind: int, tables: bytes, precision: int, restart: int
) -> bytes:
    """All that precedes the scan data (RFC 2435 appendix B).

    Args:
        width: Pixels.
        height: Pixels.
        kind: 0 for 4:2:2 and 1 for 4:2:0 sampling.
        tables: One or two quantization tables.
        precision: Bit n set: table n has 16-bit values.
        restart: Restart interval in MCUs, 0 for none.

    Raises:
        ValueError: The tables are too short.
    """
    parts = [b"\xff\xd8", *_quantization_segments(tables, precision)]
    if restart:
        parts.append(struct.pack(">HHH", 0xFFDD, 4, restart))
    second = 1 if _has_two(tables, precision) else 0
    parts.append(struct.pack(">HHBHHB", 0xFFC0, 17, 8, height, width, 3))
    sampling = 0x21 if kind == 0 else 0x22
    parts.append(bytes((0, sampling, 0, 1, 0x11, second, 2, 0x11, second)))
    for number, lengths, values in _HUFFMAN:
        table = bytes((number,)) + bytes.fromhex(lengths) + bytes.fromhex(values)
        parts.append(struct.pack(">HH", 0xFFC4, len(table) + 2) + table)
    parts.append(bytes.fromhex("ffda000c03000001110211003f00"))
    return b"".join(parts)


def _has_two(tables: bytes, precision: int) -> bool:
    return len(tables) > (128 if precision & 1 else 64)


def _quantization_segments(tables: bytes, precision: int) -> list[bytes]:
    segments: list[bytes] = []
    position = 0
    while position < len(tables) and len(segments) < 2:
        wide = (precision >> len(segments)) & 1
        size = 128 if wide else 64
        table = tables[position : position + size]
        if len(table) < size:
            msg = "quantization table cut short"
            raise ValueError(msg)
        segments.append(struct.pack(">HHB", 0xFFDB, size + 3, (wide << 4) | len(segments)) + table)
        position += size
    if not segments:
        msg = "no quantization table"
        raise ValueError(msg)
    return segments
