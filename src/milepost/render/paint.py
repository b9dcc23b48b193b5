"""Terminal text with or without colour, and foreign text made safe for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from milepost.render.escape import escape_terminal

_ADDRESS = re.compile(r"https?://[!-~]+")


@dataclass(frozen=True, slots=True)
class Paint:
    """Marks text for a terminal; with `colour` off it only makes it safe."""

    colour: bool = False

    def text(self, text: str) -> str:
        """Foreign text, safe to print."""
        return escape_terminal(text)

    def bold(self, text: str) -> str:
        """A heading."""
        return self._mark("1", text)

    def dim(self, text: str) -> str:
        """What can be passed over."""
        return self._mark("2", text)

    def late(self, text: str) -> str:
        """A date that moved later."""
        return self._mark("33", text)

    def early(self, text: str) -> str:
        """A date that moved earlier, or work that is done."""
        return self._mark("32", text)

    def link(self, text: str, address: str | None) -> str:
        """What can be passed over, and in a terminal leads to a web address (OSC 8); one that is none is left out."""
        shown = self.dim(text)
        if not (self.colour and address and _ADDRESS.fullmatch(address)):
            return shown
        return f"\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\"

    def days(self, days: int, text: str) -> str:
        """A number of days, coloured by its direction."""
        return self.late(text) if days > 0 else self.early(text) if days < 0 else self.text(text)

    def _mark(self, code: str, text: str) -> str:
        safe = escape_terminal(text)
        return f"\x1b[{code}m{safe}\x1b[0m" if self.colour else safe
