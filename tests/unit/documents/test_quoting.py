"""Text that is written is read back as that text by every reader, in lines and in brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from milepost.documents.quoting import EditError, Plain, is_plain_text, quote, quote_key, write_plain
from milepost.documents.scalars import resolve_all
from milepost.documents.yaml import read_plan_file

# What YAML 1.1 or 1.2, or one reader's idea of either, takes for something other than text, or for no scalar at all.
QUOTED = [
    "no", "on", "yes", "off", "y", "N", "True", "FALSE", "null", "~", "=", "<<", "12:30", "1:2:3", "190:20:30.15",
    "0", "-1", "+12", "1_000", "1,000", "010", "0o7", "0x1F", "0b11", "1.0", ".5", "1e3", "1E+5", ".inf", "-.INF",
    ".nan", "2024-01-02", "2024-1-2", "2024-01-02T03:04:05Z", "-", "?", ":", ",", "[", "]", "{", "}", "#", "&", "*",
    "!", "|", ">", "'", '"', "%", "@", "`", "-a", "?a", ":a", "[a", "{a", "#a", "&a", "*a", "!a", "|a", ">a", "'a",
    '"a', "%a", "@a", "`a", "a:", "---", "...", "..", "...a", "", " a", "a ", "a: b", "a #b", "\ta", "a\tb", "a\nb",
    "a\n", "\n", "\r", "\x00", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "2024-01-02 03:04", "a:\tb", "- a",
    "\U000e0041",
]  # fmt: skip
PLAIN = [
    "word", "two_words", "v1.4", "3d", "3d..5d", "30%", "8h", "a:b", "https://example.org/#x", "it's", 'say"hi"',
    "back\\slash", "Ü", "🚀", "2027-Q2", "2027-04", "2026-12-21..2027-01-02", "nothing", "yesterday", "1st", "0xyz",
    "~a", "a,b", "a[b]", "a?", "8 of 10 testers publish unaided", "two words", "a - b", "What now?",
]  # fmt: skip
ONLY_IN_LINES = ["a,b", "a[b]", "a?", "a:b", "https://example.org/#x", "What now?", "{", "x}"]


def readers() -> list[Callable[[str], object]]:
    return [
        yaml.safe_load,
        YAML(typ="safe", pure=True).load,
        lambda text: resolve_all(read_plan_file(text.encode()).data),
    ]


@pytest.mark.parametrize("text", QUOTED)
def test_what_a_reader_could_misread_is_quoted(text: str) -> None:
    assert quote(text, flow=False)[0] in "\"'"
    assert quote(text, flow=True)[0] in "\"'"


@pytest.mark.parametrize("text", PLAIN)
def test_what_nobody_misreads_stays_plain(text: str) -> None:
    assert quote(text, flow=False) == text


@pytest.mark.parametrize("text", ONLY_IN_LINES)
def test_brackets_ask_for_more_quotes(text: str) -> None:
    assert quote(text, flow=True)[0] in "\"'"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a: b", '"a: b"'),
        ('"a": b', "'\"a\": b'"),
        ('it\'s: "x"', '"it\'s: \\"x\\""'),
        ("a\\ #", "'a\\ #'"),
        ("two\nlines", '"two\\nlines"'),
        ("\x07\u2028\U000e0041", '"\\a\\u2028\\U000e0041"'),
    ],
)
def test_which_quotes(text: str, written: str) -> None:
    assert quote(text, flow=False) == written


@given(st.one_of(st.sampled_from(QUOTED + PLAIN), st.text(st.characters(codec="utf-8"))))
def test_every_reader_reads_the_text(text: str) -> None:
    in_lines, in_brackets = quote(text, flow=False), quote(text, flow=True)
    for number, read in enumerate(readers()):
        for written, found in (
            (f"a: {in_lines}\n", {"a": text}),
            (f"- {in_lines}\n", [text]),
            (f"{{a: {in_brackets}, b: [{in_brackets}]}}\n", {"a": text, "b": [text]}),
        ):
            assert read(written) == found, number


@given(st.text(st.characters(codec="utf-8"), max_size=100))
def test_every_reader_reads_the_key(text: str) -> None:
    for read in readers()[:2]:  # ours refuses keys that look like another one
        assert read(f"{quote_key(text)}: x\n") == {text: "x"}


@given(st.sampled_from(PLAIN + QUOTED))
def test_plain_text_is_text_to_every_reader(text: str) -> None:
    if is_plain_text(text) and quote(text, flow=False) == text:
        assert all(read(f"a: {text}\n") == {"a": text} for read in readers())


@pytest.mark.parametrize("text", ["2027-03-15", "30", "-1", "1.5", "true", "null", "30%", "3d..5d", "word"])
def test_plain_is_written_as_it_is(text: str) -> None:
    assert write_plain(Plain(text), flow=True) == text


@pytest.mark.parametrize("text", ["no", "12:30", "010", "a: b", "", "x\ny", "# x", "[a", " a", ".nan", "1e999"])
def test_plain_that_would_be_misread_is_refused(text: str) -> None:
    with pytest.raises(EditError) as caught:
        write_plain(Plain(text), flow=False)
    assert caught.value.hint is not None
    assert "quote it" in caught.value.hint


def test_half_a_character_is_refused() -> None:
    with pytest.raises(EditError, match=r"U\+D83D, half of a character"):
        quote("\ud83d", flow=False)


def test_a_long_key_is_refused() -> None:
    with pytest.raises(EditError, match="longer than 1,000"):
        quote_key("k" * 1001)
