"""What `check --fix` may do to a file: only what can have been meant in one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.documents.mending import mend_document
from milepost.documents.yaml import read_plan_file

ALL = ("ambiguous-scalar", "bad-char", "bare-cr")
HEAD = b"id: a\n"

# bytes, mended bytes, what was done
MENDED = [
    (b"\xef\xbb\xbfid: a\n", b"id: a\n", [("bad-char", 1)]),
    (b"id: a\rtitle: A\r", b"id: a\ntitle: A\n", [("bare-cr", 2)]),
    (b"id: a\r\ntitle: A\rdue: 2027-03-15\r\n", b"id: a\r\ntitle: A\r\ndue: 2027-03-15\r\n", [("bare-cr", 1)]),
    (HEAD + b"title: no\n", HEAD + b'title: "no"\n', [("ambiguous-scalar", 1)]),
    (HEAD + b"title: 12:30 # half past\n", HEAD + b'title: "12:30" # half past\n', [("ambiguous-scalar", 1)]),
    (HEAD + b"labels: [on, maps, off]\n", HEAD + b'labels: ["on", maps, "off"]\n', [("ambiguous-scalar", 2)]),
    (
        HEAD + 'measures: [{text: "🚀é"}, {text: no}, {text: off}] # no\n'.encode(),
        HEAD + 'measures: [{text: "🚀é"}, {text: "no"}, {text: "off"}] # no\n'.encode(),
        [("ambiguous-scalar", 2)],
    ),
    (HEAD + b"measures:\n  - {text: y}\n", HEAD + b'measures:\n  - {text: "y"}\n', [("ambiguous-scalar", 1)]),
]
LEFT = [
    HEAD + b"rank: 010\n",  # eight or ten: no text belongs here
    HEAD + b"new_technology: yes\n",
    HEAD + b'title: "no"\nnotes: |\n  yes\n',
    b"id: [\n",
    b"title: \xff\r",
    "id: a\r".encode("utf-16"),
    "id: a\ntitle: a\u202eb\n".encode(),
]


@pytest.mark.parametrize(("data", "mended", "done"), MENDED)
def test_what_is_safe_is_mended(data: bytes, mended: bytes, done: list[tuple[str, int]]) -> None:
    assert mend_document("milestone", data, ALL) == (mended, tuple(done))
    assert mend_document("milestone", mended, ALL) == (mended, ())


@pytest.mark.parametrize("data", LEFT)
def test_what_may_have_been_meant_otherwise_is_left(data: bytes) -> None:
    assert mend_document("milestone", data, ("ambiguous-scalar", "bad-char")) == (data, ())


def test_wide_text_is_left() -> None:
    data = "id: a\r".encode("utf-16")
    assert mend_document("milestone", data, ALL) == (data, ())


def test_only_what_was_asked_for_is_done() -> None:
    data = b"\xef\xbb\xbfid: a\rtitle: no\r"
    assert mend_document("milestone", data, ()) == (data, ())
    assert mend_document("milestone", data, ("bare-cr",)).data == b"\xef\xbb\xbfid: a\ntitle: no\n"


WORDS = st.sampled_from(["no", "yes", "12:30", "010", "plain", '"no"', "[on, a]", "{text: off}", "1_000", "~"])


@given(st.lists(WORDS, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_mended_text_reads_as_what_was_written(values: list[str], end: str, mark: bool) -> None:
    text = "".join(f"k{number}: {value}{end}" for number, value in enumerate(values))
    data = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    mended = mend_document("milestone", data, ALL).data
    assert read_plan_file(mended).data == read_plan_file(text.replace("\r\n", "\n").replace("\r", "\n").encode()).data
    assert mend_document("milestone", mended, ALL).data == mended
