"""`negsim cite`: where every number comes from."""

from negsim.edge.app import CodeOption, JsonOption, ScenarioArg, SetOption, app


@app.command()
def cite(
    scenario: ScenarioArg,
    changes: SetOption = None,
    as_json: JsonOption = False,
    code: CodeOption = False,
) -> None:
    """Say of every number which statements and paragraphs are behind it, or by which rule it is assumed."""
    from negsim.domain.citation import assumed_share, basis_of, citations
    from negsim.edge.planning import load_checked
    from negsim.edge.words.citations import show_citations
    from negsim.edge.words.console import show_json

    chosen = load_checked(scenario, changes, code=code)
    found = citations(chosen)
    if as_json:
        counts = basis_of(chosen, found)._asdict()
        numbers = [{**entry._asdict(), "basis": entry.basis} for entry in found]
        show_json({"assumed": assumed_share(found), "counts": counts, "numbers": numbers})
    else:
        show_citations(chosen, found)
