"""mcprojsim's seconds for a network, by a Python that has it: `python bench/forecast/peer.py ITERATIONS < network`."""

from __future__ import annotations

import json
import sys
import time

from mcprojsim import Project, SimulationEngine  # type: ignore[import-not-found] # not in our environment

network = json.load(sys.stdin)
project = Project.model_validate(
    {
        "project": {"name": "bench", "start_date": "2027-01-04", "distribution": "lognormal"},
        "tasks": [
            {
                "id": f"t{number}",
                "name": f"t{number}",
                "estimate": {"low": low, "expected": middle, "high": high, "unit": "days"},
                "dependencies": [f"t{before}" for before in befores],
            }
            for number, (low, middle, high, befores) in enumerate(network)
        ],
    }
)
start = time.perf_counter()
results = SimulationEngine(iterations=int(sys.argv[1]), random_seed=1, show_progress=False).run(project)
json.dump({"seconds": time.perf_counter() - start, "median": float(results.percentile(50))}, sys.stdout)
