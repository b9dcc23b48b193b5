"""Which commit a name means, as users write it."""

from __future__ import annotations

from milepost.repository.commits import parse_commit, tagged_object
from milepost.repository.git import Git
from milepost.repository.names import StepBack, is_reference_name, split_name


class Resolver:
    """Names of one repository."""

    def __init__(self, git: Git) -> None:
        self._git = git

    def resolve(self, name: str) -> str | None:
        """The commit that a name means; None where there is none. A branch wins over a tag of the same name."""
        base, steps = split_name(name)
        commit = self._named(base)
        for step in steps:
            commit = self._step_back(commit, step) if commit else None
        return commit

    def _step_back(self, commit: str, step: StepBack) -> str | None:
        for _ in range(step.times):
            parents = parse_commit(commit, self._git.read(commit)).parents
            if step.parent > len(parents):
                return None
            commit = parents[step.parent - 1]
        return commit

    def _named(self, name: str) -> str | None:
        """The commit that a name without steps means."""
        for prefix in ("refs/heads/", "refs/remotes/", "refs/tags/"):
            if found := self.referred(prefix + name):
                return found
        if name == "HEAD" or name.startswith("refs/"):
            return self.referred(name)
        found = self._git.search(name)
        return self._peel(found) if found else None

    def referred(self, name: str) -> str | None:
        """The commit that a full reference name leads to."""
        found = self._git.reference(name) if is_reference_name(name) else None
        return self._peel(found) if found else None

    def _peel(self, id: str) -> str | None:
        """The commit that an object is, or that a tag names; None for a file or folder."""
        found = self._git.read(id)
        while found.kind == "tag" and (tagged := tagged_object(found.data)):
            id, found = tagged, self._git.read(tagged)
        return id if found.kind == "commit" else None
