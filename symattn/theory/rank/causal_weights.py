"""Which causal weights a narrow head cannot make.

Under a causal mask the last m of n ≥ 2 m tokens all see the first m + 1.  There weights tell the scores but for a
number in each row, and differences of columns forget that number too.  So what these differences are of one head they
are of any other with the same weights, and where they have rank m, so have the scores.

    n        2 m + r tokens, where m = p + 1
    S, T     n×n       scores with the same causal weights
    B        m×n       picks the last m tokens
    E        m×n       differences of one of the first m + 1 tokens and the next: [0 | 1 | 0] - [1 | 0 | 0]
    R        m×m       an inverse of B T Eᵀ

Main results
    lowrank_bottleneck_causal_generic  where B T Eᵀ is invertible, no scores of rank less than m make these weights
    lowrank_bottleneck_causal_lower    there are such weights: for these no width less than half the length will do
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    Equal,
    Rank,
    causal,
    column,
    exp,
    hadamard,
    hstack,
    identity,
    log,
    matrix,
    ones,
    order,
    rowsum,
    sizes,
    softmax,
    zeros,
)
from symattn.proof import Theorem, argument, prove, theorem

p, r = sizes("p r", min=0)
m = p + 1
n = 2 * m + r
S, T, seen = matrix("S", n, n), matrix("T", n, n), causal(n)
last = hstack(zeros(m, m + r), identity(m))
first, later = hstack(identity(m), zeros(m, m + r)), hstack(zeros(m, 1), identity(m), zeros(m, p + r))
R = matrix("R", m, m)


def same_weights(one: Any, other: Any) -> Equal:
    """That two heads have the same causal weights."""
    return Equal(softmax(one, mask=seen), softmax(other, mask=seen))


def _told_by_weights(scores: Any) -> Theorem:
    """Of the scores of the last tokens with the first ones, differences are those of the logarithms of weights."""
    weights, sums = softmax(scores, mask=seen), log(last @ rowsum(hadamard(seen, exp(scores))))
    logs = [log(last @ weights @ picked.T) for picked in (later, first)]
    with argument() as proof:
        parts = [
            proof.have("log P = S - log of the sum", Equal(each, last @ scores @ picked.T - sums @ ones(1, m)))
            for each, picked in zip(logs, (later, first), strict=True)
        ]
        proof.show(Equal(last @ scores @ (later - first).T, logs[0] - logs[1]), by=parts)
    return proof.theorem()


FULL = Equal(R @ (last @ T @ (later - first).T), identity(m))


@theorem(
    section="3.20",
    says=Rank(S) >= m,
    given=(same_weights(S, T), FULL),
    instances=({T: order(n, n, m + r, 0), S: order(n, n, m + r, 0) + column("c", n) @ ones(1, n), R: -identity(m)},),
    source="not found stated elsewhere",
)
def lowrank_bottleneck_causal_generic():
    """Weights of a causal head of n ≥ 2 m tokens take a width of at least m, but where a determinant is 0.

    It is that of B T Eᵀ, which the weights tell: logarithms of the weights that the last m tokens give the first m + 1,
    and differences of these along each row.
    """
    given = lowrank_bottleneck_causal_generic.given
    differences = last @ S @ (later - first).T
    with argument(*given) as proof:
        words = "the logarithms of weights tell the scores that are seen, up to a number in each row"
        ends = [proof.have(words, _told_by_weights(S))]
        ends.append(proof.at("those of T as those of S", ends[0], {S: T}))
        logs = matrix("P", n, n)
        told = log(last @ logs @ later.T) - log(last @ logs @ first.T)
        alike = prove(Equal(told, told.xreplace({logs: S})), Equal(logs, S))
        weights = {logs: softmax(S, mask=seen), S: softmax(T, mask=seen)}
        alike = proof.at("so the same weights have", alike, weights, by=given[0])
        same = proof.have("the same differences", Equal(differences, last @ T @ (later - first).T), by=(*ends, alike))
        one = proof.have("which R undoes", Equal(R @ differences, identity(m)), by=(same, given[1]))
        says = lowrank_bottleneck_causal_generic.says
        proof.show(says, by=one, hints=[R @ last, (later - first).T], words="so S passes through no less than m")
    return proof


far = order(n, n, m + r, 0)


@theorem(
    section="3.20",
    says=Rank(S) >= m,
    given=same_weights(S, far),
    instances=({S: far + column("c", n) @ ones(1, n)},),
    where={T: far},
    source="not found stated elsewhere",
)
def lowrank_bottleneck_causal_lower():
    """Some causal weights of n ≥ 2 m tokens are those of no head of width less than m.

    They are those that weigh tokens m + r or more places back e times as much as others.
    """
    values = {T: far, R: -identity(m)}
    with argument(same_weights(S, far)) as proof:
        full = Equal(-last @ far @ (later - first).T, identity(m))
        full = proof.have("differences of these scores are -1 where row and column meet, and 0 elsewhere", full)
        least = lowrank_bottleneck_causal_generic.prove()
        least = proof.at("so no other scores do with less", least, values, by=(*proof.given, full))
        proof.show(lowrank_bottleneck_causal_lower.says, by=least)
    return proof
