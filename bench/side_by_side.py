"""Runs commands in turn, and compares their fastest runs."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

Command = Sequence[str | Path]

_SHOWN = 9


def measure(commands: dict[str, Command], folder: Path, runs: int) -> dict[str, float]:
    """The seconds of each command's fastest run, by its name. They take turns, after one run each to warm up."""
    fastest: dict[str, float] = {}
    for turn in range(runs + 1):
        for name, command in commands.items():
            seconds = _seconds(command, folder)
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


def _seconds(command: Command, folder: Path) -> float:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "NO_COLOR": "1"}
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):  # 1: findings
        raise SystemExit(f"{show(command)} failed with {done.returncode}: {done.stderr.strip()}")
    return seconds
