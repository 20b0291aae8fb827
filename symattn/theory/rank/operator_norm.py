"""How near a form of low rank can come to a given one, for the token that shows it most.

`approximations` measures all entries of what is missed; this is about how long it makes a token of length 1, the
operator norm.  W has its k + 1 largest singular values in s, all at least b, so that b can be the last of them.  That
forms of width k come as near as that is mirsky_attained.

    U, V       d×(k + 1)   orthonormal columns, Uᵀ U = 1 = Vᵀ V;  U', V'  d×r  the other ones
    s, g       1×(k + 1)   the k + 1 largest singular values, s² = b² + g²;  t  1×r  the other ones
    W          d×d   the form, U diag(s) Vᵀ + U' diag(t) V'ᵀ
    Q, K       d×k   factors of any form of rank at most k
    c          a bound: |x (W - Q Kᵀ)|² ≤ c |x|² for all tokens x
    P          the orthogonal projection onto the columns of Uᵀ Q, and N = 1 - P, of trace at least 1;  nu  its trace

Main results
    mirsky_operator   no form of width k comes nearer to W than its singular value k + 1
"""

from __future__ import annotations

from typing import Any

from sympy import Rational

from symattn.language import (
    PSD,
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
from symattn.proof import Argument, Theorem, argument, at_sizes, prove, specialised, theorem
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
nu, n, h, e, o = (scalar(name) for name in ("nu", *"nheo"))


def _on_all_rows() -> Argument:
    """What holds for the length of one token holds for the sum over several."""
    z, Y, D = row("z", m), matrix("Y", m, d), matrix("D", d, d)
    bounded = ForAll(x, AtMost(normsquared(x @ D), c * normsquared(x)))
    each = ForAll(z, AtMost(normsquared(z @ Y @ D), c * normsquared(z @ Y)))
    with argument(within(error, c)) as a:
        longer = a.have("c bounds what a token sees", bounded, by=within(D, c))
        along = a.have("such as x = z Y", each, by=longer, hints=[z @ Y])
        summed = a.have("add up over the rows of Y", AtMost(normsquared(Y @ D), c * normsquared(Y)), by=along)
        a.show(a.at("Y is N Uᵀ, and D is what is missed", summed, {Y: rows, D: error}, by=within(error, c)))
    return a


def _kept_lengths() -> Argument:
    """The rows that Q does not see are made b times as long by W, and more by g."""
    (of_U, of_V, apart), stretched = orthonormal, N @ diag(s) @ V.T
    A, B = matrix("A", m, d), matrix("B", m, d)
    parts = N @ (U.T @ U) @ diag(s) @ V.T + N @ (U.T @ U1) @ diag(t) @ V1.T - N @ (U.T @ Q) @ K.T
    with argument(*orthonormal, above, fixed) as a:
        unseen = a.have("P keeps Uᵀ Q", Equal(N @ (U.T @ Q), zeros(m, k)), by=fixed)
        split = a.have("part by part", Equal(rows @ error, parts))
        through = a.have("U' is orthogonal to U", Equal(rows @ error, stretched), by=(split, of_U, apart, unseen))
        long = prove(Equal(normsquared(A), normsquared(B)), Equal(A, B), check=False)
        alike = a.at("what is equal is equally long", long, {A: rows @ error, B: stretched}, by=through)
        bare = a.have("V has orthonormal columns", Equal(normsquared(stretched), normsquared(N @ diag(s))), by=of_V)
        levels = Equal(normsquared(N @ diag(s)), b**2 * normsquared(N) + normsquared(N @ diag(g)))
        level = a.have("s² = b² + g²", levels, by=above)
        a.show(Equal(normsquared(rows @ error), levels.right), by=(alike, bare, level))
    return a


def _divided() -> Argument:
    """From b² ν ≤ c ν with ν ≥ 1, b² ≤ c."""
    large, scaled, root = AtMost(1, nu), AtMost(b**2 * nu, c * nu), Equal(nu * inverses.w**2, 1)
    with argument(large, scaled) as a:
        times = a.have("times a square", AtMost(0, (c - b**2) * nu * inverses.w**2), by=scaled)
        found = a.have("one over ν", AtMost(b**2, c), by=(root, times))
        every = a.have("", inverses.large_number_has_inverse())
        some = a.at("s is ν, and exp(0) = 1", every, {inverses.q: 0, inverses.s: nu}, by=large)
        a.show(AtMost(b**2, c), by=(found, some))
    return a


def _joined() -> Theorem:
    """From e = b² n + h ≤ c n with h ≥ 0, b² n ≤ c n."""
    lengths = Equal(e, b**2 * n + h), Equal(o, n), AtMost(e, c * o), AtMost(0, h)
    return prove(AtMost(b**2 * n, c * n), lengths, check=False)


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
    seen, level = normsquared(N), normsquared(N @ diag(g))
    with argument(*mirsky_operator.given) as a:
        stretched = a.have("", _on_all_rows())
        lengths = a.have("", _kept_lengths())
        same = a.have("U has orthonormal columns", Equal(normsquared(rows), seen), by=orthonormal[0])
        more = a.have("squares are not negative", AtMost(0, level), hints=[level])
        values = {n: seen, h: level, e: normsquared(rows @ error), o: normsquared(rows)}
        joined = a.at("so W stretches N Uᵀ, and c bounds it", _joined(), values, by=(lengths, same, stretched, more))
        size = a.have("N is a projection", Equal(seen, m - trace(P)), by=(turned, again))
        some = a.have("P keeps at most k dimensions of k + 1", AtMost(1, seen), by=(size, small))
        divided = a.have("what is at least 1 can be divided by", _divided())
        done = a.at("as ν is |N|²", divided, {nu: seen}, by=(some, joined))
        every = at_sizes(projections.every_factor(), {projections.d: m})
        there = a.have(projections.projection_exists.title, specialised(every, {matrix("Q", m, k): U.T @ Q}))
        a.show(mirsky_operator.says, by=(there, done), words="and there is such a P")
    return a
