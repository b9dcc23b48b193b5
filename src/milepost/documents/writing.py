"""New values as lines of YAML, laid out the standard way: on one line where that reads well, else as a block."""

from __future__ import annotations

from milepost.documents.quoting import New, Plain, is_printable, quote, quote_key, write_plain
from milepost.documents.spans import Node

WIDTH = 100  # columns that a line may fill before a value is laid out over several
STEP = 2

#: What follows a key or a dash on its line, and the lines below it.
Laid = tuple[str, list[str]]


def lay_out(value: New, column: int, indent: int, blocks: bool = True, in_lines: bool = False) -> Laid:
    """A value that begins at a column; the lines below it are indented by `indent` spaces.

    `blocks`: whether text of several lines may become a block. `in_lines`: mappings are wanted in lines, as their
    neighbours are.
    """
    if isinstance(value, str):
        if blocks and not isinstance(value, Plain) and _is_block_text(value):
            pad = " " * indent
            return "|" if value.endswith("\n") else "|-", [pad + line if line else "" for line in value.splitlines()]
        return write_flow(value, flow=False), []
    wanted_in_lines = in_lines and isinstance(value, dict)
    if not value or (not wanted_in_lines and _reads_well_on_a_line(value)):
        written = write_flow(value)
        if not value or column + len(written) <= WIDTH:
            return written, []
    return "", lay_out_lines(value, indent, blocks)


def lay_out_lines(value: New, indent: int, blocks: bool = True) -> list[str]:
    """The lines of a mapping or list, one entry under the other."""
    lines: list[str] = []
    if isinstance(value, dict):
        for key, entry in value.items():
            lines += lay_out_entry(f"{' ' * indent}{quote_key(key)}:", entry, indent + STEP, blocks)
    elif isinstance(value, list):
        for entry in value:
            lines += lay_out_entry(f"{' ' * indent}-", entry, indent + STEP, blocks)
    return lines


def lay_out_entry(start: str, value: New, indent: int, blocks: bool = True, in_lines: bool = False) -> list[str]:
    """A key or a dash with its value. An entry of a list begins beside its dash."""
    head, lines = lay_out(value, len(start) + 1, indent, blocks, in_lines)
    if head:
        return [f"{start} {head}", *lines]
    if start.endswith("-"):
        return [f"{start} {lines[0].lstrip()}", *lines[1:]]
    return [start, *lines]


def write_flow(value: New, flow: bool = True) -> str:
    """A value on one line. `flow`: it will stand inside brackets."""
    if isinstance(value, Plain):
        return write_plain(value, flow)
    if isinstance(value, str):
        return quote(value, flow)
    if isinstance(value, list):
        return "[" + ", ".join(map(write_flow, value)) + "]"
    return "{" + ", ".join(f"{quote_key(key)}: {write_flow(entry)}" for key, entry in value.items()) + "}"


def intend(value: New) -> Node:
    """What a reader has to find where the value was written."""
    if isinstance(value, str):
        return Node("scalar", text=str(value), plain=True if isinstance(value, Plain) else None)
    if isinstance(value, list):
        return Node("sequence", values=[intend(entry) for entry in value])
    keys = [Node("scalar", text=key, plain=None) for key in value]
    return Node("mapping", keys=keys, values=[intend(entry) for entry in value.values()])


def _reads_well_on_a_line(value: New) -> bool:
    """A list of words, or a mapping that nests no more than those. Sentences in a list get a line each."""
    if isinstance(value, list):
        return all(isinstance(entry, str) and " " not in entry and "\n" not in entry for entry in value)
    if isinstance(value, dict):
        return all(isinstance(one, str) or (isinstance(one, list) and _reads_well_on_a_line(one))
                   for one in value.values())  # fmt: skip
    return True


def _is_block_text(text: str) -> bool:
    """Whether text of several lines can be a literal block that no reader and no editor changes."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    return (
        "\n" in text
        and bool(body)
        and not body.startswith((" ", "\n"))
        and not body.endswith("\n")
        and all(line == line.rstrip() and is_printable(line) for line in lines)
    )
