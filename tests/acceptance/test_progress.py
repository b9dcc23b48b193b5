"""Work that takes long shows on a terminal how far it has come, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import Checkout, MakeRepository

pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of POSIX")

#: Everything takes long, and the bar is drawn each time.
SCRIPT = """
import sys
from milepost.cli import bar, main
bar.AFTER = bar._EVERY = -1
main(sys.argv[1:])
"""

COMMANDS = [
    ["log"], ["log", "--all-parents"], ["why", "public-beta"], ["slip"], ["accuracy"], ["check"], ["build"],
    ["bisect", "due(public-beta) > 2027-03-20"],
]  # fmt: skip


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    def version(due: str) -> dict[str, str]:
        text = f"id: public-beta\ntitle: Public beta\ndue: {due}\nowner: ada\noutcome: Somebody can\n"
        return {"plan/milestones/public-beta.yaml": text}

    first = {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}}\n"}
    return make_repository({**first, **version("2027-03-15")}, version("2027-04-05"))


def on_terminal(checkout: Checkout, arguments: list[str], term: str = "xterm") -> str:
    """What a command writes to standard error, which is a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", SCRIPT, *arguments]
    environment = {**os.environ, "TERM": term}
    with subprocess.Popen(
        command, cwd=checkout.path, stdout=subprocess.DEVNULL, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        said = b""
        while part := _read(ours):
            said += part
        process.wait()
    os.close(ours)
    return said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux, where nobody has the other end any more
        return b""


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_long_work_shows_a_bar(checkout: Checkout, arguments: list[str]) -> None:
    said = on_terminal(checkout, [*arguments])
    assert "Reading history" in said
    assert "100%" in said or "50%" in said, said
    wanted = {"build": "Writing pages", "bisect": "Asking each version"}.get(arguments[0], "")
    assert wanted in said


def test_no_bar_where_it_could_not_be_drawn(checkout: Checkout) -> None:
    assert on_terminal(checkout, ["log"], term="dumb") == ""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "log"], cwd=checkout.path, capture_output=True, text=True, check=True
    )
    assert (done.stderr, "public-beta" in done.stdout) == ("", True)
