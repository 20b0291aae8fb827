"""A token that is far away tells apart tokens that come together.

A token R u that is far away makes all the difference.  The token c y/R, which is nearly 0, scores τ c² with it,
however large R is, and the token 0 scores 0 with everything.  So they read weights that differ by as much for every R,
of values that grow with R, while they come closer to each other with 1/R.

    n        at least 0;  there are n + 2 tokens, two of which are not 0
    W, M     d×d, d×v   forms of scores and of values;  f(X) = softmax(τ X W Xᵀ) X M
    y, u     1×d        two directions;  c = y W uᵀ, and s = y W yᵀ
    R        a number of at least 1 + s²
    A, B     (n+2)×d    the tokens c y/R, R u, 0, …, 0, and 0, R u, 0, …, 0
    e₀, e₁   1×(n+2)    the places of the first two tokens

Main results
    far_token_tells_apart   R g |u M| ≤ √2 |f(A) - f(B)| + √2 |c y M| / R, where g = τ c² exp(-τ c²) / (2 (n + 2)²)
"""

from __future__ import annotations

from typing import Any

from sympy import Rational

from symattn.language import And, AtMost, Equal, matrix, normsquared, row, scalar, sizes, softmax, total
from symattn.proof import Argument, argument, theorem
from symattn.theory.gradients.lipschitz.shares import (
    LEAST,
    OTHER,
    OWN,
    N,
    at_most_all,
    first,
    more_than_its_share,
    p,
    q,
    r,
    second,
)

d = sizes("d", min=1)
v = sizes("v", min=0)
tau = scalar("tau", positive=True)
W, M = matrix("W", d, d), matrix("M", d, v)
y, u = row("y", d), row("u", d)
R = scalar("R", positive=True)


def attended(tokens: Any) -> Any:
    """What attention makes of tokens."""
    return softmax(tau * tokens @ W @ tokens.T) @ tokens @ M


c, s = total(y @ W @ u.T), total(y @ W @ y.T)
A, B = matrix("A", N, d), matrix("B", N, d)
far = second.T @ (R * u)
near = first.T @ (c / R * y) + far
AWAY, TOKENS = AtMost(1 + s**2, R), (Equal(A, near), Equal(B, far))
AT = {r: tau * c**2 * s / R**2, q: tau * c**2}
EXCESS = LEAST.xreplace(AT)
"""What the second weight is above its share at least."""
READ, KEPT = normsquared(u @ M), normsquared(y @ M)
APART = normsquared(attended(A) - attended(B))


def _rows_differ() -> Argument:
    """R² g² |u M|² ≤ 2 |f(A) - f(B)|² + 2 o² c² |y M|² / R², where p is (o, 1/(n + 2) + g, …)."""
    Z, D, m, k, h, o, S = matrix("Z", N, v), row("D", v), row("a", v), row("b", v), *map(scalar, "hoS")
    known = Equal(D, o * m + h * R * k), AtMost(normsquared(D), S)
    cut = AtMost(h**2 * R**2 * normsquared(k), 2 * normsquared(D) + 2 * o**2 * normsquared(m))
    gap, own = (OTHER - Rational(1) / N).xreplace(AT), OWN.xreplace(AT)
    outputs, short = attended(A) - attended(B), AtMost(normsquared(first @ Z), normsquared(Z))
    with argument(*TOKENS) as proof:
        read = Equal(first @ attended(A), p.xreplace(AT) @ near @ M)
        read = proof.have("the scores of the first token", read, by=TOKENS[0])
        plain = Equal(first @ attended(B), R / N * u @ M)
        plain = proof.have("there all score 0", plain, by=TOKENS[1])
        one, other = row("e", v), row("f", v)
        rows = Equal(one, p.xreplace(AT) @ near @ M), Equal(other, plain.claim.right)
        made = Equal(one - other, own * (c / R * y @ M) + gap * R * (u @ M))
        made = proof.have("rows such as these differ", made, by=rows)
        made = proof.at("by", made, {one: read.claim.left, other: plain.claim.left}, by=(read, plain))
        short = proof.have("one row is no longer than all", short, hints=[normsquared(Z - first.T @ first @ Z)])
        short = proof.at("that of the outputs", short, {Z: outputs})
        cut = proof.have("|a|² ≤ 2 |a + b|² + 2 |b|²", cut, by=known[0], hints=[normsquared(D + o * m)])
        cut = proof.have("", AtMost(cut.claim.left, 2 * S + 2 * o**2 * normsquared(m)), by=(cut, known[1]))
        values = {D: first @ outputs, o: own, m: c / R * y @ M, h: gap, k: u @ M, S: normsquared(outputs)}
        proof.show(proof.at("for the two parts", cut, values, by=(made, short)))
    return proof


def stays_low() -> Argument:
    """R ≥ 1 + s² leaves τ b² s / R² at most half of τ b²."""
    s, b = scalar("s"), scalar("b")
    known = AtMost(1 + s**2, R)
    with argument(known) as proof:
        one = proof.have("R is at least 1", AtMost(1, R), by=known, hints=[s**2])
        squares = proof.have("R² is at least R", AtMost(R, R**2), by=one)
        wide = proof.have("so at least 2 s", AtMost(2 * s, R**2), by=(squares, known), hints=[(1 - s) ** 2])
        low = proof.have("times τ b² / R²", AtMost(2 * s * (tau * b**2 / R**2), tau * b**2), by=wide)
        low = proof.have("over 2", AtMost(tau * b**2 * s / R**2, tau * b**2 / 2), by=low)
        proof.show(And(low.claim, AtMost(0, tau * b**2)), by=low)
    return proof


def in_numbers() -> Argument:
    """From h² x ≤ 2 S + 2 o² k with 0 ≤ δ ≤ h and o² ≤ 1 that δ² x ≤ 2 S + 2 k."""
    h, o, x, k, least, S = (scalar(name) for name in ("h", "o", "x", "k", "delta", "S"))
    signs = AtMost(0, least), AtMost(0, x), AtMost(0, k)
    differ = AtMost(h**2 * x, 2 * S + 2 * o**2 * k)
    with argument(*signs, differ, AtMost(least, h), AtMost(o**2, 1)) as proof:
        most = proof.have("o² k is at most k", AtMost(o**2 * k, k), by=(AtMost(o**2, 1), signs[2]))
        square = proof.have("δ² is at most h²", AtMost(least**2, h**2), by=(signs[0], AtMost(least, h)))
        square = proof.have("times x", AtMost(least**2 * x, h**2 * x), by=(square, signs[1]))
        proof.show(AtMost(least**2 * x, 2 * S + 2 * k), by=(differ, most, square))
    return proof


@theorem(
    section="5.10",
    says=AtMost(R**2 * EXCESS**2 * READ, 2 * APART + 2 * c**2 / R**2 * KEPT),
    given=(AWAY, *TOKENS),
    where={scalar("c"): c, scalar("g"): EXCESS},
    instances=({R: 1 + s**2, A: near.xreplace({R: 1 + s**2}), B: far.xreplace({R: 1 + s**2})},),
    source="not found stated elsewhere",
)
def far_token_tells_apart():
    """Tokens that are c y / R apart have outputs that are further apart the larger R is, where c u M is not 0.

    The distance of the outputs is at least R g |u M| / √2 - |c y M| / R, in squares, where g does not depend on R: the
    weight of the token R u is above its share by that much in one output, and just its share in the other.
    """
    names = "h", "o", "x", "k", "delta", "S"
    parts = (OTHER - Rational(1) / N).xreplace(AT), OWN.xreplace(AT), R**2 * READ, (c / R) ** 2 * KEPT, EXCESS, APART
    with argument(AWAY, *TOKENS) as proof:
        low = proof.have("", stays_low())
        low = proof.at("the scores of the first token", low, {scalar("s"): s, scalar("b"): c}, by=AWAY)
        gap = proof.at("so the second is above its share", more_than_its_share.prove(), AT, by=low)
        own = proof.have("", at_most_all())
        own = proof.at("of these scores", own, AT)
        differ = proof.have("", _rows_differ())
        signs = [proof.have("not negative", AtMost(0, one)) for one in (EXCESS, parts[2], parts[3])]
        values = dict(zip(map(scalar, names), parts, strict=True))
        numbers = proof.have("", in_numbers())
        found = proof.at("so", numbers, values, by=(gap, own, differ, *signs))
        proof.show(far_token_tells_apart.says, by=found)
    return proof
