"""What everybody may think of the others before they speak: a sample of the distribution that the preferences are drawn from.

It is laid once for a scenario and seed, and is the same in every run: nobody knows which run it is in.
"""

from negsim.core.cases import at_stage, replicate_of, words_at
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Desk, Prior
from negsim.talks.appraise import option_gain, side_of, stopped_share
from negsim.talks.draw import draw_party, draw_preferences

FIRST_GUESS = 1 << 31  # replicate of the first guess: no run has a number that high


@helper
def lay_guesses(prior: Prior, case: Case, desk: Desk, behind: Behind) -> None:
    """Draw a sample of what each side could want, from the public words alone (Fearon 1995, on private information).

    A gain is `A + e B + tau C` in the share e that is expected to be delivered and the trust tau in truces, which change as the
    talks go on and are known to all; the three parts are kept.

    Parameters
    ----------
    desk, behind
        Written over: `behind.guesses` is what remains.
    """
    guesses = behind.guesses
    for row in range(len(prior.links)):
        guesses.links[row] = 0.5 * (prior.links["low"][row] + prior.links["high"][row])
    guesses.means[:] = 0.0
    for k in range(len(guesses.readings)):
        for stage in range(len(guesses.means)):
            one = replicate_of(at_stage(case, stage), FIRST_GUESS + k)
            for party in range(len(case.parties)):
                draw_party(prior, one, desk, behind, party)
            draw_preferences(words_at(prior, stage), one, behind)
            for deal in range(len(case.deals)):
                for owner in range(len(case.parties)):
                    if case.parties["stated"][owner] == 0:
                        lay_guess(one, behind, deal, owner, stage, k)
        for r in range(len(behind.read)):
            guesses.readings[k, r] = behind.read[r]
    guesses.laid[0] = 1


@helper
def lay_guess(case: Case, behind: Behind, deal: int, owner: int, stage: int, k: int) -> None:
    """Write what a party makes of a deal in guess k, and add it to the mean."""
    guesses, count = behind.guesses, len(behind.guesses.readings)
    side = side_of(behind, case, owner, owner, deal)
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        swaps = False
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            swaps = swaps or case.positions["first"][j] >= 0
        for o in range(case.issues["options"][c]):
            nothing = option_gain(side, case, c, o, 0.0, 0.0)
            delivered, trusted = 0.0, 0.0
            if swaps:
                delivered = option_gain(side, case, c, o, 0.0, 1.0) - nothing
            if stopped_share(case, c, o) > 0.0:
                trusted = option_gain(side, case, c, o, 1.0, 0.0) - nothing
            parts = (nothing, delivered, trusted)
            for part in range(3):
                guesses.gains[stage, part, owner, c, o, k] = parts[part]
                guesses.means[stage, part, owner, c, o] += parts[part] / count
            guesses.shut[stage, owner, c, o, k] = 1 if behind.barred[owner, c, o] != 0 else 0
