"""The command line in this process: a new one for each call would spend its time importing."""

import contextlib
import io
import sys
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from negsim.edge.app import discover, guarded


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def negsim(*arguments, cwd=None, code=0):
    """Run `negsim` with these arguments; return its exit code, which must be as said (unless that is None), and what it printed."""
    discover()
    out, complaints = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["negsim", *map(str, arguments)]),
        contextlib.chdir(cwd or Path()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(complaints),
    ):
        done = Done(guarded(), out.getvalue(), complaints.getvalue())
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done
