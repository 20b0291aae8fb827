"""Means by values with the same moments: against Isserlis' formula, and what has no mean here."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np
import pytest

import symattn as sa
from symattn import Equal, T, decide, entry, exp, matrix, numeric, row, scalar, sizes, softmax, total
from symattn.errors import LanguageError
from symattn.language.spellings.moments import degree

n, d = sizes("n d")
x, y, A = row("x", n), row("y", n), matrix("A", n, n)
X = matrix("X", 2, 2)


def _moment(powers: tuple[int, ...]) -> int:
    """The mean of a product of powers of independent normal numbers: 1·3·5·… of each even one."""
    return prod(0 if power % 2 else prod(range(power - 1, 0, -2)) for power in powers)


@pytest.mark.parametrize("powers", [p for p in product(range(6), repeat=4) if sum(p) <= 5])
def test_every_product_of_entries_has_its_moment(powers: tuple[int, ...]) -> None:
    entries = [entry(X, i, j) for i in (0, 1) for j in (0, 1)]
    mean = sa.expectation(prod((e**p for e, p in zip(entries, powers, strict=True) if p), start=scalar("c")), X)
    found = numeric.evaluate(mean, numeric.sample(mean, values={scalar("c"): 1}), numeric.EXACT)
    assert np.asarray(found).item() == _moment(powers)


MEANS = [
    (sa.expectation(x.T @ x, x), sa.identity(n)),
    (sa.expectation(x.T @ y, x, y), sa.zeros(n, n)),
    (sa.expectation(total(x @ A @ x.T) ** 2, x), sa.trace(A) ** 2 + sa.trace(A @ A) + sa.trace(A @ A.T)),
    (sa.expectation(exp(total(x @ T(y))), x), exp(sa.normsquared(y) / 2)),
    (sa.expectation(sa.normsquared(x), x, normal=False), n),
]


@pytest.mark.parametrize("which", range(len(MEANS)))
def test_means_are_proved_and_others_refuted(which: int) -> None:
    mean, said = MEANS[which]
    assert decide(Equal(mean, said)).status == "proved"
    assert decide(Equal(mean, 2 * said + (sa.ones(n, n) if said.is_Matrix else 1))).status == "refuted"


def test_two_equal_letters_are_not_independent() -> None:
    """E (x xᵀ)² is n² + 2 n, and E (x yᵀ)² is n."""
    assert decide(Equal(sa.expectation(total(x @ x.T) ** 2, x), n * (n + 2))).status == "proved"
    assert decide(Equal(sa.expectation(total(x @ y.T) ** 2, x, y), n * (n + 2))).status == "refuted"


@pytest.mark.parametrize(
    ("f", "why"),
    [
        (softmax(x), "not a polynomial"),
        (sa.reciprocal(x), "not a polynomial"),
        (total(x) ** -1, "not a polynomial"),
        (sa.normsquared(x) ** 3, "degree is? |of that degree"),
        (exp(sa.normsquared(x)), "may be infinite"),
        (exp(x), "not a polynomial"),
        (sa.Gradient(sa.normsquared(x), x), "not a polynomial"),
        (total(x) ** n, "not a polynomial"),
    ],
)
def test_what_has_no_mean_here_is_refused(f: object, why: str) -> None:
    with pytest.raises(LanguageError, match=why):
        sa.expectation(f, x)


def test_without_normal_entries_there_are_two_moments() -> None:
    with pytest.raises(LanguageError, match="of that degree"):
        sa.expectation(total(x) ** 3, x, normal=False)


def test_the_entries_of_a_letter_with_facts_are_not_independent() -> None:
    for letter in (matrix("S", n, n, symmetric=True), matrix("P", 1, n, positive=True), scalar("t", positive=True)):
        with pytest.raises(LanguageError, match="independent"):
            sa.expectation(letter, letter)


def test_degrees_bound_what_is_written() -> None:
    assert degree(total(x @ A @ x.T) ** 2 + total(x), x) == 4
    assert degree(sa.Gradient(total(x @ A @ x.T), A), x) == 2
    assert degree(A, x) == 0
