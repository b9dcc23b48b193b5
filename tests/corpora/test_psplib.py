"""960 standard problems (Kolisch and Sprecher 1996), of which the best known and proven answers are published."""

from __future__ import annotations

import json
import os
import tarfile
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import TypedDict

import pytest

from milepost.scheduling.critical import find_times
from milepost.scheduling.levelling import level_network
from milepost.scheduling.network import Activity, Link, Network
from tests.schedule_judge import find_broken

pytestmark = pytest.mark.corpora

MEAN_GAPS = {"j30": 0.011, "j60": 0.018}  # to the best known
SAMPLE = 6  # every so many problems in `make test`; all of them in `make soak`


class Answer(TypedDict):
    """What is published of a problem, of what the truth file tells."""

    cpm: int
    ub: int  # the best known
    lb: int  # proven


@cache
def read_problems() -> dict[str, Network]:
    """All problems by their names, in order."""
    with tarfile.open(Path(os.environ["MILEPOST_CORPORA"]) / "psplib-j30-j60.tar.xz") as archive:
        files = {Path(one.name).stem: archive.extractfile(one) for one in archive if one.isfile()}
        return {name: parse_problem(file.read().decode()) for name, file in sorted(files.items()) if file}


def parse_problem(text: str) -> Network:
    """A problem in the format of ProGen. Its jobs are numbered from 1, and every job has one mode."""
    links = [
        Link(job - 1, after - 1)
        for job, _, _, *successors in rows(text, "PRECEDENCE RELATIONS:", 1)
        for after in successors
    ]
    activities = [
        Activity(
            float(duration), needs=tuple((number, float(amount)) for number, amount in enumerate(amounts) if amount)
        )
        for _, _, duration, *amounts in rows(text, "REQUESTS/DURATIONS:", 2)
    ]
    (capacities,) = rows(text, "RESOURCEAVAILABILITIES:", 1)
    return Network(tuple(activities), tuple(links), tuple(map(float, capacities)))


def rows(text: str, title: str, headings: int) -> list[list[int]]:
    """The numbers of a section."""
    section = text.split(title)[1].split("****", maxsplit=1)[0]
    return [list(map(int, line.split())) for line in section.splitlines()[1 + headings :] if line.strip()]


@cache
def read_answers() -> dict[str, Answer]:
    """By the names of the problems."""
    answers: dict[str, Answer] = json.loads((Path(os.environ["MILEPOST_CORPORA"]) / "psplib.truth.json").read_text())[
        "instances"
    ]
    return answers


def test_the_length_of_every_critical_path() -> None:
    found = {name: find_times(network).end for name, network in read_problems().items()}
    assert len(found) == 960
    assert found == {name: answer["cpm"] for name, answer in read_answers().items()}


@pytest.mark.parametrize("kind", ["j30", "j60"])
def test_levelled_schedules_of_some(kind: str) -> None:
    compare(kind, SAMPLE)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["j30", "j60"])
def test_levelled_schedules_of_all(kind: str) -> None:
    assert compare(kind, 1) == 480


def compare(kind: str, step: int) -> int:
    """Levels every so many problems of a kind, and says how many that were."""
    gaps = []
    names = [name for name in read_problems() if name.startswith(kind)][::step]
    for name in names:
        network, answer = read_problems()[name], read_answers()[name]
        levelled = level_network(network)
        assert find_broken(network, levelled.start, levelled.finish) == [], name
        assert levelled.end >= answer["lb"], name
        gaps.append((levelled.end - answer["ub"]) / answer["ub"])
    print(f"{kind}: mean gap {fmean(gaps):.3%} over {len(gaps)}, {sum(gap <= 0 for gap in gaps)} as good as the best")
    assert fmean(gaps) <= MEAN_GAPS[kind]
    return len(gaps)
