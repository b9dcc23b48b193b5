"""`milepost risks`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from milepost.cli.options import format_option, history_options, note, plan_options, today_option, use_colour, write_out
from milepost.cli.prospect import look_ahead, run_options
from milepost.cli.session import Session


@click.command("risks")
@run_options
@format_option("text", "json")
@today_option
@history_options
@plan_options
def command(
    seed: int, samples: int, form: str, today: date, branch: str | None, no_cache: bool, config: Path | None,
    folder: Path,
) -> None:  # fmt: skip
    """Risks in order of the days each may cost.

    With what each mitigation saves or would save, and how often risks that are over happened, beside what was said.
    """
    from milepost.analyses.forecasts.forecast import forecast_worlds
    from milepost.analyses.forecasts.register import make_register
    from milepost.analyses.forecasts.worlds import Settings
    from milepost.render.paint import Paint
    from milepost.render.risks import render_risks_json, render_risks_text

    worlds = look_ahead(Session(folder, config, branch, not no_cache), today, Settings(seed, samples))
    forecast = forecast_worlds(worlds)
    register = make_register(worlds, forecast)
    if form == "json":
        write_out(render_risks_json(register, forecast))
    else:
        write_out(render_risks_text(register, forecast, worlds.plan, Paint(use_colour())))
    if not worlds.plan.risks:
        note("The plan names no risks yet: milepost new risk adds one.")
