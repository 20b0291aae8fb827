"""Chapter 3, continued.  How near a form of low rank can come to a given one, for the token that shows it most.

`approximations` measures all entries of what is missed; this is about how long it makes a token of length 1, the
operator norm.  W has its k + 1 largest singular values in s, all at least b, so that b can be the last of them.  That
forms of width k come as near as that is mirsky_attained.

    U, V       d×(k + 1)   orthonormal columns, Uᵀ U = 1 = Vᵀ V;  U', V'  d×r  the other ones
    s, g       1×(k + 1)   the k + 1 largest singular values, s² = b² + g²;  t  1×r  the other ones, t² = b² - h²
    W          d×d   the form, U diag(s) Vᵀ + U' diag(t) V'ᵀ
    Q, K       d×k   factors of any form of rank at most k
    c          a bound: |x (W - Q Kᵀ)|² ≤ c |x|² for all tokens x
    P          the orthogonal projection onto the columns of Uᵀ Q, and N = 1 - P, of trace at least 1

Main results
    mirsky_operator   no form of width k comes nearer to W than its singular value k + 1
"""

from __future__ import annotations

from typing import Any

from sympy import Rational

from symattn.language import (
    PSD,
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
    row,
    scalar,
    sizes,
    trace,
    vstack,
    zeros,
)
from symattn.proof import Theorem, at_sizes, calc, prove, specialised, theorem
from symattn.theory import projections
from symattn.theory.inverses import inverse_is_square
from symattn.theory.inverses import q as log_of
from symattn.theory.inverses import s as number
from symattn.theory.inverses import w as root

d, k, r, p = sizes("d k r p", min=0)
m = k + 1
U, V, U1, V1 = matrix("U", d, m), matrix("V", d, m), matrix("U'", d, r), matrix("V'", d, r)
Q, K = matrix("Q", d, k), matrix("K", d, k)
s, g, t, x = row("s", m), row("g", m), row("t", r), row("x", d)
b, c = scalar("b"), scalar("c")
whole = U @ diag(s) @ V.T + U1 @ diag(t) @ V1.T
error = whole - Q @ K.T
orthonormal = (Equal(U.T @ U, identity(m)), Equal(V.T @ V, identity(m)), Equal(U.T @ U1, zeros(m, r)))
above = Equal(hadamard(s, s), b**2 * ones(1, m) + hadamard(g, g))


def within(D: Any, c: Any) -> Any:
    """D makes no token longer than √c times its length: |x D|² ≤ c |x|² for all x."""
    return PSD(c * identity(d) - D @ D.T)


P, M = matrix("P", m, m), matrix("M", k, m)
turned, again, fixed, made, small = projections.projection(P, M, U.T @ Q, k).args
N = identity(m) - P
rows = N @ U.T


def _on_all_rows() -> Theorem:
    """What holds for the length of one token holds for the sum over several."""
    z, Y, D = row("z", m), matrix("Y", m, d), matrix("D", d, d)
    longer = ForAll(x, AtMost(normsquared(x @ D), c * normsquared(x)))
    one = prove(longer, within(D, c))
    each = prove(ForAll(z, AtMost(normsquared(z @ Y @ D), c * normsquared(z @ Y))), longer, hints=[z @ Y])
    total_of_each = prove(AtMost(normsquared(Y @ D), c * normsquared(Y)), each.claim)
    summed = prove(total_of_each.claim, within(D, c), using=[one, each, total_of_each])
    every = prove(ForAll((Y, D), Implies(within(D, c), summed.claim)), using=[summed])
    return specialised(every, {Y: rows, D: error})


def _kept_lengths() -> Theorem:
    """The rows that Q does not see are made b times as long by W, and more by g."""
    unseen = prove(Equal(N @ (U.T @ Q), zeros(m, k)), fixed)
    through = (
        calc(rows @ error, (*orthonormal, fixed))
        .eq(N @ (U.T @ U) @ diag(s) @ V.T + N @ (U.T @ U1) @ diag(t) @ V1.T - N @ (U.T @ Q) @ K.T, by="part by part")
        .eq(N @ diag(s) @ V.T, by=(orthonormal[0], orthonormal[2], unseen))
    )
    return (
        calc(normsquared(rows @ error), (*orthonormal, above, fixed))
        .eq(normsquared(N @ diag(s) @ V.T), by=through.theorem())
        .eq(normsquared(N @ diag(s)), by="V has orthonormal columns")
        .eq(b**2 * normsquared(N) + normsquared(N @ diag(g)), by=above)
        .theorem()
    )


def _divided() -> Theorem:
    """From b² ν ≤ c ν with ν ≥ 1, b² ≤ c."""
    nu = scalar("nu")
    large = AtMost(1, nu)
    scaled = AtMost(b**2 * nu, c * nu)
    found = prove(AtMost(b**2, c), (Equal(nu * root**2, 1), AtMost(0, (c - b**2) * nu * root**2)))
    times = prove(AtMost(0, (c - b**2) * nu * root**2), scaled)
    here = specialised(inverse_is_square(), {log_of: 0, number: nu})
    done = prove(AtMost(b**2, c), (large, scaled), using=[here, times, found])
    return prove(ForAll(nu, Implies(And(large, scaled), done.claim)), using=[done])


start, then = vstack(identity(m), zeros(r + p, m)), vstack(zeros(m, r), identity(r), zeros(p, r))
left, right = (matrix(name, m + r + p, m + r + p, orthogonal=True) for name in ("R", "R'"))
decomposed = {d: m + r + p, U: left @ start, V: right @ start, U1: left @ then, V1: right @ then}
keep = vstack(identity(k), zeros(1, k))
levels = {s: Rational(5, 4) * b * ones(1, m), g: Rational(3, 4) * b * ones(1, m), t: Rational(3, 5) * b * ones(1, r)}
near = {Q: left @ start @ diag(levels[s]) @ keep, K: right @ start @ keep, c: Rational(25, 16) * b**2}


@theorem(
    card="3.11",
    says=Implies(within(error, c), AtMost(b**2, c)),
    given=(*orthonormal, above),
    instances=({**decomposed, **levels, **near},),
)
def mirsky_operator():
    """No form Q Kᵀ of width k is nearer to W than its singular value k + 1: some token sees at least so much missing.

    Of the k + 1 directions that W stretches most, Q sees at most k.  The others are made at least b times as long.
    """
    seen, n_, h, e, o = normsquared(N), *(scalar(name) for name in ("n", "h", "e", "o"))
    equal = And(Equal(e, b**2 * n_ + h), Equal(o, n_), AtMost(e, c * o), AtMost(0, h))
    joined = prove(ForAll((n_, h, e, o), Implies(equal, AtMost(b**2 * n_, c * n_))))
    values = {n_: seen, h: normsquared(N @ diag(g)), e: normsquared(rows @ error), o: normsquared(rows)}
    lengths = prove(Equal(normsquared(rows), seen), orthonormal[0])
    left_over = prove(Equal(seen, m - trace(P)), (turned, again))
    some = prove(AtMost(1, seen), (left_over.claim, small))
    positive = prove(AtMost(0, values[h]), hints=[values[h]])
    steps = [_on_all_rows(), _kept_lengths(), lengths, positive, specialised(joined, values)]
    known = (*orthonormal, above, turned, again, fixed, small, within(error, c))
    scaled = prove(AtMost(b**2 * seen, c * seen), known, using=steps)
    divided = specialised(_divided(), {scalar("nu"): seen})
    done = prove(AtMost(b**2, c), known, using=[left_over, some, scaled, divided])
    every = at_sizes(projections.every_factor(), {projections.d: m})
    there = specialised(every, {matrix("Q", m, k): U.T @ Q})
    return prove(mirsky_operator.says, mirsky_operator.given, using=[there, done])
