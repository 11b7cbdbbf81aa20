"""New words between two sessions: what is drawn from then on, and who opens anew."""

from negsim.core.cases import at_stage, words_at
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Desk, Prior
from negsim.talks.beliefs import convey
from negsim.talks.draw import draw_preferences


@helper
def restate(prior: Prior, desk: Desk, behind: Behind, case: Case, stage: int) -> None:
    """Draw preferences as words stand at a stage; who says something else on a deal than before opens it anew.

    Every draw is a function of ids: what was not spoken of since is drawn as it was.
    """
    before = int(behind.stage[0])
    behind.stage[0] = stage
    draw_preferences(words_at(prior, stage), at_stage(case, stage), behind)
    convey(behind, case)
    for party in range(len(case.parties)):
        for deal in range(len(case.deals)):
            if is_restated(prior, case, party, deal, before, stage):
                for c in range(case.deals["first"][deal], case.deals["after"][deal]):
                    desk.offers[party, c] = -1


@helper
def is_restated(prior: Prior, case: Case, party: int, deal: int, before: int, stage: int) -> bool:
    """Tell whether a party's words come to something else on a deal at one stage than at another."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            for o in range(case.positions["options"][j]):
                then, now = prior.every_places[before, party, j, o], prior.every_places[stage, party, j, o]
                same = then["stance"] == now["stance"] and then["proposed"] == now["proposed"]
                if not same or then["refusal"] != now["refusal"]:
                    return True
    return False
