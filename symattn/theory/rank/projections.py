"""The columns of any factor lie in what an orthogonal projection keeps.

What Gram and Schmidt do column by column is an induction over the number of columns; a column that is already kept adds
nothing.  Everything about best approximations rests on it.

    Q        d×k   any factor
    P        d×d   an orthogonal projection, P = Pᵀ = P²;  its trace is how many dimensions it keeps
    M        k×d   what the projection makes of the columns of Q: P = Q M
    b        d×1   one more column;  p = b - P b, what of it is not kept;  r  1×1  one over |p|², or 0

Main results
    projection_exists   every Q has a projection P = Q M with P Q = Q that keeps at most k dimensions
    rank_of_gram        so the Gram matrix Qᵀ Q has the rank of Q
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
    Rank,
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
from symattn.proof import Argument, Theorem, argument, by_induction, each_vanishes, follows, prove, specialised, theorem

d, k, c = sizes("d k c", min=0)
Q, P, M = matrix("Q", d, k), matrix("P", d, d), matrix("M", k, d)
b, p, r = matrix("b", d, 1), matrix("p", d, 1), matrix("r", 1, 1)


def projection(P: Any, M: Any, Q: Any, k: Any) -> Any:
    """P is an orthogonal projection of trace at most k that keeps the columns of Q and is made of them."""
    return And(Equal(P, P.T), Equal(P @ P, P), Equal(P @ Q, Q), Equal(P, Q @ M), AtMost(trace(P), k))


kept = projection(P, M, Q, k).args
turned, again, fixed, made, small = kept
rest, length = Equal(p, b - P @ b), Equal(p @ p.T @ p @ r, p)
more = p @ r @ p.T
wider, columns, mixed = P + more, hstack(Q, b), vstack(M - M @ b @ r @ p.T, r @ p.T)
P2, M2 = matrix("P'", d, d), matrix("M'", k + 1, d)


def _inverse_length() -> Argument:
    """Every column p has a number r with p |p|² r = p: one over |p|², or 0 for p = 0."""
    over = reciprocal(p.T @ p)
    with argument() as a:
        none = a.have("one over a number undoes it, where it is not 0", Equal(normsquared(p @ p.T @ p @ over - p), 0))
        one = a.have("what has length 0 is 0", each_vanishes(none, Equal(p @ p.T @ p @ over, p)), by=none)
        a.show(ForAll(p, Exists(r, length, (over,))), by=one)
    return a


def _wider() -> Argument:
    """When P keeps the columns of Q, P + p r pᵀ keeps b too."""
    with argument(*kept, rest, length) as a:
        unseen = a.have("p is what P does not keep of b", Equal(P @ p, zeros(d, 1)), by=(again, rest))
        beside = a.have("and P is symmetric", Equal(p.T @ P, zeros(1, d)), by=(turned, unseen))
        idle = a.have("r is one over |p|², or p is 0", Equal(more @ more, more), by=length)
        squared = a.have(
            "so both parts are idempotent, and they are orthogonal",
            Equal(wider @ wider, wider),
            by=(again, unseen, beside, idle),
        )
        mirrored = a.have("and symmetric", Equal(wider, T(wider)), by=turned)
        across = a.have("P keeps Q, so p is orthogonal to it", Equal(p.T @ Q, zeros(1, k)), by=(fixed, beside))
        old = a.have("the columns of Q are still kept", Equal(wider @ Q, Q), by=(fixed, across))
        apart = a.have("p sees nothing that P keeps", Equal(p.T @ b, p.T @ (b - P @ b)), by=beside)
        seen = a.have("so of b it sees p", Equal(p.T @ b, p.T @ p), by=(apart, rest))
        lies = a.have("the new part keeps p of b", Equal(more @ b, p), by=(seen, length))
        new = a.have("so b is kept", Equal(wider @ b, b), by=(lies, rest))
        both = a.have("side by side", Equal(wider @ columns, columns), by=(old, new))
        of_columns = a.have("P = Q M, so it is made of these columns", Equal(wider, columns @ mixed), by=(made, rest))
        unit = normsquared(identity(1) - p.T @ p @ r)
        one = a.have("a line has one dimension, or none", AtMost(trace(more), 1), by=length, hints=[unit])
        size = a.have("so there is one dimension more", AtMost(trace(wider), k + 1), by=(one, small))
        a.show(projection(wider, mixed, columns, k + 1), by=(mirrored, squared, both, of_columns, size))
    return a


@cache
def _one_column_more() -> Argument:
    """With a projection for Q there is one for [Q b]."""
    body = projection(P2, M2, columns, k + 1)
    with argument(*kept) as a:
        found = a.have("", _wider())
        there = a.have("so there is one", Exists((P2, M2), body, (wider, mixed)), by=found)
        off = a.have("p can always be had", Exists(p, rest, (b - P @ b,)))
        over = a.have("and so can r", _inverse_length())
        a.show(Exists((P2, M2), body), by=(off, over, there), hints=[p], words="with one column more there is one too")
    return a


@cache
def every_factor() -> Theorem:
    """For all Q there is such a projection: by induction over the number k of columns."""
    claim = ForAll(Q, Exists((P, M), projection(P, M, Q, k)))
    base = prove(
        ForAll(matrix("Q", d, 0), Exists((P, M), projection(P, M, Q, k)).xreplace({k: 0})), hints=[zeros(d, d)]
    )
    found = _one_column_more().theorem()
    more = prove(ForAll((Q, b), found.claim), claim, using=[found], hints=[Q], check=False)
    A = matrix("A", d, k + 1)
    first, last = A @ vstack(identity(k), zeros(1, k)), A @ vstack(zeros(k, 1), identity(1))
    of_parts = projection(P2, M2, hstack(first, last), k + 1).args
    whole = follows(Equal(P2 @ A, A), of_parts[2]), follows(Equal(P2, A @ M2), of_parts[3])
    body = projection(P2, M2, A, k + 1)
    there = specialised(more, {Q: first, b: last})
    same = prove(body, of_parts, using=whole, check=False)
    found = prove(Exists((P2, M2), body), there.claim, using=[same], hints=[P2, M2], check=False)
    step = prove(ForAll(A, found.claim), claim, using=[there, found], check=False)
    return by_induction(claim, over=k, base=base, step=step)


turn, mix = matrix("R", k + c, k + c, orthogonal=True), matrix("C", k, k, invertible=True)
first, pick = turn @ vstack(identity(k), zeros(c, k)), hstack(identity(k), zeros(k, c)) @ turn.T


@theorem(
    section="3.10",
    says=Exists((P, M), projection(P, M, Q, k)),
    instances=({d: k + c, Q: first @ mix, P: first @ pick, M: inverse(mix) @ pick},),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.6",
)
def projection_exists():
    """Every factor Q of width k has an orthogonal projection P = Q M that keeps its columns, and at most k dimensions.

    What Gram and Schmidt do one column after the other, by induction over k.
    """
    with argument() as a:
        more = a.have("", _one_column_more())
        every = a.have("no columns are kept by P = 0, so by induction over their number", every_factor(), by=more)
        a.show(specialised(every, {Q: Q}), by=every)
    return a


@theorem(
    section="3.10", says=Equal(Rank(Q.T @ Q), Rank(Q)), source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.4"
)
def rank_of_gram():
    """The Gram matrix of the columns has the rank of the matrix, over the reals: Q = P Q = Pᵀ Q = Mᵀ (Qᵀ Q)."""
    low, high = Rank(Q.T @ Q) <= Rank(Q), Rank(Q) <= Rank(Q.T @ Q)
    with argument() as a:
        below = a.have("a factor of a product", low)
        folded = a.have("P is symmetric and made of Q", Equal(Q, M.T @ Q.T @ Q), by=(turned, fixed, made))
        above = a.have("there is such a P", high, by=(projection_exists, folded), hints=(M.T, identity(k)))
        a.show(rank_of_gram.says, by=(below, above), words="so Q is a multiple of its Gram matrix")
    return a
