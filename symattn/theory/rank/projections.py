"""The columns of any factor lie in what an orthogonal projection keeps.

What Gram and Schmidt do column by column is an induction over the number of columns; a column that is already kept adds
nothing.  Everything about best approximations rests on it.

    Q        d×k   any factor
    P        d×d   an orthogonal projection, P = Pᵀ = P²;  its trace is how many dimensions it keeps
    M        k×d   what the projection makes of the columns of Q: P = Q M
    b        d×1   one more column;  p = b - P b, what of it is not kept;  r  1×1  one over |p|², or 0

Main results
    projection_exists   every Q has a projection P = Q M with P Q = Q that keeps at most k dimensions
"""

from __future__ import annotations

from functools import cache
from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    T,
    hstack,
    identity,
    inverse,
    matrix,
    normsquared,
    reciprocal,
    sizes,
    trace,
    vstack,
    zeros,
)
from symattn.proof import Theorem, by_induction, calc, each_vanishes, prove, specialised, theorem

d, k, c = sizes("d k c", min=0)
Q, P, M = matrix("Q", d, k), matrix("P", d, d), matrix("M", k, d)
b, p, r = matrix("b", d, 1), matrix("p", d, 1), matrix("r", 1, 1)


def projection(P: Any, M: Any, Q: Any, k: Any) -> Any:
    """P is an orthogonal projection of trace at most k that keeps the columns of Q and is made of them."""
    return And(Equal(P, P.T), Equal(P @ P, P), Equal(P @ Q, Q), Equal(P, Q @ M), AtMost(trace(P), k))


def _inverse_length() -> Theorem:
    """Every column p has a number r with p |p|² r = p: one over |p|², or 0 for p = 0."""
    over = reciprocal(p.T @ p)
    none = prove(Equal(normsquared(p @ p.T @ p @ over - p), 0))
    one = each_vanishes(none, Equal(p @ p.T @ p @ over, p))
    return prove(ForAll(p, Exists(r, Equal(p @ p.T @ p @ r, p), (over,))), using=[one])


def _one_column_more() -> Theorem:
    """When P keeps the columns of Q, P + p r pᵀ keeps b too."""
    kept, rest, length = projection(P, M, Q, k).args, Equal(p, b - P @ b), Equal(p @ p.T @ p @ r, p)
    known, more, columns = (*kept, rest, length), p @ r @ p.T, hstack(Q, b)
    unseen = prove(Equal(P @ p, zeros(d, 1)), (*kept, rest))
    across = prove(Equal(p.T @ Q, zeros(1, k)), (*kept, rest))
    seen = (
        calc(p.T @ b, (*kept, rest))
        .eq(p.T @ b - T(P @ p) @ b, by=unseen)
        .eq(p.T @ (b - P @ b), by=kept[0])
        .eq(p.T @ p, by=rest)
    )
    again = prove(Equal(more @ more, more), length)
    one = prove(AtMost(trace(more), 1), length, hints=[normsquared(identity(1) - p.T @ p @ r)])
    squared = (
        calc((P + more) @ (P + more), known)
        .eq(P @ P + P @ p @ r @ p.T + p @ r @ T(P @ p) + more @ more, by=kept[0])
        .eq(P + more, by=(kept[1], unseen, again))
    )
    old = calc((P + more) @ Q, known).eq(P @ Q + p @ r @ (p.T @ Q), by="a sum").eq(Q, by=(kept[2], across))
    lies = prove(Equal(p @ r @ (p.T @ b), p), (seen.theorem().claim, length))
    new = (
        calc((P + more) @ b, known)
        .eq(P @ b + p @ r @ (p.T @ b), by="a sum")
        .eq(P @ b + p, by=(seen.theorem(), lies))
        .eq(b, by=rest)
    )
    fixed = prove(Equal((P + more) @ columns, columns), known, using=[old.theorem(), new.theorem()])
    made = (
        calc(P + more, known)
        .eq(P + (b - P @ b) @ r @ p.T, by=rest)
        .eq(Q @ M + (b - Q @ M @ b) @ r @ p.T, by=kept[3])
        .eq(columns @ vstack(M - M @ b @ r @ p.T, r @ p.T), by="block by block")
    )
    size = prove(AtMost(trace(P + more), k + 1), known, using=[one])
    turned = prove(Equal(P + more, T(P + more)), kept[0])
    P2, M2 = matrix("P'", d, d), matrix("M'", k + 1, d)
    there = Exists((P2, M2), projection(P2, M2, columns, k + 1), (P + more, vstack(M - M @ b @ r @ p.T, r @ p.T)))
    facts = [turned, squared.theorem(), fixed, made.theorem(), size]
    off = prove(Exists(p, rest, (b - P @ b,)))
    found = prove(there, known, using=facts)
    return prove(Exists((P2, M2), there.claim), kept, using=[off, _inverse_length(), found], hints=[p])


@cache
def every_factor() -> Theorem:
    """For all Q there is such a projection: by induction over the number k of columns."""
    claim = ForAll(Q, Exists((P, M), projection(P, M, Q, k)))
    base = prove(
        ForAll(matrix("Q", d, 0), Exists((P, M), projection(P, M, Q, k)).xreplace({k: 0})), hints=[zeros(d, d)]
    )
    found = _one_column_more()
    more = prove(ForAll((Q, b), found.claim), claim, using=[found], hints=[Q])
    A, (P2, M2) = matrix("A", d, k + 1), found.claim.variables
    first, last = A @ vstack(identity(k), zeros(1, k)), A @ vstack(zeros(k, 1), identity(1))
    kept = projection(P2, M2, hstack(first, last), k + 1).args
    fixed, made = prove(Equal(P2 @ A, A), kept[2]), prove(Equal(P2, A @ M2), kept[3])
    body = projection(P2, M2, A, k + 1)
    there = specialised(more, {Q: first, b: last})
    found = prove(Exists((P2, M2), body), there.claim, using=[prove(body, kept, using=[fixed, made])], hints=[P2, M2])
    step = prove(ForAll(A, found.claim), claim, using=[there, found])
    return by_induction(claim, over=k, base=base, step=step)


turn, mix = matrix("R", k + c, k + c, orthogonal=True), matrix("C", k, k, invertible=True)
first, pick = turn @ vstack(identity(k), zeros(c, k)), hstack(identity(k), zeros(k, c)) @ turn.T


@theorem(
    section="3.10",
    says=Exists((P, M), projection(P, M, Q, k)),
    instances=({d: k + c, Q: first @ mix, P: first @ pick, M: inverse(mix) @ pick},),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.6.4",
)
def projection_exists():
    """Every factor Q of width k has an orthogonal projection P = Q M that keeps its columns, and at most k dimensions.

    What Gram and Schmidt do one column after the other, by induction over k.
    """
    return prove(projection_exists.says, using=[specialised(every_factor(), {Q: Q})])
