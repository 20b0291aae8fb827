"""Thin factors A = U R + E of many matrices, U nearly orthonormal, with E and U's defect measured.

Cholesky's factor of AᵀA, twice, is several times as fast as Householder's reflections and as good wherever it does not
break down; a matrix that is singular, or wider than it is long, is left to the reflections.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.rounding import SMALLEST, gamma, outward, quiet
from symattn.numeric.linear_algebra.spectra import UNIT, frobenius

BLOCK = 256  # rows that are added up at once: a sum of d terms then meets BLOCK + d/BLOCK roundings
WORSE = 16  # times what rounding alone explains: Cholesky's factors begin to break down, as reflections do not


@dataclass(frozen=True, eq=False)
class Thin:
    """R of A = U R + E, with ‖E‖ ≤ misfit, ‖UᵀU - 1‖ ≤ defect and ‖A‖ ≤ size."""

    triangle: Array
    misfit: float
    defect: float
    size: float


@contextmanager
def one_thread() -> Iterator[None]:
    """BLAS on one thread: many small products are slower on several."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        yield


@quiet
def thin(matrices: Array) -> list[Thin]:
    """The factors of each of H×d×k matrices."""
    return [_by_cholesky(matrix) or _reflected(matrix) for matrix in np.asarray(matrices, dtype=np.float64)]


def _by_cholesky(matrix: Array) -> Thin | None:
    """R = R₂ R₁ by Cholesky's factors R₁ of AᵀA and R₂ of BᵀB, B = A R₁⁻¹; None where they break down.

    U = B R₂⁻¹ is not formed: U R is B R₁, and UᵀU is R₂⁻ᵀ (BᵀB) R₂⁻¹.
    """
    rows, columns = matrix.shape
    if columns == 0 or rows < columns:
        return None
    try:
        first = np.linalg.cholesky(matrix.T @ matrix).T
        basis = matrix @ np.linalg.inv(first)
        gram = _gram(basis)
        second = np.linalg.cholesky(gram).T
        back = np.linalg.inv(second)
    except np.linalg.LinAlgError:
        return None
    one, small = np.eye(columns), float(gamma(2 * columns + 2, UNIT))
    stretch = 1 + frobenius(back.T @ back - one) + small * frobenius(back) ** 2  # at least ‖R₂⁻¹‖²
    within = np.abs(back).T @ np.abs(gram) @ np.abs(back)
    error = _gram_error(rows) * _size_of(gram) ** 2 * stretch + small * frobenius(within + one)
    defect = frobenius(back.T @ gram @ back - one) + error
    triangle = second @ first
    moved = 2 * small * frobenius(np.abs(second) @ np.abs(first))  # ‖U‖ times what R differs from R₂ R₁ by
    found = _measured(matrix, basis, first, triangle, defect, moved)
    turned, left = (_gram_error(rows) + small) * columns, small * columns * found.size
    return found if found.defect <= WORSE * turned and found.misfit <= WORSE * left else None


def _reflected(matrix: Array) -> Thin:
    basis, triangle = np.linalg.qr(matrix)
    gram = _gram(basis)
    defect = frobenius(gram - np.eye(len(gram))) + _gram_error(len(matrix)) * _size_of(gram) ** 2
    return _measured(matrix, basis, triangle, triangle, defect, 0.0)


def _gram(basis: Array) -> Array:
    """UᵀU, BLOCK rows at a time."""
    total = np.zeros((basis.shape[1], basis.shape[1]))
    for start in range(0, len(basis), BLOCK):
        part = basis[start : start + BLOCK]
        total += part.T @ part
    return total


def _gram_error(rows: int) -> float:
    """What rounding can change in UᵀU, relative to ‖U‖_F²; and in what it is compared with."""
    return float(gamma(min(rows, BLOCK) + -(-rows // BLOCK) + 2, UNIT))


def _size_of(gram: Array) -> float:
    """‖U‖_F from UᵀU, rounded up."""
    return float(outward(np.sqrt(np.trace(gram)), len(gram) + 2 * BLOCK + 8)) + SMALLEST


def _measured(matrix: Array, basis: Array, step: Array, triangle: Array, defect: float, moved: float) -> Thin:
    """A - B·step, and its rounding, bounded by norms."""
    size, high = frobenius(matrix), frobenius(step)
    wide = frobenius(basis)
    misfit = frobenius(matrix - basis @ step) + float(gamma(basis.shape[1] + 2, UNIT)) * (wide * high + size) + moved
    bounds = [float(outward(bound, 8)) if np.isfinite(bound) else np.inf for bound in (misfit, defect, size)]
    return Thin(triangle, *bounds)
