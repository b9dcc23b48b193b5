"""The standard layout changes nothing that a file says, loses no comment, and leaves a standard file as it is.

Plans are made from data by a careless writer: any indentation, quotes, brackets, blank lines and comments that YAML
allows.
"""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from milepost.documents.comments import Block, read_blocks
from milepost.documents.formatting import format_document
from milepost.documents.scalars import resolve_all
from milepost.documents.spans import read_spans
from milepost.documents.yaml import read_plan_file

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "plan", ROOT / "tests" / "cases", ROOT / "src" / "milepost" / "stories")
WORDS = st.sampled_from([
    "beta", "3d..5d", "2027-03-15", "30%", "true", "no", "8", "a b", "a: b", "it's", 'say "hi"', "# no", "x #y", "- x",
    "", "ä€", "back\\slash", "v1.4", "12:30", "[x]", "a, b", "what?", "{x", "two  spaces", "~",
])  # fmt: skip
KEYS = st.sampled_from(
    ["id", "title", "due", "tasks", "owner", "depends_on", "because", "risk", "notes", "item", "lag", "else"]
)
PLAIN = re.compile(r"[A-Za-z0-9ä€][A-Za-z0-9ä€.%_/]*( [A-Za-z0-9]+)*")
SETTINGS = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class Writer:
    """Writes data as YAML, and decides at each turn by `draw` how."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.count = 0

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def comment(self) -> str:
        self.count += 1
        return f"# c{self.count}" if not self.chance(5) else f"#c{self.count}: [x"

    def beside(self) -> str:
        return f"{' ' * self.draw(st.integers(1, 4))}{self.comment()}" if self.chance(6) else ""

    def between(self, indent: int) -> str:
        """Blank lines and comments above a line."""
        lines = ""
        while self.chance(4):
            deep = indent + self.draw(st.integers(0, 3))
            lines += "\n" * self.draw(st.integers(0, 2)) + " " * deep + self.comment() + "\n"
        return lines + "\n" * self.draw(st.sampled_from([0, 0, 0, 1, 2]))

    def scalar(self, text: str) -> str:
        if PLAIN.fullmatch(text) and not self.chance(4):
            return text
        if self.chance(2):
            return "'" + text.replace("'", "''") + "'"
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def flow(self, value: object, indent: int) -> str:
        if isinstance(value, str):
            return self.scalar(value)
        opening, closing = "[]" if isinstance(value, list) else "{}"
        assert isinstance(value, list | dict)
        parts = [self.flow(one, indent) for one in value] if isinstance(value, list) else [
            f"{self.scalar(key)}: {self.flow(one, indent)}" for key, one in value.items()
        ]  # fmt: skip
        gap = " " * self.draw(st.integers(0, 2))
        text = opening + gap
        for number, part in enumerate(parts):
            text += ("," if number else "") + self.turn(indent) + part
        return text + (self.turn(indent) if self.chance(4) else gap) + closing

    def turn(self, indent: int) -> str:
        """Between two values in brackets: a space, or the end of a line, perhaps with a comment."""
        if not self.chance(4):
            return " "
        return (
            self.beside()
            + "\n"
            + self.draw(st.sampled_from(["", "\n"]))
            + " " * (indent + self.draw(st.integers(1, 3)))
        )

    def block(self, value: object, indent: int) -> str:
        """Lines, the first one without its indentation."""
        text = ""
        assert isinstance(value, list | dict)
        entries = [("-", one) for one in value] if isinstance(value, list) else [
            (self.scalar(key) + ":", one) for key, one in value.items()
        ]  # fmt: skip
        for number, (start, one) in enumerate(entries):
            above = self.between(indent) + " " * indent if number else ""
            text += above + start + self.value(one, indent, start == "-")
        return text

    def value(self, value: object, indent: int, in_list: bool) -> str:
        if isinstance(value, str):
            return self.text(value, indent)
        if not value or self.chance(3):
            return f" {self.flow(value, indent)}{self.beside()}\n"
        deeper = indent + self.draw(st.integers(1, 4))
        if isinstance(value, list) and not in_list and self.chance(3):
            deeper = indent
        if in_list and not self.chance(3):
            return " " * (deeper - indent) + self.block(value, deeper + 1)
        return f"{self.beside()}\n{self.between(deeper)}{' ' * deeper}{self.block(value, deeper)}"

    def text(self, text: str, indent: int) -> str:
        if not self.chance(6):
            return f"{' ' * self.draw(st.integers(1, 3))}{self.scalar(text)}{self.beside()}\n"
        style = self.draw(st.sampled_from(["|", "|-", "|+", ">", ">-", ">+", "|2"]))
        deep = " " * (indent + 2)
        lines = self.draw(st.lists(st.sampled_from(["one", "two  ", "  deep", "", "# no comment", "- x"]), max_size=4))
        body = "".join(f"{deep}{line}\n" if line else "\n" for line in ["first", *lines])
        return f" {style}{self.beside()}\n{body}"


DATA = st.dictionaries(
    KEYS,
    st.recursive(
        WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
    ),
    min_size=1,
    max_size=5,
)


@st.composite
def plans(draw: st.DrawFn) -> str:
    writer = Writer(draw)
    header = draw(st.sampled_from(["", "# yaml-language-server: $schema=x\n", "# top\n\n", "---\n"]))
    text = header + writer.between(0) + writer.block(draw(DATA), 0) + writer.between(0)
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


@SETTINGS
@given(plans(), st.sampled_from(["milestone", "plan", "risk"]))
def test_any_plan_keeps_what_it_says_and_every_comment(text: str, kind: str) -> None:
    document = read_plan_file(text.encode())
    assume(document.data and not document.problems)
    require_laws(kind, text.encode())


@SETTINGS
@given(plans())
def test_a_comment_stays_with_the_key_it_stands_at(text: str) -> None:
    document = read_plan_file(text.encode())
    assume(isinstance(document.data, dict) and document.data and not document.problems)
    before = owners(text)
    after = owners(format_document("milestone", text.encode()).decode())
    for comment, path in before.items():
        assert is_still_there(path, after[comment]), comment


def is_still_there(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """What would stand between a dash and the first key behind it stands above the dash, or the first dash, instead."""
    if "top" in (*before, *after):
        return True
    rest = before[len(after) :]
    return before[: len(after)] == after and all(part.isdigit() for part in rest[:-1])


def owners(text: str) -> dict[str, tuple[str, ...]]:
    """The keys and positions that lead to what each comment belongs to. The first entry's may be about the file."""
    text = text.replace("\r\n", "\n")
    root = read_spans(text)
    assert root
    found: dict[str, tuple[str, ...]] = {}
    todo: list[tuple[Block, tuple[str, ...]]] = [(read_blocks(text, root), ())]
    while todo:
        block, path = todo.pop()
        found |= {comment.text: path for comment in block.below}
        for number, entry in enumerate(block.entries):
            here = (*path, entry.key.text if entry.key else str(number))
            first = not path and number == 0
            found |= {comment.text: ("top",) if first else here for comment in entry.above}
            if entry.beside:
                found[entry.beside.text] = here
            if entry.block:
                todo.append((entry.block, here))
    return found


def test_every_plan_file_here_keeps_what_it_says_and_every_comment() -> None:
    files = [path for folder in FOLDERS for path in sorted(folder.rglob("*.yaml"))]
    readable = [path for path in files if isinstance(read_plan_file(path.read_bytes()).data, dict)]
    assert len(readable) > 300
    for path in readable:
        require_laws("milestone" if path.parent.name == "milestones" else "plan", path.read_bytes())


def require_laws(kind: str, data: bytes) -> None:
    before = read_plan_file(data)
    formatted = format_document(kind, data)
    after = read_plan_file(formatted)
    assert resolve_all(after.data) == resolve_all(before.data)
    assert sorted(comments(formatted)) == sorted(comments(data))
    assert format_document(kind, formatted) == formatted
    assert formatted.endswith(b"\n")
    assert not formatted.startswith((b"\n", b"\r"))


def comments(data: bytes) -> list[str]:
    """The numbered comments of the writer above, and the beginnings of those in the files here."""
    return re.findall(r"(?:^|\s)(# ?\w+)", data.decode(), re.MULTILINE)
