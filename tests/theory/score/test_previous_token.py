"""Chapter 2, the token before: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from symattn.language import AtMost, Equal, ForAll, Implies, ones, rowsum
from symattn.numeric.arithmetics.exact import EXACT
from symattn.numeric.claims.at_a_sample import witness
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import sample
from symattn.theory.score import previous_token as ch
from tests.theory.chapter import chapter_tests

SAYS = ch.symmetric_can_do_prevtoken_on_a_line.says

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "symmetric_can_do_any_tree": (
        ch.symmetric_can_do_any_tree.says,
        (Equal(rowsum(ch.tree), ones(ch.n, 1)), AtMost(ch.C @ ch.t.T, ch.tree @ ch.t.T)),
    ),
    "symmetric_can_do_prevtoken_on_a_line": (ForAll(ch.X, ch.prefers(ch.before, ch.X)), ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def scores_on_a_line(n: int) -> Any:
    """X Xᵀ for the tokens that the statement names, at n + 1 of them."""
    tokens = ch.symmetric_can_do_prevtoken_on_a_line.instances[0][ch.X]
    X = np.asarray(Walk(sample(tokens, sizes={ch.n: n}), EXACT).value(tokens))
    return X @ X.T


@pytest.mark.parametrize("n", range(8))
def test_the_tokens_that_are_named_prefer_the_one_before(n: int) -> None:
    scores = scores_on_a_line(n)
    for i in range(1, n + 1):
        assert all(scores[i, i - 1] > scores[i, j] for j in range(n + 1) if j != i - 1)


def test_their_lengths_fall_fourfold() -> None:
    lengths = np.diag(scores_on_a_line(5))
    assert [Fraction(b) / Fraction(a) for a, b in pairwise(lengths[1:])] == [Fraction(1, 16)] * 4


def test_weights_that_do_not_grow_enough_are_found_by_numbers() -> None:
    instance = {ch.tree: ch.before, ch.t: ones(1, ch.N)}
    claim = Implies(Equal(rowsum(ch.tree), ones(ch.n, 1)), ch.symmetric_can_do_any_tree.says)
    assert witness(claim, sample([claim, *instance.values()]), substitution=instance).holds is False
