"""The RTSP side of the embedded recording server (RFC 2326, TCP interleaved, with the ONVIF replay rules)."""
