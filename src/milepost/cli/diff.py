"""`milepost diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, plan_options, use_colour, write_out
from milepost.cli.session import Session, without_collector
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.model.plan import Plan
    from milepost.repository.files import Tree


@click.command("diff")
@click.argument("versions", metavar="[BASE[..HEAD]]", default="")
@format_option("text", "markdown", "json")
@click.option("--branch", metavar="NAME", help="The default branch.  [default: origin's, else main]")
@plan_options
@even_of_nothing("diff")
def command(versions: str, form: str, branch: str | None, config: Path | None, folder: Path) -> None:
    """What two versions of the plan say differently.

    BASE defaults to where this branch left the default branch, HEAD to the work tree.
    """
    from milepost.analyses.diff import diff_plans
    from milepost.render.diff import render_diff_json, render_diff_markdown, render_diff_text
    from milepost.render.paint import Paint

    session = Session(folder, config, branch)
    base, head = _sides(session, versions)
    is_new = config is None and _is_planless(base)
    facts = diff_plans(*_plans(session, base, head, is_new))
    new = f" There is no plan in {base.name} yet, so everything is new." if is_new else ""
    compared = f"Comparing {base.name} with {head.name}.{new}"
    if form == "json":
        write_out(render_diff_json(facts, base.name, head.name))
    elif form == "markdown":
        write_out(render_diff_markdown(facts, compared))
    else:
        write_out(render_diff_text(facts, compared, Paint(use_colour())))


def _is_planless(tree: Tree) -> bool:
    from milepost.loader.layout import is_planless

    return is_planless(tree)


def _plans(session: Session, base: Tree, head: Tree, is_new: bool) -> tuple[Plan, Plan]:
    """What to compare: everything there is where there was no plan before, else what can differ."""
    from milepost.loader.plan import load_both
    from milepost.model.build import build_plan

    if is_new:
        return build_plan([]), session.plan(head)
    with without_collector():
        before, after, unreadable = load_both((base, session.layout(base)), (head, session.layout(head)))
    session.require_readable(list(unreadable.values()))
    return before, after


def _sides(session: Session, versions: str) -> tuple[Tree, Tree]:
    base, dots, head = versions.partition("..")
    if head.startswith("."):
        raise UsageError("Two dots stand between the versions, not three.", f"milepost diff {base}..{head.lstrip('.')}")
    repository = session.repository
    right = _commit(session, head) if dots and head else repository.work_tree()
    if base:
        return _commit(session, base), right
    name, tip = session.accepted
    here = repository.resolve(head) if dots and head else repository.resolve("HEAD")
    parted = repository.merge_base(tip, here)
    return repository.commit_tree(parted, f"{parted[:7]} (where this left {name})"), right


def _commit(session: Session, name: str) -> Tree:
    commit = session.repository.resolve(name)
    label = name if commit.startswith(name) else f"{name} ({commit[:7]})"
    return session.repository.commit_tree(commit, label)
