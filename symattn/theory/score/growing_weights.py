"""Tokens whose weights grow from each to the one before it score that one highest.

The calculation behind `previous_token`, for all numbers of tokens at once, by the bounds of one row after the other.

    C        n×(n+1)      picks all tokens but the first, [0 1]
    F        n×(n+1)      picks the token before each of them: a single 1 in each row
    t        1×(n+1)      a weight of each token
    D, q     n×(n+1), 1×(n+1)  F = D ∘ D =: P and t = exp(q) =: w, so that both are seen not to be negative
    u, v     n×1          weights: of the tokens but the first, C wᵀ, and of those before them, P wᵀ

Main results
    every_tree_carries    F diag(w) = diag(v) F
    every_rest_is_small   what comes to a score beside u v is at most 9/16 of that, once 4 u ≤ v
    every_tree            so each token scores the one before it highest
"""

from __future__ import annotations

from functools import cache
from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    ForAll,
    Implies,
    Positive,
    T,
    diag,
    exp,
    hadamard,
    hstack,
    identity,
    matrix,
    normsquared,
    ones,
    row,
    rowsum,
    sizes,
    total,
    zeros,
)
from symattn.proof import Theorem, each_vanishes, follows, instance, prove

n = sizes("n", min=0)
N = n + 1
C, every = hstack(zeros(n, 1), identity(n)), ones(n, N)


def squared(A: Any) -> Any:
    """A ∘ A."""
    return hadamard(A, A)


def margin(F: Any, scores: Any) -> Any:
    """Entry (i, j): what token i scores with the token before it, and how much less with token j if that is another."""
    return rowsum(hadamard(F, scores)) @ ones(1, N) - hadamard(every - F, scores)


def prefers(F: Any, X: Any) -> Any:
    """Each token but the first scores the one before it higher than any other, itself included."""
    return Positive(margin(F, C @ (X @ X.T)))


def weighted(F: Any, t: Any) -> Any:
    """Tokens that share one direction with the token before them, each with its weight: diag(t) (1 + Cᵀ F)."""
    return diag(t) @ (identity(N) + C.T @ F)


D, q = matrix("D", n, N), row("q", N)
P, w = squared(D), exp(q)
u, v = C @ w.T, P @ w.T
binary, once = Equal(squared(P), P), Equal(rowsum(P), ones(n, 1))
grows, carried = AtMost(4 * u, v), Equal(P @ diag(w), diag(v) @ P)
few, alike, single = AtMost(C @ P.T, ones(n, n)), AtMost(P @ P.T, ones(n, n)), Equal(rowsum(squared(P)), ones(n, 1))
whole = diag(ones(1, N))
"""The identity.  Behind it a matrix made of blocks is one matrix, and a claim about it one claim."""


@cache
def _carried() -> Theorem:
    """In a row of P diag(w) the only weight is that in v: entries of PᵀP off its diagonal sum to 0 and are ≥ 0."""
    others, rest = ones(N, N) - identity(N), squared(every - P)
    meet = hadamard(P.T @ P, others)
    size = total(hadamard(P.T @ P, others, others, rest.T @ every + P.T @ rest))
    none = follows(Equal(total(meet), 0), binary, once)
    small = follows(AtMost(total(squared(meet)), n * total(meet)), binary, hints=[size])
    apart = each_vanishes(follows(AtMost(total(squared(meet)), 0), none, small), Equal(meet, zeros(N, N)))
    product = follows(Equal(P.T @ P, diag(ones(1, n) @ P)), apart, binary)
    return each_vanishes(follows(Equal(normsquared(P @ diag(w) - diag(v) @ P), 0), product, once, binary), carried)


turned = Equal(diag(w) @ P.T, P.T @ diag(v))
moved = Equal(C @ diag(w), diag(u) @ C)
itself, after, beside = diag(u), C @ P.T @ diag(u), P @ P.T @ diag(u)
"""Over u: what a token scores with itself, with those right after it, and with those after the same token."""
rest = diag(u) @ (itself + after + beside) @ C @ whole
scores = diag(u) @ diag(v) @ P + rest
"""All that the other tokens score: u v with the token before, and the rest."""


def _scores() -> Theorem:
    """C X Xᵀ is that, for the tokens X with weights w."""
    X = weighted(P, w)
    return follows(Equal(C @ (X @ X.T), scores), carried, follows(turned, carried), follows(moved))


LETTERS = tuple(matrix(name, n, n) for name in "ABGHIJKLW")


def _nine_sixteenths() -> Theorem:
    """4 A ≤ B ≤ W, 4 G ≤ H, 4 H ≤ I ≤ W and 4 J ≤ K ≤ L ≤ W give 16 (A + G + J) ≤ 9 W."""
    a, b, g, h, i, j, k, l, most = LETTERS
    bounds = ((4 * a, b), (b, most), (4 * g, h), (4 * h, i), (i, most), (4 * j, k), (k, l), (l, most))
    known = And(*(AtMost(*bound) for bound in bounds))
    return prove(ForAll(LETTERS, Implies(known, AtMost(16 * (a + g + j), 9 * most))))


@cache
def _small() -> Theorem:
    """16 (diag(u) + C Pᵀ diag(u) + P Pᵀ diag(u)) ≤ 9 v 1ᵀ, because 4 u ≤ v."""
    wide, turns, moves = v @ ones(1, n), follows(turned, carried), follows(moved)
    down, up = diag(u) @ C @ P.T, diag(v) @ C @ P.T
    around, across = P @ P.T @ diag(v), diag(v) @ P @ P.T
    steps = (
        follows(AtMost(4 * itself, diag(v)), grows),
        follows(AtMost(diag(v), wide), hints=[diag(v) @ squared(ones(n, n) - identity(n))]),
        follows(AtMost(4 * after, down), grows, follows(Equal(C @ P.T @ diag(v), down), carried, turns, moves)),
        follows(AtMost(4 * down, up), grows),
        follows(AtMost(up, wide), few),
        follows(AtMost(4 * beside, around), grows),
        follows(AtMost(around, across), follows(Equal(around, across), carried, turns)),
        follows(AtMost(across, wide), alike),
    )
    parts = (itself, diag(v), after, down, up, beside, around, across, wide)
    return instance(_nine_sixteenths(), dict(zip(LETTERS, parts, strict=True)), *steps)


COLUMNS, ROWS = tuple(matrix(name, n, 1) for name in "bcm"), tuple(matrix(name, n, N) for name in "ARQWU")


def _outweighed() -> Theorem:
    """b = c + m with m ≥ 0, and A = R - Q with Q ≥ 0, 16 R ≤ 9 W, W ≤ c 1ᵀ and 0 < 4 U ≤ c 1ᵀ give A < b 1ᵀ."""
    b, c, m, A, R, Q, W, U = (*COLUMNS, *ROWS)
    level = c @ ones(1, N)
    known = (
        *(Equal(b, c + m), Equal(A, R - Q)),
        *(AtMost(zeros(n, 1), m), AtMost(zeros(n, N), Q), Positive(U)),
        *(AtMost(16 * R, 9 * W), AtMost(W, level), AtMost(4 * U, level)),
    )
    claim = Positive(b @ ones(1, N) - A)
    return prove(ForAll((*COLUMNS, *ROWS), Implies(And(*known), claim)), using=[prove(claim, known)])


def _preferred() -> Theorem:
    """The score u v with the token before is more than any of the rest, which is at most 9/16 of it."""
    more, fewer = rowsum(hadamard(P, rest)), hadamard(P, rest)
    high, low = hadamard(u, v), squared(u) @ ones(1, N)
    others, level, one = hadamard(every - P, scores), high @ ones(1, N), ones(n, n) @ C @ whole
    first = hstack(identity(1), zeros(1, n)) @ whole
    A, B = matrix("A", n, n), matrix("B", n, n)
    sides, small = [diag(u) @ side @ C @ whole for side in (A, B)], _small()
    scaled = prove(ForAll((A, B), Implies(AtMost(A, B), AtMost(*sides))))
    wide, some = matrix("A", n, N), follows(AtMost(zeros(n, N), fewer))
    added = prove(ForAll(wide, Implies(AtMost(zeros(n, N), wide), AtMost(zeros(n, 1), rowsum(wide)))))
    facts = (
        follows(Equal(rowsum(hadamard(P, scores)), high + more), single),
        follows(Equal(others, rest - fewer), binary),
        *(instance(added, {wide: fewer}, some), some, follows(Positive(low))),
        instance(scaled, dict(zip((A, B), small.claim.args, strict=True)), small),
        follows(AtMost(hadamard(level, one), level), hints=[hadamard(level, ones(n, 1) @ first)]),
        follows(AtMost(4 * low, level), grows),
    )
    parts = (rowsum(hadamard(P, scores)), high, more, others, rest, fewer, hadamard(level, one), low)
    return instance(_outweighed(), dict(zip((*COLUMNS, *ROWS), parts, strict=True)), *facts)


@cache
def _facts() -> tuple[Theorem, ...]:
    """few, alike, single and carried."""
    return (
        follows(few, binary, hints=[squared(ones(n, n) - C @ P.T)]),
        follows(alike, binary, once, hints=[P @ T(squared(every - P))]),
        follows(single, binary, once),
        _carried(),
    )


def _of_every_tree(found: Theorem) -> Theorem:
    """What a theorem says under any of these, for all F = D ∘ D with a single 1 in each row, and growing weights."""
    given = binary, once, grows
    each = prove(found.claim, given, using=[*_facts(), found], check=False)
    return prove(ForAll((D, q), Implies(And(*given), found.claim)), using=[each])


@cache
def every_tree_carries() -> Theorem:
    """Weights are carried along all such F: F diag(w) = diag(F wᵀ) F."""
    return _of_every_tree(_carried())


@cache
def every_rest_is_small() -> Theorem:
    """16 (diag(u) + C Fᵀ diag(u) + F Fᵀ diag(u)) ≤ 9 v 1ᵀ for all such F."""
    return _of_every_tree(_small())


@cache
def every_tree() -> Theorem:
    """For all F = D ∘ D with a single 1 in each row, and weights that grow fourfold, each token prefers the one before.

    No circle need be excluded: on a circle no weights grow.
    """
    A, B, X = matrix("A", n, N), matrix("B", n, N), weighted(P, w)
    same = prove(ForAll((A, B), Implies(And(Equal(A, B), Positive(margin(P, B))), Positive(margin(P, A)))))
    facts = (*_facts(), instance(same, {A: C @ (X @ X.T), B: scores}, _scores(), _preferred()))
    given = binary, once, grows
    each = prove(prefers(P, X), given, using=facts)
    return prove(ForAll((D, q), Implies(And(*given), each.claim)), using=[each])
