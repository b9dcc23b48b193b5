"""Made-up YAML documents with comments in every place, for tests that change them."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[str]], str]

PLAIN = ["word", "two words", "2027-03-15", "30%", "12", "true", "a:b#c", "no", "~", "3d..5d", "https://example.org"]
QUOTED = ['"in quotes"', "'in one'", '"# no comment"', "'it''s'", '"a: b"', '"\\u2028 \\" x"', '""', "'🚀'"]
KEYS = ["id", "title", "due", "because", '"quoted key"', "'12'", "x-y", "Ü"]
COMMENTS = ["# note", "# a: b", "# - {", "#", "# 'quote", '# "', "# | x"]
HEADERS = ["|", "|-", "|+", ">", ">-", ">+"]

_chance = st.integers(0, 99)


class Writer:
    """Writes a document line by line, as a person who likes comments might."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.lines: list[str] = []

    def likely(self, percent: int) -> bool:
        return self.draw(_chance) >= 100 - percent  # so that what is smallest is least

    def pick(self, choices: list[str]) -> str:
        return self.draw(st.sampled_from(choices))

    def comment(self) -> str:
        """A comment at the end of a line, or none."""
        return f"{self.pick([' ', '   '])}{self.pick(COMMENTS)}" if self.likely(30) else ""

    def gap(self, indent: int, deeper: bool = True) -> None:
        """Comments and blank lines between two entries."""
        while self.likely(25):
            pad = self.draw(st.sampled_from([0, indent, indent + 2 if deeper else indent]))
            self.lines.append(" " * pad + self.pick(COMMENTS) if self.likely(70) else "")

    def mapping(self, indent: int, depth: int, start: str = "") -> None:
        """A mapping in lines. `start`: what stands before its first key, on that key's line."""
        for number, key in enumerate(self.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True))):
            if number:
                self.gap(indent, not self.ends_in_block)
            before = start if not number and start else " " * indent
            self.value(f"{before}{key}:", indent, depth)

    def sequence(self, indent: int, depth: int, start: str = "") -> None:
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.gap(indent, not self.ends_in_block)
            self.value(f"{start if not number and start else ' ' * indent}-", indent, depth)

    def value(self, before: str, indent: int, depth: int) -> None:
        """A value after a key's colon or a dash."""
        kinds = ["plain", "quoted", "empty", "flow", "block", "long", "below"]
        kind = self.pick(kinds + ["mapping", "sequence", "beside"] * (depth < 3))
        self.ends_in_block = kind == "block"
        dash = before.endswith("-")
        if kind in ("plain", "quoted"):
            self.lines.append(f"{before} {self.pick(PLAIN if kind == 'plain' else QUOTED)}{self.comment()}")
        elif kind == "empty":
            self.lines.append(before + self.comment())
        elif kind == "flow":
            self.lines += f"{before} {self.flow(indent + 2, 0)}{self.comment()}".split("\n")
        elif kind == "block":
            self.lines.append(f"{before} {self.pick(HEADERS)}{self.comment()}")
            self.lines += [f"{' ' * indent}  {line}".rstrip() for line in ("first # text", "", "  - more: x", "last")]
        elif kind == "long":
            quote = self.pick(["", '"', "'"])
            self.lines.append(f"{before} {quote}several words")
            self.lines.append(f"{' ' * indent}   that go on{quote}{self.comment()}")
        elif kind == "below":
            self.lines.append(before + self.comment())
            self.gap(indent + 2)
            self.lines.append(f"{' ' * indent}  {self.pick(PLAIN)}{self.comment()}")
        elif kind == "beside" and dash:
            nested = self.mapping if self.likely(60) else self.sequence
            nested(len(before) + 1, depth + 1, f"{before} ")
        else:
            self.lines.append(before + self.comment())
            step = self.draw(st.sampled_from([2, 4]))
            self.gap(indent + step)
            if kind == "sequence":
                self.sequence(indent + (step if dash or self.likely(50) else 0), depth + 1)
            else:
                self.mapping(indent + step, depth + 1)

    def flow(self, indent: int, depth: int) -> str:
        """A mapping or a list in brackets, on one line or several."""
        is_list = self.likely(50)
        entries = []
        for key in self.draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True)):
            value = self.flow(indent, depth + 1) if depth < 2 and self.likely(20) else self.pick(PLAIN[:6] + QUOTED)
            if not is_list:
                value = key if self.likely(10) else f"{key}: " if self.likely(10) else f"{key}: {value}"
            entries.append(value)
        gap = f"\n{' ' * indent}"
        between = [self.pick([", ", f",{gap}", f", # c{gap}", f",{gap}# own{gap}"]) for _ in entries]
        if between:
            between[-1] = self.pick(["", "", ",", f"{gap}", f" # end{gap}"])
        inner = "".join(entry + after for entry, after in zip(entries, between, strict=True))
        return f"[{inner}]" if is_list else f"{{{inner}}}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A mapping with comments, blank lines, every style of scalar, LF or CRLF, with or without a last line end."""
    writer = Writer(draw)
    writer.gap(0)
    writer.mapping(0, 0)
    writer.gap(0, deeper=False)
    line_break = draw(st.sampled_from(["\n", "\r\n"]))
    return line_break.join(writer.lines) + (line_break if writer.likely(80) else "")
