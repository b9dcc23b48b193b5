"""The forecast that would have been made at each accepted version, with only what was known then.

The model is today's: its defaults were chosen with later knowledge. The plan, and all that is known of the team, is as
it was accepted by then, and today was the day of its acceptance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from milepost.analyses.forecasts.experience import gain_experience
from milepost.analyses.forecasts.forecast import forecast_plan
from milepost.analyses.forecasts.outlook import QUANTILES, Basis, Outlook
from milepost.analyses.forecasts.worlds import Settings
from milepost.analyses.versions import Version, replay_versions
from milepost.errors import MilepostError
from milepost.model.calendar import parse_date
from milepost.model.history import Change, History
from milepost.model.item import Ref
from milepost.model.source import Source

#: Bears on no forecast: words about an item, and what has become of it afterwards.
_WORDS = frozenset((
    "achievable", "audience", "because", "blocked", "email", "feedback", "github", "goal", "labels", "links",
    "measures", "name", "new_technology", "notes", "outcome", "raci", "repository", "reviewed", "rules", "shipped",
    "team", "title", "trigger", "value", "vision", "votes",
))  # fmt: skip


class Memo(Protocol):
    """Keeps values by keys that name what they follow from."""

    def get(self, key: str) -> Any:
        """What was put before, or None."""
        ...

    def put(self, key: str, value: Any) -> None:
        """Keeps a value."""
        ...


class PastForecast(NamedTuple):
    """What would have been said of a milestone on the day that a version was accepted.

    `item` is its identity at the tip, `days` by which it is done with each probability; None is beyond all calendars.
    """

    item: Ref
    revision: str
    on: date
    due: date | None
    chance: float | None  # of the due date, 0 to 1
    days: Mapping[float, date | None]
    basis: Basis


def replay_forecasts(
    history: History,
    sources: tuple[Source, ...],
    settings: Settings,
    memo: Memo,
    progress: Callable[[int, int], None] | None = None,
    most: int | None = None,
) -> tuple[PastForecast, ...]:
    """All that would have been said, oldest first. Of versions that only change words, nothing is said again.

    Of more than `most` versions only the last of each day is looked at, else of each week, else of each month.
    """
    versions = [version for version in replay_versions(history, sources) if _says_anything_new(version)]
    if most is not None and len(versions) > most:
        versions = _thin_out(versions, most)
    found: list[PastForecast] = []
    for number, version in enumerate(versions, start=1):
        found += _remember(version, settings, memo)
        if progress:
            progress(number, len(versions))
    return tuple(found)


def _thin_out(versions: Sequence[Version], most: int) -> list[Version]:
    """The last versions of spans that are as short as they can be. What was chosen of the past stays chosen."""
    kept = list(versions)
    for span in (_day, _week, _month):
        kept = list({span(version): version for version in versions}.values())
        if len(kept) <= most:
            break
    return kept


def _day(version: Version) -> date:
    assert version.revision.day is not None
    return version.revision.day


def _week(version: Version) -> tuple[int, int]:
    return _day(version).isocalendar()[:2]


def _month(version: Version) -> tuple[int, int]:
    return _day(version).year, _day(version).month


def _says_anything_new(version: Version) -> bool:
    return version.revision.day is not None and any(map(_bears_on_dates, version.own))


def _bears_on_dates(change: Change) -> bool:
    """Whether a change is of more than words; an item that comes or goes is, whatever it says."""
    came_or_went = change.field in ("title", "name") and None in (change.old, change.new)
    return came_or_went or change.field not in _WORDS


def _remember(version: Version, settings: Settings, memo: Memo) -> list[PastForecast]:
    """What a version says, worked out once: a commit, and how sources are read, is all that it follows from."""
    key = f"forecast {version.revision.id} {settings.seed} {settings.samples} {version.sources!r}"
    known = memo.get(key)
    if known is None:
        known = [_write(outlook) for outlook in _forecast(version, settings)]
        memo.put(key, known)
    now = {then: ref for ref, then in version.names.items()}
    return [_read(version, entry, now) for entry in known]


def _forecast(version: Version, settings: Settings) -> Iterator[Outlook]:
    day = version.revision.day
    assert day is not None
    try:
        experience = gain_experience(version.plan, version.history)
        forecast = forecast_plan(version.plan, day, experience, settings)
    except MilepostError:  # a plan in which work waits for itself, or nobody ever works, foretells nothing
        return
    for outlook in forecast.outlooks:
        if outlook.item.kind == "milestone" and outlook.days:
            yield outlook


def _write(outlook: Outlook) -> list[Any]:
    """As JSON, by the name of that time. Chances are rounded, so that what is kept is the same on every machine."""
    due = outlook.due.day if outlook.due else None
    days = [day.isoformat() if day else None for day in map(outlook.day, QUANTILES)]
    chance = None if outlook.chance is None else round(outlook.chance, 4)
    return [*outlook.item, due.isoformat() if due else None, chance, days, outlook.basis]


def _read(version: Version, entry: list[Any], now: Mapping[Ref, Ref]) -> PastForecast:
    kind, id, due, chance, days, basis = entry
    day = version.revision.day
    assert day is not None
    item = now.get(Ref(kind, id), Ref(kind, id))
    by = {p: parse_date(text) for p, text in zip(QUANTILES, days, strict=True)}
    return PastForecast(item, version.revision.id, day, parse_date(due), chance, by, Basis(basis))
