"""`negsim convert`: between scenarios and other tools' domains."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import CodeOption, app


@app.command()
def convert(
    source: Annotated[str, typer.Argument(metavar="IN", help="A scenario, or a folder of Genius XML or NegMAS YAML.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A .toml file, or a folder.")],
    to: Annotated[str, typer.Option(help="toml, genius or negmas; toml if OUT ends so.")] = "",
    evaluations: Annotated[
        str, typer.Option(help="How Genius evaluations are read: genius (of the maximum) or negmas.")
    ] = "genius",
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="Draws of what a scenario leaves open.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    code: CodeOption = True,
) -> None:
    """Convert between scenarios, Genius XML and NegMAS YAML; of drawn preferences, what is expected is written."""
    from negsim.edge.domains import domain_of, read_domain, write_domain
    from negsim.edge.files import InputError, domain_files, near
    from negsim.edge.planning import load_checked
    from negsim.edge.words.console import say
    from negsim.formats import READINGS

    if evaluations not in READINGS:
        raise InputError(f"--evaluations {evaluations}: no such reading{near(evaluations, READINGS)}")
    kind = to or ("toml" if target.suffix == ".toml" else "")
    if not kind:
        raise InputError(f"{target}: say what to write, --to genius or --to negmas, or name a .toml file")
    if kind == "toml" and target.suffix != ".toml":
        raise InputError(f"{target}: a scenario is written to a .toml file")
    path = Path(source)
    if path.suffix not in (".toml", ".py") and domain_files(path):
        domain = read_domain(path, evaluations)
    else:
        domain = domain_of(load_checked(source, None, code=code), draws, seed)
    for written in write_domain(domain, kind, target):
        say(f"written: {written}")
