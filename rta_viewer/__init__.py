"""RTA Viewer: find a moment in CCTV recordings and hand it over as a file that can be trusted."""

__version__ = "0.1.0"
