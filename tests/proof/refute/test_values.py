"""Values made of drawn ones, and values that hypotheses say of invertible letters."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import symattn as sa
from symattn import Equal, decide, identity, inverse, matrix, numeric, sizes
from symattn.proof.refute import attempts as tries
from symattn.proof.refute.questions import Question
from symattn.proof.refute.values import CHANGES

n, k = sizes("n k")
A, X = matrix("A", n, n), matrix("X", n, k)
M = matrix("M", n, n, invertible=True)


def test_skew_and_gram_are_for_square_letters_without_facts() -> None:
    drawn = numeric.sample(Equal(A @ X @ X.T, M), sizes={n: 3, k: 2})
    skew, gram = CHANGES["skew"](drawn), CHANGES["gram"](drawn)
    assert set(skew) == set(gram) == {A}
    assert np.array_equal(skew[A], -skew[A].T)
    assert np.array_equal(gram[A], drawn.values[A] @ drawn.values[A].T)


def test_what_is_made_has_its_form() -> None:
    drawn = numeric.sample(Equal(A @ X @ X.T, M), sizes={n: 3, k: 2}, seed=3)
    shift, outer, projection, permuted = (CHANGES[kind](drawn) for kind in ("shift", "outer", "projection", "permuted"))
    assert set(shift) == set(projection) == set(permuted) == {A}
    assert set(outer) == {A, X}
    assert not (shift[A] @ shift[A] @ shift[A]).any()
    assert np.linalg.matrix_rank(outer[X].astype(float)) <= 1
    assert np.array_equal(projection[A] @ projection[A], projection[A])
    assert np.array_equal(permuted[A].T @ permuted[A], np.eye(3, dtype=int))


def test_what_is_small_is_made_of_signs_or_close_to_zero() -> None:
    t, a, b = sa.scalar("t"), sa.scalar("a", positive=True), sa.scalar("b", positive=True)
    B = matrix("B", n, n)
    claim = Equal(t * A @ B, b * A + sa.sqrt(a) * M)
    drawn = numeric.sample([claim, sa.sqrt(a)], sizes={n: 3}, seed=4)
    signs, twins, faint = (CHANGES[kind](drawn) for kind in ("signs", "twins", "faint"))
    assert set(signs) == set(twins) == {A, B, t}
    assert all(set(np.ravel(v)) <= {-1, 0, 1} for v in (*signs.values(), *twins.values()))
    assert any(np.asarray(v).any() for v in signs.values())
    assert np.array_equal(twins[A], twins[B])
    ((letter, value),) = faint.items()
    assert letter in {a, b}
    assert 0 < value < Fraction(1, 60)


def test_each_positive_number_is_close_to_zero_in_turn() -> None:
    a, b = sa.scalar("a", positive=True), sa.scalar("b", positive=True)
    near = [next(iter(CHANGES["faint"](numeric.sample(Equal(a, b), seed=seed)))) for seed in range(2)]
    assert {*near} == {a, b}


RARE = [
    ("A:n*n |- A == 0", "A@A == 0"),
    ("A:n*n |- A@A == 0", "A@A@A == 0"),
    ("A:n*n B:n*n |- B@A == 0", "A@B == 0"),
    ("A:n*n |- A@A@A == A", "A@A == A'"),
    ("A:n*n B:n*n |- A@B == B@A", "A@A == identity(n) and B@B == identity(n)"),
    ("P:n*n |- P == P'", "P@P == P"),
]


@pytest.mark.parametrize(("text", "given"), RARE)
def test_hypotheses_that_few_values_fulfil_are_met(text: str, given: str) -> None:
    assert sa.decide(text, given, timeout=60).status == "refuted"


@pytest.mark.parametrize(("text", "given"), RARE[:3])
def test_another_kind_of_draws_changes_nothing_of_the_others(
    text: str, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind has its own seeds."""
    before = sa.decide(text, given, timeout=60).counterexample
    monkeypatch.setitem(CHANGES, "again", CHANGES["nothing"])
    monkeypatch.setattr(tries, "OTHERS", ("again", *tries.OTHERS))
    after = sa.decide(text, given, timeout=60).counterexample
    assert str(after) == str(before)


def test_an_invertible_letter_gets_the_value_that_is_said() -> None:
    question = Question((Equal(M, identity(n) + A),), Equal(inverse(M), identity(n) - A))
    assert question.fitted == {M: identity(n) + A}
    found = decide(question.conclusion, question.hypotheses).counterexample
    assert found is not None
    assert np.array_equal(found.values[M], np.eye(found.sizes[n], dtype=int) + found.values[A])


def test_where_it_is_never_invertible_nothing_is_refuted() -> None:
    assert decide(Equal(A, identity(n)), Equal(M, A - A)).status != "refuted"


def test_products_of_gram_matrices_are_none() -> None:
    assert sa.decide("A:n*n B:n*n |- PSD(A@B)", given=["PSD(A)", "PSD(B)"]).status == "refuted"
