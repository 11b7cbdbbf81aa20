"""What holds over draws, by hand."""

import numpy as np

from negsim.analysis.draws.acceptability import central_weights, rank_acceptability
from negsim.analysis.draws.blocking import by_size, smallest_sets


def test_rank_acceptability():
    """Four draws: the first is best in two and worst in one; in the last it is not to be had and has no rank; ties go to it."""
    scores = np.array([[3.0, 2.0, 1.0], [1.0, 2.0, 3.0], [5.0, 5.0, 1.0], [np.nan, 1.0, 2.0]])
    assert rank_acceptability(scores).tolist() == [[0.5, 0.0, 0.25], [0.0, 1.0, 0.0], [0.5, 0.0, 0.5]]


def test_central_weights():
    """The mean of what it takes to be first: draws 0 and 2; nobody is first where nothing is to be had."""
    weights = np.array([[0.2, 0.8], [0.9, 0.1], [0.4, 0.6], [0.5, 0.5]])
    scores = np.array([[2.0, 1.0], [1.0, 2.0], [3.0, np.nan], [np.nan, np.nan]])
    first, second = central_weights(weights, scores)
    assert np.allclose(first, [0.3, 0.7]) and np.allclose(second, [0.9, 0.1])
    assert central_weights(weights[:1], scores[:1])[1] is None


def test_the_smallest_sets_for_which_something_holds():
    """Two or more, or the third alone: no set that holds a smaller one is named."""
    assert smallest_sets([1, 2, 3], lambda chosen: len(chosen) >= 2 or 3 in chosen) == [(3,), (1, 2)]
    assert list(by_size([1, 2], lambda chosen: True, 2)) == [[()], [], []]
    assert smallest_sets([1, 2], lambda chosen: False) == []
