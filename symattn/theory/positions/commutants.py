"""What may stand between queries and keys that turn.

Queries x G and keys y G⁻ᵀ score as x and y do where nothing turns, for every invertible G.  Where planes turn they do
so when G commutes with the turns; and where the cosines of their angles differ, that is when it turns and stretches
each plane by itself.

    c, s       1×p    cosines and sines of the angles by which the planes turn from one position to the next
    R          2p×2p  [[diag c, diag s], [-diag s, diag c]], what turns a key by one position
    G          2p×2p  what is done to queries, [[G₁₁, G₁₂], [G₂₁, G₂₂]]
    a, b       1×p    by how much a plane is stretched and turned: G = [[diag a, diag b], [-diag b, diag a]]
    D          p×p    the cosines differ: D_pq (c_p - c_q) = 1 for all p ≠ q
    e          1×p    no angle is 0 or π: e_p s_p = 1

Main results
    rope_commutant    G R = R G exactly for such G
"""

from __future__ import annotations

from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    T,
    diag,
    hadamard,
    hstack,
    identity,
    matrix,
    ones,
    row,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import Theorem, argument, calc, follows, instance, prove, theorem
from symattn.theory.positions.rotations import on_circle, rotation

p = sizes("p", min=1)
c, s, a, b, e = (row(name, p) for name in "csabe")
D = matrix("D", p, p)
blocks = [matrix(f"G_{i}{j}", p, p) for i in (1, 2) for j in (1, 2)]
G_11, G_12, G_21, G_22 = blocks
G, R = vstack(hstack(G_11, G_12), hstack(G_21, G_22)), rotation(c, s)
every = ones(1, p)
APART = Equal(hadamard(D, T(c) @ every - every.T @ c), every.T @ every - identity(p)), Equal(hadamard(e, s), every)
FORM = Equal(G, vstack(hstack(diag(a), diag(b)), hstack(-diag(b), diag(a))))
COMMUTES = Equal(G @ R, R @ G)
CIRCLE = on_circle(c, s)
M, N, B = (matrix(name, 2 * p, 2 * p) for name in "MNB")


def diagonal(block: Any) -> Any:
    """The diagonal of a block, as a row."""
    return every @ hadamard(block, identity(p))


OF_PLANES = Exists((a, b), FORM, witness=(diagonal(G_11), diagonal(G_12)))
unit = ones(1, 1)
ONE_PLANE = {c: unit * 3 / 5, s: unit * 4 / 5, e: unit * 5 / 4, D: zeros(1, 1), p: Integer(1)}
STRETCHED = {G_11: row("a", 1), G_22: row("a", 1), G_12: row("b", 1), G_21: -row("b", 1)}


def _with_the_inverse() -> Theorem:
    """What commutes with N commutes with its inverse B, so with N + B and N - B."""
    known = Equal(N @ B, identity(2 * p)), Equal(B @ N, identity(2 * p)), Equal(M @ N, N @ M)
    back = (
        calc(B @ M, given=known)
        .eq(B @ M @ (N @ B), by=known[0])
        .eq(B @ (N @ M) @ B, by=known[2])
        .eq(M @ B, by=known[1])
        .theorem()
    )
    both = And(Equal(M @ (N + B), (N + B) @ M), Equal(M @ (N - B), (N - B) @ M))
    parts = [follows(part, known[2], back) for part in both.args]
    return prove(ForAll((M, N, B), Implies(And(*known), both)), using=parts, check=False)


def _off_the_diagonal(block: Any, both: Theorem) -> Theorem:
    """A block is its diagonal, for elsewhere it meets different cosines."""
    meets = Equal(hadamard(block, every.T @ c - T(c) @ every), zeros(p, p))
    line = (
        calc(hadamard(block, every.T @ every - identity(p)), given=(APART[0], meets))
        .eq(hadamard(block, D, T(c) @ every - every.T @ c), by=APART[0])
        .eq(zeros(p, p), by=meets)
        .theorem()
    )
    known = [line, follows(meets, both)]
    return prove(Equal(block, diag(diagonal(block))), (APART[0], *both.given), using=known, check=False)


def _like(one: Any, other: Any, both: Theorem, claim: Any) -> Theorem:
    """Two diagonals are the same, as they are the same times sines."""
    times = follows(Equal(hadamard(one, s), hadamard(other, s)), follows(claim, both))
    line = (
        calc(one, given=(APART[1], times.claim))
        .eq(hadamard(one, e, s), by=APART[1])
        .eq(hadamard(other, e, s), by=times.claim)
        .eq(other, by=APART[1])
        .theorem()
    )
    return prove(line.claim, (APART[1], *both.given), using=[line, times], check=False)


@theorem(
    section="6.11",
    says=Iff(COMMUTES, OF_PLANES),
    given=(CIRCLE, *APART),
    instances=({**ONE_PLANE, **STRETCHED},),
    source="textbook linear algebra",
)
def rope_commutant():
    """What commutes with a turn of all planes by angles of different cosines turns and stretches each plane by itself.

    Angles in (0, π) are different exactly when their cosines are.  So it commutes with all turns of these planes.
    """
    rigid = And(Equal(R @ T(R), identity(2 * p)), Equal(T(R) @ R, identity(2 * p)))
    with argument(CIRCLE, *APART) as proof:
        rigid = proof.have("a turn is undone by its transpose", rigid, by=CIRCLE)
        both = instance(_with_the_inverse(), {M: G, N: R, B: T(R)}, rigid, COMMUTES)
        both = proof.have("so G commutes with R + Rᵀ = 2 diag(c, c), and with R - Rᵀ", both)
        alone = [proof.have("blocks are diagonal where cosines differ", _off_the_diagonal(one, both)) for one in blocks]
        first = _like(diagonal(G_11), diagonal(G_22), both, Equal(G_11 @ diag(s), diag(s) @ G_22))
        first = proof.have("and times sines the two of the diagonal are the same", first, by=both)
        second = _like(diagonal(G_12), -diagonal(G_21), both, Equal(G_12 @ diag(s), -diag(s) @ G_21))
        second = proof.have("and the two beside it opposite", second, by=both)
        there = FORM.xreplace({a: diagonal(G_11), b: diagonal(G_12)})
        there = proof.have("together", there, by=(*alone, first, second))
        back = proof.have("back, stretched turns of the same planes commute", COMMUTES, by=FORM)
        proof.show(rope_commutant.says, by=(there, back))
    return proof
