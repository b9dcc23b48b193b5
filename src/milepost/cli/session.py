"""What one command works on: a repository, its plan and its history, each read when it is first needed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from milepost.cli.bar import Bar
from milepost.cli.options import note
from milepost.errors import MilepostError

if TYPE_CHECKING:
    from datetime import date

    from milepost.analyses.focus import Focus
    from milepost.analyses.forecasts.experience import Experience
    from milepost.analyses.forecasts.replay import PastForecast
    from milepost.analyses.forecasts.worlds import Settings
    from milepost.analyses.sprints.course import Course
    from milepost.loader.cache import Cache
    from milepost.loader.layout import Layout
    from milepost.model.history import History
    from milepost.model.plan import Plan
    from milepost.render.web import WebAddress
    from milepost.repository.files import Tree
    from milepost.repository.repository import Repository


class NothingYetError(MilepostError):
    """There is nothing to tell yet, which is no failure."""

    exit_code: ClassVar[int] = 0


class Session:
    """A repository as one command sees it."""

    def __init__(
        self, folder: Path, config: Path | None = None, branch: str | None = None, use_cache: bool = True
    ) -> None:
        self._folder = folder
        self._config = config
        self._branch = branch
        self._use_cache = use_cache

    @cached_property
    def repository(self) -> Repository:
        """The repository that the folder belongs to."""
        from milepost.repository.repository import open_repository

        return open_repository(self._folder)

    @cached_property
    def accepted(self) -> tuple[str, str]:
        """Name and tip of the accepted branch."""
        found = self.repository.accepted_branch(self._branch)
        if found is None:
            hint = "git add plan && git commit" if self._config or self._is_written() else "milepost init"
            raise NothingYetError("Nothing is committed here yet, so there is no history.", hint)
        return found

    @cached_property
    def tip_tree(self) -> Tree:
        """The files at the accepted tip."""
        name, tip = self.accepted
        return self.repository.commit_tree(tip, name)

    @cached_property
    def tip_layout(self) -> Layout:
        """How to read the accepted history: by the configuration at its tip."""
        from milepost.loader.layout import find_layout
        from milepost.repository.objects import DamagedError
        from milepost.repository.process import NoGitError

        try:
            return self._cache.trust(lambda: find_layout(self.tip_tree, self._config, self._cache))
        except (DamagedError, NoGitError):  # it says nothing of whether there is a plan
            raise
        except MilepostError as error:
            raise self._uncommitted() or error from None

    @cached_property
    def history(self) -> History:
        """Accepted history."""
        name, tip = self.accepted
        return self.history_at(tip, self.tip_layout, name)

    def history_at(self, commit: str, layout: Layout, branch: str) -> History:
        """The history that leads to one commit along first parents. Raises where the clone is shallow."""
        from milepost.loader.history import load_history

        with Bar("Reading history") as bar, without_collector():
            cache = self._cache
            return cache.trust(lambda: load_history(self.repository, layout, branch, commit, cache, bar.watched))

    @cached_property
    def _cache(self) -> Cache:
        from milepost.loader.cache import Cache

        return Cache(self.repository.cache_folder if self._use_cache else None)

    @cached_property
    def graph(self) -> History:
        """The history of all lines that lead to the accepted tip, branches that were merged included."""
        from milepost.loader.graph import load_graph

        (name, tip), layout, cache = self.accepted, self.tip_layout, self._cache
        with Bar("Reading history") as bar, without_collector():
            return cache.trust(lambda: load_graph(self.repository, layout, name, tip, cache, bar.watched))

    def replay(self, settings: Settings, most: int | None = None) -> tuple[PastForecast, ...]:
        """The forecasts that would have been made at accepted versions, each worked out once and kept.

        Of more than `most` versions, a few stand for all of them.
        """
        from milepost.analyses.forecasts.replay import replay_forecasts

        cache, history, sources = self._cache, self.history, self.accepted_plan.sources
        with Bar("Repeating forecasts") as bar:
            said = cache.trust(lambda: replay_forecasts(history, sources, settings, cache, bar.show, most))
        cache.save()
        return said

    @cached_property
    def accepted_plan(self) -> Plan:
        """The plan at the accepted tip, with what only history knows. Raises where a file of its own can't be read."""
        from milepost.loader.plan import with_history

        self.require_readable_tip()
        plan, unreadable = self._tip_plan
        for line in unreadable.values():
            note(f"{line}; its last values stand")
        return with_history(plan, self.history, unreadable)

    @cached_property
    def _tip_plan(self) -> tuple[Plan, dict[str, str]]:
        """The plan as the accepted tip says it, and what of it can't be read."""
        from milepost.loader.plan import load_plan

        return load_plan(self.tip_tree, self.tip_layout)

    def require_readable_tip(self, history: History | None = None) -> None:
        """Raises where a file of the plan's own does not parse at the tip. Sources may: their last values stand.

        A history that was read already says whether it is worth looking.
        """
        if history is None or any(self.tip_layout.kind_of(flaw.path) for flaw in history.unreadable):
            plan, unreadable = self._tip_plan
            self.require_readable([line for path, line in unreadable.items() if path not in plan.foreign])

    @cached_property
    def present_plan(self) -> Plan:
        """The plan in the work tree; at the accepted tip where there is none, or a branch is asked for."""
        if self._branch or self.repository.work_folder is None:
            return self.accepted_plan
        from milepost.loader.plan import with_history

        plan = self.plan(self.repository.work_tree())
        try:
            return with_history(plan, self.history)
        except NothingYetError:
            return plan

    def courses(self, today: date) -> tuple[Course, ...]:
        """What became of sprints by accepted history; of none where nothing is accepted yet."""
        from milepost.analyses.sprints.course import follow_sprints

        try:
            return follow_sprints(self.accepted_plan, self.history, today)
        except NothingYetError:
            return ()

    def focus(self, plan: Plan) -> Focus:
        """How much of their time people give to listed work, by the estimates of a plan's finished tasks."""
        from milepost.analyses.focus import UNKNOWN, measure_focus

        try:
            return measure_focus(plan, self.history, by_actual=False)
        except NothingYetError:
            return UNKNOWN

    def experience(self, plan: Plan) -> Experience:
        """What a plan and accepted history say of the team; of any team where nothing is accepted yet."""
        from milepost.analyses.forecasts.experience import Experience, gain_experience

        try:
            return gain_experience(plan, self.history)
        except NothingYetError:
            return Experience()

    @cached_property
    def address(self) -> WebAddress | None:
        """Where the repository is on the web, as the plan or the remote says; None where neither does."""
        from milepost.render.web import parse_web_address

        name = self.accepted[0].removeprefix("origin/")
        return parse_web_address(self.accepted_plan.repository or self.repository.remote_url(), name)

    def _uncommitted(self) -> MilepostError | None:
        """What to say where the plan is in the work tree and not in accepted history yet."""
        if not self._is_written():
            return None
        message = f"The plan is in the work tree, but not committed on {self.accepted[0]} yet."
        return NothingYetError(message, "git add plan && git commit   (or --branch HEAD, for the branch you are on)")

    def _is_written(self) -> bool:
        """Whether there is a plan of our own format in the work tree."""
        folder = self.repository.work_folder
        plan = folder / "plan" if folder else None
        return plan is not None and not plan.is_symlink() and (plan / "milepost.yaml").is_file()

    def layout(self, tree: Tree) -> Layout:
        """How to read one version."""
        from milepost.loader.layout import find_layout

        return find_layout(tree, self._config)

    def plan(self, tree: Tree) -> Plan:
        """The plan of one version. Raises where a file of it can't be read."""
        from milepost.loader.plan import load_plan

        plan, unreadable = load_plan(tree, self.layout(tree))
        self.require_readable(list(unreadable.values()))
        return plan

    def require_readable(self, unreadable: list[str]) -> None:
        """Raises where files of the plan do not parse: what would be shown is not the plan."""
        if unreadable:
            from milepost.render.words import count_words

            more = f" (and {count_words(len(unreadable) - 1, 'more file')})" if len(unreadable) > 1 else ""
            raise MilepostError(f"{unreadable[0]}{more}", "milepost check")


@contextmanager
def without_collector() -> Iterator[None]:
    """Reading makes millions of small objects and no cycles: looking for cycles all the time costs a sixth of it.

    Nor is it looked for later in what was read, which stays to the end.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
