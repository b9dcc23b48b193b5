"""Runs commands in turn, and compares their fastest runs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Command = Sequence[str | Path]

_SHOWN = 9


def measure(commands: dict[str, Command], folder: Path, runs: int) -> dict[str, float]:
    """The seconds of each command's fastest run, by its name.

    They take turns, after one run each to warm up, which counts if there is no other.
    """
    fastest: dict[str, float] = {}
    for turn in range(runs + 1):
        for name, command in commands.items():
            seconds, _ = run(command, folder)
            if turn or not runs:
                fastest[name] = min(seconds, fastest.get(name, seconds))
    return fastest


def measure_works(works: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The same for work in this process: what is compared is the work, not the start of Python."""
    fastest: dict[str, float] = {}
    for turn in range(runs + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            seconds = time.perf_counter() - start
            if turn:
                fastest[name] = min(seconds, fastest.get(name, seconds))
    return fastest


def report(commands: dict[str, Command], fastest: dict[str, float], beside: str, targets: dict[str, float]) -> None:
    """Prints the commands, and how many times as long as `beside` each takes."""
    print(f"  beside: {show(commands[beside])}")
    for name, command in commands.items():
        if name != beside:
            ratio = fastest[name] / fastest[beside]
            target = targets.get(name)
            verdict = "" if target is None else f"  (target {target:g}: {'met' if ratio <= target else 'MISSED'})"
            print(f"  {name}: {ratio:.2f} times{verdict}\n    {show(command)}")


def show(command: Command) -> str:
    """A command as one would type it, with a long list of files cut short."""
    words = [word.name if isinstance(word, Path) else word for word in (Path(command[0]), *command[1:_SHOWN])]
    return shlex.join(words) + (f" … and {len(command) - _SHOWN:,} more" if len(command) > _SHOWN else "")


def run(command: Command, folder: Path) -> tuple[float, float]:
    """The seconds that one run takes, and the memory at its peak in megabytes."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "NO_COLOR": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # 1: findings
            said.seek(0)
            complaint = said.read().decode("utf-8", "replace").strip()
            raise SystemExit(f"{show(command)} failed with {process.returncode}: {complaint}")
    return seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
