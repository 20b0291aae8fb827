"""Values made of drawn ones, and values that hypotheses say of invertible letters."""

from __future__ import annotations

import numpy as np

import symattn as sa
from symattn import Equal, decide, identity, inverse, matrix, numeric, sizes
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
