"""Writing an instant into the metadata of PNG (ISO/IEC 15948) and JPEG (ITU-T T.81) files."""

import struct
import zlib

_PNG_SIGNATURE_AND_HEADER = 8 + 25
_JPEG_START = 2


def stamp_png(data: bytes, iso_time: str) -> bytes:
    """Insert a ``tEXt`` chunk with the keyword ``Creation Time`` behind the header."""
    body = b"tEXtCreation Time\x00" + iso_time.encode("latin-1")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:_PNG_SIGNATURE_AND_HEADER] + chunk + data[_PNG_SIGNATURE_AND_HEADER:]


def stamp_jpeg(data: bytes, iso_time: str) -> bytes:
    """Insert a comment segment (COM) behind the start of image."""
    text = iso_time.encode("ascii")
    segment = b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text
    return data[:_JPEG_START] + segment + data[_JPEG_START:]
