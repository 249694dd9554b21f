"""An RTSP client for replay servers (RFC 2326, RFC 7826, ONVIF Streaming)."""
