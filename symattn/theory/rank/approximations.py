"""How near a form of low rank can come to a given one.

A form is given by its singular value decomposition, the kept part U diag(s) Vᵀ and the rest U' diag(t) V'ᵀ, with
orthonormal columns.  That every form has one is not proved here.  That s are the largest is said by a level b².

    U, V       d×k   orthonormal columns, Uᵀ U = 1 = Vᵀ V;  U', V'  d×r  the other ones
    s, t       1×k, 1×r   the singular values
    W          d×d   the form, U diag(s) Vᵀ + U' diag(t) V'ᵀ
    Q, K       d×k   factors of any form of rank at most k
    b, g, h          a level b² between the squares: s² = b² + g², t² = b² - h²
    P          d×d   the orthogonal projection onto the columns of Q

Main results
    eckart_young_frobenius      a form Q Kᵀ of width k misses W by at least the squares of its other singular values
    eckart_young_attained       and the kept part of W misses it by exactly these
    mirsky_attained             the longest that a token sees missing can be as short as the level b
"""

from __future__ import annotations

from functools import cache

from sympy import Rational

from symattn.language import (
    PSD,
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
    row,
    trace,
)
from symattn.proof import Theorem, calc, follows, prove, specialised, theorem
from symattn.theory.rank.decompositions import Decomposition, b, d, k
from symattn.theory.rank.projections import every_factor, projection

svd = Decomposition(k)
U, V, U1, V1, s, t, g, h = (getattr(svd, name) for name in ("U", "V", "U1", "V1", "s", "t", "g", "h"))
kept, whole, above, below = svd.kept, svd.whole, svd.above, svd.below
decomposition = svd.orthonormal
approximation = (*decomposition, above, below)
Q, K = matrix("Q", d, k), matrix("K", d, k)
form = Q @ K.T

P, M, A, F = matrix("P", d, d), matrix("M", k, d), matrix("A", d, d), matrix("F", d, d)
turned, again, fixed, made, small = projection(P, M, Q, k).args
seen = P - U @ U.T @ P - U1 @ U1.T @ P
lack = b**2 * (k - trace(P))
squares = (
    b**2 * normsquared(seen),
    normsquared((U - P @ U) @ diag(g)),
    normsquared(P @ U1 @ diag(h)),
    normsquared(P @ whole - form),
)


def _seen_and_unseen() -> Theorem:
    """What P sees of W - Q Kᵀ and what it does not see are orthogonal."""
    stays = Equal(P @ F, F)
    inner = calc(trace(A.T @ F), (turned, stays)).eq(trace(A.T @ P @ F), by=stays).eq(trace((P @ A).T @ F), by=turned)
    split = (
        calc(normsquared(A - F), (turned, stays))
        .eq(normsquared(A) - 2 * trace(A.T @ F) + normsquared(F), by="a square")
        .eq(normsquared(A) - 2 * trace((P @ A).T @ F) + normsquared(F), by=inner.theorem())
        .eq(normsquared(A) - normsquared(P @ A) + normsquared(P @ A - F), by="a square")
    )
    every = prove(ForAll((A, F), Implies(stays, split.claim)), turned, using=[split.theorem()])
    keeps = prove(Equal(P @ form, form), fixed)
    here = specialised(every, {A: whole, F: form})
    return prove(here.claim.conclusion, (turned, fixed), using=[here, keeps])


def _lengths() -> tuple[Theorem, Theorem]:
    """‖W‖² and ‖P W‖², which V and V' do not change."""
    V_is, V1_is, apart = decomposition[1::2]
    whole_length = (
        calc(normsquared(whole), decomposition)
        .eq(trace(V @ diag(s) @ diag(s) @ V.T) + trace(V1 @ diag(t) @ diag(t) @ V1.T), by=decomposition[::2])
        .eq(trace(diag(s) @ diag(s) @ (V.T @ V)) + trace(diag(t) @ diag(t) @ (V1.T @ V1)), by="a trace is cyclic")
        .eq(normsquared(s) + normsquared(t), by=(V_is, V1_is))
    )
    seen_length = (
        calc(normsquared(P @ whole), (V_is, V1_is, apart))
        .eq(normsquared(P @ U @ diag(s) @ V.T + P @ U1 @ diag(t) @ V1.T), by="the form is both parts")
        .eq(normsquared(P @ U @ diag(s)) + normsquared(P @ U1 @ diag(t)), by="V and V' have orthonormal columns")
    )
    return whole_length.theorem(), seen_length.theorem()


def _dimensions() -> tuple[Theorem, Theorem, Theorem]:
    """How much of U and U' the projection P sees, and that what it sees besides is the rest of its trace."""
    in_U, in_U1 = trace(U.T @ P @ U), trace(U1.T @ P @ U1)
    of_U = (
        calc(normsquared(U - P @ U), (turned, again, decomposition[0]))
        .eq(trace(U.T @ U) - 2 * in_U + normsquared(P @ U), by=turned)
        .eq(k - in_U, by=(again, decomposition[0], turned))
    )
    besides = (
        calc(normsquared(seen), (turned, again, *decomposition[::2]))
        .eq(normsquared(P) - normsquared(U.T @ P) - normsquared(U1.T @ P), by=decomposition[::2])
        .eq(trace(P) - in_U - in_U1, by=(turned, again))
    )
    return of_U.theorem(), prove(Equal(normsquared(P @ U1), in_U1), (turned, again)), besides.theorem()


@cache
def gap() -> Theorem:
    """What the squared distance exceeds the bound by: b² times what P lacks of k dimensions, and four squares."""
    _, above_b, below_b, near = squares
    lost, kept_rest = normsquared((U - P @ U) @ diag(s)), normsquared(P @ U1 @ diag(t))
    of_U = prove(Equal(normsquared(s) - normsquared(P @ U @ diag(s)), lost), (turned, again, decomposition[0]))
    over = prove(Equal(lost, b**2 * normsquared(U - P @ U) + above_b), above)
    under = prove(Equal(kept_rest, b**2 * normsquared(P @ U1) - below_b), below)
    in_U, in_U1, besides = _dimensions()
    return (
        calc(normsquared(whole - form) - normsquared(t), (*approximation, turned, again, fixed))
        .eq(normsquared(whole) - normsquared(P @ whole) + near - normsquared(t), by=_seen_and_unseen())
        .eq(normsquared(s) - normsquared(P @ U @ diag(s)) - kept_rest + near, by=_lengths())
        .eq(lost - kept_rest + near, by=of_U)
        .eq(b**2 * normsquared(U - P @ U) + above_b - kept_rest + near, by=over)
        .eq(b**2 * (normsquared(U - P @ U) - normsquared(P @ U1)) + above_b + below_b + near, by=under)
        .eq(b**2 * (k - trace(U.T @ P @ U) - trace(U1.T @ P @ U1)) + above_b + below_b + near, by=(in_U, in_U1))
        .eq(lack + sum(squares), by=besides)
        .theorem()
    )


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
    says, level = eckart_young_frobenius.says, prove(AtMost(0, lack), small)
    near = follows(says, gap(), follows(AtMost(0, lack + sum(squares)), level, hints=[sum(squares)]))
    return prove(says, approximation, using=[specialised(every_factor(), {Q: Q}), near])


@theorem(
    section="3.10",
    says=Equal(normsquared(whole - kept), normsquared(t)),
    given=decomposition,
    instances=(svd.columns,),
    source="Eckart and Young: The approximation of one matrix by another of lower rank, 1936",
)
def eckart_young_attained():
    """The kept part U diag(s) Vᵀ, which is a form of rank k, misses W by exactly the other singular values."""
    ...


e, f, Z = row("e", k), row("f", k), matrix("Z", d, d)
other = whole - U @ diag(e) @ V.T
near_s = Equal(hadamard(s - e, s - e) + hadamard(f, f), b**2 * ones(1, k))
shifted = {e: s + Rational(3, 5) * b * ones(1, k), f: Rational(4, 5) * b * ones(1, k)}


@theorem(
    section="3.11",
    says=PSD(b**2 * identity(d) - other @ other.T),
    given=(*decomposition, below, near_s),
    instances=({**svd.columns, t: svd.levels[t], h: svd.levels[h], **shifted},),
    source="Mirsky: Symmetric gauge functions and unitarily invariant norms, 1960",
)
def mirsky_attained():
    """Every form U diag(e) Vᵀ with |s - e| ≤ b comes as near to W as b, which is at least the other singular values.

    So the kept part is as near as any form of width k, by mirsky_operator, but it is not the only one: for b > 0 its
    singular values may be changed by as much as b.
    """
    unseen = identity(d) - U @ U.T - U1 @ U1.T
    on_kept, on_rest = U @ diag(s - e) @ diag(s - e) @ U.T, U1 @ diag(t) @ diag(t) @ U1.T
    lacks_f, lacks_h = U @ diag(f) @ diag(f) @ U.T, U1 @ diag(h) @ diag(h) @ U1.T
    of_kept = prove(Equal(on_kept, b**2 * U @ U.T - lacks_f), near_s)
    of_rest = prove(Equal(on_rest, b**2 * U1 @ U1.T - lacks_h), below)
    missed = U @ diag(s - e) @ V.T + U1 @ diag(t) @ V1.T
    lengths = (
        calc(other @ other.T, mirsky_attained.given)
        .eq(missed @ missed.T, by="both forms have the columns of U and V")
        .eq(on_kept + on_rest, by=decomposition[1::2])
        .eq(b**2 * U @ U.T - lacks_f + b**2 * U1 @ U1.T - lacks_h, by=(of_kept, of_rest))
        .theorem()
    )
    again = prove(Equal(unseen @ unseen.T, unseen), decomposition[::2])
    gram = b**2 * Z @ Z.T + lacks_f + lacks_h
    equal = follows(Equal(b**2 * identity(d) - other @ other.T, gram.xreplace({Z: unseen})), lengths, again)
    positive = specialised(prove(ForAll(Z, PSD(gram))), {Z: unseen})
    return follows(mirsky_attained.says, equal, positive)
