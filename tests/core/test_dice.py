"""Draws: the published generator, and streams that do not depend on the order of asking."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from negsim.core.dice import TYPE, WEIGHT, Dice, between, block, gamma, normal, stream, uniform

words = st.integers(0, 2**32 - 1)


def test_philox_gives_the_known_answers_of_random123():
    # Random123 kat_vectors, philox4x32 with 10 rounds: counter, key -> result.
    assert block(Dice(0, 0, 0, 0), 0) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
    ones = 0xFFFFFFFF
    assert block(Dice(ones << 32 | ones, ones, ones, ones), ones) == (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)
    pi = Dice(0x299F31D0 << 32 | 0xA4093822, 0x03707344, 0x13198A2E, 0x85A308D3)
    assert block(pi, 0x243F6A88) == (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)


@given(words, words, words, words, words)
def test_numpy_integers_give_the_same_words(seed, replicate, actor, moment, k):
    plain = block(Dice(seed, replicate, actor, moment), k)
    assert plain == block(Dice(*np.array([seed, replicate, actor, moment], np.int64)), np.int64(k))


def test_purposes_and_items_have_streams_of_their_own():
    drawn = {uniform(stream(1, 2, 3, purpose, item), 0) for purpose in range(16) for item in range(50)}
    assert len(drawn) == 16 * 50


def test_uniforms_fill_the_unit_interval():
    drawn = np.array([uniform(stream(5, 0, 9, TYPE, 0), k) for k in range(4000)])
    assert drawn.min() >= 0 and drawn.max() < 1
    assert abs(drawn.mean() - 0.5) < 4 / math.sqrt(12 * 4000)


def test_a_range_without_width_is_its_value():
    assert between(stream(0, 0, 0, TYPE, 0), 0, 0.3, 0.3) == 0.3


def test_normals_and_gammas_have_their_moments():
    dice = stream(5, 0, 9, WEIGHT, 0)
    normals = np.array([normal(dice, k) for k in range(4000)])
    assert abs(normals.mean()) < 4 / math.sqrt(4000)
    assert abs(normals.var() - 1) < 4 * math.sqrt(2 / 4000)
    for shape in (0.5, 2.0, 8.0):
        gammas = np.array([gamma(shape, stream(5, r, 9, WEIGHT, 0), 0)[0] for r in range(3000)])
        assert abs(gammas.mean() - shape) < 4 * math.sqrt(shape / 3000)
