"""Looking a name up in a tree's bytes finds what stepping through all its entries finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.repository.folders import ABSENT, Side, find_entry, read_entries, read_mode

NAMES = st.sampled_from([b"plan", b"a", b"1 plan", b"40000 plan", b"planet", b"x plan"])
MODES = st.sampled_from([b"100644", b"40000", b"120000", b"160000"])


def ids(size: int) -> st.SearchStrategy[bytes]:
    """Ids with bytes that look like an entry, too."""
    lure = b"4 plan\0" + b"40000 plan\0"
    return st.sampled_from([lure.ljust(size, b"z")[:size], (b" plan\0" * 6)[:size], bytes(size), b"\n" * size])


@pytest.mark.parametrize("size", [20, 32])
@given(data=st.data())
def test_a_name_is_found_where_it_is_and_only_there(size: int, data: st.DataObject) -> None:
    tree = data.draw(st.dictionaries(NAMES, st.tuples(MODES, ids(size)), max_size=6))
    raw = b"".join(mode + b" " + name + b"\0" + id for name, (mode, id) in sorted(tree.items()))
    assert read_entries(raw, size) == [(m, n, i) for n, (m, i) in sorted(tree.items())]
    expected = Side(read_mode(tree[b"plan"][0]), tree[b"plan"][1].hex()) if b"plan" in tree else ABSENT
    assert find_entry(raw, b"plan", size) == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"100644", 0o100644),
        (b"100664", 0o100644),
        (b"100600", 0o100644),
        (b"100755", 0o100755),
        (b"100744", 0o100755),
        (b"40000", 0o040000),
        (b"040000", 0o040000),
        (b"120000", 0o120000),
        (b"160000", 0o160000),
        (b"0", 0o160000),
    ],
)
def test_modes_are_git_s(written: bytes, read: int) -> None:
    assert read_mode(written) == read
