"""Calls that Ctrl-C ends: compiled code does not look whether anybody wants it to stop."""

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def interruptible(function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Call a function in a thread of its own, so that this one can be interrupted while it waits.

    Examples
    --------
    >>> interruptible(max, 2, 3)
    3
    """
    found: list[R] = []
    raised: list[BaseException] = []

    def call() -> None:
        try:
            found.append(function(*arguments, **named))
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]
    return found[0]
