"""`milepost risks`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_ids
from milepost.cli.items import find_among
from milepost.cli.options import format_option, history_options, note, plan_options, today_option, use_colour, write_out
from milepost.cli.prospect import look_ahead, run_options
from milepost.cli.session import Session

if TYPE_CHECKING:
    from milepost.model.plan import Plan
    from milepost.model.risk import Risk


@click.command("risks")
@click.argument("item", metavar="[ID]", required=False, shell_complete=complete_ids("risk"))
@run_options
@format_option("text", "json")
@today_option
@history_options
@plan_options
def command(
    item: str | None, seed: int, samples: int, form: str, today: date, branch: str | None, no_cache: bool,
    config: Path | None, folder: Path,
) -> None:  # fmt: skip
    """Risks in order of the days each may cost.

    \b
    milepost risks                      all of them
    milepost risks tile-vendor-terms    one: every date that it makes later

    With what each mitigation saves or would save, and how often risks that are over happened, beside what was said.
    """
    from milepost.analyses.forecasts.forecast import forecast_worlds
    from milepost.analyses.forecasts.register import make_register
    from milepost.analyses.forecasts.worlds import Settings
    from milepost.render.paint import Paint
    from milepost.render.risk import render_risk_text
    from milepost.render.risks import render_risks_json, render_risks_text

    worlds = look_ahead(Session(folder, config, branch, not no_cache), today, Settings(seed, samples))
    forecast = forecast_worlds(worlds)
    register, plan, paint = make_register(worlds, forecast), worlds.plan, Paint(use_colour())
    asked = _find(plan, item) if item else None
    register = register.about(asked) if asked else register
    if form == "json":
        write_out(render_risks_json(register, forecast))
    elif asked:
        write_out(render_risk_text(asked, register, forecast, plan, paint))
    else:
        write_out(render_risks_text(register, forecast, plan, paint))
    if not plan.risks:
        note("The plan names no risks yet: milepost new risk adds one.")


def _find(plan: Plan, name: str) -> Risk:
    ref = find_among(name, plan.items, ("risk",), "only risks are told of")
    return next(risk for risk in plan.risks if risk.ref == ref)
