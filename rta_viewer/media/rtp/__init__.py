"""RTP packets to access units (RFC 3550, 6184, 7798, 2435, 3640)."""
