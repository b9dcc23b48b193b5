"""A real Chromium, and sites built by the command as a user builds them: the demo's, and a crowded plan's."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import run as run_program

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright

TODAY = "2026-11-23"

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as MILEPOST_CHROMIUM or the path names it."""
    program = os.environ.get("MILEPOST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.fail("There is no Chromium: apt-get install chromium, or name one in MILEPOST_CHROMIUM.", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that `milepost demo` leaves behind."""
    folder = tmp_path_factory.mktemp("demo") / "heron"
    _milepost("demo", str(folder), "--today", TODAY)
    return folder / "site"


@pytest.fixture(scope="session")
def crowded_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a plan with many milestones and risks, long titles and titles that read from the right."""
    folder = tmp_path_factory.mktemp("crowd")
    for number in range(80):
        path = folder / "plan" / "milestones" / f"item-{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_milestone(number), encoding="utf-8")
        risk = folder / "plan" / "risks" / f"risk-{number}.yaml"
        risk.parent.mkdir(exist_ok=True)
        risk.write_text(_risk(number), encoding="utf-8")
    (folder / "plan" / "milepost.yaml").write_text("milepost: 1\ntitle: A crowded plan\n", encoding="utf-8")
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Plan"]):
        run_program(
            ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *command], cwd=folder, check=True
        )
    _milepost("build", "-C", str(folder), "--today", TODAY)
    return folder / "site"


def _milestone(number: int) -> str:
    due = date.fromisoformat(TODAY) + timedelta(days=number * 7 - 90)
    long = f"Item {number} " + "Donaudampfschifffahrt" * (number % 5)
    title = f"مرحلة {number}: نشر الخريطة للجميع" if number % 3 == 0 else long
    lines = [f"id: item-{number}", f"title: {json.dumps(title, ensure_ascii=False)}", f"due: {due.isoformat()}"]
    if number % 3:
        lines.append(f"estimate: {number % 7 + 1}d..{number % 7 + 9}d")
    if number % 4 == 1:
        lines.append(f"depends_on: [item-{number - 1}]")
    return "\n".join(lines) + "\n"


def _risk(number: int) -> str:
    lines = [f"id: risk-{number}", f"title: Risk {number} {'Donaudampfschifffahrt' * (number % 4)}"]
    lines += [f"threatens: [item-{number}]"] if number % 3 else []
    lines += [f"probability: {number % 9}0%", f"impact: {number % 5 + 1}d..{number % 7 + 9}d"] if number % 4 else []
    lines += ["closed: 2026-10-01"] if number % 5 == 0 else []
    return "\n".join(lines) + "\n"


def _milepost(*arguments: str) -> None:
    from milepost.cli import main

    result = CliRunner().invoke(main, list(arguments), prog_name="milepost")
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="session")
def served(demo_site: Path) -> Iterator[str]:
    """The address of the demo's site on this machine, below a sub-path as project pages have it."""
    root = demo_site.parent.parent / "served"
    shutil.copytree(demo_site, root / "team" / "heron")
    handler = partial(_Silent, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/team/heron/"
        server.shutdown()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def problems() -> list[str]:
    """What went wrong on the page: console errors (violations of the policy are such) and failed requests."""
    return []


@pytest.fixture
def asked() -> list[str]:
    """Every address that the page asked for."""
    return []


@pytest.fixture
def page(browser: Browser, problems: list[str], asked: list[str]) -> Iterator[Page]:
    """A page of 1280 × 900 px, watched."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    # An aborted request is one that the test itself cut off by going on to the next page: the icon is asked for late.
    page.on(
        "requestfailed",
        lambda request: problems.append(f"failed: {request.url}") if request.failure != "net::ERR_ABORTED" else None,
    )
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "response", lambda answer: problems.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
    )
    yield page
    context.close()
