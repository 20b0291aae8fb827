"""Rank, definiteness and inverse of a floating-point ball.

A factorisation that LAPACK returns is only believed as far as its residual, which is measured here: by Weyl the
singular values of A + E and of A differ by at most ‖E‖₂ ≤ ‖E‖_F.  A floating-point matrix therefore never shows a low
rank; it shows at least how many singular values are not 0.
"""

import numpy as np

from symattn.numeric.arithmetic import Arithmetic, Array, Truth
from symattn.numeric.bounds.balls import Ball, magnitude
from symattn.numeric.bounds.rounding import SMALLEST, gamma, outward, quiet

UNIT = 2.0**-53


def frobenius(matrix: Array) -> float:
    """‖matrix‖_F, rounded up."""
    flat = matrix.ravel()
    squares = outward(np.dot(flat, flat), flat.size + 4)
    return float(outward(np.sqrt(squares), 4) + np.sqrt(SMALLEST) * flat.size)


def _defect(factor: Array) -> float:
    """‖FᵀF - I‖_F: how far the columns are from orthonormal."""
    rows = factor.shape[0]
    gram = factor.T @ factor - np.eye(factor.shape[1])
    return frobenius(gram) + frobenius(gamma(rows + 1, UNIT) * (np.abs(factor).T @ np.abs(factor) + 1))


def _misfit(matrix: Array, left: Array, middle: Array, right: Array) -> float:
    """‖matrix - left·diag(middle)·right‖_F."""
    product = np.abs(left) * np.abs(middle) @ np.abs(right) + np.abs(matrix)
    rounding = gamma(len(middle) + 3, UNIT) * outward(product, len(middle) + 3)
    return frobenius(matrix - left * middle @ right) + frobenius(rounding)


@quiet
def singular_values(matrix: Ball) -> tuple[Array, Array]:
    """Singular values, largest first, and how far each may be from that of the exact matrix."""
    center = matrix.value.astype(np.float64)
    if 0 in center.shape:
        return np.zeros(0), np.zeros(0)
    if not np.isfinite(matrix.radius).all():
        return np.zeros(min(center.shape)), np.full(min(center.shape), np.inf)
    left, values, right = np.linalg.svd(center, full_matrices=False)
    turn = _defect(left) + _defect(right.T)
    bound = _misfit(center, left, values, right) + frobenius(matrix.radius) + outward(values * turn, 3)
    return values, np.where(turn < 1, outward(bound, 4), np.inf)


def rank_bounds(matrix: Ball) -> tuple[int, int]:
    """At least the number of singular values that are certainly not 0, at most the smaller side."""
    values, bound = singular_values(matrix)
    return int((values > bound).sum()), len(values)


@quiet
def eigenvalues(matrix: Ball) -> tuple[Array, Array]:
    """Eigenvalues of the symmetric part, least first, and how far each may be from that of the exact one."""
    center = matrix.value.astype(np.float64)
    if center.size == 0:
        return np.zeros(0), np.zeros(0)
    if not np.isfinite(matrix.radius).all():
        return np.zeros(len(center)), np.full(len(center), np.inf)
    symmetric = center / 2 + center.T / 2
    values, vectors = np.linalg.eigh(symmetric)
    turn = _defect(vectors)
    rounding = frobenius(matrix.radius + 2 * UNIT * np.abs(symmetric) + SMALLEST)
    bound = _misfit(symmetric, vectors, values, vectors.T) + rounding + outward(np.abs(values) * turn, 3)
    return values, np.where(turn < 1, outward(bound, 4), np.inf)


def definiteness(matrix: Ball) -> tuple[Truth, str]:
    """Whether x A xᵀ ≥ 0, from the least eigenvalue of the symmetric part."""
    values, bounds = eigenvalues(matrix)
    if len(values) == 0:
        return Truth.TRUE, "an empty matrix"
    least, bound = float(values[0]), float(bounds[0])
    if not np.isfinite(bound):
        return Truth.UNKNOWN, "the error bound is infinite"
    detail = f"the least eigenvalue is {least:.6g} ± {bound:.2g}"
    return (Truth.FALSE if least < -bound else Truth.TRUE if least >= bound else Truth.CONSISTENT), detail


@quiet
def inverse(matrix: Ball) -> Ball:
    """An approximate inverse X and its distance from the exact one.

    With A X = I - R and ρ = ‖R‖_∞ < 1, A⁻¹ - X = X R (I - R)⁻¹; so row i is within ‖(|X||R|)_i‖₁ / (1 - ρ).
    """
    center, size = matrix.value.astype(np.float64), len(matrix.value)
    try:
        guess = np.linalg.inv(center)
    except np.linalg.LinAlgError:
        guess = np.full(center.shape, np.nan)
    if not (np.isfinite(guess).all() and np.isfinite(matrix.radius).all()):
        return Ball(np.zeros_like(matrix.value), np.full(center.shape, np.inf))
    rounded = guess.astype(matrix.value.dtype)
    near, far = rounded.astype(np.float64), np.abs(rounded.astype(np.float64))
    defect = np.abs(np.eye(size) - center @ near) + gamma(size + 2, UNIT) * (np.abs(center) @ far + 1)
    defect = outward(defect + matrix.radius @ far, size + 6) + SMALLEST * size
    return Ball(rounded, distance(far, defect))


def distance(size: Array, defect: Array) -> Array:
    """How far X with entries of that size may be from A⁻¹, where I - A X is at most the defect, entry by entry."""
    rows = len(size)
    norm = float(outward(defect.sum(axis=1), rows).max(initial=0))
    spread = outward((size @ defect).sum(axis=1, keepdims=True), 2 * rows + 2) + SMALLEST * rows
    radius = outward(spread / (1 - norm) * (1 + 2.0**-50), 4) if norm < 1 - 2.0**-20 else np.inf
    return np.broadcast_to(radius, size.shape).copy()


@quiet
def refined_inverse(matrix: Ball, arithmetic: Arithmetic) -> Ball:
    """The same for longer numbers: float64's inverse, refined by X (2 - A X) as often as its defect still falls.

    The defect I - A X is a ball of that arithmetic, so its rounding and the radius of A are in it.
    """
    size = len(matrix.value)
    start = inverse(Ball(matrix.value.astype(np.float64), np.zeros(matrix.value.shape)))
    if not (np.isfinite(start.radius).all() and np.isfinite(matrix.radius).all()):
        return Ball(np.zeros_like(matrix.value), np.full(matrix.value.shape, np.inf))
    one, minus = arithmetic.lift(np.eye(size, dtype=int)), arithmetic.lift(np.array([[-1]]))
    best, least = None, np.inf
    guess = arithmetic.lift(start.value)
    while True:
        product = arithmetic.multiply(minus, arithmetic.matmul(matrix, Ball(guess.value, np.zeros(guess.radius.shape))))
        defect = arithmetic.add(one, product)
        far, rest = magnitude(guess.value), outward(magnitude(defect.value) + defect.radius, 1)
        norm = float(outward(rest.sum(axis=1), size).max(initial=0))
        if not norm < least / 2:
            break
        spread = outward((far @ rest).sum(axis=1, keepdims=True), 2 * size + 2) + SMALLEST * size
        best, least = Ball(guess.value, outward(spread / (1 - norm), 6) * np.ones((1, size))), norm
        guess = arithmetic.add(guess, arithmetic.matmul(guess, defect))
    usable = best is not None and least < 0.5
    return best if usable and best else Ball(np.zeros_like(matrix.value), np.full(matrix.value.shape, np.inf))
