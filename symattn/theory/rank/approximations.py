"""How near a form of low rank can come to a given one.

A form is given by its singular value decomposition, the kept part U diag(s) Vᵀ and the rest U' diag(t) V'ᵀ, with
orthonormal columns.  That every form has one is not proved here.  That s are the largest is said by a level b².

    U, V       d×k   orthonormal columns, Uᵀ U = 1 = Vᵀ V;  U', V'  d×r  the other ones
    s, t       1×k, 1×r   the singular values
    W          d×d   the form, U diag(s) Vᵀ + U' diag(t) V'ᵀ
    Q, K       d×k   factors of any form of rank at most k
    b, g, h          a level b² between the squares: s² = b² + g², t² = b² - h²
    P          d×d   the orthogonal projection onto the columns of Q;  F  d×d  any matrix that it keeps, P F = F

Main results
    eckart_young_frobenius      a form Q Kᵀ of width k misses W by at least the squares of its other singular values
    eckart_young_attained       and the kept part of W misses it by exactly these
    mirsky_attained             the longest that a token sees missing can be as short as the level b
"""

from __future__ import annotations

from functools import cache

from sympy import Rational

from symattn.language import PSD, AtMost, Equal, diag, hadamard, identity, matrix, normsquared, ones, row, trace
from symattn.proof import Argument, argument, calc, prove, theorem
from symattn.theory.rank.decompositions import Decomposition, b, d, k
from symattn.theory.rank.projections import projection, projection_exists

svd = Decomposition(k)
U, V, U1, V1, s, t, g, h = (getattr(svd, name) for name in ("U", "V", "U1", "V1", "s", "t", "g", "h"))
kept, whole, above, below = svd.kept, svd.whole, svd.above, svd.below
decomposition = svd.orthonormal
approximation = (*decomposition, above, below)
Q, K = matrix("Q", d, k), matrix("K", d, k)
form = Q @ K.T

P, M, W, F = matrix("P", d, d), matrix("M", k, d), matrix("W", d, d), matrix("F", d, d)
named = Equal(W, whole)
turned, again, fixed, made, small = projection(P, M, Q, k).args
seen = P - U @ U.T @ P - U1 @ U1.T @ P
lack = b**2 * (k - trace(P))
squares = (
    b**2 * normsquared(seen),
    normsquared((U - P @ U) @ diag(g)),
    normsquared(P @ U1 @ diag(h)),
    normsquared(P @ W - form),
)
excess = normsquared(W - form) - normsquared(t)
lost, rest = normsquared((U - P @ U) @ diag(s)), normsquared(P @ U1 @ diag(t))
balance = normsquared(U - P @ U) - normsquared(P @ U1)


def _seen_and_unseen() -> Argument:
    """What P sees of W - Q Kᵀ and what it does not see are orthogonal."""
    stays = Equal(P @ F, F)
    with argument(turned, fixed) as a:
        inner = a.have("P keeps F, and is symmetric", Equal(trace(W.T @ F), trace((P @ W).T @ F)), by=(stays, turned))
        squared = Equal(normsquared(W - F), normsquared(W) - 2 * trace((P @ W).T @ F) + normsquared(F))
        split = a.have("a square", squared, by=inner)
        apart = Equal(normsquared(W - F), normsquared(W) - normsquared(P @ W) + normsquared(P @ W - F))
        every = a.have("two squares", apart, by=split)
        keeps = a.have("P keeps the columns of Q", Equal(P @ form, form), by=fixed)
        a.show(a.at("F is Q Kᵀ", every, {F: form}, by=keeps))
    return a


def _lengths() -> Argument:
    """The squared distance in what P sees of U and of U'."""
    of_U, of_V, _, of_V1, _, apart = decomposition
    lengths = Equal(normsquared(W), normsquared(s) + normsquared(t))
    of_seen = Equal(normsquared(P @ W), normsquared(P @ U @ diag(s)) + rest)
    of_lost = Equal(normsquared(s) - normsquared(P @ U @ diag(s)), lost)
    with argument(*approximation, named, turned, again, fixed) as a:
        split = a.have("what P sees and what it does not see are orthogonal", _seen_and_unseen())
        length = a.have("U, V, U' and V' have orthonormal columns", lengths, by=(named, *decomposition))
        seen_length = a.have("V and V' have orthonormal columns", of_seen, by=(named, of_V, of_V1, apart))
        of_U_lost = a.have("P is an orthogonal projection", of_lost, by=(turned, again, of_U))
        a.show(Equal(excess, lost - rest + squares[3]), by=(split, length, seen_length, of_U_lost))
    return a


def _dimensions() -> Argument:
    """What P lacks of U, less what it sees of U', is what it lacks of k dimensions, and what it sees besides."""
    in_U, in_U1, of_U = trace(U.T @ P @ U), trace(U1.T @ P @ U1), decomposition[0]
    of_seen = Equal(normsquared(seen), trace(P) - in_U - in_U1)
    with argument(turned, again, *decomposition[::2]) as a:
        lacks = a.have("P misses this of U", Equal(normsquared(U - P @ U), k - in_U), by=(turned, again, of_U))
        sees = a.have("and keeps this of U'", Equal(normsquared(P @ U1), in_U1), by=(turned, again))
        besides = a.have("and this besides", of_seen, by=(turned, again, *decomposition[::2]))
        a.show(Equal(balance, k - trace(P) + normsquared(seen)), by=(lacks, sees, besides))
    return a


@cache
def gap() -> Argument:
    """What the squared distance exceeds the bound by: b² times what P lacks of k dimensions, and four squares."""
    _, above_b, below_b, near = squares
    with argument(*approximation, named, turned, again, fixed) as a:
        missed = a.have("", _lengths())
        over = a.have("s² = b² + g²", Equal(lost, b**2 * normsquared(U - P @ U) + above_b), by=above)
        under = a.have("t² = b² - h²", Equal(rest, b**2 * normsquared(P @ U1) - below_b), by=below)
        level = a.have("", Equal(excess, b**2 * balance + above_b + below_b + near), by=(missed, over, under))
        dimensions = a.have("", _dimensions())
        total = calc(excess, a.given).eq(level.claim.right, by=level).eq(lack + sum(squares), by=dimensions)
        a.show(total, by=(level, dimensions), words="all that exceeds the bound")
    return a


@theorem(
    section="3.10",
    says=AtMost(normsquared(t), normsquared(whole - form)),
    given=approximation,
    instances=({**svd.columns, **svd.levels},),
    source="Eckart and Young: The approximation of one matrix by another of lower rank, 1936",
)
def eckart_young_frobenius():
    """No form Q Kᵀ of width k is nearer to W than the sum of the squares of all but the k largest singular values.

    The columns of Q are kept by a projection P of trace at most k.  What P does not see of W is missed by all K.
    """
    says = eckart_young_frobenius.says
    with argument(*approximation) as a:
        more = a.have("", gap())
        level = a.have("P keeps at most k dimensions", AtMost(0, lack), by=small)
        bound = a.have("squares are not negative", AtMost(0, lack + sum(squares)), by=level, hints=[sum(squares)])
        near = a.have("so as much is missed", AtMost(normsquared(t), normsquared(W - form)), by=(more, bound))
        here = a.at("W is the form", near, {W: whole})
        a.show(says, by=(projection_exists, here), words="and there is such a P")
    return a


@theorem(
    section="3.10",
    says=Equal(normsquared(whole - kept), normsquared(t)),
    given=decomposition,
    instances=(svd.columns,),
    source="Eckart and Young: The approximation of one matrix by another of lower rank, 1936",
)
def eckart_young_attained():
    """The kept part U diag(s) Vᵀ, which is a form of rank k, misses W by exactly the other singular values."""
    return (
        calc(normsquared(whole - kept), decomposition)
        .eq(normsquared(U1 @ diag(t) @ V1.T), by="the rest is missed")
        .eq(trace(diag(t) @ (U1.T @ U1) @ diag(t) @ (V1.T @ V1)), by="a trace is cyclic")
        .eq(normsquared(t), by=decomposition[2:4])
    )


e, f, Z = row("e", k), row("f", k), matrix("Z", d, d)
other = whole - U @ diag(e) @ V.T
near_s = Equal(hadamard(s - e, s - e) + hadamard(f, f), b**2 * ones(1, k))
shifted = {e: s + Rational(3, 5) * b * ones(1, k), f: Rational(4, 5) * b * ones(1, k)}


@theorem(
    section="3.11",
    says=PSD(b**2 * identity(d) - other @ other.T),
    given=(*decomposition, below, near_s),
    instances=({**svd.columns, t: svd.levels[t], h: svd.levels[h], **shifted},),
    source="textbook linear algebra",
)
def mirsky_attained():
    """Every form U diag(e) Vᵀ with |s - e| ≤ b comes as near to W as b, which is at least the other singular values.

    So the kept part is as near as any form of width k, by mirsky_operator, but it is not the only one: for b > 0 its
    singular values may be changed by as much as b.
    """
    unseen = identity(d) - U @ U.T - U1 @ U1.T
    on_kept, on_rest = U @ diag(s - e) @ diag(s - e) @ U.T, U1 @ diag(t) @ diag(t) @ U1.T
    lacks_f, lacks_h = U @ diag(f) @ diag(f) @ U.T, U1 @ diag(h) @ diag(h) @ U1.T
    E, F = matrix("E", d, d), matrix("F", d, d)
    gram, left = b**2 * Z @ Z.T + lacks_f + lacks_h, b**2 * identity(d) - other @ other.T
    with argument(*mirsky_attained.given) as a:
        square = a.have(
            "V and V' have orthonormal columns", Equal(other @ other.T, on_kept + on_rest), by=decomposition[1::2]
        )
        of_kept = a.have("s - e is at most b", Equal(on_kept, b**2 * U @ U.T - lacks_f), by=near_s)
        of_rest = a.have("so is t", Equal(on_rest, b**2 * U1 @ U1.T - lacks_h), by=below)
        again = a.have("U and U' have orthonormal columns", Equal(unseen @ unseen.T, unseen), by=decomposition[::2])
        equal = a.have("so this is left", Equal(left, gram.xreplace({Z: unseen})), by=(square, of_kept, of_rest, again))
        positive = a.at("squares are not negative", prove(PSD(gram), check=False), {Z: unseen})
        same = a.have("and neither is what is equal to them", PSD(E), by=(PSD(F), Equal(E, F)))
        a.show(a.at("such as this", same, {E: left, F: equal.claim.right}, by=(positive, equal)))
    return a
