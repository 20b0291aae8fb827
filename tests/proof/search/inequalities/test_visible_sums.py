"""Masked sums: positive where the mask shows anything, and nothing else is concluded from that."""

from __future__ import annotations

from typing import Any

import pytest

from symattn import (
    Equal,
    Gradient,
    Positive,
    decide,
    exp,
    hadamard,
    inner,
    matrix,
    ones,
    prove,
    row,
    rowsum,
    sizes,
    softmax,
    total,
)

m, n = sizes("m n")
M, S, G = matrix("M", m, n, mask=True), matrix("S", m, n), matrix("G", m, n)
L = matrix("L", m, n, mask=True)
v = row("v", n)
P = softmax(S, mask=M)
SHOWN = Positive(rowsum(M))


@pytest.mark.parametrize(
    "claim",
    [
        Positive(rowsum(hadamard(M, exp(S)))),
        Positive(rowsum(hadamard(M, exp(S) + ones(m, n)))),
        Equal(rowsum(P), ones(m, 1)),
        Equal(Gradient(inner(G, P), S), hadamard(P, G - rowsum(hadamard(P, G)) @ ones(1, n))),
    ],
    ids=["exp", "sum", "rows sum to 1", "gradient"],
)
def test_a_row_that_shows_something(claim: Any) -> None:
    assert prove(claim, SHOWN).hypotheses == (SHOWN,)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (Positive(rowsum(hadamard(M, S))), SHOWN),
        (Positive(rowsum(hadamard(L, exp(S)))), SHOWN),
        (Positive(rowsum(hadamard(hadamard(M, L), exp(S)))), SHOWN),
        (Equal(rowsum(P), ones(m, 1)), ()),
        (Equal(rowsum(P), ones(m, 1)), Positive(total(M))),
    ],
    ids=["any scores", "another mask", "two masks", "nothing shown", "shown somewhere"],
)
def test_near_misses_are_refuted(claim: Any, given: Any) -> None:
    assert decide(claim, given, timeout=30).status == "refuted"
