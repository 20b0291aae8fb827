"""Stick-breaking: weights without softmax, of which each key breaks its share off what the keys after it have left.

A query asks its keys from the nearest one back.  Each takes the share β of what is left, and leaves 1 - β of it.  So
the weights are not negative and sum to 1 less what is left at the end, a part of attention that goes to no key.

    L, l      how many keys there are, and which one it is, counted from the nearest
    β_l       n×1   the share that key l breaks off, for each of n queries
    R_l       n×1   what is left before key l:  R_0 = 1, R_(l+1) = (1 - β_l) ∘ R_l
    A         n×n   logits of n = m + 1 tokens, of which β = sigmoid(A);  C, C' masks of j ≤ i and of j < i
    S         n×n   -log(1 - β) = log(1 + exp(A)) under the causal mask
    W         n×n   weights:  exp(A - S C) under the causal mask

Main results
    stick_breaking_sums       the weights β_l ∘ R_l sum to 1 - R_L
    stick_breaking_weights    they are not negative and sum to at most 1, for shares between 0 and 1
    stick_breaking_attention  causal attention computes them from sums of softplus of its logits
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    ForAll,
    Implies,
    causal,
    exp,
    family,
    hadamard,
    hstack,
    identity,
    index,
    log,
    matrix,
    ones,
    order,
    reciprocal,
    recurrence,
    rowsum,
    sizes,
    stack_heads,
    sum_heads,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, by_layers, prove, specialised, theorem

L, m = sizes("L m", min=0)
n = sizes("n", min=1)
l, p = index("l", L), index("p", L + 1)
left, share = family("R", L + 1, n, 1), family("beta", L, n, 1)
one, none = ones(n, 1), zeros(n, 1)
weight = hadamard(share[l], left[l])


def steps(shares: Any) -> Any:
    """That each key leaves what it does not break off."""
    return ForAll(l, Equal(left[l + 1], hadamard(one - shares, left[l])))


STEPS, START = steps(share[l]), Equal(left[0], one)
SHARES = ForAll(l, AtMost(none, share[l])), ForAll(l, AtMost(share[l], one))
SOURCE = "Tan, Yang, Courville, Panda, Shen: Scaling Stick-Breaking Attention, 2024"
free = family("A", L, n, 1)
between = reciprocal(one + hadamard(free[l], free[l]))


@theorem(
    section="4.19",
    says=Equal(sum_heads(weight, l) + left[L], one),
    given=(STEPS, START),
    instances=({left: recurrence(STEPS, one)},),
    source=SOURCE,
)
def stick_breaking_sums():
    """What all keys break off, and what is left at the end, is the whole stick."""
    with argument(STEPS, START) as proof:
        off = Equal(sum_heads(weight, l), sum_heads(left[l] - left[l + 1], l))
        off = proof.have("a key breaks off what is left before it and not after it", off, by=STEPS)
        ends = Equal(sum_heads(left[l] - left[l + 1], l), left[0] - left[L])
        ends = proof.have("of the sum of these only its ends stay", ends)
        proof.show(stick_breaking_sums.says, by=(off, ends, START))
    return proof


def _never_negative() -> Theorem:
    """What is left is never negative: by induction over the keys."""

    def step(proof: Argument, before: Theorem, left: Any, share: Any) -> None:
        last = proof.have("the last key", Equal(left[L + 1], hadamard(one - share[L], left[L])), by=proof.given[1])
        kept = proof.have("leaves a part", AtMost(none, one - share[L]), by=proof.given[4])
        here = proof.have("of what is left", AtMost(none, left[L]), by=before)
        part = proof.have("", AtMost(none, hadamard(one - share[L], left[L])), by=(kept, here))
        end = proof.have("which is not negative", AtMost(none, left[L + 1]), by=(last, part))
        place = index("p", L + 2)
        proof.show(ForAll(place, AtMost(none, left[place])), by=(before, end))

    given = And(STEPS, START, *SHARES)
    return by_layers(ForAll((left, share), Implies(given, ForAll(p, AtMost(none, left[p])))), over=L, step=step)


@theorem(
    section="4.19",
    says=And(ForAll(l, AtMost(none, weight)), AtMost(sum_heads(weight, l), one), AtMost(none, left[L])),
    given=(STEPS, START, *SHARES),
    instances=({left: recurrence(steps(between), one), share: stack_heads(between, l)},),
    source=SOURCE,
)
def stick_breaking_weights():
    """Weights that are broken off one stick are not negative, and sum to at most 1.

    They need not sum to 1, as those of softmax do: what is left, the product of all 1 - β, goes to no key.
    """
    each, most, end = stick_breaking_weights.says.args
    with argument(STEPS, START, *SHARES) as proof:
        every = specialised(_never_negative(), {left: left, share: share})
        every = proof.have("what is left is never negative", every.claim.conclusion, by=(every, *proof.given))
        each = proof.have("so no weight is negative", each, by=(every, SHARES[0]))
        end = proof.have("nor is what is left at the end", end, by=every)
        whole = stick_breaking_sums.prove()
        whole = proof.have("all weights and that are 1", whole.claim, by=(whole, STEPS, START))
        most = proof.have("so the weights are at most 1", most, by=(whole, end))
        proof.show(stick_breaking_weights.says, by=(each, most, end))
    return proof


N = m + 1
A, C, strict, all_ones = matrix("A", N, N), causal(N), order(N, N, 1, 0), ones(N, N)
softplus = log(all_ones + exp(A))
S = hadamard(C, softplus)
W = hadamard(C, exp(A - S @ C))
sigmoid = hadamard(exp(A), reciprocal(all_ones + exp(A)))
up_to, after = exp(-S @ C), exp(-S @ strict)
U, V = matrix("U", N, N), matrix("V", N, N)
first, later = hstack(identity(1), zeros(1, m)), hstack(zeros(m, 1), identity(m))


@theorem(
    section="4.19",
    says=And(
        Equal(W, hadamard(C, sigmoid, after)),
        Equal(rowsum(W), ones(N, 1) - exp(-rowsum(S))),
        AtMost(zeros(N, N), W),
        AtMost(rowsum(W), ones(N, 1)),
    ),
    source=SOURCE,
    where={matrix("C", N, N): C, matrix("S", N, N): S, matrix("W", N, N): W},
)
def stick_breaking_attention():
    """Causal attention by stick-breaking: exp(A_ij - Σ_l softplus(A_il)), over the keys l from j to i, for j ≤ i.

    That is β_ij times the product of 1 - β_il over the keys l after j, as 1 - sigmoid(a) = exp(-softplus(a)).
    """
    shares, _, each, most = stick_breaking_attention.says.args
    u, v, w, x, y, z = (matrix(name, N, 1) for name in "uvwxyz")
    with argument() as proof:
        shares = proof.have("exp(a - softplus(a)) = sigmoid(a)", shares)
        broken = proof.have("a key breaks off what is left before it and not after it", Equal(W, after - up_to))
        words = "what is left after one key is left before the next one, and before the first one it is all"
        moved = proof.have(words, Equal(after, hstack(up_to @ later.T, ones(N, 1))))
        alike = prove(Equal(rowsum(U), rowsum(A)), Equal(U, A))
        sum_moved = proof.at("", alike, {U: after, A: moved.claim.right}, by=moved)
        ends = prove(Equal(rowsum(hstack(U @ later.T, ones(N, 1))) - rowsum(U), ones(N, 1) - U @ first.T))
        ends = proof.at("of the sum only its ends stay", ends, {U: up_to})
        last = Equal(up_to @ first.T, exp(-rowsum(S)))
        last = proof.have("what is left before the first key has been left by all", last)
        sum_broken = prove(Equal(rowsum(U), rowsum(A) - rowsum(V)), Equal(U, A - V))
        sum_broken = proof.at("", sum_broken, {U: W, A: after, V: up_to}, by=broken)
        known = Equal(u, v - w), Equal(v, x), Equal(x - w, ones(N, 1) - y), Equal(y, z)
        total = proof.have("where the ends are y and 1", Equal(u, ones(N, 1) - z), by=known)
        values = {u: rowsum(W), v: rowsum(after), w: rowsum(up_to), x: rowsum(moved.claim.right)}
        values |= {y: up_to @ first.T, z: exp(-rowsum(S))}
        by = (sum_broken, sum_moved, ends, last)
        total = proof.at("so the weights are 1 less what is left at the end", total, values, by=by)
        each = proof.have("exp is positive", each)
        most = proof.have("what is left is positive too", AtMost(u, ones(N, 1)), by=Equal(u, ones(N, 1) - exp(z)))
        most = proof.at("so", most, {u: rowsum(W), z: -rowsum(S)}, by=total)
        proof.show(stick_breaking_attention.says, by=(shares, total, each, most))
    return proof
