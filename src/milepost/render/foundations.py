"""What a forecast rests on: how many runs, what is known of the team and what is not, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.analyses.focus import FEWEST as FEWEST_FOR_FOCUS
from milepost.analyses.forecasts.experience import Experience
from milepost.analyses.forecasts.forecast import Forecast
from milepost.analyses.forecasts.outlook import Basis, Outlook
from milepost.analyses.sizes import Gap
from milepost.model.distribution import USUAL_SIGMA
from milepost.render.chances import missing_words
from milepost.render.points import point_words, sentence
from milepost.render.words import count_words
from milepost.scheduling.calibration import FEWEST
from milepost.scheduling.sampling import CORRELATION


def foundation_lines(forecast: Forecast, outlook: Outlook | None = None) -> Iterator[str]:
    """Sentences on what a forecast rests on, or that of one item."""
    outlooks = (outlook,) if outlook else forecast.outlooks
    known = forecast.experience
    if any(one.basis is Basis.WORK for one in outlooks):
        yield f"{estimates_line(known)} {focus_line(known)} {_growth(known)}"
        if known.point.value:
            yield sentence(point_words(known.point))
    if drawn := tuple(dict.fromkeys(item for one in outlooks for item in one.drawn)):
        yield f"Without an estimate, and taken to be like finished work of its kind: {missing_words(drawn)}."
    yield from _slips(outlooks)
    if forecast.unrated:
        names = missing_words([risk.ref for risk in forecast.unrated])
        yield f"Risks that are not reckoned with, for want of odds or of what they threaten: {names}."
    yield from _unsized(forecast)
    yield runs_line(forecast, any(one.basis is Basis.WORK for one in outlooks))


def runs_line(forecast: Forecast, simulated: bool = True) -> str:
    """What has to be the same for the same numbers."""
    settings = forecast.settings
    runs = f"{settings.samples:,} runs, seed {settings.seed}, inputs" if simulated else "Inputs"
    return f"{runs} {forecast.inputs}, as of {forecast.today}."


def estimates_line(known: Experience) -> str:
    """How estimates are read."""
    if known.calibration:
        return f"Estimates are read by what became of {known.finished} that this team finished (ρ {CORRELATION})."
    return (
        f"Estimates are read like anybody's (σ {USUAL_SIGMA}, ρ {CORRELATION}) until {FEWEST} finished tasks say what "
        f"they took: {known.finished or 'none'} {'does' if known.finished <= 1 else 'do'}."
    )


def focus_line(known: Experience) -> str:
    """How much of their time people are taken to give to listed work, and what that counts."""
    focus = known.focus
    if focus.share is None:
        enough = f"from {FEWEST_FOR_FOCUS} finished tasks on" if focus.n < FEWEST_FOR_FOCUS else "of longer tasks"
        return f"People are taken to give all their time; how much they do is known {enough} (n = {focus.n})."
    was = "took" if known.calibration else "were estimated at"
    share = f"{focus.share * 100:.0f} %"
    return f"Finished tasks {was} {share} of the working time that went by for them (n = {focus.n})."


def _growth(known: Experience) -> str:
    if known.growth.ratios:
        return f"Work grows as that of {known.growth.n} finished milestones did."
    return f"Only listed work: growth is known from {FEWEST} finished milestones on (n = {known.growth.n})."


def _slips(outlooks: tuple[Outlook, ...]) -> Iterator[str]:
    """Which dates are forecast from those before them, and why others are not."""
    found = [one for one in outlooks if one.basis is Basis.SLIPS]
    if found:
        names = missing_words([one.item for one in found])
        few, many = min(one.n for one in found), max(one.n for one in found)
        n = f"n = {few}" if few == many else f"n = {few} to {many}"
        yield f"Without estimates, and forecast by how late this team's dates turned out to be: {names} ({n})."


def _unsized(forecast: Forecast) -> Iterator[str]:
    """Work that is not reckoned with. It is never taken as nothing, so that what waits for it has no forecast."""
    points = [item for item, gap in forecast.unsized.items() if gap is Gap.POINTS]
    others = [item for item, gap in forecast.unsized.items() if gap is not Gap.POINTS]
    if others:
        hint = f" Start with one: milepost set {forecast.own} estimate=3d..8d" if forecast.own in others else ""
        names = missing_words(others)
        yield f"{count_words(len(others), 'open item')} without an estimate that can be used: {names}.{hint}"
    if points:
        told = sentence(point_words(forecast.experience.point))
        yield f"{count_words(len(points), 'open item')} in points: {missing_words(points)}. {told}"
