"""What a run is drawn to be, under names that stay: each number that `negsim.talks.inputs` writes down, in the same order."""

from collections import Counter
from collections.abc import Iterator

from negsim.core.parameters import PARAMETERS
from negsim.core.registry import MAX_TRAITS, MEDIATORS, STRATEGIES
from negsim.domain.scenario import Scenario
from negsim.engine.cast import acceptance_of
from negsim.engine.layout import Layout, lay_out

HEADS = {
    "reading": "how a refusal is meant: hard (a red line), price, posture, given_up (a red line set aside by hand)",
    "weight": "what an issue weighs to a delegation; its weights sum to 1",
    "principal_weight": "what an issue weighs to a principal",
    "value": "what an option is worth to a delegation over the status quo, -1 to 1",
    **{name: parameter.words for name, parameter in PARAMETERS.items()},
    "asked": "the gain that a principal asks for",
    "trait": "a number of a strategy, an acceptance condition or a mediator's style",
    "course": "what holds for the talks as a whole",
    "chance": "how likely it is that all, or part, of a swap is handed over",
    "link": "what two options add to each other, in gains of a track",
    "rounds": "rounds of a session",
}
"""First words of the columns of drawn inputs, and what they say."""


PLACES = {
    "reading": "STATEMENT",
    "weight": "PARTY.ISSUE",
    "principal_weight": "PARTY.ISSUE",
    "value": "PARTY.ISSUE.OPTION",
    "trait": "ACTOR.NAME",
    "course": "NAME",
    "chance": "TRACK.all|part",
    "link": "PARTY.OPTION+OPTION",
    "rounds": "SESSION",
}
"""What follows the first word; the party where nothing is said."""


def is_drawn(column: str) -> bool:
    """Tell whether a column holds a drawn input.

    Examples
    --------
    >>> is_drawn("theta.russia"), is_drawn("agreed.ceasefire"), is_drawn("parties.russia.theta")
    (True, False, False)
    """
    return column.partition(".")[0] in HEADS


def every_input(scenario: Scenario, layout: Layout | None = None) -> list[str]:
    """Return the column of every number that is written down of a run, in order; empty where it says nothing of its own.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> names = every_input(load_scenario("istanbul-2025-06-02-article"))
    >>> names[0], "weight.ukraine.territory" in names, "theta.russia" in names
    ('reading.s13.territory.withdrawal', True, True)
    """
    return list(_names(scenario, layout or lay_out(scenario)))


def reading_names(scenario: Scenario) -> list[str]:
    """Return the column of each refusal's reading: by its statement, with the option unless the statement names no other."""
    names, seen = [], Counter[str]()
    for refusal in scenario.refusals():
        key = refusal.statements[0]
        alone = scenario.statements[key].options == [refusal.option]
        name = f"reading.{key}" if alone else f"reading.{key}.{refusal.option}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return names


def input_names(scenario: Scenario) -> list[str]:
    """Return the columns of drawn inputs in an order that does not hang on how issues are tied together for bargaining."""
    order = {key: number for number, key in enumerate(scenario.issues)}
    heads, parties = list(HEADS), list(scenario.parties)

    def place(name: str) -> tuple[int, ...]:
        head, _, rest = name.partition(".")
        actor, _, more = rest.partition(".")
        by_issue = head in ("weight", "principal_weight", "value")
        return heads.index(head), parties.index(actor) if by_issue else 0, order[more.partition(".")[0]] if by_issue else 0

    return sorted((name for name in every_input(scenario) if name), key=place)


def _names(scenario: Scenario, layout: Layout) -> Iterator[str]:
    parties, mediators = scenario.parties, scenario.mediators
    yield from reading_names(scenario)
    for head in ("weight", "principal_weight"):
        for party, side in parties.items():
            told = side.utility is None and (head == "weight" or side.principal != "")
            for key in layout.positions:
                swap = scenario.issues[key].swap
                yield f"{head}.{party}.{key}" if told and (not swap or party in swap) else ""
    widest = max(len(scenario.issues[key].options) for key in layout.positions)
    for party, side in parties.items():
        for key in layout.positions:
            issue = scenario.issues[key]
            follows = bool(issue.swap) or side.utility is not None  # from costs and curves, or stated outright
            ids = ["", *issue.option_ids()[1:]]
            yield from ("" if follows or o >= len(ids) or o == 0 else f"value.{party}.{key}.{ids[o]}" for o in range(widest))
    for party in parties:
        yield from (f"{name}.{party}" for name in PARAMETERS)
    yield from (f"asked.{party}" if side.principal else "" for party, side in parties.items())
    for party, side in parties.items():
        own = list(STRATEGIES[side.strategy].traits)
        yield from _padded(party, own)
        yield from _padded(party, [f"acceptance.{name}" if name in own else name for name in acceptance_of(side).traits])
    for key, mediator in mediators.items():
        yield from _padded(key, list(MEDIATORS[mediator.style].traits))
    if not mediators:
        yield from [""] * MAX_TRAITS
    yield from ("course.drift_up", "course.lag_low", "course.lag_high", "course.trust_memory")
    swaps = {issue.track for issue in scenario.issues.values() if issue.swap}
    for part in ("all", "part"):
        yield from (f"chance.{key}.{part}" if key in swaps else "" for key in scenario.tracks)
    yield from (f"link.{link.party}.{'+'.join(link.options)}" for link in scenario.links)
    yield from (f"rounds.{session + 1}" for session in range(len(scenario.talks.sessions)))


def _padded(who: str, names: list[str]) -> list[str]:
    return [f"trait.{who}.{name}" for name in names] + [""] * (MAX_TRAITS - len(names))
