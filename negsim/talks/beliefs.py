"""What each side believes of the others' preferences, by Bayes' rule on what they offer, refuse and accept.

Before anybody speaks it is the analyst's own distribution (`guesses`); nobody ever sees another's preferences.
"""

from typing import Any

from negsim.core.cases import roll
from negsim.core.dice import MEDIATE, uniform
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Desk, record
from negsim.talks.readings import normal_share

BELIEF = record(floats="before after")  # probability of the true reading of a refusal, before the talks and at their end
SHUT = -1e3  # what an option that is shut out is taken to be worth
LAPSE = 0.01  # chance that a choice says the opposite of what it should


@helper
def forget(behind: Behind) -> None:
    """Let everybody believe what the public words say, and no more."""
    behind.beliefs[:] = 1.0 / max(1, len(behind.guesses.readings))
    behind.learned[:] = 0
    behind.told[:] = 0


@helper
def believed_gain(behind: Behind, viewer: int, owner: int, c: int, o: int, expected: float, trust: float) -> float:
    """Return the gain that a viewer expects an option to bring its owner."""
    guesses, stage = behind.guesses, int(behind.stage[0])
    if behind.learned[viewer, owner] == 0:
        means = guesses.means[stage]
        return float(means[0, owner, c, o] + expected * means[1, owner, c, o] + trust * means[2, owner, c, o])
    gain, beliefs, gains = 0.0, behind.beliefs[viewer, owner], guesses.gains[stage]
    alone, delivered, trusted = gains[0, owner, c, o], gains[1, owner, c, o], gains[2, owner, c, o]
    for k in range(len(beliefs)):
        gain += beliefs[k] * (alone[k] + expected * delivered[k] + trust * trusted[k])
    return gain


@helper
def guess_utility(behind: Behind, case: Case, owner: int, lo: int, package: Any, totals: Any) -> None:
    """Write what a package brings its owner in every guess; one with something shut out is worth SHUT or less."""
    stage = int(behind.stage[0])
    gains = behind.guesses.gains[stage]
    totals[:] = 0.0
    for i in range(len(package)):
        c, o = lo + i, int(package[i])
        if o == 0:
            continue  # the status quo
        known = behind.tracks[case.issues["track"][c]]
        expected, trust = float(known["expected"]), float(known["trust"])
        alone, delivered, trusted = gains[0, owner, c, o], gains[1, owner, c, o], gains[2, owner, c, o]
        shut = behind.guesses.shut[stage, owner, c, o]
        for k in range(len(totals)):
            totals[k] += alone[k] + expected * delivered[k] + trust * trusted[k] + SHUT * shut[k]


@helper
def choice_chance(better: float, worse: float, spread: float) -> float:
    """Return the probability that one takes `better` over `worse`, if its choice is read with an error of a given spread.

    `lapse + (1 - 2 lapse) Phi((better - worse) / spread)` (Thurstone 1927, "A law of comparative judgment", Psychological Review
    34), a lapse being a choice made by mistake.

    Examples
    --------
    >>> round(choice_chance(0.3, 0.3, 0.1), 6), round(choice_chance(0.4, 0.3, 0.1), 2), choice_chance(0.4, 0.3, 0.0)
    (0.5, 0.83, 0.99)
    """
    ahead = better - worse
    if spread <= 0.0 or abs(ahead) > 8.0 * spread:
        share = 0.5 if ahead == 0.0 else (1.0 if ahead > 0.0 else 0.0)
    else:
        share = normal_share(ahead / spread)
    return LAPSE + (1.0 - 2.0 * LAPSE) * share


@helper
def hear(desk: Desk, behind: Behind, case: Case, deal: int) -> int:
    """Learn from every choice made since the last time; return a mask of the parties that are seen otherwise now.

    A choice is a package that a party took over another one, or over no deal: it offered the first and refused the second.
    """
    lo, hi = case.deals["first"][deal], case.deals["after"][deal]
    seen = 0
    for row in range(int(desk.chosen[0])):
        owner = int(desk.choosers[row])
        if case.parties["stated"][owner] == 1:
            continue
        for viewer in range(len(case.parties)):
            if viewer != owner:
                weigh(behind, case, viewer, owner, int(lo), desk.choices[row, 0, lo:hi], desk.choices[row, 1, lo:hi])
        seen |= 1 << owner
    desk.chosen[0] = 0
    return seen


@helper
def weigh(behind: Behind, case: Case, viewer: int, owner: int, lo: int, taken: Any, left: Any) -> None:
    """Let a viewer update what it believes of an owner that took one package over another: Bayes' rule on every guess."""
    beliefs, spread = behind.beliefs[viewer, owner], float(behind.parties["noise"][viewer])
    better, worse = behind.guesses.room[0], behind.guesses.room[1]
    guess_utility(behind, case, owner, lo, taken, better)
    guess_utility(behind, case, owner, lo, left, worse)
    for k in range(len(beliefs)):
        beliefs[k] *= choice_chance(better[k], worse[k], spread)
    make_whole(beliefs)
    behind.learned[viewer, owner] = 1


@helper
def make_whole(beliefs: Any) -> None:
    """Scale probabilities to add up to 1."""
    total = 0.0
    for k in range(len(beliefs)):
        total += beliefs[k]
    for k in range(len(beliefs)):
        beliefs[k] /= total


@helper
def convey(behind: Behind, case: Case) -> int:
    """Let mediators convey true readings of what the parties refuse, each with its probability, once a run.

    `clarity` is the probability that a mediator does not. Return whether anything was conveyed.
    """
    parties, conveyed = len(case.parties), 0
    for m in range(len(behind.clarity)):
        if behind.clarity[m] >= 1.0:
            continue
        for r in range(len(behind.readings)):
            refusal = behind.guesses.refusals[r]
            owner = int(refusal["actor"])
            if behind.told[r] == 1 or behind.readings[r] < 0 or owner >= parties or case.parties["stated"][owner] == 1:
                continue
            dice = roll(case, int(case.mediators["key"][m]), MEDIATE, int(refusal["key"]))
            if uniform(dice, 0) < 1.0 - behind.clarity[m]:
                conveyed, behind.told[r] = 1, 1
                for viewer in range(parties):
                    if viewer != owner:
                        take_word(behind, viewer, owner, r)
    return conveyed


@helper
def take_word(behind: Behind, viewer: int, owner: int, r: int) -> None:
    """Let a viewer believe how an owner's refusal is to be read."""
    beliefs = behind.beliefs[viewer, owner]
    for k in range(len(beliefs)):
        if behind.guesses.readings[k, r] != behind.read[r]:
            beliefs[k] *= LAPSE
    make_whole(beliefs)
    behind.learned[viewer, owner] = 1


@helper
def note_beliefs(told: Any, behind: Behind, case: Case) -> None:
    """Write how likely each party holds the true reading of the others' refusals to be now, and held it before they spoke.

    Parameters
    ----------
    told : array of BELIEF, shape (party, refusal)
        Written.
    """
    readings, parties = behind.guesses.readings, len(case.parties)
    for viewer in range(parties):
        for r in range(told.shape[1]):
            owner, before, after = int(behind.guesses.refusals["actor"][r]), 0, 0.0
            if owner < parties and owner != viewer and case.parties["stated"][owner] == 0:
                for k in range(len(readings)):
                    if readings[k, r] == behind.read[r]:
                        before += 1
                        after += behind.beliefs[viewer, owner, k]
                told["before"][viewer, r], told["after"][viewer, r] = before / len(readings), after
