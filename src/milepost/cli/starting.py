"""What a program may be given when it is started, made as we expect it."""

from __future__ import annotations

import os
import signal
import sys


def open_standard_streams() -> None:
    """Opens what is closed of the standard streams, as git does: else what is opened next gets what is printed."""
    if sys.stdin and sys.stdout and sys.stderr:
        return
    while (free := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(free)
    sys.stdin = sys.stdin or open(0)  # noqa: SIM115 - it is for as long as we run
    sys.stdout = sys.stdout or open(1, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w")  # noqa: SIM115


def wait_for_children() -> None:
    """Lets us hear how our processes end. Whoever starts us may ignore that, and then a git that failed did not."""
    if sys.platform != "win32":
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
