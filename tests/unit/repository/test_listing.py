"""Comparing tree objects by their bytes finds what comparing all their entries finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milepost.repository.listing import Entry, Listing, compare_listings

# Names and ids that look like the beginning of an entry must not lead astray.
NAMES = st.text("ab\x01 164", min_size=1, max_size=4).map(str.encode) | st.sampled_from([b"100644 a", b"40000 b"])
IDS = st.sampled_from([b"100644 a\x00" + b"x" * 11, b"\x00" * 20, b"40000 b\x00".ljust(20, b"1"), b"z" * 20])
TREES = st.dictionaries(NAMES, st.tuples(st.sampled_from([b"100644", b"40000"]), IDS), max_size=8)


def raw(tree: dict[bytes, tuple[bytes, bytes]]) -> bytes:
    return b"".join(mode + b" " + name + b"\x00" + id for name, (mode, id) in sorted(tree.items()))


def entries(tree: dict[bytes, tuple[bytes, bytes]]) -> set[Entry]:
    return {(mode, name, id) for name, (mode, id) in tree.items()}


PADDING = b"".join(b"100644 z%02d\0" % number + b"y" * 20 for number in range(40))  # makes a folder a large one


@given(TREES, TREES, st.sampled_from([b"", PADDING]))
def test_differences_are_those_of_all_entries(
    old: dict[bytes, tuple[bytes, bytes]], new: dict[bytes, tuple[bytes, bytes]], padding: bytes
) -> None:
    gone, came = compare_listings(Listing(raw(old) + padding), Listing(raw(new) + padding))
    assert gone == entries(old) - entries(new)
    assert came == entries(new) - entries(old)
