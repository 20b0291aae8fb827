"""The spectra of forms W = Q Kᵀ, head by head, from the factors.  W is never formed.

With Q = U R + E and K = V S + F, U and V nearly orthonormal, W is U (R Sᵀ) Vᵀ up to ‖E‖‖K‖ + (‖Q‖ + ‖E‖)‖F‖.  The core
R Sᵀ is k×k, and by Weyl and Ostrowski

    |σ_i(W) - σ_i(R Sᵀ)|  ≤  σ_i(R Sᵀ) (√((1 + δ)(1 + ε)) - 1) + ‖E‖‖K‖ + (‖Q‖ + ‖E‖)‖F‖

for δ ≥ ‖UᵀU - 1‖, ε ≥ ‖VᵀV - 1‖, both below 1.  E, F, δ and ε are measured on the factors that `thin_qr` found.  The
symmetric part (W + Wᵀ)/2 is Z J Zᵀ/2 with Z = [Q K], J = [0 1; 1 0]: its eigenvalues are those of a core of 2k×2k.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import Any

import numpy as np

from symattn.errors import ShapeError, layout
from symattn.models.tensor_files import finite
from symattn.models.thin_qr import Thin, one_thread, thin
from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.rounding import gamma, outward, quiet
from symattn.numeric.linear_algebra.spectra import UNIT, eigenvalues, singular_values

ROOM = 2**23  # bytes of float64 that the heads of one batch take together


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Singular values or eigenvalues, largest first in absolute value, each within its radius; all others are 0."""

    values: Array
    radius: Array

    @property
    def least_rank(self) -> int:
        """How many are certainly not 0.  That others are 0 no floating-point number shows: `reports.ranks` does."""
        return int((np.abs(self.values) > self.radius).sum())

    @property
    def signs(self) -> tuple[int, int]:
        """How many are certainly positive, and certainly negative."""
        return int((self.values > self.radius).sum()), int((self.values < -self.radius).sum())


def form_spectra(Q: Any, K: Any, *, workers: int | None = None) -> list[Spectrum]:
    """The singular values of Q Kᵀ for every head: min(d, k) of them, the others are 0.

    Q, K       queries and keys, arrays
    workers    threads that share the heads; by default as many as there are processors, at most 4

    Shapes    Q, K H×d×k, or d×k for one head; float64, or what float64 holds

    >>> import numpy as np
    >>> spectrum = sa.models.form_spectra(np.diag([3.0, 2.0]), np.eye(2))[0]
    >>> spectrum.least_rank, [round(float(value), 9) for value in spectrum.values]
    (2, [3.0, 2.0])

    Raises    ShapeError when the factors do not fit; WeightsError when an entry is no number
    """
    return _batched(_forms, *_checked(Q, K), workers)


def symmetric_spectra(Q: Any, K: Any, *, workers: int | None = None) -> list[Spectrum]:
    """The eigenvalues of (Q Kᵀ + K Qᵀ)/2 for every head: min(d, 2k) of them, the others are 0.

    Q, K       queries and keys, arrays
    workers    threads that share the heads; by default as many as there are processors, at most 4

    Shapes, Raises    as for form_spectra

    >>> import numpy as np
    >>> sa.models.symmetric_spectra(np.diag([3.0, -2.0]), np.eye(2))[0].signs
    (1, 1)
    """
    return _batched(_symmetric_parts, *_checked(Q, K), workers)


def _checked(Q: Any, K: Any) -> tuple[Array, Array]:
    queries, keys = np.asarray(Q), np.asarray(K)
    if queries.shape != keys.shape or queries.ndim not in (2, 3):
        pairs = [(name, "×".join(map(str, part.shape)) or "a number") for name, part in (("Q", queries), ("K", keys))]
        raise ShapeError(layout("the factors of a form do not fit", pairs, "needed: both d×k, or both H×d×k"))
    if queries.ndim == 2:
        queries, keys = queries[None], keys[None]
    for name, part in (("Q", queries), ("K", keys)):
        if part.dtype.kind == "f" and not np.isfinite(part).all():
            finite(part, name)
    return queries, keys


Work = Callable[[Array, Array], list[Spectrum]]


def _batched(work: Work, queries: Array, keys: Array, workers: int | None) -> list[Spectrum]:
    """The heads in batches, a few at a time, each with one thread for its products."""
    heads, rows, columns = queries.shape
    one = max(1, rows * columns * 8)
    size = max(1, min(ROOM // one, heads // 24))
    starts = range(0, heads, size)
    parts = [(queries[start : start + size], keys[start : start + size]) for start in starts]
    number = min(workers or min(4, cpu_count() or 1), max(1, len(parts)))
    with one_thread():
        if number == 1:
            found = [work(*part) for part in parts]
        else:
            with ThreadPoolExecutor(number) as pool:
                found = list(pool.map(lambda part: work(*part), parts))
    return [spectrum for batch in found for spectrum in batch]


def _forms(queries: Array, keys: Array) -> list[Spectrum]:
    left, right = thin(queries), thin(keys)
    return [_form(*pair) for pair in zip(left, right, strict=True)]


@quiet
def _form(query: Thin, key: Thin) -> Spectrum:
    R, S = query.triangle, key.triangle
    values, radius = singular_values(_product(R, S.T))
    turned = outward(np.sqrt((1 + query.defect) * (1 + key.defect)) - 1, 6)
    moved = query.misfit * key.size + (query.size + query.misfit) * key.misfit
    usable = max(query.defect, key.defect) < 1
    bound = outward(radius + (values + radius) * turned + moved, 8)
    return Spectrum(values, np.where(usable, bound, np.inf))


def _symmetric_parts(queries: Array, keys: Array) -> list[Spectrum]:
    columns = queries.shape[-1]
    lift = np.stack([_balance(*pair) for pair in zip(queries, keys, strict=True)])
    both = np.concatenate([_scaled(queries, -lift), _scaled(keys, lift)], axis=-1, dtype=np.float64)
    return [_symmetric(part, columns) for part in thin(both)]


def _balance(query: Array, key: Array) -> Array:
    """The power of 2 that Q is divided by and K multiplied by, so that neither hides the other; W is what it was."""
    sizes = [np.frexp(np.abs(part).max(initial=0))[1] if part.any() else 0 for part in (query, key)]
    return np.full((1, 1), (int(sizes[0]) - int(sizes[1])) // 2)


@quiet
def _symmetric(both: Thin, columns: int) -> Spectrum:
    R = both.triangle
    core = _product(R[:, :columns], R[:, columns:].T)
    values, radius = eigenvalues(core)
    order = np.argsort(-np.abs(values), kind="stable")
    misfit = both.misfit + R.size * 2.0**-1070  # what balancing may lose below the least number
    moved = misfit * (both.size + 2 * misfit)
    bound = outward(radius + (np.abs(values) + radius) * both.defect + moved, 8)
    return Spectrum(values[order], np.where(both.defect < 1, bound, np.inf)[order])


def _product(left: Array, right: Array) -> Ball:
    size = outward(np.abs(left) @ np.abs(right), left.shape[1])
    return Ball(left @ right, outward(gamma(left.shape[1], UNIT) * size + left.shape[1] * 2.0**-1070, 4))


def _scaled(part: Array, power: Array) -> Array:
    return np.ldexp(part.astype(np.float64, copy=False), power)
