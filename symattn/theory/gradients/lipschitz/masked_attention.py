"""Where masked attention is Lipschitz: as without a mask, if only some token sees itself and one other.

    n        at least 0;  there are n + 2 tokens
    X, Y     (n+2)×d    tokens;  W  d×d, M  d×v   forms of scores and of values
    m        (n+2)×(n+2)   a mask of which row 1 is [1 1 0 … 0];  f(X) = softmax(τ X W Xᵀ, mask=m) X M
    w        at least 1, how many tokens back a window reaches
    E        softmax(0, mask=m);  |E|² = 1 + 1/2 + … + 1/(n + 2) where the mask is causal
    L        a number;  f is Lipschitz where |f(X) - f(Y)|² ≤ L |X - Y|² for all X and Y

Main results
    causal_lipschitz_iff   causal attention is Lipschitz exactly when W = 0 or M = 0
    window_lipschitz_iff   and so is causal attention in a sliding window of any width
"""

from __future__ import annotations

from typing import Any

from symattn.language import Exists, ForAll, Iff, Implies, causal, exp, matrix, normsquared, sizes, window, zeros
from symattn.proof import Argument, argument, theorem
from symattn.theory.gradients.lipschitz.directions import NOTHING, scored_and_read_iff
from symattn.theory.gradients.lipschitz.far_tokens import M, N, W, c, d, tau, v
from symattn.theory.gradients.lipschitz.masked_far_tokens import EXCESS, TOKENS, TWO, masked_far_token_tells_apart
from symattn.theory.gradients.lipschitz.masked_means import (
    SHORT,
    L,
    X,
    Y,
    bounded,
    even,
    mask,
    masked_mean_of_tokens_lipschitz,
)
from symattn.theory.gradients.lipschitz.unbounded import Far, nothing_read

SOME = Exists(L, ForAll((X, Y), bounded(X, Y)), witness=normsquared(even) * normsquared(M))
SAYS = Iff(SOME, NOTHING)
E, w = matrix("E", N, N), sizes("w", min=1)


def _lipschitz_iff(seen: Any) -> Argument:
    """The theorem under a mask that keeps the second token from all but the first two."""
    here = {mask: seen}
    some, short = SOME.xreplace(here), ForAll((X, Y), SHORT.xreplace(here))
    with argument() as proof:
        two = proof.have("the second token sees the first two", TWO.xreplace(here))
        apart = proof.at("so outputs go apart", masked_far_token_tells_apart.prove(), here, by=two)
        far = Far(lambda x, y: bounded(x, y).xreplace(here), apart, TOKENS, EXCESS, tau * exp(-tau * c**2) / 8)
        none = proof.have("", nothing_read(far))
        none = proof.have(
            "some direction is scored and read", NOTHING, by=(none, scored_and_read_iff), under=far.lipschitz
        )
        none = proof.have("so where f is", Implies(far.lipschitz, NOTHING), by=none, under=())
        none = proof.have("by some L", Implies(some, NOTHING), by=none, under=())
        back = proof.at("a mean is Lipschitz", masked_mean_of_tokens_lipschitz.prove(), here, by=NOTHING)
        back = proof.have("for all tokens", short, by=back, under=NOTHING)
        back = proof.have("so there is an L", some, by=back, under=NOTHING)
        back = proof.have("and the other way round", Implies(NOTHING, some), by=back, under=())
        proof.show(SAYS.xreplace(here), by=(none, back))
    return proof


@theorem(
    section="5.10",
    says=SAYS.xreplace({mask: causal(N)}),
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}),
    where={E: even.xreplace({mask: causal(N)})},
    source="not found stated elsewhere",
)
def causal_lipschitz_iff():
    """Causal attention of two tokens or more is Lipschitz exactly when W = 0 or M = 0, as attention without a mask."""
    return _lipschitz_iff(causal(N))


@theorem(
    section="5.10",
    says=SAYS.xreplace({mask: window(N, w)}),
    instances=({W: zeros(d, d)},),
    where={E: even.xreplace({mask: window(N, w)})},
    source="not found stated elsewhere",
)
def window_lipschitz_iff():
    """Causal attention in a window of w ≥ 1 tokens back is Lipschitz exactly when W = 0 or M = 0, however narrow."""
    return _lipschitz_iff(window(N, w))
