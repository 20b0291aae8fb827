"""Where masked attention is Lipschitz: where it is a mean of the tokens that are seen.

    n        at least 0;  there are n + 2 tokens
    X, Y     (n+2)×d    tokens;  W  d×d, M  d×v   forms of scores and of values
    m        (n+2)×(n+2)   any mask, such as causal(n + 2), or any weights;  f(X) = softmax(τ X W Xᵀ, mask=m) X M
    E        softmax(0, mask=m), by which all that is seen is read alike

Main results
    masked_mean_of_tokens             where W = 0 or M = 0, f(X) is the mean E X M of what is seen
    masked_mean_of_tokens_lipschitz   and so Lipschitz with L = |E|² |M|²
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    AtMost,
    Equal,
    causal,
    column,
    exp,
    hadamard,
    matrix,
    normsquared,
    ones,
    reciprocal,
    rowsum,
    scalar,
    softmax,
    zeros,
)
from symattn.proof import Argument, argument, calc, each_vanishes, theorem
from symattn.theory.gradients.lipschitz.directions import NOTHING
from symattn.theory.gradients.lipschitz.far_tokens import M, N, W, d, tau, v

X, Y, L = matrix("X", N, d), matrix("Y", N, d), scalar("L")
mask = matrix("m", N, N)
even = softmax(zeros(N, N), mask=mask)


def masked(tokens: Any) -> Any:
    """What attention makes of tokens under the mask."""
    return softmax(tau * tokens @ W @ tokens.T, mask=mask) @ tokens @ M


def bounded(one: Any, other: Any, by: Any = L) -> Any:
    """The squared distance of two outputs is at most L times that of the tokens."""
    return AtMost(normsquared(masked(one) - masked(other)), by * normsquared(one - other))


def _same_reciprocal() -> Argument:
    """Where g s = g t, also g / s = g / t: each is g / s times s times 1 / t, as 1/0 is 0."""
    g, s, t = scalar("g"), column("s", N), column("t", N)
    both, same = hadamard(reciprocal(s), reciprocal(t)), Equal(g * s, g * t)
    with argument(same) as proof:
        lines = calc(g * reciprocal(s), same).eq(g * hadamard(both, s), by=("as g s / s² is g t / s²", same))
        lines = lines.eq(g * hadamard(both, t), by=same)
        proof.show(lines.eq(g * reciprocal(t), by=("as g t / t² is g s / t²", same)))
    return proof


def _even() -> Argument:
    """Where g ≥ 0 and g S = 0, g softmax(S) is g times the mean of what is seen."""
    g, S, s, t = scalar("g"), matrix("S", N, N), column("s", N), column("t", N)
    A, B, most = matrix("A", N, N), matrix("B", N, N), ones(N, N)
    seen, known = hadamard(mask, exp(S)), (AtMost(0, g), Equal(g * S, zeros(N, N)))
    shares = Equal(g * reciprocal(s), g * reciprocal(t)), Equal(g * A, g * B)
    with argument(*known) as proof:
        up = proof.have("a tangent lies below", AtMost(most + S, exp(S)))
        up = proof.have("times g", AtMost(g * most, g * exp(S)), by=(up, *known))
        turned = proof.have("g (-S) is 0 too", Equal(g * -S, zeros(N, N)), by=known[1])
        down = proof.at("so on the other side", up, {S: -S}, by=(known[0], turned))
        down = proof.have("times exp(S)", AtMost(g * exp(S), g * most), by=down)
        same = proof.have("both", Equal(g * exp(S), g * most), by=(up, down))
        top = proof.have("under the mask", Equal(g * seen, g * mask), by=same)
        sums = proof.have("in all", Equal(g * rowsum(seen), g * rowsum(mask)), by=top)
        below = proof.have("", _same_reciprocal())
        below = proof.at("of these sums", below, {s: rowsum(seen), t: rowsum(mask)}, by=sums)
        parts = [hadamard(one, reciprocal(sum_) @ ones(1, N)) for one, sum_ in ((A, s), (B, t))]
        weights = proof.have("so are quotients", Equal(g * parts[0], g * parts[1]), by=shares)
        weights = proof.at("such as", weights, {A: seen, B: mask, s: rowsum(seen), t: rowsum(mask)}, by=(below, top))
        proof.show(Equal(g * softmax(S, mask=mask), g * even), by=weights)
    return proof


@theorem(
    section="5.10",
    says=Equal(masked(X), even @ X @ M),
    given=NOTHING,
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}, {W: zeros(d, d), mask: causal(N)}),
    source="textbook linear algebra",
)
def masked_mean_of_tokens():
    """Where W = 0 or M = 0 masked attention is the mean of the values X M that a token sees.

    Under a causal mask that is the mean of its own and of those before it.
    """
    D, scores = matrix("D", N, d), tau * X @ W @ X.T
    apart = (softmax(scores, mask=mask) - even) @ X
    with argument(NOTHING) as proof:
        gone = proof.have("|M|² W is as long as 0", Equal(normsquared(normsquared(M) * W), 0), by=NOTHING)
        gone = proof.have("so it is 0", each_vanishes(gone, Equal(normsquared(M) * W, zeros(d, d))))
        gone = proof.have("between tokens", Equal(normsquared(M) * scores, zeros(N, N)), by=gone)
        same = proof.have("", _even())
        some = proof.have("a square is not negative", AtMost(0, normsquared(M)))
        same = proof.at("for |M|²", same, {scalar("g"): normsquared(M), matrix("S", N, N): scores}, by=(gone, some))
        none = Equal(normsquared(apart) * normsquared(M), 0)
        none = proof.have("so what is not the mean is 0, or M is", none, by=same)
        length = AtMost(normsquared(D @ M), normsquared(D) * normsquared(M))
        length = proof.have("a product is no longer than its factors", length)
        less = proof.at("such as what is not the mean", length, {D: apart})
        less = proof.have("which has no length", AtMost(normsquared(apart @ M), 0), by=(less, none))
        proof.show(each_vanishes(less, masked_mean_of_tokens.says))
    return proof


def _mean_is_lipschitz() -> Argument:
    """|E (X - Y) M|² ≤ |E|² |M|² |X - Y|²."""
    A, B, D = matrix("A", N, N), matrix("B", N, d), matrix("D", N, d)
    with argument() as proof:
        length = AtMost(normsquared(B @ M), normsquared(B) * normsquared(M))
        length = proof.have("a product is no longer than its factors", length)
        length = proof.at("such as", length, {B: A @ D})
        inner = AtMost(normsquared(A @ D), normsquared(A) * normsquared(D))
        inner = proof.have("nor is this one", inner)
        times = AtMost(normsquared(A @ D) * normsquared(M), normsquared(A) * normsquared(D) * normsquared(M))
        times = proof.have("times |M|²", times, by=inner)
        short = AtMost(normsquared(A @ D @ M), normsquared(A) * normsquared(M) * normsquared(D))
        short = proof.have("both", short, by=(length, times))
        proof.show(proof.at("of the difference", short, {A: even, D: X - Y}))
    return proof


SHORT = bounded(X, Y, normsquared(even) * normsquared(M))


@theorem(
    section="5.10",
    says=SHORT,
    given=NOTHING,
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}, {W: zeros(d, d), mask: causal(N)}),
    where={matrix("E", N, N): even},
    source="textbook linear algebra",
)
def masked_mean_of_tokens_lipschitz():
    """Where W = 0 or M = 0 masked attention is Lipschitz, with L = |E|² |M|².

    Under a causal mask of n + 2 tokens |E|² is 1 + 1/2 + … + 1/(n + 2).
    """
    A, B, C, D, t = *(matrix(name, N, v) for name in "ABCD"), scalar("t")
    known = Equal(A, C), Equal(B, D), AtMost(normsquared(C - D), t)
    with argument(NOTHING) as proof:
        mean = proof.have("attention is a mean", masked_mean_of_tokens)
        other = proof.at("of other tokens too", mean, {X: Y}, by=NOTHING)
        short = proof.have("", _mean_is_lipschitz())
        same = proof.have("equals differ by as much", AtMost(normsquared(A - B), t), by=known)
        values = {A: masked(X), B: masked(Y), C: even @ X @ M, D: even @ Y @ M, t: SHORT.right}
        proof.show(proof.at("so do these", same, values, by=(mean, other, short)))
    return proof
