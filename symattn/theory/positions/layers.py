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

from functools import cache
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
from symattn.proof import Argument, Theorem, argument, by_layers, calc, prove, specialised, theorem
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
    same_layer,
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
        same = same_layer(proof, lambda tokens: layer(tokens, at, causal(a)), Z[L], front, by=before)
        last = proof.have("", Equal(reads.right, first @ X[L + 1]), by=whole)
        lines = calc(Z[L + 1], proof.given).eq(same.claim.left, by=short).eq(reads.left, by=same)
        proof.show(lines.eq(reads.right, by=one).eq(first @ X[L + 1], by=last))

    return through_layers((X, Z), PREFIX, causal_at_any_depth.says, step)


one, other = family("X", L + 1, n, d), family("Y", L + 1, n, d)


def _after(start: Any) -> Any:
    """1 for the rows from there on, 0 for those before."""
    return order(n, 1, start, 0)


def _from(start: Any) -> Any:
    """The diagonal matrix that keeps the rows from there on, and makes 0 of those before."""
    return diag(_after(start))


OTHER = _from(m) @ one[0] + (identity(n) - _from(m)) @ one[0] @ matrix("B", d, d)
ALIKE = steps(one, window(n, w)), steps(other, window(n, w)), Equal(_from(m) @ other[0], _from(m) @ one[0])
S, U, V = (family(name, H, n, n) for name in "SUV")
A = family("A", H, n, d)
r, t = matrix("r", n, 1), matrix("t", n, 1)
x, y = family("x", H, n, 1), family("y", H, n, 1)


def _every(left: Any, right: Any) -> Any:
    return ForAll(h, Equal(left, right))


@cache
def _divided() -> Theorem:
    """What is divided by equal numbers stays equal; r is what is kept."""
    return prove(_every(hadamard(r, reciprocal(x[h])), hadamard(r, reciprocal(y[h]))), _every(x[h], y[h]))


@cache
def _weighed() -> Theorem:
    """Rows r of U over x and of V over y read the same, where these agree on r, and V reads there only what t keeps."""
    rows, seen = diag(r), diag(t)
    given = [_every(hadamard(r, x[h]), hadamard(r, y[h])), _every(rows @ U[h], rows @ V[h])]
    given.append(_every(rows @ V[h] @ seen, rows @ V[h]))
    return prove(_every(rows @ diag(x[h]) @ U[h] @ A[h], rows @ diag(y[h]) @ V[h] @ seen @ A[h]), given)


def _reads_what_it_sees(row: Any, see: Any, mask: Any) -> Theorem:
    """Rows that see, under a mask, only what is seen, read the same when all else is 0; for any scores and values."""
    rows, seen, scores = diag(row), diag(see), S[h]
    inside, half = seen @ scores @ seen, seen @ scores
    whole, part, kept = (hadamard(mask, exp(each)) for each in (scores, half, inside))
    with argument() as proof:
        own = proof.have("a row that is seen", _every(rows @ whole, rows @ part))
        lines = [rows @ part, rows @ part @ seen, rows @ hadamard(mask, exp(half) @ seen)]
        lines += [rows @ hadamard(mask, exp(inside) @ seen), rows @ kept @ seen, rows @ kept]
        parts = [proof.have("and sees what is seen", _every(*pair)) for pair in pairwise(lines)]
        same = proof.have("has the same exponentials", _every(rows @ whole, rows @ kept), by=(own, *parts))
        sums = proof.have("with the same sum", _every(rows @ rowsum(whole), rows @ rowsum(kept)), by=same)
        values = {r: row, x: stack_heads(rows @ rowsum(whole), h), y: stack_heads(rows @ rowsum(kept), h)}
        divided = proof.at("so divided by the same", _divided(), values, by=sums)
        fractions = [hadamard(row, reciprocal(rowsum(each))) for each in (whole, kept)]
        apart = proof.have("other rows do not count", _every(*fractions), by=divided)
        values = {x: stack_heads(reciprocal(rowsum(whole)), h), y: stack_heads(reciprocal(rowsum(kept)), h)}
        values |= {r: row, t: see, U: stack_heads(whole, h), V: stack_heads(kept, h), A: A}
        read = proof.at("and reads the same", _weighed(), values, by=(apart, same, parts[-1]))
        weights = [rows @ softmax(each, mask=mask) for each in (scores, inside)]
        proof.show(_every(weights[0] @ A[h], weights[1] @ (seen @ A[h])), by=read)
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
        row, see = _after(m + L * w + w), _after(m + L * w)
        rows, seen, mask = diag(row), diag(see), window(n, w)
        read = _reads_what_it_sees(row, see, mask)
        some, at = matrix("S", n, d), Weights(*letters).at(L)
        scores = tau * some @ at.Q @ E[h] @ E[h].T @ at.K.T @ some.T
        heads = specialised(read, {S: stack_heads(scores, h), A: stack_heads(some @ at.V @ E[h] @ E[h].T @ at.O, h)})

        def made(tokens: Any) -> Any:
            return rows @ layer(tokens, at, mask)

        sees = proof.have("a layer reads what it sees", Equal(made(some), made(seen @ some)), by=heads)
        ends = [last_step(proof, Z, Weights(*letters), mask, by=proof.given[k]) for Z, k in ((Y, 2), (X, 1))]
        ends = [proof.have("", Equal(rows @ Z[L + 1], made(Z[L])), by=end) for Z, end in zip((Y, X), ends, strict=True)]
        same = same_layer(proof, made, seen @ Y[L], seen @ X[L], by=before)
        there, back = (proof.at("so here", sees, {some: Z[L]}) for Z in (Y, X))
        chain = calc(rows @ Y[L + 1], proof.given).eq(made(Y[L]), by=ends[0]).eq(made(seen @ Y[L]), by=there)
        chain = chain.eq(made(seen @ X[L]), by=same).eq(made(X[L]), by=back)
        proof.show(chain.eq(rows @ X[L + 1], by=ends[1]))

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
