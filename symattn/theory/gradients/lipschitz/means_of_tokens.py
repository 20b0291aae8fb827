"""Where attention is Lipschitz: where it is a mean, and of a single token.

    n        at least 0;  there are n + 2 tokens
    X, Y     (n+2)×d    tokens;  W  d×d, M  d×v   forms of scores and of values;  f(X) = softmax(τ X W Xᵀ) X M
    L        a number;  f is Lipschitz where |f(X) - f(Y)|² ≤ L |X - Y|² for all X and Y

Main results
    mean_of_tokens             where W = 0 or M = 0, f(X) is the mean of X M
    mean_of_tokens_lipschitz   and so Lipschitz with L = |M|²
    one_token_lipschitz        of a single token attention always is
"""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, exp, matrix, normsquared, ones, row, scalar, softmax, zeros
from symattn.proof import Argument, argument, each_vanishes, theorem
from symattn.theory.gradients.lipschitz.directions import NOTHING
from symattn.theory.gradients.lipschitz.far_tokens import M, N, W, attended, d, tau, v

X, Y, L = matrix("X", N, d), matrix("Y", N, d), scalar("L")


def bounded(one: Any, other: Any, by: Any = L) -> Any:
    """The squared distance of two outputs is at most L times that of the tokens."""
    return AtMost(normsquared(attended(one) - attended(other)), by * normsquared(one - other))


def _even() -> Argument:
    """Where g ≥ 0 and g S = 0, g softmax(S) = g times the mean."""
    g, S = scalar("g"), matrix("S", N, N)
    most, known = ones(N, N), (AtMost(0, g), Equal(g * S, zeros(N, N)))
    with argument(*known) as proof:
        up = proof.have("a tangent lies below", AtMost(most + S, exp(S)))
        down = proof.have("on the other side too", AtMost(most - S, exp(-S)))
        up = proof.have("times g", AtMost(g * most, g * exp(S)), by=(up, *known))
        down = proof.have("times g", AtMost(g * most, g * exp(-S)), by=(down, *known))
        down = proof.have("times exp(S)", AtMost(g * exp(S), g * most), by=down)
        same = proof.have("both", Equal(g * exp(S), g * most), by=(up, down))
        proof.show(Equal(g * softmax(S), g * most / N), by=same)
    return proof


@theorem(
    section="5.10",
    says=Equal(attended(X), ones(N, N) / N @ X @ M),
    given=NOTHING,
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}),
    source="textbook linear algebra",
)
def mean_of_tokens():
    """Where W = 0 or M = 0 attention is the mean of the values X M, for every token."""
    D, scores, even = matrix("D", N, d), tau * X @ W @ X.T, ones(N, N) / N
    apart = (softmax(scores) - even) @ X
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
        proof.show(each_vanishes(less, mean_of_tokens.says))
    return proof


def _mean_is_lipschitz() -> Argument:
    """|mean(X) M - mean(Y) M|² ≤ |M|² |X - Y|²."""
    A, D, even = matrix("A", N, d), matrix("D", N, d), ones(N, N) / N
    with argument() as proof:
        shorter = AtMost(normsquared(even @ D), normsquared(D))
        shorter = proof.have("a mean is no longer", shorter, hints=[normsquared(D - even @ D)])
        length = AtMost(normsquared(A @ M), normsquared(A) * normsquared(M))
        length = proof.have("a product is no longer than its factors", length)
        length = proof.at("such as the mean", length, {A: even @ D})
        times = AtMost(normsquared(M) * normsquared(even @ D), normsquared(M) * normsquared(D))
        times = proof.have("times |M|²", times, by=shorter)
        short = AtMost(normsquared(even @ D @ M), normsquared(M) * normsquared(D))
        short = proof.have("both", short, by=(length, times))
        proof.show(proof.at("of the difference", short, {D: X - Y}))
    return proof


SHORT = bounded(X, Y, normsquared(M))


@theorem(
    section="5.10",
    says=SHORT,
    given=NOTHING,
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}),
    source="textbook linear algebra",
)
def mean_of_tokens_lipschitz():
    """Where W = 0 or M = 0 attention is Lipschitz, with L = |M|²."""
    E, F, G, H, t = *(matrix(name, N, v) for name in "EFGH"), scalar("t")
    even = ones(N, N) / N
    known = Equal(E, G), Equal(F, H), AtMost(normsquared(G - H), t)
    with argument(NOTHING) as proof:
        mean = proof.have("attention is a mean", mean_of_tokens)
        other = proof.at("of other tokens too", mean, {X: Y}, by=NOTHING)
        short = proof.have("", _mean_is_lipschitz())
        same = proof.have("equals differ by as much", AtMost(normsquared(E - F), t), by=known)
        values = {E: attended(X), F: attended(Y), G: even @ X @ M, H: even @ Y @ M, t: SHORT.right}
        proof.show(proof.at("so do these", same, values, by=(mean, other, short)))
    return proof


x, z = row("x", d), row("z", d)


def alone(token: Any) -> Any:
    """What attention makes of a single token."""
    return softmax(tau * token @ W @ token.T) @ token @ M


@theorem(
    section="5.10",
    says=AtMost(normsquared(alone(x) - alone(z)), normsquared(M) * normsquared(x - z)),
    source="textbook linear algebra",
)
def one_token_lipschitz():
    """Attention of a single token is x M, which is Lipschitz with L = |M|²."""
    D = row("D", d)
    with argument() as proof:
        plain = Equal(alone(x) - alone(z), (x - z) @ M)
        plain = proof.have("a token that is alone reads itself", plain)
        length = AtMost(normsquared(D @ M), normsquared(M) * normsquared(D))
        length = proof.have("a product is no longer than its factors", length)
        length = proof.at("such as the difference", length, {D: x - z})
        proof.show(one_token_lipschitz.says, by=(plain, length))
    return proof
