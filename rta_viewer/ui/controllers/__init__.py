"""What the panels do together: no widgets here, and no knowledge of HTTP, RTSP or files."""
