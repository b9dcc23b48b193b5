"""The engine of forecasts beside numpy that only moves numbers, and beside mcprojsim: `python bench/forecast/run.py`.

In one process, in turn, but for mcprojsim, which has an environment of its own, and for the peak of memory. mcprojsim
is installed from PyPI into a folder that is thrown away, unless `--peer PYTHON` names a Python that has it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.forecast.work import Task, draw, find_drivers, forecast, make_tasks, network_of  # noqa: E402
from bench.side_by_side import measure_works  # noqa: E402
from milepost.scheduling.simulation import Simulation  # noqa: E402

SAMPLES = 10_000
PEER = "mcprojsim==0.15.2"
PEER_NEEDS = ("click", "jinja2", "matplotlib", "numpy", "pydantic", "pyyaml", "scipy", "tabulate", "tomli-w")
PASS, WHOLE, DOUBLED, PEAK = 1.6, 60.0, 2.2, 1.5
FASTER = {1000: 100.0, 100: 50.0}


def run_floor(count: int, runs: int) -> None:
    """One pass in the engine's memory, and in the same order, that does nothing but add a row to another one."""
    tasks = make_tasks(count)
    durations = draw(tasks, SAMPLES)
    simulation = Simulation(network_of(tasks), durations)

    rows = [(simulation.finish(number).row, durations[number].row) for number in simulation.network.order]

    def floor() -> None:
        for finish, duration in rows:
            np.add(finish, duration, out=finish)

    def bare() -> None:
        for finish, duration in rows:
            np.copyto(finish, duration)

    works: dict[str, Callable[[], object]] = {
        "numpy.add(finish, duration, out=finish) of every row": floor,
        "numpy.copyto(finish, duration) of every row": bare,
        "forward pass": simulation.run,
        "drawing, forward pass, criticality and sensitivity": lambda: forecast(tasks, SAMPLES),
    }
    (beside, least), (copy, copied), (name, passed), (all_, took) = measure_works(works, runs).items()
    links = sum(len(task.waits_for) for task in tasks)
    print(f"{count:,} tasks with {links:,} links, {SAMPLES:,} samples of 64 bits")
    print(f"  beside: {beside}")
    tell(name, passed / least, PASS)
    print(f"    {passed / copied:.2f} times {copy}")
    tell(all_, took / least, WHOLE)


def run_doubled(runs: int, count: int) -> None:
    """Twice the tasks, and twice the samples, each beside half of it."""
    sizes = {"": (1, 1), "twice the tasks": (2, 1), "twice the samples": (1, 2), "four times the tasks": (4, 1)}
    works: dict[str, Callable[[], object]] = {
        name: partial(forecast, make_tasks(count * more), SAMPLES // 2 * longer)
        for name, (more, longer) in sizes.items()
    }
    found = measure_works(works, runs)
    print(f"Cost: {count:,} tasks, {SAMPLES // 2:,} samples")
    for name, beside in (
        ("twice the tasks", ""),
        ("twice the samples", ""),
        ("four times the tasks", "twice the tasks"),
    ):
        tell(f"{name}, beside {beside or 'that'}", found[name] / found[beside], DOUBLED)


def run_peak(count: int) -> None:
    """The most memory of a process that does all that a forecast may ask for."""
    subprocess.run([sys.executable, __file__, "--whole", str(count)], check=True)
    gigabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e9
    print(f"{count:,} tasks, {SAMPLES:,} samples, with 20 estimates and growth as drivers, and start-by dates")
    verdict = "met" if gigabytes <= PEAK else "MISSED"
    print(f"  peak of the whole process: {gigabytes:.2f} GB  (target {PEAK:g}: {verdict})")


def run_whole(count: int) -> None:
    tasks = make_tasks(count)
    durations = draw(tasks, SAMPLES)
    find_drivers(Simulation(network_of(tasks), durations), durations)


def run_peer(python: Path, count: int, runs: int, iterations: int) -> None:
    """The same network and the same answers: dates, and how often each task is critical."""
    tasks = make_tasks(count)
    ours = measure_works({"": lambda: forecast(tasks, SAMPLES)}, runs)[""]
    half, full = (min(ask_peer(python, tasks, number) for _ in range(2)) for number in (iterations // 2, iterations))
    theirs = (full - half) / (iterations - iterations // 2) * SAMPLES
    ratio = theirs / ours
    verdict = "met" if ratio >= FASTER[count] else "MISSED"
    print(f"{count:,} tasks, {SAMPLES:,} samples, beside {PEER}, in process on both sides, without drivers")
    print(f"  {ratio:,.0f} times faster  (target {FASTER[count]:g}: {verdict})")
    print(f"    its time is scaled from that of {iterations:,} iterations beyond that of {iterations // 2:,}")


def ask_peer(python: Path, tasks: list[Task], iterations: int) -> float:
    network = json.dumps([(*task.range, task.waits_for) for task in tasks])
    command: list[str | Path] = [python, Path(__file__).with_name("peer.py"), str(iterations)]
    done = subprocess.run(command, input=network, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["seconds"])


def make_peer(folder: Path) -> Path | None:
    """An environment with the peer, which asks for a newer Python than it needs; None where it can't be had."""
    venv.create(folder, with_pip=True)
    install: list[str | Path] = [
        folder / "bin" / "python",
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
    ]
    done = [
        subprocess.run([*install, *what], stderr=subprocess.DEVNULL, check=False).returncode
        for what in (PEER_NEEDS, ("--no-deps", "--ignore-requires-python", PEER))
    ]
    return None if any(done) else folder / "bin" / "python"


def tell(name: str, ratio: float, target: float) -> None:
    print(f"  {name}: {ratio:.2f} times  (target {target:g}: {'met' if ratio <= target else 'MISSED'})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    parser.add_argument("--peer", type=Path, metavar="PYTHON", help="a Python that has mcprojsim")
    parser.add_argument("--whole", type=int, metavar="TASKS", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.whole:
        run_whole(arguments.whole)
        raise SystemExit
    runs = 3 if arguments.quick else 10
    run_peak(5000)
    run_floor(1000, 4 * runs)
    run_doubled(runs, 500)
    with tempfile.TemporaryDirectory() as place:
        python: Path | None = arguments.peer or make_peer(Path(place))
        if python is None:
            raise SystemExit(f"{PEER} can't be installed: not compared")
        for count in FASTER:
            run_peer(python, count, runs, 100 if count >= 1000 else 1000)
