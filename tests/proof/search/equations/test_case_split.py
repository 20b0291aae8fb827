"""What is 0 or 1 inside of functions: deltas, masks, permutations, and what is said to be its own square."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.kernel import replay
from symattn.language import (
    Equal,
    cos,
    diag,
    exp,
    hadamard,
    identity,
    matrix,
    ones,
    order,
    reciprocal,
    rowsum,
    scalar,
    sizes,
    softmax,
)
from symattn.proof import decide, prove

n, m = sizes("n m", min=1)
t = scalar("t")
M, P = matrix("M", n, m, mask=True), matrix("P", n, n, permutation=True)
X, B = matrix("X", n, m), matrix("B", n, m)
one_a_row = Equal(M @ ones(m, 1), ones(n, 1))
PROVED: dict[str, tuple[Any, ...]] = {
    "a delta": (Equal(exp(t * identity(n)), ones(n, n) + (exp(t) - 1) * identity(n)),),
    "a mask": (Equal(exp(t * M), ones(n, m) + (exp(t) - 1) * M),),
    "a permutation": (Equal(exp(t * P), ones(n, n) + (exp(t) - 1) * P),),
    "beside something": (Equal(exp(t * M + X), hadamard(exp(X), ones(n, m) + (exp(t) - 1) * M)),),
    "behind itself": (Equal(hadamard(M, exp(hadamard(M, X))), hadamard(M, exp(X))),),
    "in a cosine": (Equal(cos(t * M), ones(n, m) + (cos(t) - 1) * M),),
    "under a sum": (Equal(rowsum(exp(t * identity(n))), (n - 1 + exp(t)) * ones(n, 1)),),
    "under a sum in a reciprocal": (Equal(reciprocal(rowsum(exp(t * identity(n)))), ones(n, 1) / (n - 1 + exp(t))),),
    "what is given to be its own square": (
        Equal(hadamard(B, exp(hadamard(B, X))), hadamard(B, exp(X))),
        Equal(hadamard(B, B), B),
    ),
    "with what is given of its rows": (
        Equal(softmax(t * M), (ones(n, m) + (exp(t) - 1) * M) / (m - 1 + exp(t))),
        one_a_row,
    ),
}


@pytest.mark.parametrize("what", PROVED)
def test_functions_of_what_is_zero_or_one_are_taken_apart(what: str) -> None:
    theorem = prove(*PROVED[what])
    assert replay(theorem.kernel) == theorem.kernel


MISSES: dict[str, tuple[Any, ...]] = {
    "of any number": (Equal(exp(t * X), ones(n, m) + (exp(t) - 1) * X),),
    "with another factor": (Equal(exp(t * M), ones(n, m) + (exp(t) + 1) * M),),
    "of a square that is given at another letter": (
        Equal(hadamard(X, exp(hadamard(B, X))), hadamard(X, exp(X))),
        Equal(hadamard(B, B), B),
    ),
    "of two masks at once": (Equal(exp(t * M + t * (ones(n, m) - M)), ones(n, m)),),
    "of rows with more than one": (Equal(softmax(t * M), (ones(n, m) + (exp(t) - 1) * M) / (m - 1 + exp(t))),),
}


@pytest.mark.parametrize("what", MISSES)
def test_a_slip_is_not_proved(what: str) -> None:
    assert decide(*MISSES[what]).status != "proved"


def test_comparisons_of_places_are_split() -> None:
    late, S = diag(order(n, 1, m, 0)), matrix("S", n, n)
    assert decide(Equal(late @ exp(S), late @ exp(late @ S))).status == "proved"
    assert decide(Equal(exp(S), exp(late @ S))).status == "refuted"


def test_columns_that_are_0_or_1_are_split() -> None:
    g, S = matrix("g", n, 1, mask=True), matrix("S", n, n)
    assert decide(Equal(exp(S) @ diag(g), exp(S @ diag(g)) @ diag(g))).status == "proved"
    assert decide(Equal(exp(S) @ diag(g), exp(S @ diag(g)))).status == "refuted"
