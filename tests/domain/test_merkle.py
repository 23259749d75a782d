"""The tree of the log, checked against an independent library."""

from __future__ import annotations

import time
from functools import cache

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.merkle import (
    EMPTY_ROOT,
    TILE_WIDTH,
    GrowingTree,
    consistency_spans,
    edge_places,
    grow,
    inclusion_spans,
    leaf_hash,
    parse_tile_path,
    span_hash,
    tile_path,
    tiles_under,
    verify_consistency,
    verify_inclusion,
)

LARGEST = 700  # leaves: two full tiles and a part


def entry(number: int) -> bytes:
    return f"entry {number}".encode()


@cache
def leaves() -> list[bytes]:
    return [leaf_hash(entry(number)) for number in range(LARGEST)]


@cache
def tiles() -> dict:
    return grow(0, leaves(), {})


@cache
def other() -> pymerkle.InmemoryTree:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(LARGEST):
        tree.append_entry(entry(number))
    return tree


sizes = st.integers(1, LARGEST)


@given(size=sizes)
def test_roots_are_those_of_pymerkle(size):
    assert span_hash((0, size), tiles()) == other().get_root(size)


@given(size=sizes, where=st.data())
def test_inclusion_is_proved_as_pymerkle_proves_it(size, where):
    index = where.draw(st.integers(0, size - 1))
    path = [span_hash(span, tiles()) for span in inclusion_spans(index, size)]

    assert path == path_of(other().prove_inclusion(index + 1, size))[1:]
    root = other().get_root(size)
    assert verify_inclusion(leaves()[index], index, size, path, root)
    pymerkle.verify_inclusion(leaves()[index], root, other().prove_inclusion(index + 1, size))


@given(old=sizes, new=sizes)
def test_consistency_is_proved_as_pymerkle_checks_it(old, new):
    old, new = sorted((old, new))
    path = [span_hash(span, tiles()) for span in consistency_spans(old, new)]
    was, now = other().get_root(old), other().get_root(new)

    assert verify_consistency(old, new, path, was, now)
    if old < new:
        pymerkle.verify_consistency(was, now, other().prove_consistency(old, new))
        assert not verify_consistency(old, new, path, now, was)
        assert not verify_consistency(old, new, [*path, was], was, now)
        assert not verify_consistency(old, new, path[:-1], was, now)


def path_of(proof: pymerkle.MerkleProof) -> list[bytes]:
    return [bytes.fromhex(text) for text in proof.serialize()["path"]]


@given(size=sizes, where=st.data())
def test_a_wrong_proof_of_inclusion_is_refused(size, where):
    index = where.draw(st.integers(0, size - 1))
    root = span_hash((0, size), tiles())
    path = [span_hash(span, tiles()) for span in inclusion_spans(index, size)]
    wrong = [
        (leaf_hash(b"another"), index, size, path, root),
        (leaves()[index], size, size, path, root),
        (leaves()[index], index, size, [*path, root], root),
        (leaves()[index], index, size, path, leaf_hash(b"another")),
    ]
    if path:
        wrong.append((leaves()[index], index, size, path[:-1], root))
        wrong.append((leaves()[index], index ^ 1, size, path, root))
    assert not any(verify_inclusion(*case) for case in wrong)


@given(steps=st.lists(st.integers(0, 300), max_size=6))
def test_a_tree_grown_in_steps_is_the_tree_grown_at_once(steps):
    stored, size = {}, 0
    for step in steps:
        new = [leaf_hash(entry(number)) for number in range(size, size + step)]
        edge = {place: stored[place] for place in edge_places(size)}
        stored |= grow(size, new, edge)
        size += step
    whole = [leaf_hash(entry(number)) for number in range(size)]
    assert stored == grow(0, whole, {})
    tree = GrowingTree()
    for leaf in whole:
        tree.add(leaf)
    assert tree.root() == span_hash((0, size), stored)


def test_tiles_have_the_widths_that_the_specification_gives():
    """Its example: a tree of 70,000."""
    grown = grow(0, [leaf_hash(b"")] * 70_000, {})
    widths = {place: len(tile) // 32 for place, tile in grown.items()}
    assert [widths[0, number] for number in range(274)] == [256] * 273 + [112]
    assert (widths[1, 0], widths[1, 1], widths[2, 0]) == (256, 17, 1)
    assert len(widths) == 277


def test_an_empty_tree_has_the_hash_of_nothing():
    assert GrowingTree().root() == span_hash((0, 0), {}) == EMPTY_ROOT
    assert verify_consistency(0, 5, [], EMPTY_ROOT, leaf_hash(b"x"))
    assert not verify_consistency(0, 5, [], leaf_hash(b"y"), leaf_hash(b"x"))


def test_hashes_of_the_specification():
    """The empty leaf of RFC 6962."""
    assert leaf_hash(b"").hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_that_is_not_there_is_refused(index, size):
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion_spans(index, size)


def test_a_larger_tree_is_no_beginning():
    with pytest.raises(ValueError, match="cannot extend"):
        consistency_spans(4, 3)


def test_a_missing_tile_is_named():
    broken = tiles() | {(0, 1): tiles()[0, 1][:-32]}
    with pytest.raises(KeyError, match=r"\(0, 1\)"):
        span_hash((300, 512), broken)


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, TILE_WIDTH, "000"),
        (5, 17, "005.p/17"),
        (999, TILE_WIDTH, "999"),
        (1000, TILE_WIDTH, "x001/000"),
        (1234067, TILE_WIDTH, "x001/x234/067"),
        (1234067, 1, "x001/x234/067.p/1"),
    ],
)
def test_paths_of_tiles(number, width, path):
    assert tile_path(number, width) == path
    assert parse_tile_path(path) == (number, width)


@pytest.mark.parametrize(
    "path",
    ["", "0", "01", "0001", "x000/001", "001/002", "x1/002", "000.p/0", "000.p/256", "000.p/300",
     "000.p/01", "000.p/", "x001/x234/067/", "٠٠٠", "x001/" * 40 + "000"],
)  # fmt: skip
def test_other_paths_are_refused(path):
    with pytest.raises(ValueError, match="no path of a tile"):
        parse_tile_path(path)


def test_a_proof_at_a_million_leaves_takes_twenty_hashes_and_a_millisecond():
    size = 1_000_000
    million = grow(0, [leaf_hash(entry(number)) for number in range(size)], {})
    root, best = span_hash((0, size), million), 1.0
    for index in (0, 123_456, 777_777, size - 1):
        spans = inclusion_spans(index, size)
        needed = {place: million[place] for place in tiles_under(spans)}
        start = time.perf_counter()
        path = [span_hash(span, needed) for span in inclusion_spans(index, size)]
        best = min(best, time.perf_counter() - start)
        assert len(path) <= 20
        assert verify_inclusion(leaf_hash(entry(index)), index, size, path, root)
    assert best <= 0.001
