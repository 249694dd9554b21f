"""GStreamer's RTSP server over files, for the system's python3 (the one that has ``gi``).

Prints ``{"port": N}`` when ready and serves until its standard input closes.
"""

import argparse
import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

NTP_TO_UNIX_S = 2_208_988_800
VIDEO = {
    "h264": "h264parse config-interval=-1 ! rtph264pay",
    "h265": "h265parse config-interval=-1 ! rtph265pay",
    "mjpeg": "jpegparse ! rtpjpegpay",
}


def launch_line(path: str, codec: str, *, audio: bool, ntp_start_ms: int | None) -> str:
    line = f"( filesrc location={path} ! qtdemux name=d d.video_0 ! queue ! {VIDEO[codec]} pt=96 "
    if ntp_start_ms is None:
        line += "name=pay0 "
    else:
        offset_ns = ntp_start_ms * 1_000_000 + NTP_TO_UNIX_S * 1_000_000_000
        line += f"! rtponviftimestamp name=pay0 ntp-offset={offset_ns} "
    if audio:
        line += "d.audio_0 ! queue ! aacparse ! rtpmp4gpay pt=97 name=pay1 "
    return line + ")"


def add_digest(
    server: GstRtspServer.RTSPServer, user: str, password: str
) -> GstRtspServer.RTSPAuth:
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    auth.add_digest(user, password, token)
    server.set_auth(auth)
    return auth


def media_factory(*, onvif: bool, protect: bool) -> GstRtspServer.RTSPMediaFactory:
    if onvif:
        factory = GstRtspServer.RTSPOnvifMediaFactory()
        factory.set_replay_support(True)
        factory.set_media_gtype(GstRtspServer.RTSPOnvifMedia)
    else:
        factory = GstRtspServer.RTSPMediaFactory()
    if protect:
        rights = "user, media.factory.access=true, media.factory.construct=true"
        factory.add_role_from_structure(Gst.Structure.from_string(rights)[0])
    return factory


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mount", action="append", nargs=3, metavar=("PATH", "FILE", "CODEC"))
    parser.add_argument("--audio", action="store_true")
    parser.add_argument("--digest", nargs=2, metavar=("USER", "PASSWORD"))
    parser.add_argument("--ntp-start-ms", type=int)
    asked = parser.parse_args()
    onvif = asked.ntp_start_ms is not None

    Gst.init(None)
    server = GstRtspServer.RTSPOnvifServer() if onvif else GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    auth = add_digest(server, *asked.digest) if asked.digest else None
    mounts = server.get_mount_points()
    for path, file, codec in asked.mount:
        factory = media_factory(onvif=onvif, protect=auth is not None)
        factory.set_launch(
            launch_line(file, codec, audio=asked.audio, ntp_start_ms=asked.ntp_start_ms)
        )
        mounts.add_factory(path, factory)
    if not server.attach(None):
        sys.exit("cannot attach")
    loop = GLib.MainLoop()

    def leave_with_parent() -> None:
        sys.stdin.read()
        GLib.idle_add(loop.quit)

    threading.Thread(target=leave_with_parent, daemon=True).start()
    sys.stdout.write(json.dumps({"port": server.get_bound_port()}) + "\n")
    sys.stdout.flush()
    loop.run()


if __name__ == "__main__":
    main()
