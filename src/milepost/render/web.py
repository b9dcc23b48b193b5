"""Where the repository is on the web, and the addresses of its files and commits there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

_WEB = re.compile(
    r"https?://(?P<host>[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(?P<port>:[0-9]{1,5})?"
    r"(?P<path>(/[A-Za-z0-9._~-]+){2,20})/?",
    re.IGNORECASE,
)
_SSH = re.compile(r"(ssh://)?git@(?P<host>[a-z0-9][a-z0-9.-]*)[:/](?P<path>[A-Za-z0-9._~/-]+)", re.IGNORECASE)


class Forge(StrEnum):
    """Whose web pages they are, which decides what an editor's address looks like. The value is that part of it."""

    GITHUB = "edit"
    GITLAB = "-/edit"
    FORGEJO = "_edit"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A repository's page on the web, without a slash at the end, and the branch that its links lead to."""

    page: str
    forge: Forge
    branch: str

    def edit(self, path: str) -> str | None:
        """The address of the web editor for a file; None for a path that no address can name."""
        parts = path.split("/")
        if not path or any(part in ("", ".", "..") for part in parts):
            return None
        return f"{self.page}/{self.forge.value}/{_quote(self.branch)}/{_quote(path)}"

    def commit(self, id: str) -> str | None:
        """The address of a commit's page; None for what is no commit's id."""
        if not re.fullmatch(r"[0-9a-f]{7,64}", id):
            return None
        return f"{self.page}/{'-/' if self.forge is Forge.GITLAB else ''}commit/{id}"

    def pull_request(self, number: str) -> str | None:
        """The address of a pull request's page, from its number as `#118`; None for what is none."""
        if not re.fullmatch(r"#[0-9]{1,12}", number):
            return None
        words = {Forge.GITHUB: "pull", Forge.GITLAB: "-/merge_requests", Forge.FORGEJO: "pulls"}
        return f"{self.page}/{words[self.forge]}/{number[1:]}"


def parse_web_address(url: str | None, branch: str = "main") -> WebAddress | None:
    """The web address of a repository's URL, as `repository:` or a git remote gives it.

    None for what is not on the web, has no plausible shape (user names and queries included), or lies on a host whose
    kind the name does not tell: a link that might lead nowhere is worse than none.
    """
    text = (url or "").strip()
    ssh = _SSH.fullmatch(text)
    if ssh:
        text = f"https://{ssh['host']}/{ssh['path'].strip('/')}"
    match = _WEB.fullmatch(text)
    forge = _forge(match["host"].lower()) if match else None
    if match is None or forge is None or ".." in match["path"].split("/") or not branch:
        return None
    return WebAddress(text.rstrip("/").removesuffix(".git"), forge, branch)


def _forge(host: str) -> Forge | None:
    names = host.split(".")
    if "github" in names:
        return Forge.GITHUB
    if "gitlab" in names:
        return Forge.GITLAB
    return Forge.FORGEJO if {"codeberg", "forgejo", "gitea"} & set(names) else None


def _quote(path: str) -> str:
    """Percent-encoded; git's names are bytes, so what is no UTF-8 keeps its bytes."""
    try:
        return quote(path, safe="/", errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, safe="/", errors="surrogatepass")
