import numpy as np
import pytest

from negsim.core.dice import Dice
from negsim.core.menus import menu_of
from negsim.core.registry import MAX_TRAITS
from negsim.core.state import View


@pytest.fixture(scope="session")
def see():
    """Return a function that makes a `View` of a cake in sixteenths: option o is worth 1 - o/16 to me and o/16 to the other.

    `heard` is the other's last offer, `traits` are the offer rule's, `condition` those of the acceptance condition. A table of
    `mine` and `theirs`, shape (issue, option), takes the place of the cake.
    """

    def view(
        *, mine=None, theirs=None, heard=None, elapsed=0.5, floor=0.0, traits=(), condition=(), talking=0.0, quo=0, session=0, turns=20,
        memory=None, replicate=0, moment=0, speaks=True, closing=0,
    ):  # fmt: skip
        mine = np.array([1.0 - np.arange(17) / 16]) if mine is None else np.array(mine, float)
        theirs = np.array([np.arange(17) / 16]) if theirs is None else np.array(theirs, float)
        issues, sizes = len(mine), np.full(len(mine), mine.shape[1])
        offers = np.full((2, issues), -1)
        if heard is not None:
            offers[1] = heard
        numbers = np.zeros(2 * MAX_TRAITS)
        numbers[: len(traits)], numbers[MAX_TRAITS : MAX_TRAITS + len(condition)] = traits, condition
        return View(
            worths=np.array([mine, theirs]), offers=offers, menu=menu_of(mine, theirs, sizes, floor, quo), ranking=np.zeros((2, 0), int),
            sizes=sizes, traits=numbers, memory=np.zeros(4000) if memory is None else memory, me=0,
            speaker=1 if heard is not None and speaks else -1, floor=floor, talking=talking, quo=quo, elapsed=elapsed, session=session,
            moment=1.0 + session + elapsed, closing=closing,
            round=int(elapsed * (turns // 2 + 1) + 0.5) - 1, turns=turns, dice=Dice(5, replicate, 1, moment),
        )  # fmt: skip

    return view
