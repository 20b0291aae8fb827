"""When the form of low rank that comes nearest to a given one is unique.

    U, V, U', V', s, t, h, b   as in `approximations`: W = U diag(s) Vᵀ + U' diag(t) V'ᵀ, and a level b²
    g        1×k   s² = b² + g² with all of g positive: the kept singular values are above the level
    Q, K     d×k   factors of a form that misses W by as little as any
    P        d×d   the orthogonal projection onto the columns of Q; it is U Uᵀ
    E        d×d   what two forms miss alike;  u, v, u', v'  d×1  the directions in which they differ

Main results
    best_form_is_unique     only the kept part misses W by no more than the other singular values, when s is above these
    best_form_may_be_two    of equal singular values either one may be kept
"""

from __future__ import annotations

from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    AtMost,
    Equal,
    ForAll,
    Implies,
    diag,
    hadamard,
    identity,
    matrix,
    normsquared,
    ones,
    scalar,
    sizes,
    trace,
    vstack,
    zeros,
)
from symattn.proof import Theorem, calc, each_vanishes, follows, instance, prove, specialised, theorem
from symattn.theory.rank import approximations as near
from symattn.theory.rank.approximations import K, P, Q, U, form, kept, lack, s, t, whole
from symattn.theory.rank.decompositions import b, d, k
from symattn.theory.rank.projections import every_factor

g = matrix("g", 1, k, positive=True)
above = near.above.xreplace({near.g: g})
least = Equal(normsquared(whole - form), normsquared(t))
given = (*near.decomposition, above, near.below)
seen_by_P = (near.turned, near.again, near.fixed, near.small)
x, y, z = scalar("x"), scalar("y"), scalar("z")
squares = [square.xreplace({near.g: g}) for square in near.squares]

# the level 4 between the singular values 5, of the kept part, and 12/5
left, right = near.svd.turns
levels = {value: part.xreplace({b: Integer(4)}) for value, part in near.svd.levels.items() if value != near.g}
attained = {
    **near.svd.columns,
    **levels,
    b: Integer(4),
    g: 3 * ones(1, k),
    Q: left @ near.svd.first @ diag(levels[s]),
    K: right @ near.svd.first,
}


def _nothing_exceeds() -> Theorem:
    """A form that attains the bound has nothing that exceeds it."""
    gap = near.gap()
    hypotheses = (*near.decomposition, near.below, near.turned, near.again, near.fixed)
    every = prove(ForAll(near.g, Implies(near.above, gap.claim)), hypotheses, using=[gap])
    none = prove(ForAll((x, y, z), Implies(And(Equal(x - y, z), Equal(x, y)), Equal(z, 0))))
    total = lack + sum(squares)
    zero = specialised(none, {x: normsquared(whole - form), y: normsquared(t), z: total})
    here = specialised(every, {near.g: g})
    return prove(Equal(total, 0), (*given, *seen_by_P, least), using=[here, zero])


def _vanishes(which: int, nothing: Theorem) -> Theorem:
    """One of the squares is 0, as the others are not negative."""
    others = sum(square for place, square in enumerate(squares) if place != which)
    part = prove(ForAll((x, y), Implies(And(Equal(x + y, 0), AtMost(0, y)), AtMost(x, 0))))
    level = prove(AtMost(0, lack), near.small)
    rest = follows(AtMost(0, lack + others), level, hints=[others])
    same = prove(Equal(squares[which] + (lack + others), lack + sum(squares)))
    return instance(part, {x: squares[which], y: lack + others}, nothing, same, rest)


def _onto_U(stays: Any) -> Theorem:
    """A projection of trace at most k that keeps the k columns of U is U Uᵀ."""
    orthonormal = near.decomposition[0]
    distance = (
        calc(normsquared(P - U @ U.T), (near.turned, near.again, orthonormal, stays))
        .eq(normsquared(P) - 2 * trace(U.T @ P @ U) + trace(U.T @ U @ U.T @ U), by="a square")
        .eq(trace(P) - 2 * trace(U.T @ U) + trace(U.T @ U), by=(near.again, near.turned, stays, orthonormal))
        .eq(trace(P) - k, by=orthonormal)
        .theorem()
    )
    return each_vanishes(follows(AtMost(normsquared(P - U @ U.T), 0), distance, near.small), Equal(P, U @ U.T))


@theorem(
    section="3.10",
    says=Equal(form, kept),
    given=(*given, least),
    instances=(attained,),
    source="textbook linear algebra",
)
def best_form_is_unique():
    """Only the kept part U diag(s) Vᵀ misses W by no more than the other singular values, when these are smaller.

    All that exceeds the bound must be 0, so the projection onto the columns of Q keeps those of U, and no more.
    """
    nothing = _nothing_exceeds()
    stays, seen, onto = Equal(U, P @ U), Equal(P @ whole, form), Equal(P, U @ U.T)
    weight = ones(d, 1) @ hadamard(g, g)
    steps = [each_vanishes(_vanishes(1, nothing), stays, weight=weight), each_vanishes(_vanishes(3, nothing), seen)]
    result = (
        calc(form, (near.decomposition[0], near.decomposition[4], seen, onto))
        .eq(P @ whole, by=seen)
        .eq(U @ U.T @ whole, by=onto)
        .eq(U @ (U.T @ U) @ diag(s) @ near.V.T + U @ (U.T @ near.U1) @ diag(t) @ near.V1.T, by="the form is both parts")
        .eq(kept, by=(near.decomposition[0], near.decomposition[4]))
        .theorem()
    )
    found = prove(Equal(form, kept), nothing.given, using=[*steps, _onto_U(stays), result])
    there = specialised(every_factor(), {Q: Q})
    return prove(best_form_is_unique.says, best_form_is_unique.given, using=[there, found])


E = matrix("E", d, d)
u, v, u1, v1 = (matrix(name, d, 1) for name in ("u", "v", "u'", "v'"))
one, none = identity(1), zeros(1, 1)
p = sizes("p", min=0)
turn, other = (matrix(name, 2 + p, 2 + p, orthogonal=True) for name in ("R", "R'"))
first, second = vstack(one, none, zeros(p, 1)), vstack(none, one, zeros(p, 1))
directions = (
    *(Equal(a.T @ a, one) for a in (u, v, u1, v1)),
    Equal(u.T @ u1, none),
    Equal(u.T @ E, zeros(1, d)),
    Equal(u1.T @ E, zeros(1, d)),
)


@theorem(
    section="3.10",
    says=And(
        Equal(normsquared(E + b * u @ v.T), normsquared(E + b * u1 @ v1.T)),
        Equal(normsquared(b * u @ v.T - b * u1 @ v1.T), 2 * b**2),
    ),
    given=directions,
    instances=(
        {
            d: 2 + p,
            E: turn @ vstack(zeros(2, 2 + p), matrix("C", p, 2 + p)),
            u: turn @ first,
            u1: turn @ second,
            v: other @ first,
            v1: other @ second,
        },
    ),
    source="textbook linear algebra",
    sketch=(
        "u and u' have length 1 and are orthogonal to E, so both squares are ‖E‖² + b² tr(vᵀ v) = ‖E‖² + b²; and u "
        "vᵀ, u' v'ᵀ are orthogonal, each of length 1."
    ),
)
def best_form_may_be_two():
    """Of two equal singular values b either may be kept: as much is missed, by forms that are 2 b² apart.

    E is the rest of what is missed, with no columns along u and u'.
    """
    ...
