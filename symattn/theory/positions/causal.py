"""A causal mask: what it keeps apart, and what it tells of positions.

Tokens are cut after the first a of them.  A causal mask lets none of these see any later one; how the others see each
other is left open, and so is how the first ones do.

    X, Y      a×d, b×d   tokens before the cut and after it
    L, M, F   a×a, b×b, b×a   masks: who sees whom before the cut, after it, and from after it to before it
    t         how many tokens each token sees, which under the causal mask of all tokens is its position, from 1

Main results
    causal_prefix   what comes before a cut does not depend on what comes after it, for any cut and any layers
    nope_counter    without positions, a value that marks the first token tells every token its position
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    Equal,
    column,
    family,
    hstack,
    identity,
    index,
    matrix,
    ones,
    reciprocal,
    rowsum,
    scalar,
    sizes,
    softmax,
    sum_heads,
    vstack,
    zeros,
)
from symattn.proof import theorem

n, a, b = sizes("n a b", min=1)
m = sizes("m", min=0)
d, k, v = sizes("d k v", min=0)
H, tau = sizes("H", min=1), scalar("tau", positive=True)
X, Y = matrix("X", a, d), matrix("Y", b, d)
L, M, F = matrix("L", a, a, mask=True), matrix("M", b, b, mask=True), matrix("F", b, a, mask=True)
mask = vstack(hstack(L, zeros(a, b)), hstack(F, M))
first = hstack(identity(a), zeros(a, b))
W, V = matrix("W", d, d), matrix("V", d, v)


def layer(tokens: Any, mask: Any, W: Any, V: Any) -> Any:
    """Masked attention with this form and these values."""
    return softmax(tau * tokens @ W @ tokens.T, mask=mask) @ tokens @ V


@theorem(
    section="6.7",
    says=Equal(first @ layer(vstack(X, Y), mask, W, V), layer(X, L, W, V)),
    source="not found stated elsewhere",
    sketch="In a row before the cut the mask leaves no exponential after it, neither above nor below the division.",
)
def causal_prefix():
    """What tokens before a cut read under a causal mask does not depend on the tokens after it."""
    ...


h = index("h", H)
Qs, Ks = family("Q", H, d, k), family("K", H, d, k)
Vs, Os = family("V", H, d, v), family("O", H, v, d)


def residual(tokens: Any, mask: Any) -> Any:
    """Tokens, and what all heads of a layer add to them."""
    scores = tau * tokens @ Qs[h] @ Ks[h].T @ tokens.T
    return tokens + sum_heads(softmax(scores, mask=mask) @ tokens @ Vs[h] @ Os[h], h)


@theorem(
    section="6.7",
    says=Equal(first @ residual(vstack(X, Y), mask), residual(X, L)),
    source="not found stated elsewhere",
    sketch="Each head sees to the left of the cut only, as in causal_prefix, and what is added stands in its own row.",
)
def causal_prefix_of_layers():
    """A layer of any heads that adds to the tokens what they read keeps the cut: the next one sees the same before it.

    So any number of such layers do, and the keys and values of the first tokens can be kept, in every layer, when
    later tokens come.
    """
    ...


others, seen = matrix("L", n, m, mask=True), column("t", n)
values = vstack(identity(1), zeros(m, 1))
sees = hstack(ones(n, 1), others)


@theorem(
    section="6.8",
    says=Equal(softmax(zeros(n, 1 + m), mask=sees) @ values, reciprocal(seen)),
    given=Equal(rowsum(sees), seen),
    instances=({seen: rowsum(sees)},),
    source="Kazemnejad et al.: The Impact of Positional Encoding on Length Generalization, arXiv:2305.19466",
    sketch="All scores are 0 and all exponentials 1, so a token that sees t tokens gives each the weight 1/t.",
)
def nope_counter():
    """Without positions, a head with Q = 0 whose value marks the first token gives 1/t to a token that sees t tokens.

    Under the causal mask token i sees i tokens, so every token can know its position.
    """
    ...
