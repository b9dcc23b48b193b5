"""What is encoded in parts reads as what is encoded whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milepost.model.history import Change, Identity, Revision
from milepost.model.item import Ref, Value
from milepost.model.reason import Category, Reason
from milepost.render.log_json import change_lines, change_record
from milepost.render.words import encode

TEXTS = st.text(max_size=6) | st.sampled_from(['"', "\\", "\n", "##[", "é", "\ud800", "\x00"])
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXTS, lambda values: st.lists(values, max_size=3) | st.dictionaries(TEXTS, values, max_size=3)
)
PEOPLE = st.builds(Identity, TEXTS, TEXTS)
REVISIONS = st.builds(Revision, st.sampled_from(["a" * 40, "b" * 40]), PEOPLE, st.integers(-1, 2**40), TEXTS)
REASONS = st.none() | st.builds(Reason, st.sampled_from(Category), TEXTS)
CHANGES = st.builds(
    Change, st.builds(Ref, TEXTS, TEXTS), TEXTS, st.none() | VALUES, st.none() | VALUES, REVISIONS, TEXTS, PEOPLE,
    REASONS,
)  # fmt: skip


@given(st.lists(CHANGES, max_size=4))
def test_lines_are_the_records_encoded(changes: list[Change]) -> None:
    assert list(change_lines(changes)) == [encode(change_record(change)) for change in changes]
