"""Nothing in a plan is executed, fetched or followed, and reading commands write nothing but their cache."""

from __future__ import annotations

import ctypes
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeRepository, Run

PLAN = {
    "plan/milepost.yaml": "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}}\n",
    "plan/milestones/beta.yaml": (
        'id: beta\ntitle: "$(touch pwned) `touch pwned` ::error::x {{ 7 * 7 }}"\ndue: 2027-03-15\nowner: ada\n'
        "links: ['https://example.org/$(touch%20pwned)']\n"
    ),
}
ROOT = sys.platform == "linux" and os.geteuid() == 0
READERS = (["check"], ["show"], ["log"], ["why", "beta"], ["diff"])

# Reports every event by which a process could run, fetch or open something, but for what the interpreter itself does,
# and git as we start it: it runs nothing, fetches nothing, and is told nothing that a plan says.
SPY = """
import sys
seen = []
def hook(event, args):
    if event.split('.')[0] in ('socket', 'subprocess', 'os') and event not in QUIET:
        if not (event == 'subprocess.Popen' and is_harmless(*args)):
            seen.append((event, repr(args)[:120]))
def is_harmless(executable, command, folder, environment):
    settings = {'core.hooksPath=/dev/null', 'core.fsmonitor=false', 'protocol.allow=never'}
    return (command[0] == executable == 'git' and settings <= set(command) and 'pwned' not in ''.join(command)
            and environment['GIT_ALLOW_PROTOCOL'] == 'none' and environment['GIT_NO_REPLACE_OBJECTS'] == '1')
QUIET = {'os.listdir', 'os.scandir', 'os.mkdir', 'os.remove', 'os.rename', 'os.chmod', 'os.rmdir', 'os.walk', 'os.fork'}
import numpy  # which sets a variable of its own process while it is imported, and takes it away again
from milepost.cli import main
sys.addaudithook(hook)
try:
    main(sys.argv[1:], prog_name='milepost')
except SystemExit as stop:
    code = stop.code or 0
print(seen, file=sys.stderr)
sys.exit(code if not seen else 99)
"""


@pytest.mark.parametrize("arguments", [*READERS, ["build", "-o", "site"]], ids=lambda one: one[0])
def test_nothing_is_run_or_fetched(make_repository: MakeRepository, arguments: list[str]) -> None:
    checkout = make_repository(PLAN)
    command = [sys.executable, "-c", SPY, *arguments]
    done = subprocess.run(command, cwd=checkout.path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (checkout.path / "pwned").exists()


def test_a_repository_that_can_only_be_read_is_enough(make_repository: MakeRepository, tmp_path: Path) -> None:
    checkout = make_repository(PLAN)
    before = _listing(checkout.path)
    subprocess.run(["chmod", "-R", "a-w", str(checkout.path)], check=True)
    for arguments in (["check"], ["log"], ["diff"], ["build", "-o", str(tmp_path / "site")]):
        done = subprocess.run(
            [sys.executable, "-m", "milepost", *arguments],
            cwd=checkout.path,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_bind_root_to_permissions,
        )
        assert done.returncode == 0, done.stderr
    subprocess.run(["chmod", "-R", "u+w", str(checkout.path)], check=True)
    assert _listing(checkout.path) == before


def _bind_root_to_permissions() -> None:
    """Root may write anywhere unless it gives up the right to (capabilities 1 and 2, from linux/capability.h)."""
    if ROOT:
        library = ctypes.CDLL(None)
        drop_from_bounding_set = 24
        for capability in (1, 2):
            library.prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.mark.skipif(not ROOT, reason="only root can make a device")
def test_devices_and_nested_repositories_are_named_and_never_opened(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(PLAN)
    folder = checkout.path / "plan/milestones"
    os.mknod(folder / "zero.yaml", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    subprocess.run(["git", "init", "--quiet", str(folder / "nested")], check=True)
    (folder / "nested" / "secret.yaml").write_text("id: secret\n")
    subprocess.run(["git", "init", "--quiet", str(folder / "repository.yaml")], check=True)
    result = run("check", folder=checkout.path)
    assert result.exit_code == 1
    for name in ("zero.yaml", "repository.yaml"):
        assert f"plan/milestones/{name}:1:1: error[skipped-not-regular]" in result.stdout
    assert "secret" not in result.stdout


@pytest.mark.parametrize(
    "pattern", ["../outside/*.yaml", "{outside}/*.yaml", "plan/../../outside/*.yaml", ".git/*.json"]
)
def test_sources_lead_to_nothing_outside(make_repository: MakeRepository, run: Run, pattern: str) -> None:
    source = "sources:\n- files: '{}'\n  kind: milestone\n  id: '{{stem}}'\n  fields: {{due: due}}\n"
    checkout = make_repository(PLAN)
    outside = checkout.path.parent / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("due: 2031-01-31\n")
    (checkout.path / ".git/secret.json").write_text('{"due": "2031-01-31"}')
    config = source.format(pattern.format(outside=outside))
    checkout.commit({"plan/milepost.yaml": PLAN["plan/milepost.yaml"] + config})
    for arguments in (*READERS, ["build", "-o", "site"]):
        result = run(*arguments, folder=checkout.path)
        assert (result.exit_code, "secret" in result.output, "2031" in result.output) == (0, False, False), (
            result.output
        )
    assert "secret" not in (checkout.path / "site/index.html").read_text()


def _listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_reading_writes_nothing_but_the_cache(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(PLAN)
    before = _listing(checkout.path)
    for arguments in READERS:
        assert run(*arguments, folder=checkout.path).exit_code == 0
    after = set(_listing(checkout.path)) - set(before)
    assert all(name.startswith(".git/milepost") for name in after), after


@pytest.mark.parametrize(
    "title",
    [
        "::stop-commands::x",
        "##[error]x",
        "%0A::error::x",
        "\\e[31m",
        "a\\r::error::x",
        "a\\n::error::x",
        "@team #1 <!-- x -->",
    ],
)
@pytest.mark.parametrize("arguments", [["check", "--format", "github"], ["check"], ["show"], ["log"], ["diff", "HEAD"]])
def test_no_output_is_a_workflow_command_or_an_escape(
    make_repository: MakeRepository, run: Run, title: str, arguments: list[str]
) -> None:
    checkout = make_repository(PLAN)
    checkout.write({"plan/milestones/bad.yaml": f'id: bad\ntitle: "{title}"\ndue: never\nowner: "{title}"\n'})
    result = run(*arguments, folder=checkout.path)
    output = result.stdout + result.stderr
    assert "\x1b" not in output
    assert "\r" not in output
    ours = ("::error file=", "::warning file=", "::notice file=")
    for line in output.splitlines():
        assert not line.startswith("##["), line
        assert not line.lstrip().startswith("::") or line.startswith(ours), line


@pytest.mark.skipif(not ROOT, reason="only root can give a repository to somebody else")
def test_the_owner_of_a_repository_is_respected(make_repository: MakeRepository) -> None:
    checkout = make_repository(PLAN)
    subprocess.run(["chown", "-R", "65534", str(checkout.path)], check=True)
    command = [sys.executable, "-m", "milepost", "log"]
    done = subprocess.run(command, cwd=checkout.path, capture_output=True, text=True, check=False)
    assert (done.returncode, "safe.directory" in done.stderr) == (3, True), done.stderr
