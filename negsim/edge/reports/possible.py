"""What could be agreed, in words: zones, red lines, what would open them, fair packages, and a draft on the table."""

from typing import Any

from negsim.analysis.draws.blocking import Block, Constraint, behind
from negsim.analysis.draws.deals import package_of
from negsim.analysis.draws.drafts import EVEN, Draft
from negsim.analysis.draws.survey import DealSurvey
from negsim.domain.scenario import Scenario
from negsim.edge.reports.gathered import Briefing
from negsim.edge.reports.lines import ALWAYS, LEAST, MOST, Cited, interval
from negsim.edge.words.survey import KINDS, RARE, SOLVED
from negsim.names.actors import deal_name, name_of
from negsim.names.numbers import percent
from negsim.names.packages import describe, give_way


def zones(one: Briefing) -> list[dict[str, Any]]:
    """Return for each deal whether it can be had, and how many packages all accept on average."""
    found = []
    for deal in one.survey.deals:
        seen = deal.outlook.acceptable
        found.append(
            {
                "name": deal_name(one.scenario, deal.deal.id),
                "packages": deal.outlook.space.outcomes - deal.deal.quo,
                "zone": interval(deal.zone),
                "share": deal.zone.share,
                "acceptable": f"{seen.number:,.0f}" if seen.exact else f"about {seen.number:.2g}",
            }
        )
    return found


def common_ground(one: Briefing) -> list[str]:
    """Return the options that all could accept in nearly every draw, in some package: islands of agreement."""
    scenario = one.scenario
    return [
        f"{scenario.label(line.issue)}: {scenario.issues[line.issue].option(line.option).label} ({percent(line.possible.share)})"
        for deal in one.survey.deals
        for line in deal.blocked
        if line.possible.share >= ALWAYS
    ]


def red_lines(one: Briefing) -> list[dict[str, Any]]:
    """Return every option that is shut out in some draws, and by whom on which words."""
    scenario, found = one.scenario, []
    for deal in one.survey.deals:
        for line in deal.blocked:
            causes = [cause(scenario, block) for block in line.blocks[:3] if block.share >= LEAST]
            if causes:
                label = scenario.issues[line.issue].option(line.option).label
                found.append(
                    {"issue": scenario.label(line.issue), "option": label, "possible": interval(line.possible), "causes": causes}
                )
    return found


def cause(scenario: Scenario, block: Block) -> dict[str, Any]:
    """Put what shuts an option out into words, with its share and its statement."""
    cited = (block.statement,) if block.statement else ()
    if block.kind == "together":
        words = "each side could have it, but never all together"
    else:
        words = f"{name_of(scenario, block.who)}: {KINDS[block.kind]}"
    return {"share": percent(block.share), "words": words, "statements": cited}


def openings(one: Briefing) -> list[dict[str, Any]]:
    """Return what would open each deal that often cannot be had, the fewest changes first."""
    scenario, found = one.scenario, []
    for deal in one.survey.deals:
        if deal.zone.share >= RARE:
            continue
        ways = sorted(deal.repairs, key=lambda tally: (len(tally.constraints), -tally.share.hits))[:MOST]
        lines = [
            {
                "changes": [giving(one, deal, constraint) for constraint in tally.constraints],
                "share": interval(tally.share),
                "number": len(tally.constraints),
            }
            for tally in ways
        ]
        found.append({"name": deal_name(scenario, deal.deal.id), "closed": percent(1.0 - deal.zone.share), "ways": lines})
    return found


def giving(one: Briefing, deal: DealSurvey, constraint: Constraint) -> Cited:
    """Say what it would mean for a constraint to give way, with the statements behind it."""
    table = one.survey.table
    words = give_way(table, deal.deal, constraint)
    statements = tuple(behind(table, deal.deal, constraint))
    return Cited(words.partition(" (")[0] + (" (assumed: no statement says so)" if not statements else ""), statements)


def fair(one: Briefing) -> list[dict[str, Any]]:
    """Return fair packages of each deal with what they bring and how often all could accept them."""
    scenario, found = one.scenario, []
    for deal in one.survey.deals:
        rules: dict[tuple[int, ...], list[str]] = {}
        seen = deal.outlook
        for rule, row in seen.solved.items() if seen.frontier is not None else ():
            rules.setdefault(tuple(seen.frontier.packages[row].tolist()), []).append(SOLVED[rule])  # type: ignore[union-attr]
        rows = []
        for entry in deal.candidates[:MOST]:
            standards = rules.get(entry.package, [])
            fair_by = "by every standard" if len(standards) == len(SOLVED) else "; ".join(standards)
            gains = [f"{gain[0]:+.2f} ({gain[1]:+.2f} to {gain[2]:+.2f})" for gain in entry.gains.tolist()]
            words = describe(one.survey.table, deal.deal, entry.package)
            rows.append({"package": words, "acceptable": interval(entry.acceptable), "gains": gains, "fair": fair_by})
        found.append({"name": deal_name(scenario, deal.deal.id), "rows": rows})
    return found


def drafts(one: Briefing) -> list[dict[str, Any]]:
    """Return who cannot live with a draft, on which words, and the least change that would open it."""
    return [_draft(one, entry) for entry in one.drafts]


def _draft(one: Briefing, entry: Draft) -> dict[str, Any]:
    scenario, table = one.scenario, one.survey.table
    sides = [
        {"name": name_of(scenario, key), "accepts": interval(held), "gain": f"{gain[0]:+.2f} ({gain[1]:+.2f} to {gain[2]:+.2f})"}
        for key, held, gain in zip(scenario.parties, entry.parties, entry.gains.tolist())
    ]
    sets = [
        {"items": [cause(scenario, block) for block in chosen], "share": interval(held)} for chosen, held in entry.sets[:MOST]
    ]
    changes = [
        {
            "words": changed_words(one, entry, change.package),
            "acceptable": interval(change.acceptable),
            "opens": change is entry.opening,
        }
        for change in entry.changes
    ]
    return {
        "name": deal_name(scenario, entry.deal.id),
        "package": describe(table, entry.deal, entry.package),
        "acceptable": interval(entry.acceptable),
        "fine": entry.acceptable.share > EVEN,
        "sides": sides,
        "objections": [cause(scenario, block) for block in entry.objections if block.share >= LEAST][: 2 * MOST],
        "sets": sets,
        "changes": changes,
    }


def changed_words(one: Briefing, entry: Draft, package: tuple[int, ...]) -> list[str]:
    """Say what a changed package has instead of what the draft has."""
    scenario, table, found = one.scenario, one.survey.table, []
    before, after = (package_of(table, entry.deal, chosen) for chosen in (entry.package, package))
    for issue in dict.fromkeys([*before, *after]):
        if before.get(issue) != after.get(issue):
            was, now = (
                scenario.issues[issue].option(chosen[issue]).label if issue in chosen else "does not arise"
                for chosen in (before, after)
            )
            found.append(f"{scenario.label(issue)}: {now}, instead of {was}")
    return found
