"""`milepost accuracy`."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

import click

from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, history_options, plan_options, use_colour, write_out
from milepost.cli.session import Session
from milepost.errors import MilepostError, UsageError


@click.command("accuracy")
@click.option("--by-owner", is_flag=True, help="Also by person, where there are at least ten finished tasks.")
@click.option("--data", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv",
              help="Score estimates that are kept elsewhere.")  # fmt: skip
@click.option("--estimate", metavar="COLUMN", help="With --data: what was said.")
@click.option("--actual", metavar="COLUMN", help="With --data: what it took.")
@click.option("--unique", metavar="COLUMN", help="With --data: only the first row for each value of it.")
@click.option("--where", multiple=True, metavar="COLUMN=VALUE", help="With --data: only such rows; != and , too.")
@click.option("--by", metavar="COLUMN", help="With --data: a line for each value of it.")
@format_option("text", "json")
@history_options
@plan_options
@even_of_nothing("accuracy")
def command(
    by_owner: bool, data: Path | None, estimate: str | None, actual: str | None, unique: str | None,
    where: tuple[str, ...], by: str | None, form: str, branch: str | None, no_cache: bool, config: Path | None,
    folder: Path,
) -> None:  # fmt: skip
    """How good our estimates have been, and how sure we can be of that.

    Over finished tasks that say what they took, and milestones that were reached. Every figure comes with how many it
    rests on. A ratio above 1 means that it took longer than was said.
    """
    _require_together(
        data, {"--estimate": estimate, "--actual": actual, "--unique": unique, "--where": where, "--by": by}
    )
    if data is not None:
        if not (estimate and actual):
            raise UsageError("With --data, both columns have to be named.", "--estimate COLUMN --actual COLUMN")
        write_out(_score_file(data, (estimate, actual, unique, by), where, form))
        return
    session = Session(folder, config, branch, not no_cache)
    write_out(_score_plan(session, by_owner, form))


def _require_together(data: Path | None, given: dict[str, object]) -> None:
    """Raises for what would have no effect: columns are those of a file."""
    alone = next((name for name, value in given.items() if value), None)
    if data is None and alone:
        raise UsageError(f"{alone} names a column, so it needs a file.", f"--data FILE.csv {alone} …")


def _score_plan(session: Session, by_owner: bool, form: str) -> str:
    from milepost.analyses.accuracy import measure_accuracy
    from milepost.analyses.punctuality import measure_punctuality
    from milepost.analyses.slip import measure_slips
    from milepost.render.accuracy import render_accuracy_json, render_accuracy_text
    from milepost.render.paint import Paint

    plan, history = session.accepted_plan, session.history
    accuracy = measure_accuracy(plan, history, by_owner)
    dates = measure_punctuality(plan, measure_slips(history))
    if form == "json":
        return render_accuracy_json(accuracy, dates)
    return render_accuracy_text(accuracy, dates, Paint(use_colour()))


def _score_file(data: Path, columns: tuple[str, str, str | None, str | None], where: tuple[str, ...], form: str) -> str:
    from milepost.analyses.scoring import score_pairs
    from milepost.exchange.estimates import Columns, parse_estimates, parse_filter
    from milepost.render.accuracy import render_scores_json, render_scores_text
    from milepost.render.paint import Paint
    from milepost.render.words import count_words

    table = parse_estimates(_read(data), Columns(*columns), [parse_filter(text) for text in where])
    scored = ((name, score_pairs(pairs)) for name, pairs in sorted(table.pairs.items()))
    scores = {name: score for name, score in scored if score}
    if not scores:
        raise UsageError("No row has both numbers, above 0.", "check the names of the columns and --where")
    counts = {"rows": table.rows, "repeated": table.repeated, "filtered": table.filtered, "unusable": table.unusable}
    if form == "json":
        return render_scores_json(scores, counts)
    words = f"{count_words(table.rows, 'row')}; left out {table.repeated:,} repeated, {table.filtered:,} by --where"
    words += f", {table.unusable:,} without both numbers"
    return render_scores_text(scores, words, Paint(use_colour()))


def _read(data: Path) -> str:
    """The text of a file, in UTF-8, UTF-16 or else in Latin-1, as spreadsheets write it."""
    try:
        content = data.read_bytes()
    except OSError as error:
        raise MilepostError(f"{data} can't be read: {error.strerror}.", "check its permissions") from None
    try:
        return content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
