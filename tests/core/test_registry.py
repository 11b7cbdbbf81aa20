"""What every registered rule must say of itself."""

import pytest

from negsim.core.registry import ACCEPTANCES, MEDIATORS, PROTOCOLS, STRATEGIES, mediator
from negsim.engine.cast import register_all

register_all()
RULES = {**STRATEGIES, **ACCEPTANCES, **PROTOCOLS, **MEDIATORS}


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_trait_defaults_to_something_it_may_be(name):
    assert all(trait.least <= trait.default <= trait.most for trait in RULES[name].traits.values())
    assert RULES[name].summary


def test_a_mediator_says_when_it_acts_in_words_that_there_are():
    with pytest.raises(ValueError, match="a mediator acts 'never', 'opening', 'turn'"):
        mediator("odd", acts="sometimes")
