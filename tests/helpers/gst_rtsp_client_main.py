"""GStreamer's rtspsrc as a client, for the system's python3 (the one that has ``gi``).

Writes grey pictures one after another into a file and prints one JSON line about them when done:
``{"width", "height", "pts_s": […], "seek_at": N, "audio_buffers": N}``.
"""

import argparse
import json
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
from gi.repository import Gst  # noqa: E402

DECODERS = {
    "h264": "rtph264depay ! h264parse ! avdec_h264",
    "h265": "rtph265depay ! h265parse ! avdec_h265",
}
PULL_NS = 15 * Gst.SECOND


def build(asked: argparse.Namespace) -> Gst.Pipeline:
    line = (
        "rtspsrc name=src protocols=tcp latency=100 "
        f"src. ! application/x-rtp,media=video ! {DECODERS[asked.codec]} ! "
        "videoconvert ! video/x-raw,format=GRAY8 ! appsink name=video sync=false max-buffers=4 "
    )
    if asked.audio:
        line += (
            "src. ! application/x-rtp,media=audio ! rtpmp4gdepay ! aacparse ! avdec_aac ! "
            "appsink name=audio sync=false max-buffers=0 "
        )
    pipeline = Gst.parse_launch(line)
    source = pipeline.get_by_name("src")
    source.set_property("location", asked.url)
    source.set_property("user-id", asked.user)
    source.set_property("user-pw", asked.password)
    if asked.onvif:
        source.set_property("onvif-mode", True)
        source.set_property("onvif-rate-control", not asked.no_rate_control)
    return pipeline


def pull(sink: Gst.Element, count: int, out: object) -> list[float]:
    times = []
    while len(times) < count:
        sample = sink.emit("try-pull-sample", PULL_NS)
        if sample is None:
            break
        buffer = sample.get_buffer()
        structure = sample.get_caps().get_structure(0)
        width, height = structure.get_value("width"), structure.get_value("height")
        data = buffer.extract_dup(0, buffer.get_size())
        stride = (width + 3) // 4 * 4
        for row in range(height):
            out.write(data[row * stride : row * stride + width])
        times.append(buffer.pts / Gst.SECOND)
        shape["width"], shape["height"] = width, height
    return times


shape: dict[str, int] = {}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("out")
    parser.add_argument("--user", default="demo")
    parser.add_argument("--password", default="demo")
    parser.add_argument("--codec", default="h264", choices=sorted(DECODERS))
    parser.add_argument("--frames", type=int, default=20)
    parser.add_argument("--seek-s", type=float)
    parser.add_argument("--rate", type=float, default=1.0)
    parser.add_argument("--keys", action="store_true")
    parser.add_argument("--audio", action="store_true")
    parser.add_argument("--onvif", action="store_true")
    parser.add_argument("--no-rate-control", action="store_true")
    asked = parser.parse_args()
    Gst.init(None)
    pipeline = build(asked)
    pipeline.set_state(Gst.State.PLAYING)
    video = pipeline.get_by_name("video")
    try:
        with open(asked.out, "wb") as out:  # noqa: PTH123 - a script for any Python
            times = pull(video, asked.frames, out)
            seek_at = len(times)
            if asked.seek_s is not None:
                position = int(asked.seek_s * Gst.SECOND)
                begin, end = (
                    (position - 15 * Gst.SECOND, position) if asked.rate < 0 else (position, -1)
                )
                flags = Gst.SeekFlags.FLUSH
                if asked.keys:
                    flags |= Gst.SeekFlags.TRICKMODE_KEY_UNITS
                done = pipeline.seek(
                    asked.rate,
                    Gst.Format.TIME,
                    flags,
                    Gst.SeekType.SET,
                    begin,
                    Gst.SeekType.NONE if end < 0 else Gst.SeekType.SET,
                    max(end, 0),
                )
                if not done:
                    sys.exit("the seek was refused")
                times += pull(video, asked.frames, out)
        heard = 0
        sink = pipeline.get_by_name("audio") if asked.audio else None
        while sink is not None and sink.emit("try-pull-sample", 0) is not None:
            heard += 1
    finally:
        message = pipeline.get_bus().pop_filtered(Gst.MessageType.ERROR)
        if message is not None:
            sys.stderr.write(f"{message.parse_error()}\n")
        pipeline.set_state(Gst.State.NULL)
    about = {**shape, "pts_s": times, "seek_at": seek_at, "audio_buffers": heard}
    sys.stdout.write(json.dumps(about) + "\n")


if __name__ == "__main__":
    main()
