"""Are two heads one head in two gauges?  Q₂ = Q M with K₂ = K M⁻ᵀ for some M."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.checks.harness.arrays import Given, given
from symattn.checks.harness.failures import CheckUndecided, failed
from symattn.checks.harness.reference import agreed
from symattn.errors import LanguageError, ShapeError, layout
from symattn.numeric.bounds.any_order import growth
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.rounding import gamma, outward, quiet
from symattn.numeric.linear_algebra.spectra import UNIT, frobenius, rank_bounds, singular_values

__all__ = ["assert_same_head"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

Array = Any


@dataclass(frozen=True)
class Fit:
    """The G with B ≈ A G, how far B is from it, how far it may be, and how far G may be from the true one."""

    G: Array
    misfit: float
    room: float
    drift: float


def assert_same_head(first: Sequence[Any], second: Sequence[Any], *, contract: str | Contract | None = None) -> Array:
    """Assert that (Q₂, K₂) = (Q M, K M⁻ᵀ) for some invertible M, up to rounding, and return M.

    M is the least-squares fit Q⁺ Q₂.  ‖Q₂ - Q M‖ and ‖K₂ - K H‖ are held to the rounding of such products, and
    M Hᵀ to that of an inverse: ‖M Hᵀ - 1‖ ≤ k γ_{3k} ‖M‖ ‖H‖ and what the two fits can be off.

    first       (Q, K)
    second      (Q₂, K₂)
    contract    how the second head was rounded; by default in its dtype, sums in any order

    Shapes    Q, Q₂ d×k and K, K₂ e×k give M k×k, in float64
    Assumes   the second head was made from the first by one who keeps the contract; Q and K have full column rank,
              since the gauge is not determined otherwise

    >>> import numpy as np
    >>> Q, K, M = np.eye(4, 2), np.eye(5, 2), np.array([[2.0, 1.0], [0.0, 1.0]])
    >>> np.allclose(sa.checks.assert_same_head((Q, K), (Q @ M, K @ np.linalg.inv(M).T)), M)
    True
    >>> sa.checks.assert_same_head((Q, K), (Q @ M, K @ M))
    Traceback (most recent call last):
        ...
    symattn.checks.harness.failures.CheckFailed: the heads differ in how queries and keys are mixed
        ...
      queries are those of the first head times M, keys times H, but H is not M⁻ᵀ; ...

    Raises    CheckFailed, which says whether the queries, the keys, or only their mixing differ
              CheckUndecided when the heads are so badly conditioned that the rounding could hide any difference
              ShapeError, or LanguageError for a head of lower rank than k
    """
    Q, K = _head("first", first)
    Q2, K2 = _head("second", second)
    kept = agreed(contract, max((g.dtype for g in (Q, K, Q2, K2)), key=_coarseness))
    for one, other in ((Q, Q2), (K, K2)):
        if one.values.shape != other.values.shape:
            raise ShapeError(
                layout("the two heads have other shapes", [(one.name, one.shown), (other.name, other.shown)])
            )
    for each in (Q, K):
        _need_rank(each)
    if not Q.values.shape[1]:
        return np.zeros((0, 0))
    queries, keys = _fitted(Q, Q2, kept), _fitted(K, K2, kept)
    differing = [what for what, fit in (("queries", queries), ("keys", keys)) if fit.misfit > fit.room]
    if differing:
        raise _other_span(differing, queries, keys, kept)
    _need_inverse(queries, keys, kept)
    return queries.G


def _coarseness(dtype: str) -> float:
    return agreed(None, dtype).stored.unit


def _head(which: str, pair: Sequence[Any]) -> tuple[Given, Given]:
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise LanguageError(f"a head is given as (Q, K), but the {which} one is {type(pair).__name__}")
    Q, K = given(f"Q of the {which} head", pair[0]), given(f"K of the {which} head", pair[1])
    if Q.values.shape[1] != K.values.shape[1]:
        raise ShapeError(layout("queries and keys must have one width", [(Q.name, Q.shown), (K.name, K.shown)]))
    return Q, K


def _need_rank(part: Given) -> None:
    """The gauge is determined at full column rank, and only there."""
    rows, k = part.values.shape
    if k > rows:
        note = f"Q Kᵀ has rank at most {rows}, so many M explain it: cut the head to width {rows} first"
        raise LanguageError(layout("the gauge of a head with k > d is not determined", [(part.name, part.shown)], note))
    least, _ = rank_bounds(Ball(part.values, np.zeros(part.values.shape)))
    if least < k:
        pairs = [(part.name, part.shown), ("rank", f"at least {least}, not certainly {k}")]
        note = "below full rank heads that are equal need not be equal up to gauge: see gauge_uniqueness_false"
        raise LanguageError(layout("the gauge of a rank-deficient head is not determined", pairs, note))


@quiet
def _fitted(A: Given, B: Given, kept: Contract) -> Fit:
    """B against A G.  With e = γ of one product, B = A G + E, |E| ≤ e |A| |G| and G = Ĝ - A⁺ E:

    ‖|A| |G|‖ ≤ ‖|A| |Ĝ|‖ / (1 - e ‖|A| |A⁺|‖), so ‖E‖ ≤ e times that; the least-squares misfit is at most ‖E‖.
    """
    rows, k = A.values.shape
    back = np.linalg.pinv(A.values)
    G = back @ B.values
    size = np.abs(A.values) @ np.abs(G)
    share = growth(kept.length(k) + 2, kept.inner.unit) + growth(2, kept.returned.unit)
    turn = outward(share * frobenius(np.abs(A.values) @ np.abs(back)), rows + k + 4)
    rounding = frobenius(gamma(k + 2, UNIT) * (size + np.abs(B.values)))
    left = B.values - A.values @ G
    # what a better G would take away again is no misfit of the best one
    slack = frobenius(A.values @ (back @ left)) + rounding
    if turn >= 1:
        return Fit(G, frobenius(left), np.inf, np.inf)
    error = outward(share * frobenius(size) / (1 - turn) + kept.returned.flushed * size.size, rows + k + 8)
    room = float(outward(error + slack, 4))
    return Fit(G, frobenius(left), room, float(outward(_norm(back) * room, 4)))


def _norm(matrix: Array) -> float:
    values, blur = singular_values(Ball(matrix, np.zeros(matrix.shape)))
    return float(values[0] + blur[0])


def _other_span(differing: list[str], queries: Fit, keys: Fit, kept: Contract) -> Exception:
    pairs = [
        ("‖Q₂ - Q M‖", f"{queries.misfit:.3g}, bound {queries.room:.3g}"),
        ("‖K₂ - K H‖", f"{keys.misfit:.3g}, bound {keys.room:.3g}"),
        ("contract", str(kept)),
    ]
    note = f"no matrix makes the {' and the '.join(differing)} of the second head from those of the first"
    return failed(f"the heads differ in their {' and '.join(differing)}", pairs, note)


@quiet
def _need_inverse(queries: Fit, keys: Fit, kept: Contract) -> None:
    G, H = queries.G, keys.G
    k = len(G)
    sizes = frobenius(G) * frobenius(H)
    own = (k * growth(3 * k, kept.inner.unit) + growth(2, kept.returned.unit) + gamma(k + 2, UNIT)) * sizes
    moved = queries.drift * (frobenius(H) + keys.drift) + frobenius(G) * keys.drift
    room, away = float(outward(own + moved, 3 * k + 8)), frobenius(G @ H.T - np.eye(k))
    pairs = [("‖M Hᵀ - 1‖", f"{away:.3g}"), ("bound", f"{room:.3g} for {kept}")]
    if away > room:
        raise failed("the heads differ in how queries and keys are mixed", pairs, _mixing(G, H, room))
    if room >= np.sqrt(k):
        reason = "within this bound M Hᵀ could be 0"
        raise CheckUndecided(layout("the rounding could hide any other mixing", pairs, reason), reason=reason)


def _mixing(G: Array, H: Array, room: float) -> str:
    told = "queries are those of the first head times M, keys times H, but H is not M⁻ᵀ"
    if frobenius(H - G) <= room:
        return f"{told}; H = M: the keys were multiplied by M itself"
    if frobenius(G @ H - np.eye(len(G))) <= room:
        return f"{told}; H = M⁻¹: the transpose of the inverse was forgotten"
    return told
