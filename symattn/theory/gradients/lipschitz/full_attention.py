"""Where attention is Lipschitz: nowhere that scores and values both matter.

Softmax is Lipschitz, attention is not: `far_tokens` has tokens that come together while their outputs go apart.

    n        at least 0;  there are n + 2 tokens
    X, Y     (n+2)×d    tokens;  W  d×d, M  d×v   forms of scores and of values;  f(X) = softmax(τ X W Xᵀ) X M
    L        a number;  f is Lipschitz where |f(X) - f(Y)|² ≤ L |X - Y|² for all X and Y

Main results
    lipschitz_iff    f is Lipschitz exactly when W = 0 or M = 0
"""

from __future__ import annotations

from symattn.language import Exists, ForAll, Iff, Implies, exp, normsquared, zeros
from symattn.proof import argument, theorem
from symattn.theory.gradients.lipschitz.directions import NOTHING, scored_and_read_iff
from symattn.theory.gradients.lipschitz.far_tokens import EXCESS, TOKENS, M, N, W, c, d, far_token_tells_apart, tau, v
from symattn.theory.gradients.lipschitz.masked_means import L, X, Y
from symattn.theory.gradients.lipschitz.means_of_tokens import SHORT, bounded, mean_of_tokens_lipschitz
from symattn.theory.gradients.lipschitz.unbounded import Far, nothing_read

FAR = Far(bounded, far_token_tells_apart, TOKENS, EXCESS, tau * exp(-tau * c**2) / (2 * N**2))
LIPSCHITZ = FAR.lipschitz
SOME = Exists(L, LIPSCHITZ, witness=normsquared(M))


@theorem(
    section="5.10",
    says=Iff(SOME, NOTHING),
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}),
    source="Kim, Papamakarios, Mnih, arXiv:2006.04710, Theorem 3.1, that it is not; the iff not found elsewhere",
)
def lipschitz_iff():
    """Attention of two tokens or more is Lipschitz exactly when scores or values do not matter: W = 0 or M = 0."""
    with argument() as proof:
        none = proof.have("", nothing_read(FAR))
        none = proof.have("some direction is scored and read", NOTHING, by=(none, scored_and_read_iff), under=LIPSCHITZ)
        none = proof.have("so where f is", Implies(LIPSCHITZ, NOTHING), by=none, under=())
        none = proof.have("by some L", Implies(SOME, NOTHING), by=none, under=())
        back = ForAll((X, Y), SHORT)
        back = proof.have("a mean is Lipschitz", back, by=mean_of_tokens_lipschitz, under=NOTHING)
        back = proof.have("so there is an L", SOME, by=back, under=NOTHING)
        back = proof.have("and the other way round", Implies(NOTHING, SOME), by=back, under=())
        proof.show(lipschitz_iff.says, by=(none, back))
    return proof
