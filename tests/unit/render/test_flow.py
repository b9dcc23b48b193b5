"""Painted text that flows over lines: nothing is lost, nothing acts, and styles stay with their words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from milepost.render.escape import escape_terminal
from milepost.render.flow import flow
from milepost.render.paint import Paint
from tests.unit.render.test_findings import TEXTS, UNSAFE, obeys

PAINT = Paint(colour=True)
PLAIN = Paint()
STYLED = re.compile(r"\x1b\[(\d+)m([^\x1b]*)\x1b\[0m")


def test_what_fits_is_one_line() -> None:
    assert list(flow(("Public beta", PLAIN.bold), ("  moves", PLAIN.text))) == ["Public beta  moves"]
    assert list(flow(("", PLAIN.text))) == [""]


def test_a_style_goes_on_on_the_next_line() -> None:
    lines = list(flow(("one two", PAINT.bold), (" three four five", PAINT.dim), hang=2, columns=14))
    assert lines == ["\x1b[1mone two\x1b[0m\x1b[2m three\x1b[0m", "  \x1b[2mfour five\x1b[0m"]


def test_a_word_that_is_too_long_stays_whole() -> None:
    address = "https://github.com/example/heron/commit/9553fe8e574ea9cdf0cf3d4bdbdb2f85b58d5b32-and-more"
    assert list(flow((f"    {address} it", PLAIN.text), hang=2)) == [f"    {address}", "  it"]
    assert list(flow((f"  see {address} there", PLAIN.text))) == ["  see", f"    {address}", "    there"]


def test_what_belongs_together_is_never_broken() -> None:
    lines = list(flow(("a b c: ", PLAIN.text), ("d", PLAIN.bold), (" e f", PLAIN.text), together=2, hang=2, columns=5))
    assert lines == ["a b c: d", "  e f"]


def test_a_word_that_a_runner_obeys_has_room_for_its_escape() -> None:
    assert list(flow((":: ::00000000 ::0 0", PLAIN.text), hang=0, columns=18)) == [
        "\\x3a:", "\\x3a:00000000", "\\x3a:0 0",
    ]  # fmt: skip


@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(0, 8), st.integers(20, 80))
def test_it_is_all_there_on_safe_lines(texts: list[str], hang: int, columns: int) -> None:
    lines = list(flow(*((text, PLAIN.text) for text in texts), hang=hang, columns=columns))
    words = [word for line in lines for word in line.split(" ") if word]
    together = "".join(map(escape_terminal, texts))
    assert "".join(words).replace("\\x3a", ":").replace("\\x5b", "[") == together.replace(" ", "").replace(
        "\\x3a", ":"
    ).replace("\\x5b", "[")
    for line in lines:
        assert not UNSAFE.search(line)
        assert not line.lstrip().startswith("::")
        assert len(line) <= columns or " " not in line.strip()


@given(st.lists(st.text(alphabet="ab ", max_size=30), min_size=2, max_size=5))
def test_colour_changes_no_word(texts: list[str]) -> None:
    coloured = flow(*((text, PAINT.dim) for text in texts), columns=20)
    plain = flow(*((text, PLAIN.dim) for text in texts), columns=20)
    assert [STYLED.sub(r"\2", line) for line in coloured] == list(plain)
    assert not obeys("".join(texts))
