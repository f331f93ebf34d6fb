"""How many points the coded pictures of an AVIF file have, by their own headers.

The container says a size too; but the decoder goes by the pictures, and scales what it has decoded
to what was said. (ISO 14496-12 for the boxes, the AV1 specification 5.3 to 5.5 for the rest.)
"""

from __future__ import annotations

from collections.abc import Iterator

from lib.image_files.header import Unreadable

MAX_BOXES = 10_000
SEQUENCE_HEADER = 1


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, begin and end of what is inside each box."""
    end = len(data) if end is None else end
    for _n in range(MAX_BOXES):
        if start + 8 > end:
            return
        size, head = _number(data, start, 4), 8
        if size == 1:
            size, head = _number(data, start + 8, 8), 16
        stop = start + size if size else end
        if size and size < head or stop > end:
            return
        yield data[start + 4 : start + 8], start + head, stop
        start = stop


def coded_pixels(data: bytes) -> int:
    """Return how many points all coded pictures have together: colours, alpha, tiles, thumbnails.

    Raises Unreadable if one of them cannot be followed.
    """
    top = {kind: (start, end) for kind, start, end in boxes(data)}
    start, end = top.get(b"meta", (0, 0))
    inside = {kind: (start, end) for kind, start, end in boxes(data, start + 4, end)}
    if not {b"iinf", b"iloc"} <= set(inside):
        raise Unreadable("no items")
    coded = set(_coded_items(data, *inside[b"iinf"]))
    if not coded:
        raise Unreadable("no coded picture")
    places = _Places(data, inside[b"iloc"][0], inside.get(b"idat", (0, 0))[0])
    return sum(_pixels(item) for number, item in places.items() if number in coded)


def _number(data: bytes, place: int, size: int) -> int:
    if place + size > len(data):
        raise Unreadable("it ends too early")
    return int.from_bytes(data[place : place + size], "big")


def _coded_items(data: bytes, start: int, end: int) -> Iterator[int]:
    is_short = data[start] == 0
    for kind, place, _end in boxes(data, start + (6 if is_short else 8), end):
        size = 4 if data[place] > 2 else 2
        if kind == b"infe" and data[place + 6 + size : place + 10 + size] == b"av01":
            yield _number(data, place + 4, size)


class _Places:
    """The box that tells where the data of each item stand."""

    def __init__(self, data: bytes, start: int, own_data: int) -> None:
        self.data, self.own_data, self.place = data, own_data, start + 4
        self.version = data[start]
        sizes = self._next(2)
        self.offset, self.length, self.base, self.index = (sizes >> n & 15 for n in (12, 8, 4, 0))

    def _next(self, size: int) -> int:
        self.place += size
        return _number(self.data, self.place - size, size)

    def items(self) -> Iterator[tuple[int, bytes]]:
        """Yield number and data of each item."""
        long = 4 if self.version > 1 else 2
        for _n in range(min(self._next(long), MAX_BOXES)):
            number = self._next(long)
            # whether the data stand in the file or in a box of their own
            start = {0: 0, 1: self.own_data}.get(self._next(2) & 15 if self.version else 0)
            if start is None:
                raise Unreadable("data made of other data")
            self._next(2)
            yield number, self._item(start + self._next(self.base))

    def _item(self, start: int) -> bytes:
        pieces = []
        for _n in range(self._next(2)):
            self._next(self.index if self.version else 0)
            place = start + self._next(self.offset)
            pieces.append(self.data[place : place + (self._next(self.length) or len(self.data))])
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _pixels(item: bytes) -> int:
    """Return the points of the largest picture that the data may hold."""
    found: list[int] = []
    place = 0
    while place < len(item) and len(found) < MAX_BOXES:
        kind, has_more, has_size = item[place] >> 3 & 15, item[place] & 4, item[place] & 2
        place += 2 if has_more else 1
        size, length = _leb128(item, place) if has_size else (len(item) - place, 0)
        place += length
        if kind == SEQUENCE_HEADER:
            found.append(_sequence_pixels(item[place : place + min(size, 256)]))
        place += size
    if not found:
        raise Unreadable("a picture without its header")
    return max(found)


def _leb128(data: bytes, place: int) -> tuple[int, int]:
    """Return a number written seven bits a byte, the lowest first, and on how many bytes."""
    value = 0
    for n, byte in enumerate(data[place : place + 8]):
        value |= (byte & 127) << 7 * n
        if byte < 128:
            return value, n + 1
    raise Unreadable("a size without an end")


class _Bits:
    def __init__(self, data: bytes) -> None:
        self.value, self.left = int.from_bytes(data, "big"), 8 * len(data)

    def take(self, count: int) -> int:
        self.left -= count
        if self.left < 0:
            raise Unreadable("it ends too early")
        return self.value >> self.left & (1 << count) - 1


def _sequence_pixels(data: bytes) -> int:
    bits = _Bits(data)
    bits.take(4)  # profile, whether it is a still picture
    if bits.take(1):  # the short form
        bits.take(5)
    else:
        _skip_timing(bits)
    wide, high = bits.take(4) + 1, bits.take(4) + 1
    return (bits.take(wide) + 1) * (bits.take(high) + 1)


def _skip_timing(bits: _Bits) -> None:
    delay_bits = 0
    if bits.take(1):  # timing
        bits.take(64)
        if bits.take(1):
            zeros = next((n for n in range(32) if bits.take(1)), 32)
            bits.take(zeros % 32)
        if bits.take(1):  # model of a decoder
            delay_bits = bits.take(5) + 1
            bits.take(42)
    has_delays = bits.take(1)
    for _point in range(bits.take(5) + 1):
        bits.take(12)
        bits.take(1 if bits.take(5) > 7 else 0)
        if delay_bits and bits.take(1):
            bits.take(2 * delay_bits + 1)
        if has_delays and bits.take(1):
            bits.take(4)
