"""Biases: positions that are added to the scores.

A bias that softmax forgets, or that splits into a part of the query and a part of the key, needs no matrix of its own:
it is a head with more coordinates.  ALiBi's -m (i - j) is such a bias, since -m i is the same for all keys of a query;
-m |i - j| is not, for any number of coordinates less than that of the other tokens.

    A, B     n×k    queries and keys
    t        n×1    positions, any numbers
    L        n×m    a mask
    X, P, R  N×d, n×N, n×N    tokens, and who is picked of them
    D        |i - j|, made of the positions p of tokens and of who comes no later than whom
    E        n×(n+1)       differences of one token and the next: [0 | 1] - [1 | 0], of which E 1 = 0

Main results
    alibi_extra_key          ALiBi under any mask is a plain head with one coordinate more
    alibi_causal             under a causal mask that is what distances |i - j| are
    alibi_both_ways          both ways they are not: they need n coordinates for n + 1 tokens
    alibi_both_ways_is_no_plain_head   so fewer make no such weights, at any slope
    toeplitz_bias_moves      a bias of j - i moves with the tokens
    relative_bias_toeplitz   a bias is absolute features of width r exactly when its rank is at most r
"""

from __future__ import annotations

from typing import Any

from sympy import FunctionMatrix, Lambda, symbols

from symattn.language import (
    Equal,
    Exists,
    Iff,
    Implies,
    Not,
    Rank,
    T,
    causal,
    column,
    hstack,
    identity,
    log,
    logsumexp,
    matrix,
    ones,
    positions,
    scalar,
    sizes,
    softmax,
    tril,
    zeros,
)
from symattn.proof import argument, calc, theorem

n, N = sizes("n N", min=1)
d, k, r = sizes("d k r", min=0)
tau, slope = scalar("tau", positive=True), scalar("m")
A, B, t, L = matrix("A", n, k), matrix("B", n, k), column("t", n), matrix("L", n, n, mask=True)
gap = t @ ones(1, n) - ones(n, 1) @ t.T
plain = tau * hstack(A, slope / tau * ones(n, 1)) @ T(hstack(B, t))


@theorem(
    section="6.6",
    says=Equal(softmax(tau * A @ B.T - slope * gap, mask=L), softmax(plain, mask=L)),
    source="the bias is that of Press, Smith, Lewis: Train Short, Test Long, 2021",
)
def alibi_extra_key():
    """ALiBi, -m (i - j) added to the scores, is a plain head whose queries have m/τ and keys their position besides.

    Only what softmax forgets is lost, -m i in row i, under this or any other mask.
    """
    split = tau * A @ B.T + slope * ones(n, 1) @ t.T
    return (
        calc(alibi_extra_key.says.left)
        .eq(softmax(split, mask=L), by="-m i is the same for all keys of a query, and softmax forgets it")
        .eq(softmax(plain, mask=L), by="τ (m/τ) j = m j")
    )


def distances(size: Any) -> Any:
    """|i - j|: the sum of two positions, less twice how many tokens come no later than either."""
    t, seen = positions(size), causal(size)
    return t @ ones(1, size) + ones(size, 1) @ t.T - 2 * seen @ seen.T


steps, away = positions(n), distances(n)
ahead = steps @ ones(1, n) - ones(n, 1) @ steps.T
counted = tau * hstack(A, slope / tau * ones(n, 1)) @ T(hstack(B, steps))


@theorem(
    section="6.6",
    says=Equal(softmax(tau * A @ B.T - slope * away, mask=causal(n)), softmax(counted, mask=causal(n))),
    where={matrix("D", n, n): away, column("p", n): steps},
    source="the bias is that of Press, Smith, Lewis: Train Short, Test Long, 2021",
)
def alibi_causal():
    """Under a causal mask ALiBi, -m |i - j| added to the scores, is a plain head with one more key dimension.

    Its keys have their position p_j = j besides, its queries m/τ: the mask leaves j ≤ i, where |i - j| = i - j.
    """
    one, other, seen = matrix("S", n, n), matrix("E", n, n), causal(n)
    with argument() as proof:
        hidden = Equal(softmax(one, mask=seen), softmax(tril(one), mask=seen))
        hidden = proof.have("softmax does not see the scores that the mask hides", hidden)
        known = hidden, proof.at("nor those of others", hidden, {one: other}), Equal(tril(one), tril(other))
        same = Equal(softmax(one, mask=seen), softmax(other, mask=seen))
        same = proof.have("so those that differ there only give the same weights", same, by=known)
        scores, ordered = (tau * A @ B.T - slope * bias for bias in (away, ahead))
        kept = proof.have("elsewhere |i - j| is i - j", Equal(tril(scores), tril(ordered)))
        same = proof.at("so it may be i - j everywhere", same, {one: scores, other: ordered}, by=kept)
        words = "-m i is the same for all keys of a query, and softmax forgets it"
        proof.show(calc(same.claim.left).eq(same.claim.right, by=same).eq(alibi_causal.says.right, by=words))
    return proof


def differences(size: Any) -> Any:
    """Of one token more than that: the next one less each."""
    return hstack(zeros(size, 1), identity(size)) - hstack(identity(size), zeros(size, 1))


E, shift = differences(n), column("c", n + 1)
whole = distances(n + 1) + shift @ ones(1, n + 1)


@theorem(
    section="6.6",
    says=Rank(whole) >= n,
    where={matrix("D", n + 1, n + 1): distances(n + 1)},
    source="not found stated elsewhere",
)
def alibi_both_ways():
    """Distances |i - j| of n + 1 tokens make a bias of rank at least n, whatever softmax forgets is added to them.

    So a head that looks both ways with the bias -m |i - j| is no plain head with fewer than n coordinates more.
    """
    with argument() as proof:
        words = "differences of one token and the next, along rows and columns, are -2 where i = j and 0 elsewhere"
        bent = proof.have(words, Equal(E @ whole @ E.T, -2 * identity(n)))
        proof.show(alibi_both_ways.says, by=bent, hints=[-E / 2, E.T], words="which they undo on both sides, up to -2")
    return proof


q = sizes("q", min=1)
tokens, gaps = k + q + 1, k + q
queries, keys, steep = matrix("A", tokens, k), matrix("B", tokens, k), scalar("m", positive=True)
far, gaps_apart = distances(tokens), differences(gaps)
SAME = Equal(softmax(queries @ keys.T), softmax(-steep * far))


@theorem(section="6.6", says=Not(SAME), where={matrix("D", tokens, tokens): far}, source="not found stated elsewhere")
def alibi_both_ways_is_no_plain_head():
    """No queries and keys of width k make the weights of the bias -m |i - j| for k + 2 tokens or more."""
    scores, biased = queries @ keys.T, -steep * far
    shifted = biased + (logsumexp(scores) - logsumexp(biased)) @ ones(1, tokens)
    with argument() as proof:
        back = logsumexp(scores) @ ones(1, tokens)
        lines = calc(scores, SAME).eq(log(softmax(scores)) + back, by="log P = S - lse(S)")
        lines = lines.eq(log(softmax(biased)) + back, by=SAME).eq(shifted, by="log P = S - lse(S) once more")
        alike = proof.have("the same weights are the same scores up to a shift of each row", lines)
        bent = Equal(gaps_apart @ scores @ gaps_apart.T, 2 * steep * identity(gaps))
        bent = proof.have("which differences forget", bent, by=alike)
        bent = proof.have("", Implies(SAME, bent.claim), by=bent)
        hints = [gaps_apart @ queries / (2 * steep), keys.T @ gaps_apart.T]
        words = "an identity of size more than k would pass through width k"
        proof.show(alibi_both_ways_is_no_plain_head.says, by=bent, hints=hints, words=words)
    return proof


i, j = symbols("i j")
X, W, bias = matrix("X", N, d), matrix("W", d, d), matrix("B", N, N)
late, early = matrix("P", n, N), matrix("R", n, N)
TOEPLITZ = Equal(late @ bias @ late.T, early @ bias @ early.T)


@theorem(
    section="6.9",
    says=Equal(
        softmax(tau * late @ (X @ W @ X.T + bias) @ late.T),
        softmax(tau * ((late @ X) @ W @ T(late @ X) + early @ bias @ early.T)),
    ),
    given=TOEPLITZ,
    instances=(
        {
            N: n + 1,
            late: hstack(zeros(n, 1), identity(n)),
            early: hstack(identity(n), zeros(n, 1)),
            bias: FunctionMatrix(n + 1, n + 1, Lambda((i, j), (i - j) ** 2 + j - i)),
        },
    ),
    source="textbook linear algebra",
)
def toeplitz_bias_moves():
    """Tokens that P picks attend with the bias of those that R picks, when the bias is the same for both.

    A bias that depends on j - i alone is: P may pick tokens that stand any number of places later than those of R.  So
    such a bias moves with the tokens.
    """
    one, other = tau * late @ (X @ W @ X.T + bias) @ late.T, toeplitz_bias_moves.says.right
    return (
        calc(softmax(one), given=TOEPLITZ)
        .eq(softmax(tau * ((late @ X) @ W @ T(late @ X) + late @ bias @ late.T)), by="what the picked tokens score")
        .eq(other, by=TOEPLITZ)
    )


made, kinds = matrix("M", n, r), matrix("N", n, r)
features, others, square = matrix("F", n, r), matrix("H", n, r), matrix("B", n, n)


@theorem(
    section="6.9",
    says=Iff(Exists((features, others), Equal(square, features @ others.T)), Rank(square) <= r),
    instances=({square: made @ kinds.T, features: made, others: kinds},),
    source="textbook linear algebra",
)
def relative_bias_toeplitz():
    """A bias, of j - i or any other, is made by absolute features of width r exactly when its rank is at most r."""
    some, low = relative_bias_toeplitz.says.args
    with argument() as proof:
        there = proof.have("a matrix of rank at most r has such factors", Implies(low, some))
        back = proof.have("what passes through width r has rank at most r", Implies(some, low))
        proof.show(relative_bias_toeplitz.says, by=(there, back))
    return proof
