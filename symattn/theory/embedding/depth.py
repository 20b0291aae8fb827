"""Any number of layers, each of which adds to the tokens what its heads read.

The layers are counted, and so are the tokens that they make: layer l makes X[l + 1] of X[l].  All heads of a layer lie
side by side in its matrices, as in most programs, and E[h] takes those coordinates that are head h's.

    X        L+1 of n×d   the tokens: X[0] what goes in, X[l + 1] what layer l makes of X[l]
    Y        the same     what the same layers make of other tokens
    Q, K, V  L of d×c     queries, keys and values of the layers, all heads side by side
    O        L of c×d     their outputs
    E        H of c×k     which coordinates head h takes
    Pi       n×n          a permutation of the tokens

Main results
    any_depth_equivariance    permuted tokens give permuted outputs, after any number of layers
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sympy import Integer

from symattn.language import (
    And,
    Equal,
    ForAll,
    Implies,
    Recurrence,
    family,
    index,
    matrix,
    recurrence,
    sizes,
    softmax,
    sum_heads,
)
from symattn.proof import Argument, Theorem, by_layers, calc, prove, specialised, theorem
from symattn.theory.embedding.context import tau

L = sizes("L", min=0)
n, d, H = sizes("n d H", min=1)
c, k = sizes("c k", min=0)
l, h = index("l", L), index("h", H)
E = family("E", H, c, k)


class Weights(NamedTuple):
    """What a layer learns, or all layers: queries, keys, values and outputs of its heads."""

    Q: Any
    K: Any
    V: Any
    O: Any

    def at(self, layer: Any) -> Weights:
        """Those of one layer."""
        return Weights(self.Q[layer], self.K[layer], self.V[layer], self.O[layer])


WEIGHTS = Weights(family("Q", L, d, c), family("K", L, d, c), family("V", L, d, c), family("O", L, c, d))


def layer(tokens: Any, weights: Weights, mask: Any = None) -> Any:
    """Tokens, and what all heads of a layer add to them."""
    Q, K, V, O = weights
    scores = tau * tokens @ Q @ E[h] @ E[h].T @ K.T @ tokens.T
    return tokens + sum_heads(softmax(scores, mask=mask) @ tokens @ V @ E[h] @ E[h].T @ O, h)


def steps(states: Any, mask: Any = None) -> Any:
    """That every layer makes the next of these states, under a mask."""
    return ForAll(l, Equal(states[l + 1], layer(states[l], WEIGHTS.at(l), mask)))


def through_layers(states: tuple[Any, ...], given: tuple[Any, ...], says: Any, step: Any) -> Theorem:
    """What holds after any number of layers of two states, by what one more layer does to it."""
    letters = (*states, *WEIGHTS)
    every = by_layers(ForAll(letters, Implies(And(*given), says)), over=L, step=step)
    return prove(says, given, using=[specialised(every, {letter: letter for letter in letters})])


def last_step(proof: Argument, states: Any, weights: Weights, mask: Any = None, *, by: Any) -> Theorem:
    """What the last of L + 1 layers makes of the state before."""
    return proof.have("the last layer", Equal(states[L + 1], layer(states[L], weights.at(L), mask)), by=by)


def same_layer(proof: Argument, made: Any, tokens: Any, others: Any, *, by: Any) -> Theorem:
    """What is made of tokens, such as by a layer, is made of others that are equal to them by what is named."""
    one, other = (matrix(name, *tokens.shape) for name in ("S", "T"))
    same = prove(Equal(made(one), made(other)), Equal(one, other))
    return proof.at("it makes the same of equal tokens", same, {one: tokens, other: others}, by=by)


def runs(states: dict[Any, Recurrence], several: int = 3) -> tuple[dict[Any, Any], ...]:
    """Instances: one layer, which exact numbers can follow, and several, of few heads: numbers of layers grow long."""
    small = {H: Integer(2), c: Integer(3), k: Integer(2)}
    return {L: Integer(1), **small, **states}, {L: Integer(several), **small, d: Integer(2), **states}


Pi = matrix("Pi", n, n, permutation=True)
X, Y = family("X", L + 1, n, d), family("Y", L + 1, n, d)
GIVEN = steps(X), steps(Y), Equal(Y[0], Pi @ X[0])


@theorem(
    section="1.5",
    says=Equal(Y[L], Pi @ X[L]),
    given=GIVEN,
    instances=runs({X: recurrence(GIVEN[0]), Y: recurrence(GIVEN[1], Pi @ X[0])}),
    source="Xu et al., Permutation Equivariance of Transformers and Its Applications, arXiv:2304.07735",
    sketch="By induction over L: each layer makes permuted tokens of permuted ones, as layer_equivariance says.",
)
def any_depth_equivariance():
    """Without positions, any number of layers of any number of heads make permuted tokens of permuted ones."""

    def step(proof: Argument, before: Theorem, X: Any, Y: Any, *letters: Any) -> None:
        weights = Weights(*letters)
        ends = [last_step(proof, Z, weights, by=given) for Z, given in zip((X, Y), proof.given[1:], strict=False)]
        moved, at = Pi @ X[L], weights.at(L)
        one = proof.have("a layer keeps the order of the tokens", Equal(layer(moved, at), Pi @ layer(X[L], at)))
        same = same_layer(proof, lambda tokens: layer(tokens, at), Y[L], moved, by=before)
        lines = calc(Y[L + 1], proof.given).eq(layer(Y[L], at), by=ends[1]).eq(layer(moved, at), by=same)
        last = Equal(Pi @ layer(X[L], at), Pi @ X[L + 1])
        last = proof.have("", last, by=ends[0])
        proof.show(lines.eq(last.claim.left, by=one).eq(Pi @ X[L + 1], by=last))

    return through_layers((X, Y), GIVEN, any_depth_equivariance.says, step)
