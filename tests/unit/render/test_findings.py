"""Findings for a terminal, a program and GitHub; and the escapes that make foreign text inert there."""

from __future__ import annotations

import json
import re

import markdown_it
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milepost.model.finding import Finding, Level, Location, Related
from milepost.model.item import Place
from milepost.render.escape import escape_command, escape_command_property, escape_markdown, escape_terminal
from milepost.render.findings import (
    count_levels,
    render_findings_github,
    render_findings_json,
    render_findings_text,
)
from milepost.render.summary import Summary

NASTY = [
    "::stop-commands::x", "  ::error::x", "\u00a0::error::x", "##[error]x", "###[error]", "%0A::error::x",
    "a\n::error::b",
    "\x1b[31mred", "a\rb", "\u202eevil", "\u2066x\u2069", "@team", "#1", "GH-1", "![](https://evil.example/p.png)",
    "<!-- marker -->", "```\n::error::x", "~~~", "|cell|", "<img src=x>", "&lt;b&gt;", "https://x.example", "www.x.y",
    "- item", "1. one", "# title", "---", "===", "$a$", "bad\udcff.yaml", "a\u2028::error::b", "a@b.example",
]  # fmt: skip
TEXTS = st.text(max_size=40) | st.sampled_from(NASTY) | st.lists(st.sampled_from(NASTY), max_size=3).map("".join)
TEXTS = TEXTS | st.text(alphabet=":#[]@%\n\r\x1b |`<>!-*_~$&1GHa\\", max_size=30)

UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def obeys(line: str) -> bool:
    """Whether a runner takes a line of output for a command, as actions/runner does (ActionCommand.cs)."""
    return line.lstrip().startswith("::") or "##[" in line


def finding(
    level: Level = Level.ERROR, message: str = "It is so.", path: str = "plan/a.yaml", hint: str = "do"
) -> Finding:
    return Finding("a-rule", level, Place(path), message, hint, Location(path, 3, 5))


@given(TEXTS)
@example("::::x")
@example("####[x]")
def test_terminal_text_is_one_safe_line(text: str) -> None:
    safe = escape_terminal(text)
    assert not UNSAFE.search(safe)
    assert not obeys(safe)
    assert escape_terminal(safe) == safe
    safe.encode("utf-8")


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters=":#"), max_size=40))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert escape_terminal(text) == text


def test_what_is_escaped_can_be_seen() -> None:
    assert escape_terminal("a\x1b[1mb\udcff\u202ec\td") == "a\\x1b[1mb\\xff\\u202ec\\x09d"
    assert escape_terminal("emoji 🚀 and עברית stay") == "emoji 🚀 and עברית stay"


@given(TEXTS, TEXTS)
def test_a_workflow_command_is_one_line_with_whole_properties(message: str, path: str) -> None:
    text, file = escape_command(message), escape_command_property(path)
    assert not set("\r\n\x1b") & set(text + file)
    assert not set(":,") & set(file)
    assert re.fullmatch(r"(?:[^%]|%25|%0A|%3A|%2C)*", text + file)
    assert not obeys(text)


def test_lines_of_a_message_are_kept() -> None:
    assert escape_command("50% done\r\nthen\n::more") == "50%25 done%0Athen%0A\\x3a:more"


@given(TEXTS)
def test_markdown_is_inert(text: str) -> None:
    safe = escape_markdown(text)
    assert "\n" not in safe and "<" not in safe and ">" not in safe
    assert not re.search(r"(?<!\\)(?:\\\\)*[`|*_\[\]~$]", re.sub(r"\\.", "", safe))
    assert not re.search(r"@\w|(?<!&)#\d|GH-\d|://|www\.", safe)
    assert not re.match(r"[-+=]|\d+[.)]|[ \t]", safe)


@given(TEXTS)
def test_markdown_renders_as_the_text_alone(text: str) -> None:
    parser = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    safe = escape_markdown(text)
    tokens = parser.parse(f"{safe}\n")
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special"}
    shown = "".join(child.content for child in children).replace("\u200b", "")
    wanted = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    if not UNSAFE.search(wanted) and not any(ord(char) < 0x20 or ord(char) > 0x7E for char in wanted):
        assert shown == wanted


@given(TEXTS)
def test_markdown_stays_in_its_cell(text: str) -> None:
    parser = markdown_it.MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(f"| a | b |\n|---|---|\n| {escape_markdown(text)} | end |\n\nafter\n")
    assert [token.type for token in tokens].count("td_open") == 2
    assert [token.content for token in tokens if token.type == "inline"][3:] == ["end", "after"]


def test_text_lists_findings_hints_and_related_places() -> None:
    cycle = Finding(
        "dependency-cycle", Level.ERROR, Place("a.yaml"), "a → b → a wait.", "remove one", Location("a.yaml", 4, 2),
        (
            Related(Place("a.yaml", ("depends_on", 0)), "a depends on b", Location("a.yaml", 4, 14)),
            Related(Place("b.yaml"), "b depends on a"),
        ),
    )  # fmt: skip
    assert render_findings_text([cycle, finding(Level.WARNING)], colour=False) == (
        "a.yaml:4:2: error[dependency-cycle]: a → b → a wait.\n"
        "    a.yaml:4:14: a depends on b\n"
        "    b.yaml:1:1: b depends on a\n"
        "  hint: remove one\n"
        "plan/a.yaml:3:5: warning[a-rule]: It is so.\n"
        "  hint: do\n"
        "1 error, 1 warning.\n"
    )


def test_colour_marks_but_adds_no_words() -> None:
    coloured = render_findings_text([finding()], colour=True)
    assert "\x1b[31merror[a-rule]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == render_findings_text([finding()], colour=False)


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ([], "No findings."),
        ([Level.IGNORE], "No findings."),
        ([Level.ERROR], "1 error."),
        ([Level.ERROR, Level.WARNING, Level.ERROR], "2 errors, 1 warning."),
        ([Level.ADVICE, Level.ADVICE, Level.WARNING, Level.WARNING], "2 warnings, 2 pieces of advice."),
    ],
)
def test_the_last_line_counts(levels: list[Level], words: str) -> None:
    findings = [finding(level) for level in levels]
    assert count_levels(findings) == words
    assert render_findings_text(findings, colour=False).splitlines()[-1] == words


def test_json_is_versioned_and_whole() -> None:
    data = json.loads(render_findings_json([finding(path="plan/bad\udcff.yaml"), finding(Level.IGNORE)]))
    assert (data["format"], data["version"]) == ("milepost-check", 1)
    assert data["counts"] == {"error": 1, "warning": 0, "advice": 0}
    assert data["findings"] == [
        {
            "rule": "a-rule", "level": "error", "path": "plan/bad\\xff.yaml", "line": 3, "column": 5,
            "message": "It is so.", "hint": "do", "related": [],
        }
    ]  # fmt: skip


def test_a_finding_without_a_location_is_at_the_top_of_its_file() -> None:
    placed = Finding("a-rule", Level.ERROR, Place("plan/a.yaml"), "It is so.", "do")
    assert render_findings_text([placed], colour=False).startswith("plan/a.yaml:1:1: ")


def test_github_gets_errors_first_and_ten_of_each_level() -> None:
    findings = [finding(Level.ADVICE), *[finding(Level.WARNING)] * 12, finding(Level.ERROR, hint="")]
    lines = render_findings_github(findings).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", *["::warning"] * 10, "::notice"]
    assert lines[0] == "::error file=plan/a.yaml,line=3,col=5,title=milepost%3A a-rule::It is so."
    assert lines[10].endswith("%0A(+2 more; milepost check --advice shows all)")
    assert "more" not in "".join(lines[:10])


@given(TEXTS, TEXTS, TEXTS)
def test_no_output_holds_a_command_that_was_not_meant(message: str, path: str, hint: str) -> None:
    foreign = finding(message=message, path=path, hint=hint)
    for output in (render_findings_text([foreign], colour=False), render_findings_json([foreign])):
        assert not any(obeys(line) for line in output.splitlines())
    (line,) = render_findings_github([foreign]).splitlines()
    assert line.startswith("::error file=")
    assert "##[" not in line


# How advice is summed up

ADVICE = finding(Level.ADVICE, "Beta has no estimate.", hint="add estimate: 2d")
LONG = finding(Level.ADVICE, "Nobody has said " + "what it would take " * 5 + "to do this.", hint="")


def closing(*findings: Finding, first: Finding = ADVICE) -> list[str]:
    return render_findings_text(findings, colour=False, summary=Summary(first)).splitlines()


def test_advice_is_summed_up_in_its_most_useful_piece() -> None:
    assert closing(ADVICE, *[finding(Level.ADVICE)] * 12) == [
        "0 errors. One thing worth adding first: Beta has no estimate.",
        "  hint: add estimate: 2d",
        "  at: plan/a.yaml:3:5 (a-rule)",
        "12 more pieces of advice: milepost check --advice",
    ]
    assert closing(ADVICE)[-1] == "  at: plan/a.yaml:3:5 (a-rule)"
    assert closing(ADVICE, ADVICE)[-1] == "1 more piece of advice: milepost check --advice"


def test_warnings_stay_whole_beside_it() -> None:
    lines = closing(finding(Level.WARNING), ADVICE)
    assert lines[0] == "plan/a.yaml:3:5: warning[a-rule]: It is so."
    assert lines[2] == "0 errors, 1 warning. One thing worth adding first: Beta has no estimate."


def test_errors_come_before_any_advice() -> None:
    lines = closing(finding(), finding(Level.WARNING), ADVICE)
    assert lines[-1] == "1 error, 1 warning. 1 piece of advice: milepost check --advice"
    assert "Beta" not in "\n".join(lines)


def test_the_closing_lines_fit_a_terminal() -> None:
    lines = closing(LONG, first=LONG)
    assert max(map(len, lines)) <= 80
    assert lines[1].startswith("  ")
    coloured = render_findings_text([LONG], colour=True, summary=Summary(LONG))
    assert re.sub(r"\x1b\[\d+m", "", coloured) == "\n".join(lines) + "\n"


def test_a_long_hint_fits_a_terminal_too() -> None:
    long = finding(Level.ADVICE, hint="write what is to be had by then, " * 5)
    lines = closing(long, first=long)
    assert max(map(len, lines)) <= 80
    assert lines[1].startswith("  hint: write") and lines[2].startswith("        ")


def test_what_is_not_an_addition_is_called_a_thing_to_do() -> None:
    text = render_findings_text([ADVICE], colour=False, summary=Summary(ADVICE, adds=False))
    assert text.startswith("0 errors. One thing worth doing first: Beta has no estimate.")


def test_what_is_new_says_since_when() -> None:
    since = Summary(base="main (1a2b3c4)", gone=2)
    assert render_findings_text([], False, since) == (
        "No new findings.\nOnly what is new since main (1a2b3c4). 2 findings fewer than before.\n"
    )
    text = render_findings_text([finding()], False, Summary(base="v1", gone=0))
    assert text.endswith("1 error.\nOnly what is new since v1.\n")


def test_json_tells_of_the_base_and_of_skipped_rules() -> None:
    summary = Summary(base="main", gone=2, skipped=("stale",), why="This clone is shallow.")
    data = json.loads(render_findings_json([], summary))
    assert data["base"] == {"name": "main", "gone": 2, "silenced": [], "rules": []}
    assert data["skipped"] == [{"rule": "stale", "message": "This clone is shallow."}]


@given(TEXTS, TEXTS, TEXTS)
@example("word " * 7 + "::error::" + "x" * 30, "a", "b")  # a line is broken before it
def test_no_summary_holds_a_command(message: str, path: str, hint: str) -> None:
    foreign = finding(Level.ADVICE, message, path, hint)
    for output in (
        render_findings_text([foreign], colour=False, summary=Summary(foreign, base=message)),
        render_findings_json([foreign], Summary(base=message, skipped=("a",), why=hint)),
    ):
        assert not any(obeys(line) for line in output.splitlines())
        assert not UNSAFE.search(output.replace("\n", ""))
