"""`negsim analyze`: what could be agreed, and who blocks."""

from typing import Annotated

import typer

from negsim.edge.app import CodeOption, JsonOption, ScenarioArg, SetOption, app


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
    as_json: JsonOption = False,
    code: CodeOption = False,
) -> None:
    """Survey what could be agreed: zone, fair packages, who blocks and on which words, what would open it."""
    from negsim.analysis.draws.survey import Ask, survey
    from negsim.analysis.draws.survey import as_json as in_json
    from negsim.edge.files import InputError
    from negsim.edge.planning import load_checked, parse_package, parse_power
    from negsim.edge.words.console import show_json, waiting
    from negsim.edge.words.survey import show_survey

    chosen = load_checked(scenario, changes, code=code)
    ask = Ask(parse_package(package, chosen), parse_power(power, chosen), best, sample)
    try:
        with waiting("drawing preferences (the first time, rules are compiled)"):
            found = survey(chosen, draws, seed, ask)
    except ValueError as error:
        raise InputError(f"{scenario}: {error}") from None
    if as_json:
        show_json(in_json(found))
    else:
        show_survey(found)
