"""Who blocks: by counterfactual, whoever is listed first, and as the analysis of the same draws says."""

import numpy as np
import pytest

from negsim import load_scenario
from negsim.analysis.draws.blocking import Constraint, opens
from negsim.analysis.draws.deals import lay_table
from negsim.engine.batch_engine import play_batch, play_plain
from negsim.engine.columns import blame_columns
from negsim.engine.layout import lay_out
from negsim.engine.outcome import actors_of, blockers
from negsim.talks import refusals

SEED = 7
NO_LINKS = "links=[]"  # what is agreed on another track moves a deal in a run, and not in the draws before it
CASES = ("istanbul-2025-06-02", "istanbul-2025-06-02-article", "istanbul-2025-05-16", "three-fleets", "wage-dispute")


def contradicted(scenario, results, runs):
    """Yield what blame and analysis say differently, deal by deal: of tracks of one deal that found no agreement in one session."""
    table, layout, actors = lay_table(scenario, runs, SEED), lay_out(scenario), actors_of(scenario)
    tracks = list(scenario.tracks)
    compared = 0
    for deal in table.deals:
        at = layout.track_of[deal.number]
        if layout.track_of.count(at) > 1 or not scenario.tracks[tracks[at]].core:
            continue
        for row in np.flatnonzero(results.tracks["table"][:runs, at] == 0):
            codes = results.blame[row, len(layout.positions) + at]
            known, zone_without = opens(table, deal, row)
            compared += 1
            for actor, code in zip(actors, codes.tolist()):
                own = [one for one in known if one.who == actor]
                kind, mark = code % refusals.KINDS, code // refusals.KINDS
                if kind == refusals.ASPIRATION:
                    right = zone_without([])
                elif kind == refusals.RATIFICATION:
                    continue
                elif mark > 0 and kind in (refusals.RED_LINE, refusals.CONSENT):
                    statement = scenario.refusals()[mark - 1].statements[0]
                    right = zone_without([Constraint("red line" if actor in scenario.parties else "consent", actor, statement)])
                elif kind in (refusals.NOTHING, refusals.JOINTLY):
                    right = not zone_without(own) or (kind == refusals.NOTHING and zone_without([]))
                elif kind == refusals.SEVERAL:
                    right = zone_without(own) and not any(zone_without([one]) for one in own)
                else:
                    right = zone_without([Constraint("floor", actor)])
                if not right:
                    yield scenario.id, int(row), layout.deals[deal.number], actor, code
    assert compared or scenario.id != CASES[0]


@pytest.mark.parametrize("case", CASES[:1])
def test_blame_says_what_the_analysis_of_the_draws_says(case):
    scenario = load_scenario(case, [NO_LINKS, "talks.rounds=[2, 2]"])
    assert not list(contradicted(scenario, play_plain(scenario, SEED, 0, 25), 25))


@pytest.mark.full
@pytest.mark.parametrize("case", CASES)
def test_blame_says_what_the_analysis_says_in_many_draws(case):
    scenario = load_scenario(case, [NO_LINKS])
    assert not list(contradicted(scenario, play_batch(scenario, SEED, 0, 2000), 2000))


def listed_otherwise(scenario):
    return scenario.model_copy(update={"parties": dict(reversed(scenario.parties.items()))})


def told(scenario, runs):
    """Return who blocks each issue and track in each run, and why, in words."""
    results, layout = play_plain(scenario, SEED, 0, runs), lay_out(scenario)
    names = [f"issue {key}" for key in layout.positions] + [f"track {key}" for key in scenario.tracks]
    return {name: [blockers(scenario, codes) for codes in results.blame[:, at].tolist()] for at, name in enumerate(names)}


@pytest.mark.parametrize("case", ["istanbul-2025-06-02", "three-fleets"])
def test_who_is_listed_first_is_not_blamed_for_it(case):
    """What is open under either order is open for the same reasons, run by run."""
    scenario = load_scenario(case, [NO_LINKS])
    one, other = told(scenario, 12), told(listed_otherwise(scenario), 12)
    both = [
        pair for name in one for pair in zip(one[name], other[name]) if all(who and why != "ratification" for who, why in pair)
    ]
    assert len(both) > 5 and all(first == second for first, second in both)


def test_words_of_blame():
    scenario = load_scenario("three-fleets")
    joint, aim = refusals.JOINTLY, refusals.ASPIRATION
    assert blockers(scenario, [aim, 0, aim]) == ("coast; union", "hope for more")
    assert blockers(scenario, [joint, joint, 0]) == ("coast + islands", "none alone")
    assert blockers(scenario, [0, 0, 0]) == ("", "")
    columns = blame_columns(scenario, np.array([[aim, 0, refusals.FLOOR], [0, 0, 0], [aim, 0, refusals.FLOOR]]))
    words = [columns["bound_by"].word_of(code) for code in columns["bound_by"].values.tolist()]
    assert words == ["hope for more; floor", "", "hope for more; floor"]
