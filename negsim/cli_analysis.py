"""The commands that ask what could be agreed and what would change it. Imports late, as `cli.py` does."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.cli import ScenarioArg, SetOption, app, processors


@app.command()
def analyze(
    scenario: ScenarioArg,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="Draws of what the texts leave open.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    package: Annotated[str, typer.Option(metavar="ISSUE=OPTION,...|agreed", help="A package to measure.")] = "",
    power: Annotated[
        str, typer.Option(metavar="PARTY=NUMBER,...", help="Bargaining power in the Nash solution; 1 if not said.")
    ] = "",
    best: Annotated[int, typer.Option(min=0, max=1000, help="How many of the best acceptable packages, in the JSON.")] = 3,
    sample: Annotated[int, typer.Option(min=0, max=10_000, help="Acceptable packages to draw evenly.")] = 0,
    changes: SetOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Survey what could be agreed: zone, fair packages, who blocks and on which words, what would open it."""
    import json

    from negsim import briefing, terminal
    from negsim.analysis.survey import Ask, survey
    from negsim.analysis.survey import as_json as in_json
    from negsim.files import InputError
    from negsim.planning import load_checked, parse_package, parse_power

    chosen = load_checked(scenario, changes)
    ask = Ask(parse_package(package, chosen), parse_power(power, chosen), best, sample)
    try:
        with terminal.waiting("drawing preferences (the first time, rules are compiled)"):
            found = survey(chosen, draws, seed, ask)
    except ValueError as error:
        raise InputError(f"{scenario}: {error}") from None
    if as_json:
        terminal.show_json(json.dumps(in_json(found), indent=1, ensure_ascii=False))
    else:
        briefing.show_survey(found)


@app.command()
def explain(
    subject: Annotated[str, typer.Argument(metavar="SCENARIO|DIR", help="A scenario, or the folder of a sweep of one point.")],
    outcome: Annotated[
        list[str] | None, typer.Option(metavar="EXPR", help="As agreed.ceasefire; all tracks if not said.")
    ] = None,
    runs: Annotated[int, typer.Option(min=10, help="Runs of each variant.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    changes: SetOption = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Tornado picture: PNG, SVG or PDF.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Threads; all processors if not said.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is pivotal: which statement or parameter, moved how far, makes an outcome likely that was not."""
    import json

    from negsim import briefing, terminal
    from negsim.analysis.expression import check
    from negsim.analysis.pivots import as_json as in_json
    from negsim.analysis.pivots import pivots
    from negsim.engine.compiler import CannotCompile
    from negsim.files import InputError
    from negsim.pictures import save_tornado
    from negsim.planning import variants

    make = variants(subject, changes)
    chosen = make(())
    asked = outcome or [f"{what}.{track}" for track in chosen.tracks for what in ("zone", "agreed")]
    if output is not None and output.suffix.lower() not in (".png", ".svg", ".pdf"):
        raise InputError(f"{output}: cannot draw '{output.suffix}'; name a .png, .svg or .pdf")
    if output is not None and len(asked) > 1:
        raise InputError(f"{output}: a tornado is of one outcome; name it with --outcome agreed.{next(iter(chosen.tracks))}")
    for text in asked:
        try:
            check(text, chosen)
        except ValueError as error:
            raise InputError(f"--outcome {error}") from None
    try:
        with terminal.progress("variants") as advance:
            found = pivots(make, asked, runs, seed, workers or processors(), advance)
    except CannotCompile as reason:
        raise InputError(f"{reason}; what explains must compile") from None
    if as_json:
        terminal.show_json(json.dumps(in_json(found, chosen, runs, seed), indent=1, ensure_ascii=False))
    else:
        briefing.show_pivots(found, chosen, runs)
    if output is not None:
        names = [briefing.lever_name(chosen, move.levers[0]) for move in found[0].moves]
        save_tornado(found[0], names, chosen, output, seed=seed, runs=runs)
        if not as_json:
            terminal.say(f"drawn: {output}")


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
) -> None:
    """Convert between scenarios, Genius XML and NegMAS YAML; of drawn preferences, what is expected is written."""
    from negsim import terminal
    from negsim.domains import domain_of, is_domain, read_domain, write_domain
    from negsim.files import InputError, near
    from negsim.formats import READINGS
    from negsim.planning import load_checked

    if evaluations not in READINGS:
        raise InputError(f"--evaluations {evaluations}: no such reading{near(evaluations, READINGS)}")
    kind = to or ("toml" if target.suffix == ".toml" else "")
    if not kind:
        raise InputError(f"{target}: say what to write, --to genius or --to negmas, or name a .toml file")
    if kind == "toml" and target.suffix != ".toml":
        raise InputError(f"{target}: a scenario is written to a .toml file")
    path = Path(source)
    if path.suffix not in (".toml", ".py") and is_domain(path):
        domain = read_domain(path, evaluations)
    else:
        domain = domain_of(load_checked(source, None), draws, seed)
    for written in write_domain(domain, kind, target):
        terminal.say(f"written: {written}")


@app.command()
def tournament(
    domains: Annotated[list[str], typer.Argument(metavar="DOMAIN...", help="Scenarios of two parties, or folders of domains.")],
    out: Annotated[Path, typer.Option(help="Folder for the table and the picture.")],
    strategies: Annotated[str, typer.Option(metavar="NAME,...", help="All that negsim brings if not said.")] = "",
    runs: Annotated[int, typer.Option(min=1, max=1_000_000, help="Runs of each pair on each domain.")] = 50,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    changes: SetOption = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Threads; all processors if not said.")] = None,
) -> None:
    """Play every strategy against every other over some domains; a table and a picture."""
    import time

    from negsim import briefing, terminal
    from negsim.analysis import tournament as play
    from negsim.core.registry import STRATEGIES
    from negsim.engine.compiler import CannotCompile
    from negsim.files import InputError, near
    from negsim.pictures import save_tournament
    from negsim.planning import load_checked

    scenarios = [load_checked(name, changes) for name in domains]
    names = [name.strip() for name in strategies.split(",")] if strategies else play.all_strategies()
    for name in names:
        if name not in STRATEGIES:
            raise InputError(f"--strategies {name}: no such strategy{near(name, STRATEGIES)}")
    began = time.monotonic()
    try:
        with terminal.progress("matches") as advance:
            matches = play.play(scenarios, names, runs, seed, workers or processors(), advance)
    except (ValueError, CannotCompile) as error:
        raise InputError(str(error)) from None
    save_tournament(matches, scenarios, out, seed=seed, runs=runs)
    briefing.show_tournament(matches, len(scenarios), runs, time.monotonic() - began)
    terminal.say(f"written: {out / 'tournament.parquet'}, {out / 'tournament.png'}")
