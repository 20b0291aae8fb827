"""Latent keys and rotations: where a position may be absorbed.

Keys that are made of short latents, κ = z U, need never be written out: U may be absorbed into the queries.  With a
rotation in between that would have to work for all positions with one matrix.

    θ        1×p    frequencies;  by D and e their cosines differ and their sines are not 0, as in positions/waves.py
    A        m×2p   query side, [A₁ | A₂]: first the one coordinate of all planes, then the other
    U        r×2p   key side, cut in the same way
    A_p      m×2    plane p of A;  ‖A_p‖² is entry p of a row
    t        a number, how far a query is from a key

Main results
    mla_rope_obstruction_iff    A R_t Uᵀ is A Uᵀ for all t exactly when in every plane A_p = 0 or U_p = 0
"""

from __future__ import annotations

from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    AtMost,
    Equal,
    ForAll,
    Iff,
    Implies,
    T,
    cos,
    diag,
    hadamard,
    hstack,
    matrix,
    normsquared,
    ones,
    reciprocal,
    rope,
    row,
    sin,
    sizes,
    total,
    zeros,
)
from symattn.proof import Theorem, argument, calc, follows, instance, prove, specialised, theorem
from symattn.theory.positions.waves import (
    WAVES,
    D,
    alpha,
    apart,
    beta,
    c,
    given,
    nothing,
    p,
    t,
    theta,
    turns,
    wave,
    waves_independent,
)

m, r = sizes("m r", min=0)
A = hstack(matrix("A_1", m, p), matrix("A_2", m, p))
U = hstack(matrix("U_1", r, p), matrix("U_2", r, p))
f, g = row("f", m), row("g", r)


def lengths(stack: Any) -> Any:
    """‖A_p‖² for each plane p."""
    first, second = stack.args
    return ones(1, stack.shape[0]) @ (hadamard(first, first) + hadamard(second, second))


APART = apart(theta, D, turns)
SAME = ForAll(t, Equal(rope(A, t, theta) @ U.T, A @ U.T))
IDLE = Equal(hadamard(lengths(A), lengths(U)), zeros(1, p))


def _none(part: Any) -> Any:
    return Equal(part, zeros(*part.shape))


def _of_rows(known: Theorem, letter: Any, block: Any) -> Theorem:
    """A block that every row maps to 0 is 0."""
    free = matrix("N", *block.shape)
    lemma = prove(ForAll(free, Implies(ForAll(letter, _none(letter @ free)), _none(free))), check=False)
    part = follows(_none(letter @ block), known)
    return instance(lemma, {free: block}, prove(ForAll(letter, part.claim), part.given, using=[part], check=False))


def _mixed(one: Theorem, other: Theorem, first: Any, second: Any) -> Theorem:
    """From two blocks that are 0 that what is made of them with two others, summed over rows, is 0."""
    X, Y, B, C = (matrix(name, *first.shape) for name in "XYBC")
    summed = _none(ones(1, first.shape[0]) @ (hadamard(B, X) + hadamard(C, Y)))
    lemma = prove(ForAll((X, Y, B, C), Implies(And(_none(X), _none(Y)), summed)), check=False)
    return instance(lemma, {X: one.claim.left, Y: other.claim.left, B: first, C: second}, one, other)


def _seen() -> Theorem:
    """By independence of waves, rows f A and g U have no product and no cross product in any plane."""
    (x_1, x_2), (y_1, y_2) = ([f @ half for half in A.args], [g @ half for half in U.args])
    products = hadamard(x_1, y_1) + hadamard(x_2, y_2), hadamard(x_1, y_2) - hadamard(x_2, y_1)
    at = specialised(prove(SAME, SAME, check=False), {t: t})
    seen = prove(Equal(f @ (rope(A, t, theta) @ U.T) @ g.T, f @ (A @ U.T) @ g.T), SAME, using=[at], check=False)
    waves = follows(Equal(wave(theta, products[0], products[1], t), total(f @ A @ U.T @ g.T)), seen)
    waves = prove(ForAll(t, waves.claim), SAME, using=[waves], check=False)
    every = ForAll((alpha, beta, c), Implies(given(WAVES, c)[2], nothing(WAVES)))
    every = prove(every, APART, using=[waves_independent.prove()], check=False)
    return instance(every, dict(zip((alpha, beta, c), (*products, waves.claim.claim.right), strict=True)), waves)


def _idle(seen: Theorem) -> Theorem:
    """So in every plane one of A and U is 0."""
    (A_1, A_2), (U_1, U_2) = A.args, U.args
    V_1, V_2 = ones(m, 1) @ (g @ U_1), ones(m, 1) @ (g @ U_2)
    inner = _of_rows(seen, f, hadamard(A_1, V_1) + hadamard(A_2, V_2))
    cross = _of_rows(seen, f, hadamard(A_1, V_2) - hadamard(A_2, V_1))
    first = _of_rows(_mixed(inner, cross, A_1, -A_2), g, hadamard(U_1, ones(r, 1) @ lengths(A)))
    second = _of_rows(_mixed(inner, cross, A_2, A_1), g, hadamard(U_2, ones(r, 1) @ lengths(A)))
    return follows(IDLE, _mixed(first, second, U_1, U_2))


def _both_gone(blocks: Any, squares: Theorem) -> Theorem:
    """Two blocks whose squares sum to 0 are 0."""
    X, Y = (matrix(name, *blocks[0].shape) for name in "XY")
    known = Equal(total(hadamard(X, X) + hadamard(Y, Y)), 0)
    gone = []
    for one in (X, Y):
        bounds = follows(AtMost(normsquared(one), 0), known), follows(AtMost(0, normsquared(one)))
        gone.append(follows(_none(one), follows(Equal(normsquared(one), 0), *bounds)))
    lemma = prove(ForAll((X, Y), Implies(known, And(_none(X), _none(Y)))), using=gone, check=False)
    return instance(lemma, dict(zip((X, Y), blocks, strict=True)), squares)


def _no_products(queries: Theorem, keys: Theorem) -> list[Theorem]:
    """Where ‖A_p‖² is 0 so is A_p, and elsewhere U_p is: halves of A and U have no product, whatever stands between."""
    X, Y, v, size = matrix("X", m, p), matrix("Y", r, p), row("v", p), row("s", p)
    rest = hadamard(X, ones(m, 1) @ (ones(1, p) - hadamard(size, reciprocal(size))))
    known = _none(rest), _none(hadamard(Y, ones(r, 1) @ size))
    line = (
        calc(X @ diag(v) @ Y.T, given=known)
        .eq(rest @ diag(v) @ Y.T + X @ diag(hadamard(v, reciprocal(size))) @ T(hadamard(Y, ones(r, 1) @ size)))
        .eq(zeros(m, r), by=known)
        .theorem()
    )
    lemma = prove(ForAll((X, Y, size, v), Implies(And(*known), line.claim)), using=[line], check=False)
    between = (cos(t * theta), sin(t * theta), ones(1, p))
    choices = [(one, other, wave) for one in A.args for other in U.args for wave in between]
    return [
        instance(lemma, {X: one, Y: other, size: lengths(A), v: wave}, queries, keys) for one, other, wave in choices
    ]


NOTHING = {
    A.args[0]: zeros(m, 1),
    A.args[1]: zeros(m, 1),
    theta: ones(1, 1),
    D: zeros(1, 1),
    turns: ones(1, 1) / sin(Integer(1)),
    p: Integer(1),
}


@theorem(
    section="7.13",
    says=Iff(SAME, IDLE),
    given=APART,
    instances=(NOTHING,),
    source="not found stated elsewhere; the question is that of DeepSeek-V2, arXiv:2405.04434, section 2.1.3",
)
def mla_rope_obstruction_iff():
    """One matrix serves all positions exactly when the rotation has nothing to turn: in every plane A_p = 0 or U_p = 0.

    The frequencies lie apart in (0, π), where they differ when their cosines do.  So rotary positions go into latent
    keys only beside them, in coordinates of their own.
    """
    size = lengths(A)
    kept = [hadamard(half, ones(r, 1) @ size) for half in U.args]
    rest = [hadamard(half, ones(m, 1) @ (ones(1, p) - hadamard(size, reciprocal(size)))) for half in A.args]
    squares = [total(hadamard(one, one) + hadamard(other, other)) for one, other in (kept, rest)]
    with argument(*APART) as proof:
        seen = proof.have("waves are independent: rows of A and U have neither product nor cross product", _seen())
        there = proof.have("so ‖A_p‖² U_p = 0, and ‖A_p‖² ‖U_p‖² = 0", _idle(seen), by=seen)
        zero = calc(squares[0], given=IDLE).eq(total(hadamard(size, size, lengths(U)))).eq(0, by=IDLE)
        keys = proof.have("back, ‖A_p‖² U_p = 0", _both_gone(kept, zero.theorem()))
        none = prove(Equal(squares[1], 0), check=False)
        queries = proof.have("and A_p = 0 where ‖A_p‖² is", _both_gone(rest, none))
        idle = _no_products(queries, keys)
        back = proof.have("so nothing that turns is seen", follows(SAME.claim, *idle), by=(keys, queries))
        proof.show(mla_rope_obstruction_iff.says, by=(there, back))
    return proof
