"""Causal softmax: each token weighs itself and what comes before it.

    S    n×n    scores
    A    n×n    any matrix; tril(A) is A with 0 above its diagonal
    w    how far back a token may read

Main results
    causal_rows_sum_to_one   the weights of a token sum to 1, under a causal mask
    window_rows_sum_to_one   and in a window of any width
    causal_determinant       the determinant is that of the diagonal, so that causal weights are always invertible
"""

from __future__ import annotations

from functools import cache
from typing import Any

from symattn.language import (
    Equal,
    ForAll,
    causal,
    determinant,
    entry,
    hadamard,
    hstack,
    identity,
    matrix,
    ones,
    rowsum,
    sizes,
    softmax,
    tril,
    vstack,
    window,
    zeros,
)
from symattn.proof import Theorem, argument, by_induction, calc, prove, specialised, theorem

n, w = sizes("n w", min=1)
m = sizes("m", min=0)
S = matrix("S", n, n)


@theorem(
    section="4.10",
    says=Equal(rowsum(softmax(S, mask=causal(n))), ones(n, 1)),
    source="textbook linear algebra",
    sketch="Every token reads itself, so the sum that it is divided by is positive.",
)
def causal_rows_sum_to_one():
    """Under a causal mask the weights of every token sum to 1."""
    ...


@theorem(
    section="4.10",
    says=Equal(rowsum(softmax(S, mask=window(n, w))), ones(n, 1)),
    source="textbook linear algebra",
    sketch="Every token reads itself, so the sum that it is divided by is positive.",
)
def window_rows_sum_to_one():
    """In a window that reaches w tokens back the weights of every token sum to 1."""
    ...


A, B = matrix("A", m, m), matrix("B", m + 1, m + 1)
start, end = hstack(identity(m), zeros(m, 1)), hstack(zeros(1, m), identity(1))
old, last = start @ B @ start.T, end @ B @ end.T


def _below(A: Any, size: Any) -> Any:
    return Equal(determinant(tril(A)), determinant(hadamard(A, identity(size))))


def _without_the_last(cut: Any, blocks: Any, rest: Any) -> Theorem:
    """The determinant of what is cut so is that of the rest, times the last entry of the diagonal."""
    return (
        calc(determinant(cut))
        .eq(determinant(blocks), by=prove(Equal(cut, blocks)))
        .eq(determinant(rest) * entry(last, 0, 0), by="the last column has nothing above its end")
        .theorem()
    )


@cache
def _every_size() -> Theorem:
    claim, longer = ForAll(A, _below(A, m)), _below(B, m + 1)
    lower = vstack(hstack(tril(old), zeros(m, 1)), hstack(end @ B @ start.T, last))
    diagonal = vstack(hstack(hadamard(old, identity(m)), zeros(m, 1)), hstack(zeros(1, m), last))
    with argument(claim) as a:
        one = _without_the_last(tril(B), lower, tril(old))
        two = _without_the_last(hadamard(B, identity(m + 1)), diagonal, hadamard(old, identity(m)))
        smaller = specialised(prove(claim, claim), {A: old})
        cut = [a.have("without the last row and column", part.claim, by=part) for part in (one, two)]
        same = a.have("which leaves the same", smaller.claim, by=smaller)
        a.show(longer, by=(*cut, same))
    first = claim.xreplace({m: m * 0})
    return by_induction(claim, over=m, base=prove(first), step=prove(ForAll(B, longer), claim, using=[a.theorem()]))


@theorem(
    section="4.10",
    says=_below(A, m),
    source="textbook linear algebra",
    sketch="By induction over m: the last column of tril(A) has nothing above its end.",
)
def causal_determinant():
    """The determinant of what a causal mask leaves of a matrix is the product of its diagonal.

    So the weights of causal attention, whose diagonal is positive, are always invertible.
    """
    return specialised(_every_size(), {A: A})
