"""`milepost forecast`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from milepost.cli.completion import complete_ids
from milepost.cli.items import find_among
from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, history_options, note, plan_options, today_option, use_colour, write_out
from milepost.cli.prospect import look_ahead, run_options
from milepost.cli.session import Session
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.analyses.forecasts.forecast import Forecast
    from milepost.analyses.forecasts.worlds import Worlds


class Percent(click.ParamType[float]):
    """A share as `80%` or `80`, kept as 0.8."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The share that was typed."""
        if isinstance(value, float):
            return value
        number = value.removesuffix("%").strip()
        if not re.fullmatch("[0-9]{1,2}", number) or not int(number):
            self.fail(f"{value!r} is no confidence; write a percentage from 1% to 99%.", param, ctx)
        return int(number) / 100


@click.command("forecast")
@click.argument("item", metavar="[ID]", required=False, shell_complete=complete_ids("milestone", "goal"))
@click.option("--confidence", type=Percent(), default="80%", show_default=True, metavar="PERCENT",
              help="With an ID: how sure the latest starts are to be early enough.")  # fmt: skip
@click.option("--replay", "is_replay", is_flag=True,
              help="Repeat the forecast at each accepted version, with what was known then, and score it.")  # fmt: skip
@run_options
@format_option("text", "json")
@today_option
@history_options
@plan_options
@even_of_nothing("replay")
def command(
    item: str | None, confidence: float, is_replay: bool, seed: int, samples: int, form: str, today: date,
    branch: str | None, no_cache: bool, config: Path | None, folder: Path,
) -> None:  # fmt: skip
    """How likely each date is, and what drives it.

    \b
    milepost forecast                every date, promises first
    milepost forecast public-beta    what drives that date, what has to start when
    milepost forecast --replay       what would have been said, and what came

    With the id of a milestone or a goal: what drives its date, what it hangs on, and when work has to start at the
    latest. The plan is that of the work tree, and what is known of the team that of accepted history.
    """
    from milepost.analyses.forecasts.forecast import forecast_worlds
    from milepost.analyses.forecasts.worlds import Settings
    from milepost.render.forecast import render_forecast_text
    from milepost.render.forecast_json import render_forecast_json
    from milepost.render.paint import Paint

    session, settings = Session(folder, config, branch, not no_cache), Settings(seed, samples, confidence)
    if is_replay:
        from milepost.cli.replay import replay

        write_out(replay(session, item, today, settings, form))
        return
    worlds = look_ahead(session, today, settings)
    found = forecast_worlds(worlds)
    if item is not None:
        write_out(_tell_one(worlds, found, item, form))
    elif form == "json":
        write_out(render_forecast_json(found, found.outlooks))
    else:
        write_out(render_forecast_text(found, Paint(use_colour())))
        if not worlds.plan.milestones:
            note("The plan has no milestones yet: milepost new milestone adds one.")


def _tell_one(worlds: Worlds, forecast: Forecast, name: str, form: str) -> str:
    """One date in full. Raises where the item has none, or has ended."""
    from milepost.analyses.forecasts.drivers import find_detail
    from milepost.analyses.forecasts.outlook import Basis
    from milepost.model.former import retired_ids
    from milepost.render.forecast import render_outlook_text
    from milepost.render.forecast_json import render_forecast_json
    from milepost.render.paint import Paint

    plan = worlds.plan
    kinds = ("milestone", "goal", "task")
    ref = find_among(name, plan.items, kinds, "only milestones and goals are forecast", retired_ids(plan.items))
    if ref.kind == "task":
        milestone = ref.id.rpartition("/")[0]
        raise UsageError(f"{ref} is a task; forecast what it is a part of.", f"milepost forecast {milestone}")
    outlook = forecast.outlook(ref)
    if outlook is None:
        raise UsageError(f"{ref} is not open, so there is nothing to forecast.", f"milepost why {ref}")
    detail = find_detail(worlds, outlook) if outlook.basis is Basis.WORK else None
    if form == "json":
        return render_forecast_json(forecast, (outlook,), detail)
    return render_outlook_text(forecast, outlook, detail, plan, Paint(use_colour()))
