"""Values of options over the status quo: the table of the codebook, line by line."""

from pathlib import Path

import numpy as np
import pytest

from negsim.core.cases import replicate_of
from negsim.core.state import HARD, POSTURE
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.layout import lay_out
from negsim.talks.begin import begin, set_up
from negsim.talks.redlines import is_lifted
from negsim.talks.values import CONCESSION, NONE, SILENCE, swap_worth

RUNS = 200
WAGES = Path(__file__).with_name("wages.toml")


class Drawn:
    """What a party's options are worth to it over many runs."""

    def __init__(self, *changes, path=WAGES):
        self.scenario = load_scenario(path, list(changes))
        self.prior, self.case = to_arrays(self.scenario, 1)
        self.behinds = []
        for number in range(RUNS):
            desk, behind = set_up(self.prior, self.case)
            begin(self.prior, replicate_of(self.case, number), desk, behind)
            self.behinds.append(behind)

    def of(self, party, option, what="values"):
        p = list(self.scenario.parties).index(party)
        issue, _, name = option.partition(".")
        j = list(self.scenario.issues).index(issue)
        o = self.scenario.issues[issue].option_ids().index(name)
        return np.array([getattr(behind, what)[p, j, o] for behind in self.behinds])

    def readings(self, party, option):
        row = [(one.actor, one.option) for one in self.scenario.refusals()].index((party, option))
        return np.array([behind.readings[row] for behind in self.behinds])


def within(values, low, high):
    """Tell whether values fill a range evenly: inside it, and their mean within four standard errors of its middle."""
    error = (high - low) / (12 * len(values)) ** 0.5
    return values.min() >= low and values.max() <= high and abs(values.mean() - (low + high) / 2) < 4 * error


@pytest.fixture(scope="module")
def wages():
    return Drawn()


def test_what_is_wanted_most_is_1_and_others_lie_below_it_by_the_order(wages):
    """The union demands 6 and would take 4; 2 lies on the way: between nothing and what 4 is worth."""
    assert (wages.of("union", "wage.six") == 1.0).all()
    four, two = wages.of("union", "wage.four"), wages.of("union", "wage.two")
    assert within(four, 0.0, 1.0) and (two >= 0.0).all() and (two <= four).all()
    assert within(two / four, 0.0, 1.0)


def test_several_wishes_lie_in_their_order_as_sorted_uniforms():
    """6, 4 and 2 are all wanted: below 1 the others are two sorted uniforms, with means 2/3 and 1/3."""
    found = Drawn("statements.w02.options=['wage.two', 'wage.four']")
    four, two = found.of("union", "wage.four"), found.of("union", "wage.two")
    assert (two <= four).all() and (four <= 1.0).all()
    assert (four.mean(), two.mean()) == pytest.approx((2 / 3, 1 / 3), abs=0.06)


def test_a_status_quo_is_worth_nothing(wages):
    for party in ("union", "employer"):
        assert not wages.of(party, "wage.none").any()


def test_an_offer_of_what_one_could_do_alone_is_a_concession(wages):
    """The employer offers 2, which it could pay without being asked: had it gained from it, it would."""
    two = wages.of("employer", "wage.two")
    assert within(two, -0.5, 0.0) and (wages.of("employer", "wage.two", "why") == CONCESSION).all()


def test_refused_by_who_could_do_it_alone_it_costs_however_it_is_read(wages):
    six, read = wages.of("employer", "wage.six"), wages.readings("employer", "wage.six")
    assert (six < 0.0).all() and {*read} == {0, 1, 2}
    assert (six[read == HARD] <= -0.5).all()
    posture = np.minimum(six[read == POSTURE], 0.0)
    assert posture.min() >= -0.5  # U(0, 0.25), or what the milder option that it concedes costs


def test_nothing_is_worth_more_than_what_its_owner_puts_above_it(wages):
    two, four, six = (wages.of("employer", f"wage.{name}") for name in ("two", "four", "six"))
    assert (six <= four).all() and (four <= two).all()  # silent on 4: between what it offers and what it refuses


def test_a_refusal_of_what_takes_two_may_hide_a_wish(wages):
    """Talks with a mediator, which the employer dismisses and nobody could hold alone."""
    talks, read = wages.of("employer", "talks.held"), wages.readings("employer", "talks.held")
    assert within(talks[read == POSTURE], 0.0, 0.5) and within(talks[read == HARD], -1.0, -0.5)


def test_a_refusal_of_what_another_could_do_alone_hides_none():
    found = Drawn("issues.talks.options=[{id = 'none'}, {id = 'held', by = ['union']}]")
    assert (found.of("employer", "talks.held") <= 0.0).all()


def test_a_red_line_given_up_costs_as_much_and_excludes_nothing():
    hard, found = Drawn("statements.w04.reading=hard"), Drawn("statements.w04.reading=given_up")
    assert within(found.of("employer", "hours.forty"), -1.0, -0.5)
    assert (found.of("employer", "hours.forty") == hard.of("employer", "hours.forty")).all()
    hours = list(found.scenario.issues).index("hours")
    assert all(behind.barred[1, hours].any() for behind in hard.behinds)
    assert not any(behind.barred[1, hours].any() for behind in found.behinds)


def test_silence_never_gains_and_costs_surely_where_it_would_be_ones_own_doing(wages):
    """The employer says nothing of guarantees, which it alone could give; the union nothing of a canteen, which takes two."""
    guarantee, canteen = wages.of("employer", "jobs.guaranteed"), wages.of("union", "canteen.built")
    assert within(guarantee, -1.0, 0.0) and (wages.of("employer", "jobs.guaranteed", "why") == SILENCE).all()
    assert (canteen <= 0.0).all() and 0.35 < (canteen < 0.0).mean() < 0.65
    assert ((wages.of("union", "canteen.built", "why") == NONE) == (canteen == 0.0)).all()


def test_the_place_of_the_status_quo_bounds_what_lies_below_it(wages):
    """The union's order: no hours are better than thirty-eight, on which it is silent, above forty-two, which it refuses."""
    thirty_eight, forty_two = wages.of("union", "hours.forty"), wages.of("union", "hours.forty_two")
    assert (thirty_eight <= 0.0).all() and (forty_two <= thirty_eight + 1e-12).all()


def test_a_condition_lifts_its_refusal_and_no_other():
    """The union takes two only with a guarantee: lifted in the options of the compound that hold one."""
    says = "actor='union', stance='conditions-on', options=['wage.two'], condition='jobs.guaranteed', made_on=2026-01-20"
    found = Drawn(f"statements.w09={{{says}, paragraph=1, paraphrase='x'}}")
    case, positions = found.case, lay_out(found.scenario).positions
    wage, jobs = positions.index("wage"), positions.index("jobs")
    c = case.positions["issue"][wage]
    assert case.positions["issue"][jobs] == c  # bargained over as one
    for o in range(case.issues["options"][c]):
        assert is_lifted(case, 0, wage, 1, o) == (case.option_of[jobs, o] == 1)
        assert not is_lifted(case, 0, wage, 2, o) and not is_lifted(case, 1, wage, 1, o)


def test_a_swap_by_hand():
    """r^a - c g^b with a = 1/2, b = 2, c = 1/4: of all 1 - 1/4; of a quarter 1/2 - 1/64; a gift costs or brings in full."""
    assert swap_worth(1.0, 1.0, 0.5, 2.0, 0.25) == (0.75, 0.25)
    assert swap_worth(0.25, 0.25, 0.5, 2.0, 0.25) == (0.484375, 0.015625)
    assert swap_worth(0.0, 1.0, 0.5, 2.0, 0.25) == (-0.25, 0.25)
    assert swap_worth(1.0, 0.0, 0.5, 2.0, 0.25) == (1.0, 0.0)


SWAP = Path(__file__).with_name("swap.toml")


def test_a_size_that_is_proposed_is_the_one_it_likes_best():
    """North demands all, south offers a part and does not want more; c is cut to what that reveals, and is one for all its swaps."""
    found = Drawn(path=SWAP)
    some, every = found.of("north", "prisoners.some"), found.of("north", "prisoners.all")
    assert (every >= some - 1e-12).all() and every.std() > 0.05
    some, every = found.of("south", "prisoners.some"), found.of("south", "prisoners.all")
    assert (some >= every - 1e-12).all()
    for party in (0, 1):
        costs = np.array([behind.parties["handover_cost"][party] for behind in found.behinds])
        assert costs.min() >= 0.0 and costs.max() <= 1.0 and costs.std() > 0.05
    silent = Drawn("statements={}", path=SWAP)
    costs = np.array([behind.parties["handover_cost"][1] for behind in silent.behinds])
    assert within(costs, 0.0, 1.0)


def test_a_staged_swap_notes_its_cost_apart():
    spot, staged = Drawn(path=SWAP), Drawn("issues.prisoners.staged=true", path=SWAP)
    assert not spot.of("north", "prisoners.all", "costs").any()
    cost = np.array([behind.parties["handover_cost"][0] for behind in staged.behinds])
    assert staged.of("north", "prisoners.all", "costs") == pytest.approx(cost)  # c 1^b
    assert (spot.of("north", "prisoners.all") == staged.of("north", "prisoners.all")).all()


def test_a_refused_size_is_worth_no_more_than_the_refusal_leaves_it():
    found = Drawn(
        "statements.p3={actor='north', stance='rejects', options=['prisoners.some'], made_on=2026-01-01, paragraph=1, paraphrase='x'}",
        path=SWAP,
    )
    some, read = found.of("north", "prisoners.some"), found.readings("north", "prisoners.some")
    assert (some[read != POSTURE] < 0.0).all() and (some[read == POSTURE] > 0.0).all()


def test_a_swap_of_others_is_worth_nothing_to_a_bystander():
    found = Drawn("parties.west={}", path=SWAP)
    assert not found.of("west", "prisoners.all").any()
