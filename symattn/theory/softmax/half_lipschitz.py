"""Softmax moves at most half as fast as its scores.

Its derivative J has the norm ½ at most: as a quadratic form, as a map between lengths, and, by its row sums, as a map
between largest entries and between sums of absolute values.  The constant 1 that is often quoted is twice too large.

    n      at least 1, number of scores
    s      1×n    scores, p = softmax(s)
    J      n×n    diag(p) - pᵀ p, the derivative of p in s
    v      1×n    a direction

Main results
    softmax_half_lipschitz  v J vᵀ ≤ ½ ‖v‖²
    jacobian_half_length    ‖v J‖² ≤ ¼ ‖v‖²
    jacobian_row_sums       Σ_j |J_ij| = 2 p_i (1 - p_i) ≤ ½
    half_is_attained        two equal scores have a direction with v J vᵀ = ½ ‖v‖²
"""

from sympy import Rational

from symattn.language import (
    And,
    AtMost,
    Equal,
    T,
    diag,
    hadamard,
    hstack,
    identity,
    matrix,
    normsquared,
    ones,
    row,
    rowsum,
    sizes,
    softmax,
    total,
    zeros,
)
from symattn.proof import argument, theorem
from symattn.theory.softmax.derivatives import softmax_jacobian_psd

n = sizes("n", min=1)
s, v, x = row("s", n), row("v", n), row("x", n)
one, HALF = ones(1, n), Rational(1, 2)
p = softmax(s)
J = diag(p) - p.T @ p
A = matrix("A", n, n)
apart = ones(n, n) - identity(n)
others = hadamard(apart, apart)
NAIR = "Nair: Softmax is 1/2-Lipschitz, arXiv:2510.23012"


@theorem(section="4.15", says=AtMost(total(v @ J @ v.T), HALF * normsquared(v)), source=NAIR)
def softmax_half_lipschitz():
    """The derivative of softmax is at most ½ as a quadratic form: v J vᵀ ≤ ½ ‖v‖²."""
    sums, far = v.T @ one + one.T @ v, one - 2 * p
    rest = total(hadamard(hadamard(far, far), hadamard(v, v))) / 2
    pairs = total(p @ hadamard(others, hadamard(sums, sums)) @ p.T) / 2
    with argument() as proof:
        words = "½ ‖v‖² - v J vᵀ is ½ Σ_j (1 - 2 p_j)² v_j² + ½ Σ_{i≠j} p_i p_j (v_i + v_j)²"
        proof.show(softmax_half_lipschitz.says, words=words, hints=[rest + pairs])
    return proof


@theorem(section="4.15", says=AtMost(normsquared(v @ J), normsquared(v) / 4), source=NAIR)
def jacobian_half_length():
    """The derivative of softmax makes no direction longer than half its length."""
    moved, ahead, form = v @ J, v / 2 - v @ A, AtMost(total(v @ A @ v.T), HALF * normsquared(v))
    along = Equal(A, A.T), AtMost(0, total(ahead @ A @ ahead.T)), form, form.xreplace({v: v @ A})
    with argument() as proof:
        short = proof.have("a form between 0 and ½", AtMost(normsquared(v @ A), normsquared(v) / 4), by=along)
        same = proof.have("J is symmetric", Equal(J, J.T))
        above = proof.have("and positive semidefinite", AtMost(0, total(x @ J @ x.T)), by=softmax_jacobian_psd)
        above = proof.at("along v/2 - v J", above, {x: v / 2 - moved})
        below = proof.have("and at most ½", softmax_half_lipschitz)
        here = proof.at("along v J", below, {v: moved})
        proof.show(proof.at("so it is short", short, {A: J}, by=(same, above, below, here)))
    return proof


signs = 2 * identity(n) - ones(n, n)
widths = 2 * hadamard(p, one - p)


@theorem(
    section="4.15",
    says=And(
        AtMost(zeros(n, n), hadamard(signs, J)),
        Equal(T(rowsum(hadamard(signs, J))), widths),
        AtMost(widths, HALF * one),
    ),
    source=NAIR,
)
def jacobian_row_sums():
    """The absolute values in row i of the derivative of softmax sum to 2 p_i (1 - p_i), which is at most ½.

    No entry is negative on the diagonal, or positive elsewhere, so that signs, 1 on the diagonal and -1 elsewhere, take
    them to their absolute values.  The matrix is symmetric, so the columns sum to the same.
    """
    far = one - 2 * p
    shown = hadamard(others, p.T @ p) + diag(hadamard(p, p @ others))
    absolute, sums, most = jacobian_row_sums.says.args
    with argument() as proof:
        words = "p_i p_j off the diagonal, and p_i Σ_{j≠i} p_j on it"
        absolute = proof.have(words, absolute, hints=[shown])
        sums = proof.have("the weights sum to 1", sums)
        most = proof.have("½ - 2 p (1 - p) is ½ (1 - 2 p)²", most, hints=[hadamard(far, far) / 2])
        proof.show(jacobian_row_sums.says, by=(absolute, sums, most))
    return proof


equal = softmax(zeros(1, 2))
swap = hstack(identity(1), -identity(1))


@theorem(
    section="4.15",
    says=Equal(total(swap @ (diag(equal) - equal.T @ equal) @ swap.T), HALF * normsquared(swap)),
    source=NAIR,
    sketch="Both weights are 1/2, so J is 1/4 [[1, -1], [-1, 1]].",
)
def half_is_attained():
    """Two equal scores that move against each other attain the constant ½."""
    ...
