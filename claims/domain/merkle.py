"""The tree of the log: hashing as RFC 6962 has it, proofs and growth out of tiles of 256 hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import batched
from typing import Final

type TilePlace = tuple[int, int]  # level and number of a tile
type Tiles = Mapping[TilePlace, bytes]
type LeafSpan = tuple[int, int]  # leaves from, up to but without

HASH_BYTES: Final = 32
TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 1 << TILE_HEIGHT
EMPTY_ROOT: Final = sha256(b"").digest()
_PATH: Final = re.compile(r"((?:x\d{3}/)*)(\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return sha256(b"\x01" + left + right).digest()


def inclusion_spans(index: int, size: int) -> list[LeafSpan]:
    """The subtrees whose hashes prove leaf ``index`` in a tree of ``size``, its sibling first.

    Raises ValueError when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    low, high, spans = 0, size, []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[LeafSpan]:
    """The subtrees whose hashes prove that a tree of ``new`` leaves extends one of ``old``.

    Raises ValueError when the older tree is the larger.
    """
    if not 0 <= old <= new:
        raise ValueError(f"A tree of {new} leaves cannot extend one of {old}.")
    if old in (0, new):
        return []
    low, high, spans = 0, new, []
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    return [(low, high), *spans[::-1]] if low else spans[::-1]


def _split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1


def tiles_under(spans: Iterable[LeafSpan]) -> set[TilePlace]:
    """The tiles that the hashes of these subtrees are computed from."""
    return {_place(*whole)[0] for span in spans for whole in _wholes(span)}


def span_hash(span: LeafSpan, tiles: Tiles) -> bytes:
    """The hash of the leaves of the span out of stored tiles. Raises KeyError for a missing one."""
    if span[0] == span[1]:
        return EMPTY_ROOT
    *rest, found = [_whole_hash(height, number, tiles) for height, number in _wholes(span)]
    for left in reversed(rest):
        found = node_hash(left, found)
    return found


def _wholes(span: LeafSpan) -> Iterator[tuple[int, int]]:
    """The complete subtrees that make up a span, as height and number, left to right."""
    start, end = span
    while start < end:
        height = (end - start).bit_length() - 1
        if start:
            height = min(height, (start & -start).bit_length() - 1)
        yield height, start >> height
        start += 1 << height


def _place(height: int, number: int) -> tuple[TilePlace, int, int]:
    """The tile that a complete subtree stands in, where its hashes begin and how many they are."""
    level, left = divmod(height, TILE_HEIGHT)
    first = number << left
    return (level, first >> TILE_HEIGHT), first % TILE_WIDTH, 1 << left


def _whole_hash(height: int, number: int, tiles: Tiles) -> bytes:
    place, first, count = _place(height, number)
    part = tiles[place][first * HASH_BYTES : (first + count) * HASH_BYTES]
    if len(part) != count * HASH_BYTES:
        raise KeyError(place)
    return top_hash(split_hashes(part))


def split_hashes(tile: bytes) -> list[bytes]:
    """The hashes of a tile one by one."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def top_hash(hashes: list[bytes]) -> bytes:
    """The hash of a complete subtree, given a power of two of hashes of one height."""
    while len(hashes) > 1:
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in batched(hashes, 2)]
    return hashes[0]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof leads from the hash of a leaf to the root, as RFC 9162 checks it."""
    if not 0 <= index < size:
        return False
    number, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(sibling, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the proof shows that the new tree begins with the old one, as RFC 9162 checks it."""
    if old in (0, new):
        return not proof and old_root == (new_root if old else EMPTY_ROOT)
    if not 0 < old < new or not proof:
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    was = now = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            now = node_hash(now, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root


def edge_places(size: int) -> list[TilePlace]:
    """The tiles at the right edge of a tree that are not full, lowest first."""
    places, level, count = [], 0, size
    while count:
        if count % TILE_WIDTH:
            places.append((level, count >> TILE_HEIGHT))
        level, count = level + 1, count >> TILE_HEIGHT
    return places


def grow(size: int, leaves: Sequence[bytes], edge: Tiles) -> dict[TilePlace, bytes]:
    """The tiles that change when these leaves join a tree of ``size`` with this right edge."""
    changed: dict[TilePlace, bytes] = {}
    level, count, new = 0, size, list(leaves)
    while new:
        number, width = count >> TILE_HEIGHT, count % TILE_WIDTH
        row = (split_hashes(edge[level, number]) if width else []) + new
        new = []
        for offset, hashes in enumerate(batched(row, TILE_WIDTH)):
            changed[level, number + offset] = b"".join(hashes)
            if len(hashes) == TILE_WIDTH:
                new.append(top_hash(list(hashes)))
        level, count = level + 1, count >> TILE_HEIGHT
    return changed


class GrowingTree:
    """A tree that leaves are added to one by one; it remembers one hash a height."""

    __slots__ = ("_wholes", "size")

    def __init__(self) -> None:
        self.size = 0
        self._wholes: list[bytes] = []  # of complete subtrees, the largest first

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        found, rest = leaf, self.size
        while rest & 1:
            found, rest = node_hash(self._wholes.pop(), found), rest >> 1
        self._wholes.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self._wholes:
            return EMPTY_ROOT
        *rest, found = self._wholes
        for left in reversed(rest):
            found = node_hash(left, found)
        return found


def tile_path(number: int, width: int = TILE_WIDTH) -> str:
    """The path of a tile within its level, as C2SP tlog-tiles writes it: x001/x234/067.p/5."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *front, last = ["".join(part) for part in batched(digits, 3)]
    path = "".join(f"x{part}/" for part in front) + last
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


def parse_tile_path(path: str) -> tuple[int, int]:
    """Number and width of a tile. Raises ValueError for what tile_path never writes."""
    found = _PATH.fullmatch(path)
    if found is None or len(path) > 40:
        raise ValueError(f"{path!r} is no path of a tile.")
    number = int(found[1].replace("x", "").replace("/", "") + found[2])
    width = int(found[3]) if found[3] else TILE_WIDTH
    if width > TILE_WIDTH or path != tile_path(number, width):
        raise ValueError(f"{path!r} is no path of a tile.")
    return number, width
