"""What there is, and whether files are valid."""

from negsim.edge.replies.base import Reply


class Listed(Reply):
    """An entry of a list."""

    name: str
    summary: str


class Lists(Reply):
    """What there is, by kind: `negsim list --json`."""

    lists: dict[str, list[Listed]]


class Checked(Reply):
    """A file: whether it is valid, what it holds or what is wrong with it."""

    path: str
    valid: bool
    lines: list[str]


class Checks(Reply):
    """Files checked: `negsim check --json`."""

    files: list[Checked]
