"""What is wrong with a schedule, found without the code that makes schedules: by looking at every hour of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from milepost.scheduling.network import Activity, Link, Network

CLOSE = 1e-6


def find_broken(network: Network, start: Sequence[float], finish: Sequence[float]) -> list[str]:
    """Sentences, none where all is well."""
    return [
        *_broken_work(network.activities, start, finish),
        *_broken_links(network.links, start, finish),
        *_broken_capacities(network, start, finish),
    ]


def _broken_work(activities: Sequence[Activity], start: Sequence[float], finish: Sequence[float]) -> Iterator[str]:
    for number, activity in enumerate(activities):
        if start[number] < activity.release - CLOSE:
            yield f"{number} starts at {start[number]}, before {activity.release}"
        away = sum(
            max(0.0, min(pause.end, finish[number]) - max(pause.begin, start[number])) for pause in activity.pauses
        )
        worked = finish[number] - start[number] - away
        if abs(worked - activity.duration) > CLOSE:
            yield f"{number} is worked on for {worked}, not {activity.duration}"


def _broken_links(links: Sequence[Link], start: Sequence[float], finish: Sequence[float]) -> Iterator[str]:
    ends = {"S": start, "F": finish}
    for before, after, kind, lag in links:
        if ends[kind[1]][after] < ends[kind[0]][before] + lag - CLOSE:
            yield f"{after} does not wait for {before}: {kind}{lag:+g}"


def _broken_capacities(network: Network, start: Sequence[float], finish: Sequence[float]) -> Iterator[str]:
    users = [number for number in range(len(start)) if finish[number] - start[number] > CLOSE]
    for time in {start[number] for number in users}:  # use only grows where something starts
        used = [0.0] * len(network.capacities)
        for number in users:
            if start[number] <= time + CLOSE and time + CLOSE < finish[number]:
                for resource, amount in network.activities[number].needs:
                    used[resource] += amount
        for resource, capacity in enumerate(network.capacities):
            if used[resource] > capacity + CLOSE:
                yield f"at {time}, {used[resource]} of resource {resource} are used"
