"""Drawn matrices have the facts that were declared, exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from symattn.errors import LanguageError
from symattn.numeric.entries import exact_entries
from symattn.numeric.samples.draws import HOLDS, KINDS, entries, inverse_of, positive, with_facts

POSSIBLE = [
    {"invertible"},
    {"symmetric"},
    {"skew"},
    {"orthogonal"},
    {"permutation"},
    {"mask"},
    {"positive"},
    {"invertible", "symmetric"},
    {"invertible", "positive"},
    {"invertible", "symmetric", "positive"},
    {"symmetric", "mask"},
    {"symmetric", "positive"},
    {"orthogonal", "symmetric"},
    {"permutation", "symmetric"},
    {"mask", "invertible"},
    {"mask", "positive"},
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("facts", POSSIBLE, ids=lambda facts: " ".join(sorted(facts)))
def test_a_drawn_matrix_has_every_declared_fact(facts: set[str], kind: str) -> None:
    for size in (0, 1, 2, 5, 14):
        drawn = with_facts(frozenset(facts), kind, np.random.default_rng(size), (size, size))
        assert all(HOLDS[fact](drawn) for fact in facts)


@pytest.mark.parametrize("fact", sorted(HOLDS))
def test_each_fact_is_really_checked(fact: str) -> None:
    """A matrix that lacks every fact."""
    assert not HOLDS[fact](exact_entries(np.array([[1, -2], [-3, 6]])))


def test_an_even_skew_matrix_can_be_invertible_and_an_odd_one_cannot() -> None:
    both = frozenset({"skew", "invertible"})
    assert HOLDS["invertible"](with_facts(both, "integers", np.random.default_rng(0), (4, 4)))
    with pytest.raises(LanguageError, match="must be even"):
        with_facts(both, "integers", np.random.default_rng(0), (3, 3))


def test_facts_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(LanguageError, match="positive and skew"):
        with_facts(frozenset({"skew", "positive"}), "integers", np.random.default_rng(0), (2, 2))


def test_an_orthogonal_matrix_is_rational_and_not_only_a_signed_permutation() -> None:
    turned = with_facts(frozenset({"orthogonal"}), "rationals", np.random.default_rng(2), (3, 3))
    assert any(abs(entry) not in (0, 1) for entry in turned.flat)


def test_permutations_and_signed_permutations_move_something() -> None:
    for facts in combinations(("permutation", "orthogonal", "symmetric"), 2):
        drawn = [with_facts(frozenset(facts), "integers", np.random.default_rng(seed), (4, 4)) for seed in range(4)]
        assert any((part != np.eye(4, dtype=int)).any() for part in drawn)


def test_an_inverse_is_exact() -> None:
    square = exact_entries(np.array([[2, 1], [0, 3]]))
    assert inverse_of(square).tolist() == [[Fraction(1, 2), Fraction(-1, 6)], [0, Fraction(1, 3)]]
    with pytest.raises(LanguageError, match="singular"):
        inverse_of(exact_entries(np.array([[1, 1], [1, 1]])))


@pytest.mark.parametrize(
    "facts",
    [{"invertible"}, {"invertible", "symmetric"}, {"invertible", "skew"}],
    ids=lambda facts: "-".join(sorted(facts)),
)
def test_a_large_matrix_has_its_facts_exactly_and_an_inverse_that_is_not_large(facts: set[str]) -> None:
    """Of the size of trained heads; the inverse of a full triangle of this size has 40 digits."""
    drawn = with_facts(frozenset(facts), "normal", np.random.default_rng(1), (128, 128))
    inverse = inverse_of(drawn)
    assert (drawn @ inverse == np.eye(128, dtype=int)).all()
    assert max(map(abs, inverse.flat)) < 2000


def test_most_entries_of_a_large_invertible_matrix_are_not_0() -> None:
    drawn = with_facts(frozenset({"invertible"}), "integers", np.random.default_rng(1), (32, 32))
    assert (drawn != 0).mean() > 0.5


def test_a_large_orthogonal_matrix_is_rational_full_and_inverted_by_its_transpose() -> None:
    drawn = with_facts(frozenset({"orthogonal"}), "normal", np.random.default_rng(1), (128, 128))
    assert (drawn != 0).all()
    assert (inverse_of(drawn, frozenset({"orthogonal"})) == drawn.T).all()


def test_a_whole_inverse_that_floating_point_cannot_find_is_found() -> None:
    """The determinant is 1, but rounding makes it 0."""
    square = exact_entries(np.array([[2**60, 2**60 + 1], [2**60 - 1, 2**60]], dtype=object))
    assert inverse_of(square).tolist() == [[2**60, -(2**60) - 1], [1 - 2**60, 2**60]]


def test_positive_entries_of_the_exact_kinds_have_exact_roots_and_logarithms() -> None:
    drawn = positive("integers", np.random.default_rng(0), (5, 5), 2)
    assert set(drawn.flat) <= {4, 16, 64}


def test_hostile_kinds_are_hostile() -> None:
    rng = np.random.default_rng(0)
    assert np.abs(entries("huge", rng, (40,))).max() > 1e5
    assert np.abs(entries("tiny", rng, (40,))).min() < 1e-9
    assert (entries("onehot", rng, (9, 4)).sum(axis=1) == 1).all()
    cancelling = entries("cancelling", rng, (6, 6))
    assert np.abs(cancelling).min() > 9000
    assert abs(cancelling.sum()) < 100


def test_an_unknown_kind_is_named_with_those_there_are() -> None:
    with pytest.raises(LanguageError, match="no kind of sample is called large: there are integers, rationals"):
        entries("large", np.random.default_rng(0), (2,))


@pytest.mark.parametrize("facts", [set(), {"symmetric"}, {"positive"}, {"skew"}], ids=lambda facts: " ".join(facts))
@pytest.mark.parametrize("size", [4, 14, 64])
def test_an_inverse_of_fractions_is_exact(facts: set[str], size: int) -> None:
    drawn = with_facts(frozenset({"invertible", *facts}), "dyadic", np.random.default_rng(size), (size, size))
    assert (drawn != np.rint(drawn)).any()
    square, inverse = exact_entries(drawn), inverse_of(drawn)
    assert (square @ inverse == np.eye(size, dtype=int)).all()
