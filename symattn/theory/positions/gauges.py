"""Gauges of rotated heads: what may be done to queries and keys when planes turn between them.

Queries x G and keys y H score as x and y do, for every query and every key, when Hᵀ undoes G and where nothing turns.
Where planes turn it must do so through every turn, and that leaves one stretched turn for each plane.

    θ          1×p    frequencies;  by D and e their cosines differ and their sines are not 0, as in `waves`
    x, y       1×2p   a query and a key, [x₁ | x₂]: first the one coordinate of all planes, then the other
    G, H       2p×2p  what is done to queries and to keys, in blocks G₁₁, G₁₂, G₂₁, G₂₂
    a, b       1×p    G = [[diag a, diag b], [-diag b, diag a]]: each plane is stretched by √(a² + b²) and turned
    r          1×p    r (a² + b²) = 1: keys are stretched back, and turned alike

Main results
    rope_gauge_of_scores    no score of equal or neighbouring positions changes exactly when G Hᵀ = 1 and G R Hᵀ = R
    rope_gauge              that is so exactly for such G, with H = G diag(r, r)
    rope_gauge_keeps        and then no score changes, whatever the positions
"""

from __future__ import annotations

from typing import Any

from sympy import Integer, Rational

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    T,
    column,
    cos,
    diag,
    hadamard,
    hstack,
    identity,
    matrix,
    ones,
    rope,
    row,
    sin,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import Theorem, argument, calc, follows, instance, other_side, prove, specialised, theorem
from symattn.theory.positions import commutants as planes
from symattn.theory.positions.commutants import (
    blocks,
    by_planes,
    diagonal,
    every,
    in_blocks,
    lemma_of,
    of_rows,
    p,
    u,
    v,
)
from symattn.theory.positions.rotations import on_circle, rotation
from symattn.theory.positions.waves import apart

n, m = sizes("n m", min=0)
theta, a, b, r, turns = (row(name, p) for name in ("theta", "a", "b", "r", "e"))
D = matrix("D", p, p)
(G_11, G_12, G_21, G_22), (H_11, H_12, H_21, H_22) = blocks, [matrix(f"H_{i}{j}", p, p) for i in (1, 2) for j in (1, 2)]
keys = H_11, H_12, H_21, H_22
G, H = (vstack(hstack(*four[:2]), hstack(*four[2:])) for four in (blocks, keys))
x_1, x_2, y_1, y_2 = rows = [row(name, p) for name in ("x_1", "x_2", "y_1", "y_2")]
APART = apart(theta, D, turns)
one, none = identity(p), zeros(p, p)


def stretched(a: Any, b: Any) -> Any:
    """Each plane stretched and turned by itself."""
    return vstack(hstack(diag(a), diag(b)), hstack(-diag(b), diag(a)))


R = rotation(cos(theta), sin(theta))
query, key = hstack(x_1, x_2), hstack(y_1, y_2)
EQUAL = Equal(query @ G @ T(key @ H), query @ key.T)
NEXT = Equal(query @ G @ R @ T(key @ H), query @ R @ key.T)
SAME = ForAll(tuple(rows), And(EQUAL, NEXT))
KEPT = And(Equal(G @ H.T, identity(2 * p)), Equal(G @ R @ H.T, R))
lengths = hadamard(a, a) + hadamard(b, b)
FORMS = Equal(G, stretched(a, b)), Equal(H, stretched(hadamard(r, a), hadamard(r, b)))
UNDONE = Equal(hadamard(r, lengths), every)
h, g = diagonal(H_11), diagonal(H_12)
OF_PLANES = Exists(
    (a, b, r), And(*FORMS, UNDONE), witness=(diagonal(G_11), diagonal(G_12), hadamard(h, h) + hadamard(g, g))
)
NUMBERS = 2, 1, -1, 2
STRETCHED = {
    **{block: number * ones(1, 1) for block, number in zip(blocks, NUMBERS, strict=True)},
    **{block: Rational(number, 5) * ones(1, 1) for block, number in zip(keys, NUMBERS, strict=True)},
}
LETTERS = {matrix("G", 2 * p, 2 * p): G, matrix("H", 2 * p, 2 * p): H, matrix("R", 2 * p, 2 * p): R}


def _by_blocks(one: Any, four: Any) -> tuple[Any, ...]:
    """The blocks of a product with Hᵀ."""
    pairs = (one[:2], one[2:])
    return tuple(pair[0] @ four[2 * j].T + pair[1] @ four[2 * j + 1].T for pair in pairs for j in (0, 1))


C, S = diag(cos(theta)), diag(sin(theta))
before = G_11 @ C - G_12 @ S, G_11 @ S + G_12 @ C, G_21 @ C - G_22 @ S, G_21 @ S + G_22 @ C
DONE = tuple(map(Equal, _by_blocks(blocks, keys), (one, none, none, one)))
MOVED = tuple(map(Equal, _by_blocks(before, keys), (C, S, -S, C)))


def _said() -> tuple[list[Theorem], ...]:
    """G Hᵀ = 1 and G R Hᵀ = R, block by block, from what all rows say."""
    said, nothing, found = prove(SAME, SAME, check=False), zeros(1, p), []
    for i in (0, 1):
        for j in (0, 1):
            values = {rows[i]: u, rows[1 - i]: nothing, rows[2 + j]: v, rows[3 - j]: nothing}
            at = specialised(said, values)
            found.append([of_rows(sides[2 * i + j], at) for sides in (DONE, MOVED)])
    return tuple(map(list, zip(*found, strict=True)))


def _other_side() -> Theorem:
    """Hᵀ G = 1, as the matrices are square."""
    M, N = matrix("M", 2 * p, 2 * p), matrix("N", 2 * p, 2 * p)
    known = Equal(M @ N.T, identity(2 * p))
    found = other_side(prove(known, known, check=False))
    lemma = prove(ForAll((M, N), Implies(known, found.claim)), using=[found], check=False)
    product = prove(Equal(G @ H.T, identity(2 * p)), DONE, check=False)
    mixed = ((H_11, H_21, G_11, G_21), (H_11, H_21, G_12, G_22), (H_12, H_22, G_11, G_21), (H_12, H_22, G_12, G_22))
    sides = zip(mixed, (one, none, none, one), strict=True)
    parts = And(*(Equal(h.T @ x + g.T @ y, side) for (h, g, x, y), side in sides))
    return follows(parts, specialised(lemma, {M: G, N: H}), product)


def _one_entry() -> Theorem:
    """A row times G R, times Hᵀ G, is that row of R times G; here for letters."""
    W, V, U, P = ([matrix(f"{name}_{i}", p, p) for i in (1, 2)] for name in "WVUP")
    A_1, A_2, B_1, B_2 = four = [matrix(f"{name}_{i}", p, p) for name in "AB" for i in (1, 2)]
    inner = Equal(A_1 @ P[0] + A_2 @ P[1], V[0]), Equal(B_1 @ P[0] + B_2 @ P[1], V[1])
    outer = Equal(W[0] @ A_1 + W[1] @ B_1, U[0]), Equal(W[0] @ A_2 + W[1] @ B_2, U[1])
    line = (
        calc(W[0] @ V[0] + W[1] @ V[1], given=(*inner, *outer))
        .eq(W[0] @ (A_1 @ P[0] + A_2 @ P[1]) + W[1] @ (B_1 @ P[0] + B_2 @ P[1]), by=inner)
        .eq((W[0] @ A_1 + W[1] @ B_1) @ P[0] + (W[0] @ A_2 + W[1] @ B_2) @ P[1], by="multiply out")
        .eq(U[0] @ P[0] + U[1] @ P[1], by=outer)
    )
    return lemma_of((*W, *V, *U, *P, *four), (*inner, *outer), line.theorem())


def _commutes(back: Theorem) -> Theorem:
    """G R = G R Hᵀ G = R G, block by block."""
    lemma, found = _one_entry(), []
    columns, units, turn = ((G_11, G_21), (G_12, G_22)), ((one, none), (none, one)), ((C, S), (-S, C))
    claims = in_blocks(blocks, cos(theta), sin(theta))
    for claim, (i, j) in zip(claims, ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True):
        values = *before[2 * i : 2 * i + 2], *units[j], *turn[i], *columns[j], H_11.T, H_21.T, H_12.T, H_22.T
        at = instance(lemma, dict(zip(lemma.claim.variables, values, strict=True)), back, *MOVED[2 * i : 2 * i + 2])
        found.append(follows(claim, at))
    return prove(And(*claims), (*back.given, *MOVED), using=found, check=False)


X, Y, U, V = (matrix(name, p, p) for name in "XYUV")
A, B = diag(a), diag(b)
PAIR = Equal(A @ X + B @ Y, U), Equal(A @ Y - B @ X, V)


def _solved() -> Theorem:
    """a X + b Y = U and a Y - b X = V are solved by r (a U - b V) and r (b U + a V)."""
    (left, first), (right, second) = (claim.args for claim in PAIR)
    found = []
    for block, by, other in ((X, A, -B), (Y, B, A)):
        line = (
            calc(block, given=(UNDONE, *PAIR))
            .eq(diag(hadamard(r, lengths)) @ block, by=UNDONE)
            .eq(diag(r) @ (by @ left + other @ right), by="multiply out")
            .eq(diag(r) @ (by @ first + other @ second), by=PAIR)
        )
        found.append(line.theorem())
    both = prove(And(*(line.claim for line in found)), (UNDONE, *PAIR), using=found, check=False)
    return lemma_of((a, b, r, X, Y, U, V), (UNDONE, *PAIR), both)


def _undone() -> Theorem:
    """With a h + b g = 1 and a g - b h = 0 the lengths h² + g² undo a² + b²; h and g stand for diagonals."""
    h, g = u, v
    known = Equal(hadamard(a, h) + hadamard(b, g), every), Equal(hadamard(a, g) - hadamard(b, h), zeros(1, p))
    sides = [claim.left for claim in known]
    line = (
        calc(hadamard(hadamard(h, h) + hadamard(g, g), lengths), given=known)
        .eq(hadamard(sides[0], sides[0]) + hadamard(sides[1], sides[1]), by="multiply out")
        .eq(every, by=known)
    )
    return lemma_of((a, b, h, g), known, line.theorem())


INVERSE = (
    *map(Equal, (A @ H_11.T + B @ H_12.T, A @ H_21.T + B @ H_22.T), (one, none)),
    *map(Equal, (A @ H_12.T - B @ H_11.T, A @ H_22.T - B @ H_21.T), (none, one)),
)


def _keys() -> Theorem:
    """What undoes a stretched turn on the side of the keys is one, stretched back."""
    size = hadamard(h, h) + hadamard(g, g)
    row_1 = follows(Equal(hadamard(a, h) + hadamard(b, g), every), INVERSE[0])
    row_2 = follows(Equal(hadamard(a, g) - hadamard(b, h), zeros(1, p)), INVERSE[2])
    undone = instance(_undone(), {a: a, b: b, u: h, v: g}, row_1, row_2)
    lemma, found = _solved(), [undone]
    for x, y, first, second, pair in ((H_11, H_12, one, none, INVERSE[::2]), (H_21, H_22, none, one, INVERSE[1::2])):
        values = {a: a, b: b, r: size, X: x.T, Y: y.T, U: first, V: second}
        found.append(instance(lemma, values, undone, *pair))
    ends = And(FORMS[1].xreplace({r: size}), UNDONE.xreplace({r: size}))
    return lemma_of((a, b, *keys), INVERSE, prove(ends, INVERSE, using=found, check=False))


def _stretched_keys() -> Theorem:
    """From the form of G and from G Hᵀ = 1 the form of H."""
    known = FORMS[0], *DONE
    inverse = [follows(claim, FORMS[0], done) for claim, done in zip(INVERSE, DONE, strict=True)]
    undone = prove(And(*INVERSE), known, using=inverse, check=False)
    return lemma_of((a, b, *blocks, *keys), known, instance(_keys(), {x: x for x in (a, b, *keys)}, undone))


def _unchanged() -> Theorem:
    """Stretched turns that undo each other keep both forms."""
    known, size, found = (*FORMS, UNDONE), UNDONE.left, []
    first, second = diag(hadamard(r, a)), diag(hadamard(r, b))
    back = first, second, -second, first
    cosines, sines = (diag(hadamard(part, size)) for part in (cos(theta), sin(theta)))
    still = _by_blocks((A, B, -B, A), back), (diag(size), none, none, diag(size))
    turned = A @ C - B @ S, A @ S + B @ C, -B @ C - A @ S, A @ C - B @ S
    moved = _by_blocks(turned, back), (cosines, sines, -sines, cosines)
    for claims, (products, sides) in zip((DONE, MOVED), (still, moved), strict=True):
        for claim, product, side in zip(claims, products, sides, strict=True):
            line = calc(claim.left, given=known).eq(product, by=FORMS).eq(side, by="multiply out")
            found.append(line.eq(claim.right, by=UNDONE).theorem())
    together = prove(KEPT, (*DONE, *MOVED), check=False)
    return prove(KEPT, known, using=[*found, together], check=False)


TRAN = "the question is that of Tran et al., arXiv:2606.17816, for the symmetries of rotary attention"


@theorem(section="6.11", says=Iff(SAME, KEPT), source="textbook linear algebra", where=LETTERS)
def rope_gauge_of_scores():
    """Every query and every key score as before exactly when Hᵀ undoes G, with and without a turn in between.

    Queries are x G and keys y H, and R is the turn by one position: G Hᵀ = 1 and G R Hᵀ = R.
    """
    parts = zip((DONE, MOVED), _said(), strict=True)
    said = [prove(And(*claims), SAME, using=found, check=False) for claims, found in parts]
    with argument() as proof:
        kept = proof.suppose("no score changes", SAME)
        done = proof.have("all rows say so of blocks of G Hᵀ", said[0], by=kept)
        moved = proof.have("and of G R Hᵀ", said[1], by=kept)
        there = proof.have("together", KEPT, by=(done, moved))
        undone = proof.suppose("H undoes G", KEPT)
        back = proof.have("the forms are all that scores see", SAME, by=undone)
        proof.show(rope_gauge_of_scores.says, by=(there, back))
    return proof


@theorem(
    section="6.11",
    says=Iff(KEPT, OF_PLANES),
    given=APART,
    instances=({**STRETCHED, theta: ones(1, 1), D: zeros(1, 1), turns: ones(1, 1) / sin(Integer(1)), p: Integer(1)},),
    source=TRAN,
    where={**LETTERS, row("h", p): h, row("g", p): g},
)
def rope_gauge():
    """No score of equal or neighbouring positions changes exactly when each plane is stretched and turned by itself.

    Keys are then stretched back, plane by plane.  The frequencies lie apart in (0, π), where they differ when their
    cosines do.
    """
    circle = prove(on_circle(cos(theta), sin(theta)), check=False)
    values = dict(zip(planes.LETTERS, (cos(theta), sin(theta), turns, D, *blocks), strict=True))
    with argument(*APART) as proof:
        kept = proof.suppose("no form changes", KEPT)
        done = proof.have("block by block, G Hᵀ = 1", And(*DONE), by=kept)
        moved = proof.have("and G R Hᵀ = R", And(*MOVED), by=kept)
        back = _other_side()
        back = proof.have("then Hᵀ G = 1", back.claim, by=(back, done), under=KEPT)
        commutes = _commutes(back)
        commutes = proof.have("so G R = G R Hᵀ G = R G", commutes.claim, by=(commutes, back, moved), under=KEPT)
        there = by_planes(proof, values, circle, APART, commutes)
        values = {x: x for x in (*blocks, *keys)} | {a: diagonal(G_11), b: diagonal(G_12)}
        undone = instance(_stretched_keys(), values, there, done)
        undone = proof.have("and H is G stretched back", undone, by=(there, done))
        back = proof.have("back, what is stretched back is as it was", _unchanged())
        proof.show(rope_gauge.says, by=(there, undone, back))
    return proof


t, s = column("t", n), column("s", m)
Q, K = ((matrix(f"{name}_1", size, p), matrix(f"{name}_2", size, p)) for name, size in (("Q", n), ("K", m)))


def changed(pair: Any, a: Any, b: Any) -> Any:
    """Each plane of these rows stretched and turned by itself."""
    one, other = pair
    return hstack(one @ diag(a) - other @ diag(b), one @ diag(b) + other @ diag(a))


def scores(queries: Any, keys: Any) -> Any:
    """Scores of queries at positions t and keys at s, both turned by their positions."""
    return rope(queries, t, theta) @ T(rope(keys, s, theta))


NEW = changed(Q, a, b), changed(K, hadamard(r, a), hadamard(r, b))
CHANGED = *NEW[0].args, *NEW[1].args


@theorem(
    section="6.11",
    says=Equal(scores(*NEW), scores(hstack(*Q), hstack(*K))),
    given=UNDONE,
    instances=({a: ones(1, p), b: ones(1, p), r: ones(1, p) / 2},),
    source="textbook linear algebra",
    sketch="A plane stretched by λ and turned by an angle commutes with turns; keys get 1/λ and that angle.",
    where={
        **{matrix(f"{old.name}'", *old.shape): new for old, new in zip((*Q, *K), CHANGED, strict=True)},
        **{matrix(f"C_{at.name}", size, p): cos(at * theta) for at, size in ((t, n), (s, m))},
        **{matrix(f"S_{at.name}", size, p): sin(at * theta) for at, size in ((t, n), (s, m))},
    },
)
def rope_gauge_keeps():
    """Queries stretched and turned plane by plane, and keys stretched back, score as before at all positions."""
    ...
