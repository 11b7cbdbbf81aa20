"""Concession curves against Faratin, Sierra & Jennings (1998), recomputed."""

import pytest

from negsim.core.concession import polynomial, target_at

CURVES = {
    0.2: [0.0, 0.00032, 0.03125, 0.32768, 1.0],
    1: [0.0, 0.2, 0.5, 0.8, 1.0],
    5: [0.0, 0.724779664, 0.870550563, 0.9563525, 1.0],
}


@pytest.mark.parametrize("beta", CURVES)
def test_polynomial_curve(beta):
    found = [polynomial(t / 10, float(beta), 0.0) for t in (0, 2, 5, 8, 10)]
    assert found == pytest.approx(CURVES[beta], abs=1e-8)


def test_target_falls_from_the_top_to_the_floor():
    assert target_at(0.8, 0.2, 0.0) == 0.8
    assert target_at(0.8, 0.2, 1.0) == pytest.approx(0.2)
