"""What is said of a check beside its findings."""

from __future__ import annotations

from dataclasses import dataclass

from milepost.model.finding import Finding
from milepost.rules.configuration import Loosened


@dataclass(frozen=True, slots=True)
class Summary:
    """What to say beside the findings.

    With `first`, the most useful advice, advice is summed up instead of listed; `adds` where following it means to
    write what is missing. `base` names the version that findings are new against, and `gone` counts those that only
    that one had. `command` prints all. `skipped` are rules that could not run, and `why` is the reason. `silenced` and
    `loosened` are what a change did to its own check.
    """

    first: Finding | None = None
    base: str | None = None
    gone: int = 0
    command: str = "milepost check --advice"
    skipped: tuple[str, ...] = ()
    why: str = ""
    silenced: tuple[Finding, ...] = ()
    loosened: tuple[Loosened, ...] = ()
    adds: bool = True


#: All findings are listed, and none is taken back.
WHOLE = Summary()
