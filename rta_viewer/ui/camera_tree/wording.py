"""What is said about a camera."""

from datetime import UTC, tzinfo

from rta_viewer.core.model import Camera, CameraState
from rta_viewer.ui import times

STATE_WORDS = {
    CameraState.RECORDING: "Recording",
    CameraState.DISABLED: "Disabled",
    CameraState.OFFLINE: "Offline",
    CameraState.NOT_ALLOWED: "Not allowed",
    CameraState.UNKNOWN: "State unknown",
    CameraState.SAVED_FILE: "Saved file",
    CameraState.CHECKED_FILE: "Saved file, unchanged",
    CameraState.DOUBTFUL_FILE: "Saved file, not to be relied on",
}


def tooltip(camera: Camera, zone: tzinfo = UTC) -> str:
    """What is known about a camera or a saved file, a line each, in plain text."""
    if camera.is_saved_file:
        words = (times.in_zone(remark, zone) for remark in camera.remarks)
        return "\n".join((camera.name, STATE_WORDS[camera.state], *words))
    short = f"{camera.name} ({camera.short_name})" if camera.short_name else camera.name
    lines = [short, STATE_WORDS[camera.state], camera.model, _stream_line(camera)]
    if camera.retention_days is not None:
        days = "1 day" if camera.retention_days == 1 else f"{camera.retention_days} days"
        lines.append(f"Kept for {days}")
    if camera.oldest_recording_ms is not None:
        oldest = times.format_with_zone(camera.oldest_recording_ms, zone, fraction=False)
        lines.append(f"Oldest recording {oldest}")
    lines.extend((camera.location, camera.recording_server))
    return "\n".join(line for line in lines if line)


def _stream_line(camera: Camera) -> str:
    stream = camera.main_stream
    if stream is None:
        return ""
    size = f"{stream.width} x {stream.height}" if stream.width and stream.height else ""
    rate = f"{stream.fps:g} pictures/s" if stream.fps else ""
    return ", ".join(part for part in (size, stream.codec, rate) if part)
