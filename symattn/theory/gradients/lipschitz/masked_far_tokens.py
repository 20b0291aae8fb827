"""A far token tells apart tokens that come together, also under a mask by which some token sees just one other.

The first token is R u and the second c y/R or 0, and the second sees no others.  So it is as if there were these two.

    n        at least 0;  there are n + 2 tokens, two of which are not 0
    m        (n+2)×(n+2)   a mask of which row 1 is [1 1 0 … 0], such as causal(n + 2);
             f(X) = softmax(τ X W Xᵀ, mask=m) X M
    y, u     1×d        two directions;  c = y W uᵀ, and s = y W yᵀ
    R        a number of at least 1 + s²
    G, H     (n+2)×d    the tokens R u, c y/R, 0, …, 0, and R u, 0, 0, …, 0

Main results
    masked_far_token_tells_apart   R g |u M| ≤ √2 |f(G) - f(H)| + √2 |c y M| / R, where g = τ c² exp(-τ c²) / 8
"""

from __future__ import annotations

from sympy import Rational

from symattn.language import (
    AtMost,
    Equal,
    causal,
    exp,
    matrix,
    normsquared,
    ones,
    reciprocal,
    scalar,
    softmax,
    total,
    zeros,
)
from symattn.proof import Argument, argument, at_sizes, calc, theorem
from symattn.theory.gradients.lipschitz.far_tokens import (
    AT,
    AWAY,
    KEPT,
    LETTERS,
    READ,
    M,
    N,
    R,
    W,
    c,
    d,
    in_numbers,
    one_row,
    rows_apart,
    s,
    stays_low,
    tau,
    u,
    v,
    y,
)
from symattn.theory.gradients.lipschitz.masked_means import mask, masked
from symattn.theory.gradients.lipschitz.shares import LOW, above_its_share, first, n, part_of_one, q, r, second

G, H = matrix("G", N, d), matrix("H", N, d)
far = first.T @ (R * u)
near = second.T @ (c / R * y) + far
LONG = 1 + s**2
TOKENS, TWO = (Equal(G, near), Equal(H, far)), Equal(second @ mask, first + second)
LEAST = q * exp(-q) / 8
EXCESS = LEAST.xreplace(AT)
"""What the weight of the far token is above one half at least."""
APART = normsquared(masked(G) - masked(H))
w = total(reciprocal((exp(r) + exp(q)) * ones(1, 1)))
OWN, OTHER = w * exp(r), w * exp(q)


def _shares() -> Argument:
    """Where r ≤ q/2 and 0 ≤ q, w exp(r) is at most 1, in squares, and w exp(q) at least LEAST above one half."""
    names = map(scalar, ("w", "x", "z", "o", "k", "h"))
    values = dict(zip(names, (w, exp(q / 2), exp(q), exp(r), exp(-q), OTHER), strict=True))
    with argument(*LOW) as proof:
        one = proof.have("they sum to 1", Equal(w * (exp(r) + exp(q)), 1))
        some = proof.have("w is not negative", AtMost(0, w))
        own = proof.have("nor the weights", AtMost(0, OWN), by=some)
        rest = proof.have("nor the weights", AtMost(0, OTHER), by=some)
        most = proof.have("so each is no more than 1", AtMost(OWN, 1), by=(rest, one))
        own = proof.at("in squares", part_of_one(), {scalar("a"): OWN}, by=(own, most))
        tangent = proof.have("a tangent lies below", AtMost(1 + q / 2 - r, exp(q / 2 - r)))
        rises = proof.have("so exp rises", AtMost(exp(r), exp(q / 2)), by=(tangent, LOW[0]))
        above = proof.have("at 0 too", AtMost(1 + q / 2, exp(q / 2)))
        numbers = proof.have("", at_sizes(above_its_share().theorem(), {n: 0}))
        gap = proof.at("x is exp(q/2)", numbers, values, by=(one, some, rises, above, LOW[1]))
        gap = proof.have("so", AtMost(LEAST, OTHER - Rational(1, 2)), by=gap)
        proof.show(gap.claim & own.claim, by=(gap, own))
    return proof


def _read() -> Argument:
    """The second token reads o c y M / R + p R u M of G, with its weights o and p, and half of R u M of H."""
    S, Z, both = matrix("S", N, N), matrix("Z", N, v), q * first + r * second
    h, o = scalar("h"), scalar("o")
    weights, plain = second @ softmax(S, mask=mask), Equal(second @ S, zeros(1, N))
    with argument(TWO, *TOKENS) as proof:
        some = Equal(weights, OTHER * first + OWN * second)
        some = proof.have("the mask hides all but two", some, by=(TWO, Equal(second @ S, both)))
        even = proof.at("such as two that score 0", some, {q: 0, r: 0}, by=plain)
        even = proof.have("which are read alike", Equal(weights, (first + second) / 2), by=even)
        scores = [tau * tokens @ W @ tokens.T for tokens in (G, H)]
        one = proof.have("the scores of G", Equal(second @ scores[0], both.xreplace(AT)), by=TOKENS[0])
        read = Equal(weights @ Z, some.claim.right @ Z)
        read = proof.have("and so of what is read", read, by=some)
        one = proof.at("so", read, {S: scores[0], Z: G @ M, **AT}, by=one)
        mean = Equal((h * first + o * second) @ G @ M, o * (c / R * y @ M) + h * R * (u @ M))
        mean = proof.have("two tokens are not 0", mean, by=TOKENS[0])
        mean = proof.at("by these weights", mean, {h: OTHER.xreplace(AT), o: OWN.xreplace(AT)}, by=TOKENS[0])
        weights_ = some.claim.right.xreplace(AT)
        lines = calc(second @ masked(G), proof.given).eq(weights_ @ G @ M, by=one).eq(mean.claim.right, by=mean)
        one = proof.have("", lines)
        none = proof.have("of H all score 0", Equal(second @ scores[1], zeros(1, N)), by=TOKENS[1])
        none = proof.at("so", even, {S: scores[1]}, by=none)
        none = proof.have("", Equal(second @ masked(H), R / 2 * u @ M), by=(none, TOKENS[1]))
        proof.show(one.claim & none.claim, by=(one, none))
    return proof


def _rows_differ() -> Argument:
    """R² g² |u M|² ≤ 2 |f(G) - f(H)|² + 2 o² c² |y M|² / R², where the weights are o and 1/2 + g."""
    outputs, ends, values = masked(G) - masked(H), (second @ masked(G), second @ masked(H)), (c / R * y @ M, u @ M)
    shares = Rational(1, 2), OTHER.xreplace(AT), OWN.xreplace(AT)
    with argument(TWO, *TOKENS) as proof:
        read = proof.have("", _read())
        short = proof.have("", one_row(second))
        short = proof.at("that of the outputs", short, {matrix("Z", N, v): outputs})
        here = dict(zip(LETTERS, (*values, *ends, *shares, normsquared(outputs)), strict=True))
        proof.show(proof.at("for the two parts", rows_apart().theorem(), here, by=(read, short)))
    return proof


@theorem(
    section="5.10",
    says=AtMost(R**2 * EXCESS**2 * READ, 2 * APART + 2 * c**2 / R**2 * KEPT),
    given=(AWAY, TWO, *TOKENS),
    where={scalar("c"): c, scalar("g"): EXCESS},
    instances=({mask: causal(N), R: LONG, G: near.xreplace({R: LONG}), H: far.xreplace({R: LONG})},),
    source="not found stated elsewhere",
)
def masked_far_token_tells_apart():
    """Under a mask by which one token sees just one other, these come c y / R closer as their outputs go apart with R.

    The distance of the outputs is at least R g |u M| / √2 - |c y M| / R, in squares, where g does not depend on R: the
    weight of the token R u is above one half by that much in one output, and just one half in the other.
    """
    parts = (OTHER - Rational(1, 2)).xreplace(AT), OWN.xreplace(AT), R**2 * READ, (c / R) ** 2 * KEPT, EXCESS, APART
    names = map(scalar, ("h", "o", "x", "k", "delta", "S"))
    with argument(AWAY, TWO, *TOKENS) as proof:
        low = proof.have("", stays_low())
        low = proof.at("the scores of the second token", low, {scalar("s"): s, scalar("b"): c}, by=AWAY)
        shares = proof.have("", _shares())
        shares = proof.at("of these scores", shares, AT, by=low)
        differ = proof.have("", _rows_differ())
        signs = [proof.have("not negative", AtMost(0, one)) for one in (EXCESS, parts[2], parts[3])]
        numbers = proof.have("", in_numbers())
        found = proof.at("so", numbers, dict(zip(names, parts, strict=True)), by=(shares, differ, *signs))
        proof.show(masked_far_token_tells_apart.says, by=found)
    return proof
