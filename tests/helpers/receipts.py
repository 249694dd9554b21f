"""A receipt to vary, for the file whose bytes are ``CONTENT``."""

import hashlib

from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import parse_instant
from rta_viewer.evidence.receipt import Receipt

CONTENT = b"video"

_ASKED = Span(parse_instant("2025-10-24T10:00:00.250Z"), parse_instant("2025-10-24T10:30:00Z"))

RECEIPT = Receipt(
    file_name="a.mp4",
    size_bytes=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    server="https://nvr.example:8443",
    camera_id="8b3a2c1d-4e5f-6789-abcd-ef0123456789",
    camera_name="Main entrance",
    asked=_ASKED,
    delivered=Span(_ASKED.start_ms - 2000, _ASKED.end_ms - 60_000),
    container="mp4",
    codec="H264",
    width=640,
    height=360,
    duration_ms=1_741_750,
    check_ok=False,
    differences=("The rest is missing.",),
    kind="download",
    saved_at_ms=parse_instant("2025-10-24T11:00:00Z"),
    program_version="1.0",
)
