"""One turn of each protocol, with delegations that say what they are told to."""

import numpy as np
import pytest

from negsim.core.moves import put_text
from negsim.core.state import ACCEPTABLE, BUT_FOR_FLOOR, UNACCEPTABLE, Speakers
from negsim.edge.scenarios import load_scenario
from negsim.protocols.alternating_offers import alternating_offers
from negsim.protocols.simultaneous_demands import simultaneous_demands
from negsim.protocols.single_text import annealed_text, single_text
from negsim.talks.appraise import appraise

NOTHING = [-1, -1]


def speakers(offers, accepts=None):
    """Return delegations that offer these packages and accept or not."""
    accepts = accepts or [False] * len(offers)
    return Speakers(
        tuple(lambda view, said=said: np.array(said) for said in offers),
        tuple(lambda view, package, said=said: said for said in accepts),
    )


@pytest.fixture
def sale(begun):
    """Return a run of two-issues: price and delivery, appraised. Gains of the buyer and the seller from each option:

    high -0.12, 0.42; middle 0.03, 0.07; low 0.18, -0.28; late -0.28, 0.18; soon 0.42, -0.12.
    """
    case, clock, desk, behind = next(begun(load_scenario("two-issues")))
    desk.offers[:] = -1
    desk.refusals["party"][:] = desk.refusals["option"][:] = -1
    appraise(desk, behind, case, 0)
    return case, clock, desk


def test_an_offer_stands_until_it_is_refused_by_another(sale):
    case, clock, desk = sale
    one = alternating_offers(clock, desk, case, speakers([[3, 2], [1, 1]]))
    assert (one.turn, one.speaker, one.assents, one.agreed) == (1, 0, 1, False)
    assert desk.offers.tolist() == [[3, 2], [-1, -1]]
    two = alternating_offers(one, desk, case, speakers([[3, 2], [1, 1]]))
    assert (two.turn, two.speaker, two.assents) == (2, 1, 1)
    assert desk.offers.tolist() == [[3, 2], [1, 1]]
    assert desk.refusals["party"].tolist() == [1, 1] and desk.refusals["option"].tolist() == [3, 2]


def test_it_is_agreed_when_all_have_accepted(sale, begun):
    case, clock, desk = sale
    one = alternating_offers(clock, desk, case, speakers([[3, 2], [1, 1]]))
    done = alternating_offers(one, desk, case, speakers([[3, 2], [1, 1]], [False, True]))
    assert done.agreed and done.speaker == 0
    case, clock, desk, _ = next(begun(load_scenario("three-fleets")))
    width = int(case.deals["after"][0] - case.deals["first"][0])
    yes = speakers([[1] * width] * 3, [True] * 3)
    for agreed in (False, False, True):  # of three, two have to say yes to the third's offer
        clock = alternating_offers(clock, desk, case, yes)
        assert clock.agreed == agreed


def test_who_walks_out_ends_it(sale):
    case, clock, desk = sale
    left = alternating_offers(clock, desk, case, speakers([NOTHING, [1, 1]]))
    assert left.turn == left.turns and not left.agreed
    assert desk.refusals["party"].tolist() == [0, 0]  # nobody had raised anything before


@pytest.mark.parametrize(
    ("package", "floor", "was"),
    [([2, 0], 0.07, ACCEPTABLE), ([2, 0], 0.08, BUT_FOR_FLOOR), ([2, 2], 0.0, UNACCEPTABLE)],
)
def test_a_refusal_says_whether_it_could_have_been_a_yes(sale, package, floor, was):
    """The middle price is worth 0.7 * 0.1 = 0.07 to the seller, with soon on top -0.05."""
    case, clock, desk = sale
    desk.stands["floor"][1, 0] = floor - 1e-9
    one = alternating_offers(clock, desk, case, speakers([package, [1, 1]]))
    alternating_offers(one, desk, case, speakers([package, [1, 1]]))
    assert desk.refusals["was"][0] == was


def test_demands_are_met_by_the_package_that_leaves_the_worse_off_most(sale):
    """The buyer asks for a high price, -0.12, the seller for soon, -0.12. Met by (middle, soon), 0.45 and -0.05, so 0.07 over at
    least; by (high, soon), 0.3 and 0.3, 0.42 over; by the high price alone, 0 over.
    """
    case, clock, desk = sale
    desk.stands["floor"][:, 0] = -1.0
    said = speakers([[1, 0], [0, 2]])
    waiting = simultaneous_demands(clock, desk, case, said)
    assert waiting.turn == 1 and desk.offers.max() == -1  # all is said at the end of a round
    done = simultaneous_demands(waiting, desk, case, said)
    assert done.agreed and desk.offers[0].tolist() == [1, 2]


def test_demands_that_nothing_meets_are_refused(sale):
    """The buyer asks for low and soon, 0.6, the seller for high and late, 0.6: at (high, soon) both have 0.3."""
    case, clock, desk = sale
    done = simultaneous_demands(clock._replace(turn=1), desk, case, speakers([[3, 2], [1, 1]]))
    assert not done.agreed and done.turn == 2
    assert desk.refusals["party"].tolist() == [1, 1] and desk.refusals["option"].tolist() == [3, 2]


def changed(case, clock, desk, protocol, text, **changes):
    """Return which texts come out of one text over 200 draws."""
    found = {}
    for replicate in range(200):
        desk.offers[0] = text
        protocol(clock._replace(speaker=0, turn=1), desk, case._replace(replicate=replicate, **changes), None)
        key = tuple(desk.offers[0].tolist())
        found[key] = found.get(key, 0) + 1
    return found


def test_a_text_changes_only_where_nobody_loses(sale):
    """From nothing the middle price leaves both better off: half of 1 in 2 * 4 draws and half of 1 in 4 * 3, 21 of 200.

    So do a high price and a soon delivery, worth 0.3 to each: neither by itself, so they come in as a whole, 8 of 200.
    """
    found = changed(*sale, single_text, [0, 0])
    assert set(found) == {(0, 0), (2, 0), (1, 2)}
    assert found[2, 0] == pytest.approx(21, abs=13) and found[1, 2] == pytest.approx(8, abs=8)


def test_a_heated_text_takes_losses_as_often_as_e_to_the_loss_by_temperature(sale):
    """At turn 1 of 10, T = 0.2 * (1 - 2/10) = 0.16. A high price costs the buyer 0.12 (taken with e^-0.75 = 0.47), a low one
    the seller 0.28 (e^-1.75 = 0.17), each tried in 21 of 200 draws: 10 and 4.
    """
    found = changed(*sale, annealed_text, [0, 0])
    assert found[1, 0] == pytest.approx(10, abs=8) and found[3, 0] == pytest.approx(4, abs=4)
    assert found[1, 0] > found[3, 0] and found[2, 0] == pytest.approx(21, abs=13)


def test_in_the_end_a_text_is_agreed_if_all_are_at_their_floors(sale):
    case, clock, desk = sale
    for text, floor, agreed in (([1, 2], 0.0, True), ([1, 2], 0.5, False), ([0, 0], -1.0, False)):
        desk.offers[0], desk.stands["floor"][:, 0] = text, floor
        done = single_text(clock._replace(speaker=0, turn=clock.turns - 1), desk, case, None)
        assert done.agreed == agreed
    desk.offers[0], desk.stands["floor"][:, 0] = [1, 2], 0.0
    assert not single_text(clock._replace(speaker=0, turn=1), desk, case, None).agreed  # not before


def test_a_mediators_text_is_agreed_if_everybody_accepts(sale):
    case, clock, desk = sale
    for accepts, agreed in (([True, True], True), ([True, False], False), ([False, True], False)):
        desk.text[:] = [1, 2]
        done = put_text(clock, desk, case, speakers([[3, 2], [1, 1]], accepts), 0)
        assert done.agreed == agreed and desk.text.tolist() == [[-1, -1]]
    assert desk.refusals["party"].tolist() == [0, 0]


def test_a_mediators_text_is_put_to_each_as_somebody_elses_offer(sale):
    case, clock, desk = sale
    seen = []

    def accept(view, package):
        seen.append((view.me, view.speaker, view.offers[view.speaker].tolist()))
        return True

    desk.text[:], desk.offers[1] = [1, 2], [3, 1]
    put_text(clock, desk, case, speakers([[3, 2], [1, 1]])._replace(accept=(accept, accept)), 0)
    assert seen == [(0, 1, [1, 2]), (1, 0, [1, 2])]
    assert desk.offers.tolist() == [[1, 2], [3, 1]]  # on the first place it is sealed; the other's offer is as it was


def test_demands_on_a_later_deal_are_about_its_own_issues(small):
    """Deal 1 of small.toml: north asks for an open crossing, 0.1667, south for a truce in part, 0.225; part and open meet both."""
    case, clock, desk, behind = small()
    appraise(desk, behind, case, 1)
    desk.offers[:] = -1
    done = simultaneous_demands(clock._replace(deal=1, turn=1), desk, case, speakers([[0, 1], [1, 0]]))
    assert done.agreed and desk.offers[0].tolist() == [-1, -1, 1, 1]
