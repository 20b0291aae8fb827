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

from functools import cache
from typing import Any

from sympy import Rational

from symattn.language import And, AtMost, Equal, matrix, normsquared, row, scalar, sizes, softmax, total
from symattn.proof import Argument, argument, calc, theorem
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


LETTERS = (*(row(name, v) for name in "abef"), *(scalar(name) for name in "ghot"))
"""What two rows e and f are made of: see `rows_apart`."""


@cache
def rows_apart() -> Argument:
    """(h - g)² R² |b|² ≤ 2 t + 2 o² |a|² where e = o a + h R b and f = g R b differ by at most t, in squares."""
    (a, b, e, f, g, h, o, t), D = LETTERS, row("D", v)
    rows, within = (Equal(e, o * a + h * R * b), Equal(f, g * R * b)), AtMost(normsquared(e - f), t)
    made, far_ = Equal(D, o * a + (h - g) * R * b), (h - g) ** 2 * R**2 * normsquared(b)
    cut = AtMost(far_, 2 * normsquared(D) + 2 * o**2 * normsquared(a))
    with argument(*rows, within) as proof:
        cut = proof.have("|a|² ≤ 2 |a + b|² + 2 |b|²", cut, by=made, hints=[normsquared(D + o * a)])
        made = proof.have("here both are", Equal(e - f, made.right), by=rows)
        cut = proof.at("so", cut, {D: e - f}, by=made)
        proof.show(AtMost(far_, 2 * t + 2 * o**2 * normsquared(a)), by=(cut, within))
    return proof


def one_row(place: Any) -> Argument:
    """|e Z|² ≤ |Z|² where e is the place of a row."""
    Z = matrix("Z", N, v)
    with argument() as proof:
        short = AtMost(normsquared(place @ Z), normsquared(Z))
        proof.show(short, hints=[normsquared(Z - place.T @ place @ Z)], words="one row is no longer than all")
    return proof


def _rows_differ() -> Argument:
    """R² g² |u M|² ≤ 2 |f(A) - f(B)|² + 2 o² c² |y M|² / R², where p is (o, 1/(n + 2) + g, …)."""
    S, z, Z, values = matrix("S", N, N), row("z", N), matrix("Z", N, v), (c / R * y @ M, u @ M)
    scores, outputs, weights = tau * A @ W @ A.T, attended(A) - attended(B), p.xreplace(AT)
    own, other = OWN.xreplace(AT), OTHER.xreplace(AT)
    with argument(*TOKENS) as proof:
        read = Equal(first @ softmax(S) @ Z, softmax(z) @ Z)
        read = proof.have("a row of scores has a row of weights", read, by=Equal(first @ S, z))
        here = (r * first + q * second).xreplace(AT)
        scored = proof.have("the scores of the first token", Equal(first @ scores, here), by=TOKENS[0])
        read = proof.at("so", read, {S: scores, z: here, Z: A @ M}, by=scored)
        mean = Equal(z @ A @ M, total(z @ first.T) * values[0] + total(z @ second.T) * R * values[1])
        mean = proof.have("two tokens are not 0", mean, by=TOKENS[0])
        mean = proof.at("by these weights", mean, {z: weights}, by=TOKENS[0])
        lines = calc(first @ attended(A), TOKENS).eq(weights @ A @ M, by=read)
        read = proof.have("", lines.eq(own * values[0] + other * R * values[1], by=mean))
        plain = Equal(first @ attended(B), 1 / N * R * values[1])
        plain = proof.have("there all score 0", plain, by=TOKENS[1])
        short = proof.have("", one_row(first))
        short = proof.at("that of the outputs", short, {Z: outputs})
        ends = first @ attended(A), first @ attended(B)
        here = dict(zip(LETTERS, (*values, *ends, Rational(1) / N, other, own, normsquared(outputs)), strict=True))
        proof.show(proof.at("for the two parts", rows_apart().theorem(), here, by=(read, plain, short)))
    return proof


@cache
def stays_low() -> Argument:
    """R ≥ 1 + s² leaves τ b² s / R² at most half of τ b²."""
    s, b = scalar("s"), scalar("b")
    known = AtMost(1 + s**2, R)
    with argument(known) as proof:
        one = proof.have("R is at least 1", AtMost(1, R), by=known, hints=[s**2])
        wide = proof.have("and at least 2 s", AtMost(2 * s, R), by=known, hints=[(1 - s) ** 2])
        squares = proof.have("R² is at least R", AtMost(R, R**2), by=one)
        wide = proof.have("so at least 2 s", AtMost(2 * s, R**2), by=(squares, wide))
        low = proof.have("times τ b² / R²", AtMost(2 * s * (tau * b**2 / R**2), tau * b**2), by=wide)
        low = proof.have("over 2", AtMost(tau * b**2 * s / R**2, tau * b**2 / 2), by=low)
        proof.show(And(low.claim, AtMost(0, tau * b**2)), by=low)
    return proof


@cache
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
