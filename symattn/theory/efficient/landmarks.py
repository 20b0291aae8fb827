"""Fewer keys: keys mixed down to r, and scores known from some rows and columns.

    A, B, C     n×k, n×k, n×v   queries, keys and values of n tokens
    E, F        r×n    mixtures of keys, and of values
    N           (a+s)×(b+t)   a matrix of scores or weights, [[G, B], [C, D]] with landmarks first
    G           a×b    what the landmarks have among themselves: G = U V of rank r
    U', V'      r×a, b×r   one-sided inverses: U' U = 1 and V V' = 1
    L, R        what a matrix of rank at most r is a product of, L₁ and R₁ of the landmarks, L₂ and R₂ of the others

Main results
    linformer_shape     r mixed keys make an n×n matrix of rank at most r, whose outputs are means of mixed values
    nystrom_exact_iff   landmarks give back the whole matrix exactly when it has the rank of the landmarks alone
"""

from __future__ import annotations

from symattn.language import (
    And,
    Equal,
    Exists,
    Iff,
    Implies,
    Positive,
    Rank,
    T,
    hstack,
    identity,
    inverse,
    matrix,
    ones,
    rowsum,
    scalar,
    sizes,
    softmax,
    vstack,
    zeros,
)
from symattn.proof import Argument, argument, calc, theorem

n, r = sizes("n r", min=1)
k, v = sizes("k v", min=0)
tau = scalar("tau", positive=True)
A, B, C = matrix("A", n, k), matrix("B", n, k), matrix("C", n, v)
E, F = matrix("E", r, n), matrix("F", r, n)
P = softmax(tau * A @ T(E @ B))
exact = Equal(softmax(tau * A @ T(identity(n) @ B)) @ (identity(n) @ C), softmax(tau * A @ B.T) @ C)


@theorem(
    section="7.14",
    says=And(Rank(P @ F) <= r, Equal(rowsum(P), ones(n, 1)), Positive(P), exact),
    source="the form is that of Wang, Li, Khabsa, Fang, Ma: Linformer, 2020",
    sketch="P has r columns, so P F passes through width r; softmax has positive rows with sum 1; and 1 B is B.",
)
def linformer_shape():
    """With keys E B and values F C each token reads a mean of r mixed values, by an n×n matrix P F of rank at most r.

    With r = n and nothing mixed, E = F = 1, it is attention.  That r is small says nothing of the rank of attention
    itself, which may be n.
    """
    ...


a, b, s, t, q = sizes("a b s t r", min=0)
U, V, U1, V1 = matrix("U", a, q), matrix("V", q, b), matrix("U'", q, a), matrix("V'", b, q)
right, under, rest = matrix("B", a, t), matrix("C", s, b), matrix("D", s, t)
G, one = U @ V, identity(q)
N = vstack(hstack(G, right), hstack(under, rest))
FULL = Equal(U1 @ U, one), Equal(V @ V1, one)
SKELETON = Equal(vstack(G, under) @ (V1 @ U1) @ hstack(G, right), N)
low = Rank(N) <= q

L1, L2, R1, R2 = matrix("L_1", a, q), matrix("L_2", s, q), matrix("R_1", q, b), matrix("R_2", q, t)
PARTS = Equal(G, L1 @ R1), Equal(right, L1 @ R2), Equal(under, L2 @ R1), Equal(rest, L2 @ R2)


def _from_factors() -> Argument:
    """[[G, B], [C, D]] = [L₁; L₂] [R₁ R₂] is what the skeleton gives, since U' L₁ and R₁ V' undo each other."""
    with argument(*FULL, *PARTS) as proof:
        lines = calc(U1 @ L1 @ R1 @ V1, (*FULL, PARTS[0])).eq(U1 @ G @ V1, by=PARTS[0]).eq(one, by=FULL)
        unit = proof.have("U' L₁ and R₁ V' undo each other", lines)
        turned = proof.have("square matrices undo each other on both sides", Equal(R1 @ V1 @ U1 @ L1, one), by=unit)
        middle = Equal(vstack(L1, L2) @ (R1 @ V1 @ U1 @ L1) @ hstack(R1, R2), vstack(L1, L2) @ hstack(R1, R2))
        middle = proof.have("so between the factors they vanish", middle, by=turned)
        proof.show(SKELETON, by=(middle, *PARTS))
    return proof


L, R = matrix("L", a + s, q), matrix("R", q, b + t)
CUTS = {
    L1: hstack(identity(a), zeros(a, s)) @ L,
    L2: hstack(zeros(s, a), identity(s)) @ L,
    R1: R @ vstack(identity(b), zeros(t, b)),
    R2: R @ vstack(zeros(b, t), identity(t)),
}
extra, more = sizes("p w", min=0)
M, M1, H, H1 = (
    matrix("M", q, q, invertible=True),
    matrix("M'", q, q, invertible=True),
    matrix("H", extra, q),
    matrix("H'", q, more),
)
LANDMARKS = {
    a: q + extra,
    b: q + more,
    U: vstack(M, H),
    V: hstack(M1, H1),
    U1: hstack(inverse(M), zeros(q, extra)),
    V1: vstack(inverse(M1), zeros(more, q)),
}
beside, below = matrix("X", q, t), matrix("Y", s, q)
LOW = {right: vstack(M, H) @ beside, under: below @ hstack(M1, H1), rest: below @ beside}


@theorem(
    section="7.15",
    says=Iff(SKELETON, low),
    given=FULL,
    instances=(LANDMARKS, {**LANDMARKS, **LOW}),
    source="textbook linear algebra",
)
def nystrom_exact_iff():
    """Landmarks G give back the whole matrix, as [G; C] V' U' [G, B], exactly when its rank is that of G.

    G is U V of rank r, as U and V have one-sided inverses; the product V' U' of these is an inverse of G in this sense.
    """
    factors = Equal(N, L @ R)
    with argument(*FULL) as proof:
        hints = [vstack(G, under) @ V1, U1 @ hstack(G, right)]
        back = proof.have("the skeleton passes through width r", Implies(SKELETON, low), by=FULL, hints=hints)
        there = proof.have("factors of the whole are factors of its parts", _from_factors())
        pieces = proof.have("", And(*(part.xreplace(CUTS) for part in PARTS)), by=factors)
        there = proof.at("such as these", there, CUTS, by=(*FULL, pieces))
        some = proof.have("rank r means that there are some", Exists((L, R), factors), by=low)
        there = proof.have("so they give it back", Implies(low, SKELETON), by=(some, there), under=FULL)
        proof.show(nystrom_exact_iff.says, by=(back, there))
    return proof
