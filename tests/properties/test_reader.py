"""Whatever bytes a plan file holds, reading it ends in data or in findings, never in another error."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from milepost.documents.foreign import read_foreign_file
from milepost.documents.marked import UnreadableError
from milepost.documents.schema import validate_document
from milepost.documents.yaml import read_plan_file
from milepost.resources import resource_folder

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
