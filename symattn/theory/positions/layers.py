"""Masks over any number of layers: what a stack of them cannot see.

Under a causal mask the first tokens never see those that come later, in however many layers; and L layers with windows
of w tokens reach L w tokens back, and no further.

    X, Y       L+1 of n×d   tokens through the layers, from two inputs: layer l makes X[l + 1] of X[l]
    Z          L+1 of a×d   the first a of a + b tokens through the same layers by themselves
    Q, K, V, O, E           weights of the layers, as in embedding/depth.py
    F, R       L, L+1 of n×n   any matrices, and products of them inside of windows

Main results
    causal_at_any_depth      what comes before a cut does not depend on what comes after it, after any number of layers
    windows_at_any_depth     L layers whose windows reach w tokens back read nothing that is more than L w tokens back
    windows_reach            a product of L matrices inside of windows lies inside of the window of L w tokens
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    Equal,
    ForAll,
    Implies,
    causal,
    diag,
    exp,
    family,
    hadamard,
    hstack,
    identity,
    matrix,
    order,
    reciprocal,
    recurrence,
    rowsum,
    sizes,
    softmax,
    stack_heads,
    window,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, by_layers, prove, specialised, theorem
from symattn.theory.embedding.depth import (
    E,
    H,
    L,
    Weights,
    d,
    h,
    l,
    last_step,
    layer,
    n,
    runs,
    steps,
    tau,
    through_layers,
)

a, b, w = sizes("a b w", min=1)
m = sizes("m", min=0)
X, Z = family("X", L + 1, a + b, d), family("Z", L + 1, a, d)
first = hstack(identity(a), zeros(a, b))
PREFIX = steps(X, causal(a + b)), steps(Z, causal(a)), Equal(Z[0], first @ X[0])


@theorem(
    section="6.7",
    says=Equal(Z[L], first @ X[L]),
    given=PREFIX,
    instances=runs({X: recurrence(PREFIX[0]), Z: recurrence(PREFIX[1], first @ X[0])}),
    source="not found stated elsewhere",
    sketch="By induction over L: in each layer the first tokens read each other only, as causal_reads_what_came says.",
)
def causal_at_any_depth():
    """After any number of causal layers the first a tokens are what they are by themselves, without those that follow.

    So a decoder leaks nothing of what comes, and what it has computed of a prefix it need not compute again.
    """

    def step(proof: Argument, before: Theorem, X: Any, Z: Any, *letters: Any) -> None:
        weights = Weights(*letters)
        whole = last_step(proof, X, weights, causal(a + b), by=proof.given[1])
        short = last_step(proof, Z, weights, causal(a), by=proof.given[2])
        front, at = first @ X[L], weights.at(L)
        reads = Equal(layer(front, at, causal(a)), first @ layer(X[L], at, causal(a + b)))
        one = proof.have("the first tokens read each other only", reads)
        same = proof.have("", Equal(layer(Z[L], at, causal(a)), layer(front, at, causal(a))), by=before)
        proof.show(Equal(Z[L + 1], first @ X[L + 1]), by=(whole, short, one, same))

    return through_layers((X, Z), PREFIX, causal_at_any_depth.says, step)


one, other = family("X", L + 1, n, d), family("Y", L + 1, n, d)


def _from(start: Any) -> Any:
    """The diagonal matrix that keeps the rows from there on, and makes 0 of those before."""
    return diag(order(n, 1, start, 0))


OTHER = _from(m) @ one[0] + (identity(n) - _from(m)) @ one[0] @ matrix("B", d, d)
ALIKE = steps(one, window(n, w)), steps(other, window(n, w)), Equal(_from(m) @ other[0], _from(m) @ one[0])
S, A = family("S", H, n, n), family("A", H, n, d)


def _reads_what_it_sees(rows: Any, seen: Any, mask: Any) -> Theorem:
    """Rows that see, under a mask, only what is seen, read the same when all else is 0; for any scores and values."""
    scores, values = S[h], A[h]
    inside, half = seen @ scores @ seen, seen @ scores
    P, Q, R = (hadamard(mask, exp(part)) for part in (scores, half, inside))

    def every(left: Any, right: Any) -> Any:
        return ForAll(h, Equal(left, right))

    with argument() as proof:
        own = proof.have("a row that is seen", every(rows @ P, rows @ Q))
        lines = [rows @ Q, rows @ Q @ seen, rows @ hadamard(mask, exp(half) @ seen)]
        lines += [rows @ hadamard(mask, exp(inside) @ seen), rows @ R @ seen, rows @ R]
        parts = [proof.have("and sees what is seen", every(*pair)) for pair in pairwise(lines)]
        same = proof.have("has the same exponentials", every(rows @ P, rows @ R), by=(own, *parts))
        sums = proof.have("with the same sum", every(rows @ rowsum(P), rows @ rowsum(R)), by=same)
        kept = [rows @ diag(reciprocal(rows @ rowsum(part))) for part in (P, R)]
        apart = [rows @ diag(reciprocal(rowsum(part))) for part in (P, R)]
        only = [proof.have("other rows do not count", every(*pair)) for pair in zip(apart, kept, strict=True)]
        middle = proof.have("", every(*kept), by=sums)
        shares = proof.have("so divided by the same", every(*apart), by=(*only, middle))
        whole = [
            proof.have("softmax", every(softmax(s, mask=mask), diag(reciprocal(rowsum(part))) @ part))
            for s, part in ((scores, P), (inside, R))
        ]
        weights = [rows @ softmax(s, mask=mask) for s in (scores, inside)]
        weighed = proof.have("the same weights", every(*weights), by=(*whole, shares, same))
        hidden = proof.have("which are 0 elsewhere", every(weights[1], weights[1] @ seen))
        proof.show(every(weights[0] @ values, weights[1] @ (seen @ values)), by=(weighed, hidden))
    return prove(ForAll((S, A), proof.claim), using=[proof.theorem()], check=False)


@theorem(
    section="6.10",
    says=Equal(_from(m + L * w) @ other[L], _from(m + L * w) @ one[L]),
    given=ALIKE,
    instances=tuple(
        {**run, n: Integer(6), w: Integer(1), m: Integer(2)}
        for run in runs({one: recurrence(ALIKE[0]), other: recurrence(ALIKE[1], OTHER)}, several=2)
    ),
    source="not found stated elsewhere",
    sketch=(
        "By induction over L: a token from m + (L + 1) w on reads, in the last layer, tokens from m + L w on only, "
        "which are the same from both inputs."
    ),
)
def windows_at_any_depth():
    """When two inputs are the same from token m on, L layers with windows of w tokens make the same from m + L w on.

    So a token depends on nothing that is more than L w tokens before it.
    """

    def step(proof: Argument, before: Theorem, Y: Any, X: Any, *letters: Any) -> None:
        weights, rows, seen = Weights(*letters).at(L), _from(m + L * w + w), _from(m + L * w)
        ends, read = [], _reads_what_it_sees(rows, seen, window(n, w))
        for states, given in ((X, proof.given[1]), (Y, proof.given[2])):
            tokens = states[L]
            last = last_step(proof, states, Weights(*letters), window(n, w), by=given)
            scores = tau * tokens @ weights.Q @ E[h] @ E[h].T @ weights.K.T @ tokens.T
            values = tokens @ weights.V @ E[h] @ E[h].T @ weights.O
            heads = specialised(read, {S: stack_heads(scores, h), A: stack_heads(values, h)})
            here = layer(seen @ tokens, weights, window(n, w))
            whole = rows @ layer(tokens, weights, window(n, w))
            reads = proof.have("it reads what it sees", Equal(whole, rows @ here), by=heads)
            kept = proof.have("", Equal(rows @ states[L + 1], whole), by=last)
            ends.append(proof.have("", Equal(rows @ states[L + 1], rows @ here), by=(kept, reads)))
        tokens, others = matrix("S", n, d), matrix("T", n, d)
        alike = Equal(*(rows @ layer(each, weights, window(n, w)) for each in (tokens, others)))
        values = {tokens: seen @ Y[L], others: seen @ X[L]}
        same = proof.at("", prove(alike, Equal(tokens, others)), values, by=before)
        proof.show(Equal(rows @ Y[L + 1], rows @ X[L + 1]), by=(*ends, same))

    return through_layers((other, one), ALIKE, windows_at_any_depth.says, step)


F, R = family("F", L, n, n), family("R", L + 1, n, n)
PRODUCTS = ForAll(l, Equal(R[l + 1], hadamard(F[l], window(n, w)) @ R[l])), Equal(R[0], identity(n))


@theorem(
    section="6.10",
    says=Equal(hadamard(R[L], window(n, L * w)), R[L]),
    given=PRODUCTS,
    instances=({R: recurrence(PRODUCTS[0], identity(n))},),
    source="textbook linear algebra",
    sketch="By induction over L: a path of L + 1 steps is one of L steps after one step.",
)
def windows_reach():
    """A product of L matrices that reach w places back reaches L w places back, and no further."""

    def step(proof: Argument, before: Theorem, R: Any, F: Any) -> None:
        near, far = hadamard(F[L], window(n, w)), window(n, L * w)
        last = proof.have("the last factor", Equal(R[L + 1], near @ R[L]), by=proof.given[1])
        inside = proof.have("", Equal(near @ R[L], near @ hadamard(R[L], far)), by=before)
        product = near @ hadamard(R[L], far)
        one = proof.have("w after L w", Equal(hadamard(product, window(n, L * w + w)), product))
        proof.show(Equal(hadamard(R[L + 1], window(n, L * w + w)), R[L + 1]), by=(last, inside, one))

    claim = ForAll((R, F), Implies(And(*PRODUCTS), windows_reach.says))
    every = specialised(by_layers(claim, over=L, step=step), {R: R, F: F})
    return prove(windows_reach.says, PRODUCTS, using=[every])
