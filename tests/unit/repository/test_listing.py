"""Comparing tree objects by their bytes finds what comparing all their entries finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milepost.repository.listing import Entry, compare_listings, parse_listing

# Names and ids that look like the beginning of an entry must not lead astray.
NAMES = st.text("ab\x01 164", min_size=1, max_size=4).map(str.encode) | st.sampled_from([b"100644 a", b"40000 b"])
IDS = st.sampled_from([b"100644 a\x00" + b"x" * 11, b"\x00" * 20, b"40000 b\x00".ljust(20, b"1"), b"z" * 20])
TREES = st.dictionaries(NAMES, st.tuples(st.sampled_from([b"100644", b"40000"]), IDS), max_size=8)


def raw(tree: dict[bytes, tuple[bytes, bytes]]) -> bytes:
    return b"".join(mode + b" " + name + b"\x00" + id for name, (mode, id) in sorted(tree.items()))


def entries(tree: dict[bytes, tuple[bytes, bytes]]) -> set[Entry]:
    return {Entry(mode, name, id) for name, (mode, id) in tree.items()}


@given(TREES, TREES)
def test_differences_are_those_of_all_entries(
    old: dict[bytes, tuple[bytes, bytes]], new: dict[bytes, tuple[bytes, bytes]]
) -> None:
    gone, came, listing = compare_listings(parse_listing(raw(old)), raw(new))
    assert gone == entries(old) - entries(new)
    assert came == entries(new) - entries(old)
    assert listing == parse_listing(raw(new))


@given(st.lists(TREES, min_size=2, max_size=5))
def test_a_chain_of_comparisons_stays_right(trees: list[dict[bytes, tuple[bytes, bytes]]]) -> None:
    listing = parse_listing(raw(trees[0]))
    for tree in trees[1:]:
        _, _, listing = compare_listings(listing, raw(tree))
        assert listing == parse_listing(raw(tree))
