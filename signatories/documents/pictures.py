"""PNG and JPEG pictures: how wide and high they are, from their first bytes. Nothing is decoded."""

import struct
from typing import BinaryIO

from signatories.documents.archives import DAMAGED
from signatories.documents.errors import UnfitFileError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_END = b"IEND\xaeB`\x82"
JPEG_SIGNATURE = b"\xff\xd8\xff"
LONGEST_SIDE = 20_000  # pixels
MOST_PIXELS = 100_000_000
MOST_SEGMENTS = 1_000  # of a JPEG, before the picture itself
# Markers of a JPEG that say its size: all “start of frame”, but not those that share their numbers.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
START_OF_SCAN = 0xDA


def demand_png(file: BinaryIO) -> None:
    """A whole PNG picture of a size that can be shown. Raises UnfitFileError."""
    file.seek(0)
    head = file.read(33)
    if len(head) < 33 or head[12:16] != b"IHDR":
        raise UnfitFileError(DAMAGED)
    _demand_size(*struct.unpack(">2L", head[16:24]))
    file.seek(0, 2)
    file.seek(max(0, file.tell() - len(PNG_END)))
    if file.read() != PNG_END:
        raise UnfitFileError(DAMAGED)


def demand_jpeg(file: BinaryIO) -> None:
    """A JPEG picture of a size that can be shown. Raises UnfitFileError."""
    file.seek(2)
    for _ in range(MOST_SEGMENTS):
        marker = _next_marker(file)
        length = int.from_bytes(file.read(2), "big")
        if marker == START_OF_SCAN or length < 2:
            break
        if marker in FRAMES:
            height_and_width = file.read(5)[1:]
            if len(height_and_width) < 4:
                break
            _demand_size(*struct.unpack(">2H", height_and_width))
            return
        file.seek(length - 2, 1)
    raise UnfitFileError(DAMAGED)


def _next_marker(file: BinaryIO) -> int:
    """The number of the next marker; START_OF_SCAN where there is none."""
    if file.read(1) != b"\xff":
        return START_OF_SCAN
    letter = file.read(1)
    for _ in range(64):  # fill bytes
        if letter != b"\xff":
            break
        letter = file.read(1)
    return letter[0] if letter else START_OF_SCAN


def _demand_size(width: int, height: int) -> None:
    if not width or not height:
        raise UnfitFileError(DAMAGED)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise UnfitFileError(f"This picture has {width:,} by {height:,} points, which is too many. Make it smaller.")
