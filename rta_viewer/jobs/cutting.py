"""A saved file also as volumes that fit a medium, each with a receipt of its own."""

from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.evidence.files import system_path
from rta_viewer.evidence.receipt import Receipt
from rta_viewer.jobs.saved_files import read_saved_file
from rta_viewer.jobs.volume_papers import write_volume_receipts
from rta_viewer.jobs.volumes import Volumes, split_at_key_pictures
from rta_viewer.vms.part_file import storage_errors


@at_drive()
def cut_into_volumes(path: Path, whole: Receipt, max_bytes: int, cancel: CancelToken) -> Volumes:
    """Cut a file whose receipt lies beside it; one that fits is left as it is.

    Args:
        path: The file; not touched.
        whole: Its receipt.
        max_bytes: The longest that a volume may be.
        cancel: Looked at often.

    Raises:
        MediaError: It cannot be cut.
        StorageError: A volume or its receipt cannot be written.
        Cancelled: ``cancel`` was set.
        All of them leave no volume behind.
    """
    with storage_errors(path):
        if system_path(path).stat().st_size <= max_bytes:
            return Volumes()
    stretches = read_saved_file(path, ()).stretches
    volumes = split_at_key_pictures(path, path.parent, max_bytes, stretches, cancel=cancel)
    try:
        write_volume_receipts(whole, [(one.path, one.stretches) for one in volumes.all], cancel)
    except BaseException:
        volumes.remove()
        raise
    return volumes
