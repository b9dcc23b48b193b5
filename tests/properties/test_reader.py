"""Whatever bytes a plan file holds, reading it ends in data or in findings, never in another error."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from milepost.documents.chunks import Chunks
from milepost.documents.foreign import ReadYaml, read_foreign_file
from milepost.documents.marked import UnreadableError
from milepost.documents.schema import validate_document
from milepost.documents.yaml import read_foreign_yaml, read_plan_file
from milepost.resources import resource_folder
from tests.properties.documents import documents

STORY = sorted((resource_folder("stories") / "heron").glob("*/plan/**/*.yaml"))
ODD = """&a *a <<:_ !!set_ ?_ -_ {a:_b} :_ # | > ' " 1e999 "\\ud83d" %YAML_1.2 ---_ ..."""
NASTY = [word.replace("_", " ").encode() for word in ODD.split()]
NASTY += [b"\t", b"\r", b"\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"[" * 40]


def read_everything(data: bytes) -> None:
    """Both readers and the schema, on the same bytes."""
    document = read_plan_file(data)
    for kind in ("plan", "goal", "milestone", "risk"):
        for problem in (*document.problems, *validate_document(kind, document.data)):
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.message
            assert problem.hint
    for name in ("a.yaml", "a.json", "a.md"):
        try:
            read_foreign_file(name, data)
        except UnreadableError as error:
            assert error.problem.message


def mutate(data: bytes, dice: random.Random) -> bytes:
    """The same file after an accident."""
    for _ in range(dice.randrange(1, 4)):
        at, length = dice.randrange(len(data) + 1), dice.randrange(6)
        data = data[:at] + dice.choice([b"", *NASTY]) + data[at + length :]
    return data


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    read_everything(data)


@given(st.sampled_from(STORY), st.randoms(use_true_random=False))
def test_any_damaged_plan_file(path: Path, dice: random.Random) -> None:
    read_everything(mutate(path.read_bytes(), dice))


@pytest.mark.soak
def test_many_damaged_plan_files() -> None:
    rounds = 2_000 if os.environ.get("MILEPOST_SOAK") == "short" else 100_000
    dice = random.Random(1)
    files = [path.read_bytes() for path in STORY]
    for _ in range(rounds):
        read_everything(mutate(dice.choice(files), dice))


@given(st.sampled_from(STORY), st.randoms(use_true_random=False))
def test_what_the_strict_reader_accepts_pyyaml_reads_alike(path: Path, dice: random.Random) -> None:
    data = mutate(path.read_bytes(), dice)
    document = read_plan_file(data)
    if document.data is not None and not document.problems:
        assert yaml.load(data.decode(), Loader=yaml.CBaseLoader) == document.data


@given(st.lists(documents(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_reading_entry_by_entry_gives_what_reading_the_whole_does(texts: list[str], dice: random.Random) -> None:
    """Also where versions are made of parts of others, and after an accident."""
    chunks = Chunks()
    lines = [line for text in texts for line in text.splitlines(keepends=True)]
    for text in [*texts, *("".join(dice.sample(lines, dice.randrange(len(lines) + 1))) for _ in range(8))]:
        for data in (text.encode(), mutate(text.encode(), dice)):
            found, whole = [_read(data, read) for read in (chunks.read, read_foreign_yaml)]
            assert found == whole


#: Lines that open, close or end what others stand in.
OPEN = (
    """
a: 1|b: 'x|c: y'|'d': 1|e: >| x|  y: 1|- z|# c||f: [1,|g: 2]|h: {i: 1}|j: "k|l"|m:|a: 2|n: &q 1|o: *q|---|...|? p|: r|
t: !u v|<<: {w: 1}|%YAML 1.1|bb: '|cc: "|# '|dd: ~|ee: 'a' # '
""".replace("\n", "")
    .replace("~", "|+")
    .split("|")
)


@given(st.lists(st.lists(st.sampled_from(OPEN), max_size=6), max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
def test_an_entry_that_is_not_closed_is_not_read_by_itself(texts: list[list[str]], line_end: str) -> None:
    chunks = Chunks()
    for lines in texts:
        data = line_end.join(lines).encode()
        assert _read(data, chunks.read) == _read(data, read_foreign_yaml)


def _read(data: bytes, read: ReadYaml) -> object:
    try:
        return read_foreign_file("a.yaml", data, read)
    except UnreadableError as error:
        return error.problem
