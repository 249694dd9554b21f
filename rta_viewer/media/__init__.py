"""Pictures in motion, without Qt: RTSP, RTP, cache, gateway to libVLC, single pictures, files."""
