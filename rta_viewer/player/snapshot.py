"""A shown picture as a PNG or JPEG file, which is there completely or not at all."""

import os
from pathlib import Path

from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.media.image_encoding import IMAGE_SUFFIXES, encode
from rta_viewer.platform.files import make_names_last


def save_snapshot(picture: Picture, path: Path) -> None:
    """Write the picture at its full size; an existing file is replaced. Any thread.

    Raises:
        UsageError: The name does not end in .png, .jpg or .jpeg.
        StorageError: The file cannot be written.
    """
    if path.suffix.lower() not in IMAGE_SUFFIXES:
        raise UsageError(tr("{name}: a snapshot is a .png or a .jpg file.", name=path.name))
    data = encode(picture, path.suffix.lower())
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        make_names_last(path.parent)
    except OSError as err:
        raise StorageError(
            tr(
                "The snapshot could not be written to {path}: {reason}.",
                path=path,
                reason=err.strerror,
            ),
            tr("Choose another folder."),
        ) from err
