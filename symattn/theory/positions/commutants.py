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

from functools import cache
from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    AtMost,
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
from symattn.proof import Argument, Theorem, argument, calc, follows, instance, prove, theorem
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
C, S = diag(c), diag(s)
A, B, M, N, U, V = (matrix(name, p, p) for name in "ABMNUV")
x, y, u, v = (row(name, p) for name in "xyuv")
LETTERS = c, s, e, D, *blocks


def diagonal(block: Any) -> Any:
    """The diagonal of a block, as a row."""
    return every @ hadamard(block, identity(p))


OF_PLANES = Exists((a, b), FORM, witness=(diagonal(G_11), diagonal(G_12)))
unit = ones(1, 1)
ONE_PLANE = {c: unit * 3 / 5, s: unit * 4 / 5, e: unit * 5 / 4, D: zeros(1, 1), p: Integer(1)}
STRETCHED = {G_11: row("a", 1), G_22: row("a", 1), G_12: row("b", 1), G_21: -row("b", 1)}


def in_blocks(blocks: Any, c: Any, s: Any) -> tuple[Any, ...]:
    """G R = R G, block by block."""
    (x_1, x_2, x_3, x_4), C, S = blocks, diag(c), diag(s)
    first = Equal(x_1 @ C - x_2 @ S, C @ x_1 + S @ x_3), Equal(x_1 @ S + x_2 @ C, C @ x_2 + S @ x_4)
    return *first, Equal(x_3 @ C - x_4 @ S, C @ x_3 - S @ x_1), Equal(x_3 @ S + x_4 @ C, C @ x_4 - S @ x_2)


def lemma_of(letters: Any, known: Any, found: Theorem) -> Theorem:
    """What follows from some claims, as a lemma about these letters."""
    given = tuple(h for h in found.given if h not in known)
    return prove(ForAll(letters, Implies(And(*known), found.claim)), given, using=[found], check=False)


@cache
def _same_by_rows() -> Theorem:
    """Two blocks are the same if all rows say so."""
    same = ForAll((u, v), Equal(u @ N @ v.T, u @ M @ v.T))
    return prove(ForAll((N, M), Implies(same, Equal(N, M))), check=False)


def of_rows(claim: Any, known: Theorem) -> Theorem:
    """Two blocks are the same by what is known of their rows."""
    left, right = claim.args
    told = follows(Equal(u @ left @ v.T, u @ right @ v.T), known)
    told = prove(ForAll((u, v), told.claim), told.given, using=[told], check=False)
    return instance(_same_by_rows(), {N: left, M: right}, told)


def _turned_back() -> Theorem:
    """The first block of G Rᵀ = Rᵀ G: what commutes with a turn commutes with turning back."""
    equations = in_blocks(blocks, c, s)
    sides = [[one.left, one.right] for one in equations]
    line = calc(G_11 @ C + G_12 @ S, given=(CIRCLE, *equations))
    line = line.eq((C @ C + S @ S) @ (G_11 @ C + G_12 @ S), by=CIRCLE)
    for used in (None, *range(4)):  # one equation a line: all at once would be searched for long
        one, two, three, four = (pair[number > (-1 if used is None else used)] for number, pair in enumerate(sides))
        by = "multiply out" if used is None else equations[used]
        line = line.eq((C @ one - S @ three) @ C + (C @ two - S @ four) @ S, by=by)
    line = line.eq((C @ G_11 - S @ G_21) @ (C @ C + S @ S), by="multiply out")
    return line.eq(C @ G_11 - S @ G_21, by=CIRCLE).theorem()


def _half_of_the_sum() -> Theorem:
    """From A + B = U - V and A - B = U + V that A = U."""
    known = Equal(A + B, U - V), Equal(A - B, U + V)
    bounds = follows(AtMost(A, U), *known), follows(AtMost(U, A), *known)
    return lemma_of((A, B, U, V), known, follows(Equal(A, U), *bounds))


def _one_block() -> Theorem:
    """So it commutes with R + Rᵀ, which is the cosines alone: here the first block."""
    values = {A: G_11 @ C, B: G_12 @ S, U: C @ G_11, V: S @ G_21}
    equations = in_blocks(blocks, c, s)
    return lemma_of(blocks, equations, instance(_half_of_the_sum(), values, _turned_back(), equations[0]))


def _off_the_diagonal() -> Theorem:
    """A block that commutes with the cosines is its diagonal, for elsewhere it meets different ones."""
    meets = Equal(N @ C, C @ N)
    line = (
        calc(hadamard(N, every.T @ every - identity(p)), given=(APART[0], meets))
        .eq(hadamard(N, D, T(c) @ every - every.T @ c), by=APART[0])
        .eq(hadamard(D, C @ N - N @ C), by="entry by entry")
        .eq(zeros(p, p), by=meets)
        .theorem()
    )
    return lemma_of(N, (meets,), follows(Equal(N, diag(diagonal(N))), line))


def _like() -> Theorem:
    """Rows are the same if they are the same times sines."""
    times = Equal(hadamard(x, s), hadamard(y, s))
    line = (
        calc(x, given=(APART[1], times))
        .eq(hadamard(x, e, s), by=APART[1])
        .eq(hadamard(y, e, s), by=times)
        .eq(y, by=APART[1])
    )
    return lemma_of((x, y), (times,), line.theorem())


TURNED = ((G_11, G_12, G_21, G_22), (G_12, -G_11, G_22, -G_21), (G_21, G_22, -G_11, -G_12), (G_22, -G_21, -G_12, G_11))
"""Turned by right angles, on either side, G still commutes with the turn, and each of its blocks comes first."""
LIGHT = And(*(Equal(block @ C, C @ block) for block in blocks))
ALONE = And(*(Equal(block, diag(diagonal(block))) for block in blocks))
LIKE = And(Equal(diagonal(G_22), diagonal(G_11)), Equal(diagonal(G_21), -diagonal(G_12)))


@cache
def _cosines() -> Theorem:
    """Every block commutes with the cosines."""
    known, lemma = in_blocks(blocks, c, s), _one_block()
    found = [instance(lemma, dict(zip(blocks, values, strict=True)), *known) for values in TURNED]
    return lemma_of(LETTERS, (CIRCLE, *known), prove(LIGHT, (CIRCLE, *known), using=found, check=False))


@cache
def _diagonals() -> Theorem:
    """So every block is its diagonal."""
    lemma = _off_the_diagonal()
    found = [instance(lemma, {N: block}, known) for block, known in zip(blocks, LIGHT.args, strict=True)]
    given = APART[0], *LIGHT.args
    return lemma_of(LETTERS, given, prove(ALONE, given, using=found, check=False))


@cache
def _pairs() -> Theorem:
    """And two of these are the same, two opposite, as they are so times sines."""
    known, lemma = (*in_blocks(blocks, c, s), *LIGHT.args), _like()
    first, second, third, fourth = map(diagonal, blocks)
    found = []
    for one, other, times in ((fourth, first, Equal(G_11 @ S, S @ G_22)), (third, -second, Equal(G_12 @ S, -S @ G_21))):
        times = follows(Equal(hadamard(one, s), hadamard(other, s)), follows(times, *known))
        found.append(instance(lemma, {x: one, y: other}, times))
    given = APART[1], *known
    return lemma_of(LETTERS, given, prove(LIKE, given, using=found, check=False))


@cache
def _together() -> Theorem:
    """Diagonal blocks of which two are the same and two opposite turn and stretch each plane by itself."""
    form = follows(FORM.xreplace({a: diagonal(G_11), b: diagonal(G_12)}), ALONE, LIKE)
    return lemma_of(LETTERS, (ALONE, LIKE), form)


def by_planes(proof: Argument, values: Any, circle: Any, apart: Any, known: Theorem) -> Theorem:
    """The steps from the equations for blocks to what the blocks are; values of the letters are free."""
    cosines = instance(_cosines(), values, circle, known)
    cosines = proof.have("G commutes with Rᵀ too, so with R + Rᵀ, twice the cosines", cosines, by=(circle, known))
    alone = instance(_diagonals(), values, apart[0], cosines)
    alone = proof.have("so blocks are diagonal, as cosines differ", alone, by=(apart[0], cosines))
    like = instance(_pairs(), values, apart[1], known, cosines)
    like = proof.have("and alike, as times sines they are", like, by=(apart[1], known, cosines))
    return proof.have("together", instance(_together(), values, alone, like), by=(alone, like))


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
    with argument(CIRCLE, *APART) as proof:
        known = proof.have("block by block", And(*in_blocks(blocks, c, s)), by=COMMUTES)
        there = by_planes(proof, {letter: letter for letter in LETTERS}, CIRCLE, APART, known)
        back = proof.have("back, stretched turns of the same planes commute", COMMUTES, by=FORM)
        proof.show(rope_commutant.says, by=(there, back))
    return proof
