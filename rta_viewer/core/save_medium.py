"""What saved files are to fit on."""

from enum import StrEnum


class Medium(StrEnum):
    """What the files are to fit, each volume playable."""

    ANY = ""
    FAT32 = "fat32"
    DVD = "dvd"
    BLU_RAY = "bluray"


VOLUME_BYTES: dict[Medium, int] = {
    Medium.FAT32: 4 * 1024**3 - 1,
    Medium.DVD: 4_600_000_000,
    Medium.BLU_RAY: 24_800_000_000,
}
"""A file on FAT32, a 4.7 GB DVD, a 25 GB Blu-ray, less what their file systems take."""
