"""How near a form of low rank can come to a given one, for the token that shows it most.

`approximations` measures all entries of what is missed; this is about how long it makes a token of length 1, the
operator norm.  W has its k + 1 largest singular values in s, all at least b, so that b can be the last of them.  That
forms of width k come as near as that is mirsky_attained.

    U, V       d×(k + 1)   orthonormal columns, Uᵀ U = 1 = Vᵀ V;  U', V'  d×r  the other ones
    s, g       1×(k + 1)   the k + 1 largest singular values, s² = b² + g²;  t  1×r  the other ones
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
    identity,
    matrix,
    normsquared,
    row,
    scalar,
    trace,
    vstack,
    zeros,
)
from symattn.proof import Theorem, at_sizes, calc, follows, instance, prove, specialised, theorem
from symattn.theory.rank import inverses, projections
from symattn.theory.rank.decompositions import Decomposition, b, d, k

m = k + 1
svd = Decomposition(m)
U, V, U1, V1, s, t, g = (getattr(svd, name) for name in ("U", "V", "U1", "V1", "s", "t", "g"))
Q, K, x, c = matrix("Q", d, k), matrix("K", d, k), row("x", d), scalar("c")
error = svd.whole - Q @ K.T
orthonormal, above = (svd.orthonormal[0], svd.orthonormal[1], svd.orthonormal[4]), svd.above


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
    along = AtMost(normsquared(z @ Y @ D), c * normsquared(z @ Y))
    each = follows(ForAll(z, along), prove(longer, within(D, c)), hints=[z @ Y])
    summed = follows(AtMost(normsquared(Y @ D), c * normsquared(Y)), each)
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
    times = prove(AtMost(0, (c - b**2) * nu * inverses.w**2), scaled)
    found = follows(AtMost(b**2, c), Equal(nu * inverses.w**2, 1), times)
    done = prove(AtMost(b**2, c), (large, scaled), using=[inverses.has_inverse(0, nu), found])
    return prove(ForAll(nu, Implies(And(large, scaled), done.claim)), using=[done])


keep = vstack(identity(k), zeros(1, k))
values = {value: part for value, part in {**svd.columns, **svd.levels}.items() if value != svd.h}
near = {Q: values[U] @ diag(values[s]) @ keep, K: values[V] @ keep, c: Rational(25, 16) * b**2}


@theorem(
    section="3.11",
    says=Implies(within(error, c), AtMost(b**2, c)),
    given=(*orthonormal, above),
    instances=({**values, **near},),
    source="Mirsky: Symmetric gauge functions and unitarily invariant norms, 1960",
)
def mirsky_operator():
    """No form Q Kᵀ of width k is nearer to W than its singular value k + 1: some token sees at least so much missing.

    Of the k + 1 directions that W stretches most, Q sees at most k.  The others are made at least b times as long.
    """
    seen, n, h, e, o = normsquared(N), *(scalar(name) for name in "nheo")
    equal = And(Equal(e, b**2 * n + h), Equal(o, n), AtMost(e, c * o), AtMost(0, h))
    joined = prove(ForAll((n, h, e, o), Implies(equal, AtMost(b**2 * n, c * n))))
    parts = {n: seen, h: normsquared(N @ diag(g)), e: normsquared(rows @ error), o: normsquared(rows)}
    lengths = prove(Equal(normsquared(rows), seen), orthonormal[0])
    positive = prove(AtMost(0, parts[h]), hints=[parts[h]])
    along = _on_all_rows()
    stretched = prove(along.claim.conclusion, within(error, c), using=[along])
    scaled = instance(joined, parts, _kept_lengths(), lengths, stretched, positive)
    some = follows(AtMost(1, seen), prove(Equal(seen, m - trace(P)), (turned, again)), small)
    done = instance(_divided(), {scalar("nu"): seen}, some, scaled)
    every = at_sizes(projections.every_factor(), {projections.d: m})
    there = specialised(every, {matrix("Q", m, k): U.T @ Q})
    return prove(mirsky_operator.says, mirsky_operator.given, using=[there, done])
