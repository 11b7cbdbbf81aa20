"""How talks open, run, end and go on: openings, the clock, last call, and what is carried into the next session."""

import numpy as np
import pytest

from negsim import Delegation, Talks, load_scenario
from negsim.core.clock import break_off, open_at, turns_of
from negsim.core.moves import elapsed_of, look, offer_of
from negsim.core.state import ACCEPTS, OPEN, PUTS, SAYS_NO, Speakers
from negsim.talks.advance import close_deal, set_table, stays_left
from negsim.talks.last_call import call_last, next_author
from negsim.talks.menus import lay_menus
from negsim.talks.openings import demanded_option, lay_openings, leave_out_worst
from negsim.talks.ratify import A_LITTLE, ask_more

NORTH, SOUTH = 0, 1
SWAP, TRUCE = 0, 1


def never(view, my_next=None):
    return False


NOBODY = Speakers((None, None), (never, never))


def at_table(small, worths, offers, *changes, floor=0.0):
    """Return the truce deal at the end of its turns: own surpluses (party, issue, option), and what each offered last."""
    case, _, desk, behind = small(*changes)
    for party in range(2):
        desk.worths[party, party, 2:4] = -1.0
        for i, row in enumerate(worths[party]):
            desk.worths[party, party, 2 + i, : len(row)] = row
        desk.stands["floor"][party, TRUCE] = floor
        desk.offers[party, 2:4] = offers[party]
    return case, open_at(0, TRUCE, 6)._replace(turn=6, speaker=SOUTH), desk, behind


GOOD, BAD = [[0.0, 0.1, 0.4], [0.0, 0.1]], [[0.0, 0.1, -0.5], [0.0, -0.1]]


def test_at_last_call_what_is_no_worse_than_no_deal_is_taken(small):
    """North asks for the full truce, which south takes at 0; south's own offer, part of it, suits north too: a throw decides."""
    taken = set()
    for replicate in range(20):
        case, clock, desk, _ = at_table(small, (GOOD, [[0.0, 0.2, 0.0], [0.0, 0.0]]), ([2, 0], [1, 0]))
        ended = call_last(clock, desk, case._replace(replicate=replicate), NOBODY)
        assert ended.agreed
        taken.add(desk.offers[ended.speaker, 2])
    assert taken == {1, 2}


def test_at_last_call_nobody_goes_below_its_floor(small):
    case, clock, desk, _ = at_table(small, (GOOD, BAD), ([2, 0], [-1, -1]))
    assert not call_last(clock, desk, case, NOBODY).agreed
    case, clock, desk, _ = at_table(small, (GOOD, [[0.0, 0.1, 0.2], [0.0, 0.0]]), ([2, 0], [-1, -1]), floor=0.3)
    assert not call_last(clock, desk, case, NOBODY).agreed


def test_a_condition_that_insists_is_asked_at_last_call(small):
    case, clock, desk, _ = at_table(small, (GOOD, GOOD), ([2, 0], [-1, -1]))
    case.parties["insists"][SOUTH] = 1
    assert not call_last(clock, desk, case, NOBODY).agreed
    assert call_last(clock, desk, case, Speakers((None, None), (never, lambda view, _: view.closing == 1))).agreed


def test_a_mediators_text_is_put_last(small):
    case, clock, desk, _ = at_table(small, (GOOD, [[0.0, 0.1, -0.5], [0.0, 0.0]]), ([2, 0], [-1, -1]))
    desk.text[0, 2:4] = [1, 1]
    ended = call_last(clock, desk, case, NOBODY)
    assert ended.agreed and desk.offers[ended.speaker, 2:4].tolist() == [1, 1]
    desk.text[0, 2:4] = [2, 1]
    desk.offers[NORTH, 2:4] = [2, 0]
    assert not call_last(clock, desk, case, NOBODY).agreed and desk.offers[NORTH, 2:4].tolist() == [2, 0]


def test_every_mediator_s_text_is_put_under_its_name_until_one_is_taken(small):
    """Two texts: the first by dice is refused by north, who is told to have, and the second agreed."""
    case, clock, desk, _ = at_table(small, (GOOD, [[0.0, 0.1, -0.5], [0.0, 0.0]]), ([-1, -1], [-1, -1]))
    two = np.array([(11, 0), (12, 0)], case.mediators.dtype)
    case = case._replace(mediators=two)
    first, _ = next_author(clock, case, two["key"], -1.0)
    text = np.full((2, len(case.issues)), -1)
    text[first, 2:4], text[1 - first, 2:4] = [2, 1], [1, 1]
    desk = desk._replace(text=text, log=np.zeros(9, desk.log.dtype), said=np.zeros((9, len(case.issues)), np.int64))
    ended = call_last(clock, desk, case, NOBODY)
    assert ended.agreed and desk.offers[ended.speaker, 2:4].tolist() == [1, 1]
    told = [(int(line["party"]), int(line["move"])) for line in desk.log[: desk.pen[0]]]
    assert told == [
        (-2 - first, PUTS),
        (NORTH, ACCEPTS),
        (SOUTH, SAYS_NO),
        (-3 + first, PUTS),
        (NORTH, ACCEPTS),
        (SOUTH, ACCEPTS),
    ]
    assert desk.said[0, 2:4].tolist() == [2, 1]


def test_the_order_of_last_call_is_by_dice_of_ids_and_even(small):
    case, clock, _, _ = small()
    firsts = [next_author(clock, case._replace(replicate=r), case.parties["key"], -1.0)[0] for r in range(400)]
    assert sum(firsts) == pytest.approx(200, abs=30)
    order, last = [], -1.0
    for _ in range(2):
        party, last = next_author(clock, case, case.parties["key"], last)
        order.append(party)
    assert sorted(order) == [NORTH, SOUTH] and next_author(clock, case, case.parties["key"], last)[0] == -1


@pytest.mark.parametrize(("turn", "time"), [(0, 0.0), (1, 0.0), (2, 0.25), (9, 1.0), (11, 1.0)])
def test_the_clock_runs_by_the_most_rounds_there_may_be(small, turn, time):
    case, clock, desk, _ = small("talks.rounds=[2, 5]")
    assert elapsed_of(clock._replace(turn=turn), desk, case) == pytest.approx(time)
    desk.clocks[:] = 0.5
    assert elapsed_of(clock._replace(turn=turn), desk, case) == pytest.approx(0.5 + 0.5 * time)


def test_each_session_draws_its_rounds(small):
    case, _, _, _ = small("talks.rounds=[2, 5]")
    drawn = np.array([[turns_of(case._replace(replicate=r), s) // 2 for s in range(3)] for r in range(100)])
    assert set(drawn.ravel()) == {2, 3, 4, 5} and (drawn[:, 0] != drawn[:, 1]).mean() > 0.5


def opened(begun, changes=(), case="istanbul-2025-06-02-article", runs=1):
    for mine, clock, desk, behind in begun(load_scenario(case, list(changes)), runs=runs):
        for deal in range(len(mine.deals)):
            set_table(open_at(0, deal, clock.turns), desk, behind, mine, ())
            lay_openings(desk, mine, deal)
        yield mine, clock, desk, behind


def test_an_opening_is_all_that_is_demanded_as_far_as_it_can_be_offered(begun):
    scenario = load_scenario("istanbul-2025-06-02-article")
    from negsim.engine.layout import lay_out

    layout = lay_out(scenario)
    for case, _, desk, behind in opened(begun, runs=20):
        for c, compound in enumerate(layout.compounds):
            for party in range(2):
                option = desk.openings[party, c]
                assert option < 0 or behind.barred[party, c, option] == 0
                assert option == demanded_option(case, party, c, desk.worths[party, party, c]) or option <= 0
        terms = [k for k, compound in enumerate(layout.compounds) if compound[0] in ("territory", "crimea", "alliances", "army")]
        assert (desk.openings[1, terms] == 1).all()


def test_what_takes_an_opening_below_the_floor_is_left_out():
    package, mine = np.array([1, 1, 0]), np.array([[0.0, 0.3], [0.0, -0.4], [0.0, 0.9]])
    assert leave_out_worst(package, mine) and package.tolist() == [1, 0, 0]
    assert not leave_out_worst(package, mine) and package.tolist() == [0, 0, 0]


def test_a_later_session_opens_where_the_last_one_stopped(small):
    case, _, desk, behind = small()
    set_table(open_at(0, TRUCE, 6), desk, behind, case, ())
    desk.offers[NORTH, 2:4] = [1, 1]
    set_table(open_at(1, TRUCE, 6), desk, behind, case, ())
    desk.stands["floor"][NORTH, TRUCE] = -1.0
    lay_openings(desk, case, TRUCE)
    lay_menus(desk, case, TRUCE)
    view = look(open_at(1, TRUCE, 6), desk, case, NORTH)
    best = Speakers((lambda _: np.array([2, 1]), None), (never, never))
    assert desk.stands["holds"][NORTH, TRUCE] == 1
    assert offer_of(open_at(1, TRUCE, 6), desk, case, best, view).tolist() == [1, 1]
    desk.offers[NORTH, 2:4] = [1, 1]  # and it does not ask for more again
    mine = desk.worths[NORTH, NORTH, 2:4]
    more = mine[0, 2] + mine[1, 1] > mine[0, 1] + mine[1, 1]
    assert offer_of(open_at(1, TRUCE, 6), desk, case, best, view).tolist() == ([1, 1] if more else [2, 1])
    desk.stands["floor"][NORTH, TRUCE] = 9.0
    desk.openings[NORTH, 2:4] = [1, 1]
    lay_openings(desk, case, TRUCE)
    assert desk.stands["holds"][NORTH, TRUCE] == 0 and desk.openings[NORTH, 2] == -1


def test_the_clock_goes_on_from_where_it_stood_unless_talks_broke_off(small):
    case, _, desk, behind = small("talks.rounds=[3, 3]")
    set_table(open_at(0, TRUCE, 6), desk, behind, case, ())
    close_deal(break_off(open_at(0, TRUCE, 6)), None, desk, behind, case)
    assert desk.clocks[TRUCE] == 0.0
    close_deal(open_at(0, TRUCE, 6)._replace(turn=4), None, desk, behind, case)
    assert desk.clocks[TRUCE] == pytest.approx(0.5)


def test_what_was_declined_is_not_enough_any_more(small):
    case, _, desk, behind = small()
    set_table(open_at(0, TRUCE, 6), desk, behind, case, ())
    behind.declined[2:4], behind.deals["declined"][TRUCE] = [1, 0], 1 + SOUTH
    worth = desk.worths[SOUTH, SOUTH, 2, 1]
    behind.parties["asked"][SOUTH] = 9.0
    ask_more(desk, behind, case, TRUCE)
    assert desk.stands["floor"][SOUTH, TRUCE] == max(0.0, worth + A_LITTLE) and behind.deals["status"][TRUCE] == OPEN
    behind.parties["asked"][SOUTH] = -9.0  # something has changed
    ask_more(desk, behind, case, TRUCE)
    assert behind.deals["declined"][TRUCE] == 0


def test_who_left_comes_back_when_there_is_something_to_offer(small):
    case, _, desk, _ = small()
    desk.stands["points"][:, TRUCE] = [0, 3]
    assert not stays_left(desk, case, TRUCE)
    desk.stands["left"][NORTH, TRUCE] = 1
    assert stays_left(desk, case, TRUCE)
    desk.stands["points"][NORTH, TRUCE] = 1
    assert not stays_left(desk, case, TRUCE) and desk.stands["left"][NORTH, TRUCE] == 0


def test_the_transcript_tells_of_last_call():
    talks = Talks(load_scenario("istanbul-2025-06-02", ["talks.rounds=[1, 1]"]), seed=1)
    talks.play()
    said = [(int(line["move"]), int(line["party"])) for line in talks.desk.log[: talks.desk.pen[0]]]
    assert any(move == PUTS for move, _ in said)
    for at, (move, author) in enumerate(said):
        if move == PUTS:
            assert said[at + 1][0] in (ACCEPTS, SAYS_NO) and said[at + 1][1] != author


def test_nobody_opens_for_a_users_own_delegation():
    class Mute(Delegation):
        def offer(self, view):
            return np.full(len(view.sizes), -1)

    talks = Talks(load_scenario("istanbul-2025-06-02"), seed=1, delegations={"russia": Mute})
    talks.play()
    assert not [move for move in talks.record().moves if move.party == "russia" and move.move == "offers"]
