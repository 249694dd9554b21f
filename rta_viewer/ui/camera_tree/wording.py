"""What is said about a camera."""

from datetime import UTC, tzinfo

from rta_viewer.core.model import Camera, CameraState
from rta_viewer.core.texts import left_to_right, mark, tr, trn
from rta_viewer.ui import times

STATE_WORDS = {
    CameraState.RECORDING: mark("Recording"),
    CameraState.DISABLED: mark("Disabled"),
    CameraState.OFFLINE: mark("Offline"),
    CameraState.NOT_ALLOWED: mark("Not allowed"),
    CameraState.UNKNOWN: mark("State unknown"),
    CameraState.SAVED_FILE: mark("Saved file"),
    CameraState.CHECKED_FILE: mark("Saved file, unchanged"),
    CameraState.DOUBTFUL_FILE: mark("Saved file, not to be relied on"),
}


def tooltip(camera: Camera, zone: tzinfo = UTC) -> str:
    """What is known about a camera or a saved file, a line each, in plain text."""
    if camera.is_saved_file:
        words = (times.in_zone(remark, zone) for remark in camera.remarks)
        return "\n".join((camera.name, tr(STATE_WORDS[camera.state]), *words))
    short = f"{camera.name} ({camera.short_name})" if camera.short_name else camera.name
    lines = [short, tr(STATE_WORDS[camera.state]), camera.model, _stream_line(camera)]
    if camera.retention_days is not None:
        days = camera.retention_days
        lines.append(trn("Kept for {n} day", "Kept for {n} days", days))
    if camera.oldest_recording_ms is not None:
        oldest = times.format_with_zone(camera.oldest_recording_ms, zone, fraction=False)
        lines.append(tr("Oldest recording {oldest}", oldest=oldest))
    lines.extend((camera.location, camera.recording_server))
    return "\n".join(line for line in lines if line)


def _stream_line(camera: Camera) -> str:
    stream = camera.main_stream
    if stream is None:
        return ""
    size = (
        left_to_right(f"{stream.width} x {stream.height}") if stream.width and stream.height else ""
    )
    rate = tr("{fps:g} pictures/s", fps=stream.fps) if stream.fps else ""
    return ", ".join(part for part in (size, stream.codec, rate) if part)
