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

from symattn.language import AtMost, Equal, normsquared, ones, row, softmax, zeros
from symattn.proof import argument, theorem
from symattn.theory.gradients.lipschitz.directions import NOTHING
from symattn.theory.gradients.lipschitz.far_tokens import M, N, W, attended, d, tau, v
from symattn.theory.gradients.lipschitz.masked_means import (
    L,
    X,
    Y,
    mask,
    masked_mean_of_tokens,
    masked_mean_of_tokens_lipschitz,
)


def bounded(one: Any, other: Any, by: Any = L) -> Any:
    """The squared distance of two outputs is at most L times that of the tokens."""
    return AtMost(normsquared(attended(one) - attended(other)), by * normsquared(one - other))


@theorem(
    section="5.10",
    says=Equal(attended(X), ones(N, N) / N @ X @ M),
    given=NOTHING,
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}),
    source="textbook linear algebra",
)
def mean_of_tokens():
    """Where W = 0 or M = 0 attention is the mean of the values X M, for every token."""
    with argument(NOTHING) as proof:
        seen = proof.at("where all is seen", masked_mean_of_tokens.prove(), {mask: ones(N, N)}, by=NOTHING)
        proof.show(mean_of_tokens.says, by=seen)
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
    with argument(NOTHING) as proof:
        seen = proof.at("where all is seen", masked_mean_of_tokens_lipschitz.prove(), {mask: ones(N, N)}, by=NOTHING)
        one = proof.have("the mean has length 1", Equal(normsquared(ones(N, N) / N), 1))
        proof.show(SHORT, by=(seen, one))
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
