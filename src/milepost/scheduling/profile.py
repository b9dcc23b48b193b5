"""How much of a resource is free over time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from math import inf

_NOTHING = 1e-9  # what is left of sums of fractions


class Profile:
    """Steps of what is free: from `times[i]` on, `free[i]`. Neighbours differ, so that packed work is one step."""

    __slots__ = ("free", "times")

    def __init__(self, capacity: float) -> None:
        self.times = [-inf]
        self.free = [capacity]

    def earliest(self, time: float, amount: float, finish_from: Callable[[float], float]) -> float:
        """The first time from a given one on, at which so much is free until the work is finished.

        `finish_from` tells when it is finished, by the time from which it may run.
        """
        times, free = self.times, self.free
        amount -= _NOTHING
        step, last = bisect_right(times, time) - 1, len(times) - 1
        while True:
            while free[step] < amount:  # the last step is never short
                step += 1
                time = times[step]
            finish = finish_from(time)
            step += 1
            while step <= last and times[step] < finish and free[step] >= amount:
                step += 1
            if step > last or times[step] >= finish:
                return time

    def take(self, start: float, finish: float, amount: float) -> None:
        """Takes so much from start to finish."""
        first, last = self._cut(start), self._cut(finish)
        free = self.free
        for step in range(first, last):
            free[step] -= amount
        self._join(last)
        self._join(first)

    def _cut(self, time: float) -> int:
        """The step that begins at a time, made where there is none."""
        step = bisect_left(self.times, time)
        if step == len(self.times) or self.times[step] != time:
            self.times.insert(step, time)
            self.free.insert(step, self.free[step - 1])
        return step

    def _join(self, step: int) -> None:
        if abs(self.free[step] - self.free[step - 1]) < _NOTHING:
            del self.times[step], self.free[step]


class Diary:
    """The same for a resource that is always taken whole, as a person is: when it is busy, from `begins` to `ends`."""

    __slots__ = ("begins", "ends")

    def __init__(self) -> None:
        self.begins: list[float] = []
        self.ends: list[float] = []

    def earliest(self, time: float, _: float, finish_from: Callable[[float], float]) -> float:
        """The first time from a given one on, from which nothing comes until the work is finished."""
        begins, ends = self.begins, self.ends
        for place in range(bisect_right(ends, time), len(ends)):
            if finish_from(time) <= begins[place]:
                break
            time = ends[place]
        return time

    def take(self, start: float, finish: float, _: float) -> None:
        """Is busy from start to finish. What is packed becomes one."""
        begins, ends = self.begins, self.ends
        place = bisect_right(ends, start)
        goes_on = place > 0 and ends[place - 1] == start
        leads_on = place < len(begins) and begins[place] == finish
        if goes_on and leads_on:
            del begins[place], ends[place - 1]
        elif goes_on:
            ends[place - 1] = finish
        elif leads_on:
            begins[place] = start
        else:
            begins.insert(place, start)
            ends.insert(place, finish)
