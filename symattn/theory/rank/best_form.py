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

from sympy import Integer

from symattn.language import (
    And,
    AtMost,
    Equal,
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
from symattn.proof import Argument, Theorem, argument, each_vanishes, prove, theorem
from symattn.theory.rank import approximations as near
from symattn.theory.rank.approximations import K, P, Q, U, W, form, kept, lack, s, t, whole
from symattn.theory.rank.decompositions import b, d, k
from symattn.theory.rank.projections import projection_exists

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


def _nothing_exceeds(a: Argument) -> Theorem:
    """Nothing exceeds the bound, for a form that attains it."""
    every = near.gap().theorem()
    attains = a.have(
        "this form attains the bound", Equal(normsquared(W - form), normsquared(t)), by=(near.named, least)
    )
    all_ = a.at("all that exceeds it, in the proof of it", every, {near.g: g}, by=above)
    none = prove(Equal(z, 0), (Equal(x - y, z), Equal(x, y)), check=False)
    values = {x: normsquared(W - form), y: normsquared(t), z: lack + sum(squares)}
    return a.at("so nothing exceeds it", none, values, by=(all_, attains))


def _vanishes(a: Argument, which: int, nothing: Theorem) -> Theorem:
    """One of the squares is 0, as the others are not negative."""
    left_over = sum(square for place, square in enumerate(squares) if place != which)
    others = lack + left_over
    level = a.have("P keeps at most k dimensions", AtMost(0, lack), by=near.small)
    rest = a.have("squares are not negative", AtMost(0, others), by=level, hints=[left_over])
    part = prove(AtMost(x, 0), (Equal(x + y, 0), AtMost(0, y)), check=False)
    return a.at("so nothing is left for this one", part, {x: squares[which], y: others}, by=(nothing, rest))


def _onto_U(a: Argument, stays: Theorem) -> Theorem:
    """A projection of trace at most k that keeps the k columns of U is U Uᵀ."""
    of_U, distance = near.decomposition[0], normsquared(P - U @ U.T)
    all_of_U = a.have("U has orthonormal columns", Equal(trace(U.T @ P @ U), k), by=(stays, of_U))
    squared = a.have(
        "the square of a difference of two projections",
        Equal(distance, trace(P) - 2 * trace(U.T @ P @ U) + k),
        by=(near.turned, near.again, of_U),
    )
    far = a.have("P keeps at most k dimensions", AtMost(distance, 0), by=(squared, all_of_U, near.small))
    return a.have("so P is U Uᵀ", each_vanishes(far, Equal(P, U @ U.T)), by=far)


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
    of_U, apart = near.decomposition[0], near.decomposition[4]
    stays, sees, weight = Equal(U, P @ U), Equal(P @ W, form), ones(d, 1) @ hadamard(g, g)
    with argument(*given, least) as a:
        nothing = _nothing_exceeds(a)
        of_rest, of_form = _vanishes(a, 1, nothing), _vanishes(a, 3, nothing)
        keeps_U = a.have("g is positive, so P keeps U", each_vanishes(of_rest, stays, weight=weight), by=of_rest)
        sees_form = a.have("and what P sees of W is the form", each_vanishes(of_form, sees), by=of_form)
        put = a.have("", Equal(form, U @ U.T @ W), by=(sees_form, _onto_U(a, keeps_U)))
        found = a.have("U' is orthogonal to U", Equal(form, kept), by=(put, near.named, of_U, apart))
        here = a.at("W is the form", found, {W: whole})
        a.show(best_form_is_unique.says, by=(projection_exists, here), words="and there is such a P")
    return a


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
