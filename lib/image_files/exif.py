"""The one thing that we read of EXIF, a folder of numbered entries as in TIFF files."""

from __future__ import annotations

import struct

ORIENTATION = 0x0112
# type of an entry -> how its first number is packed
NUMBERS = {1: "B", 3: "H", 4: "I"}
MAX_ENTRIES = 1000


def orientation(block: bytes) -> int:
    """Return how the picture lies, 1 (upright) to 8; 1 for a block that makes no sense."""
    tiff = block.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    try:
        return _in_first_folder(tiff, order) if order else 1
    except struct.error:  # it ends too early
        return 1


def _in_first_folder(tiff: bytes, order: str) -> int:
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for n in range(min(count, MAX_ENTRIES)):
        place = start + 2 + 12 * n
        tag, kind = struct.unpack_from(f"{order}HH", tiff, place)
        if tag == ORIENTATION and kind in NUMBERS:
            (value,) = struct.unpack_from(f"{order}{NUMBERS[kind]}", tiff, place + 8)
            return value if 1 <= value <= 8 else 1
    return 1
