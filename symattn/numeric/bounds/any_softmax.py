"""Softmax P and its products P C by everybody who keeps a contract, shifted, blocked or fused.

An exponential is computed as e^{t_j}, |t_j - c_j| ≤ D_j: D is the error of the score, of the argument after a shift, of
the library, of rescaling to another shift.  The weights are divided by the sum of the very exponentials that they are
made of, so whoever computes a row has

    ô = Σ_j x_j v̂_j / Σ_j y_j,    x_j = e^{t_j} (1 + α_j),    y_j = e^{t_j} (1 + β_j)

with the roundings α, β of products, sums and storing alone; the shift cancels, blocks and the place of the division do
not matter.  With w = softmax(c), any o near Σ w_j v_j, and δ = t - c,

    Σ_j x_j v̂_j - o Σ_j y_j  =  ω Σ_j w_j e^{δ_j} [(v_j - o) + (α_j v_j - β_j o) + (1 + α_j)(v̂_j - v_j)]

for a number ω > 0, and ω Σ_j w_j (v_j - o) is 0 up to ω ε, where |Σ_j w_j v_j - o| ≤ ε.  So

    |ô - o| ≤ (ε + Σ_j w_j [expm1(D_j)|v_j - o| + e^{D_j}(a|v_j| + b|o| + (1 + a) ρ_j)]) / (e^{-λ} Σ_j w_j e^{-D_j})

for |α| ≤ a, |β| ≤ b, 1 + β ≥ e^{-λ}, |v̂_j - v_j| ≤ ρ_j.  Where D is large another bound is the smaller one: ô is a
convex combination of the v̂_j up to the same roundings, so it is within max_j |v_j - o| of o up to them.

Without a division, exp(t_j - log Σ e^t) has a factor e^z for a whole row beside, |z| the error of that logarithm and
of subtracting it.  It is allowed for where z ≤ 1; at larger scores this formula is noise, and no implementation of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.any_order import OWN, Sum, lost_below
from symattn.numeric.bounds.balls import Ball, all_seen, box
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.rounding import outward, quiet

OWN_EXP = 10 * OWN  # NumPy's exp in float64, and the division
ROWS = 64  # are looked at together, so that what is formed for them stays small
TINY = 2.0**-1060  # a weight below the subnormal numbers of float64 is not 0


def spread_log(unit: float, steps: Any) -> Any:
    """λ with e^{-λ} ≤ Π(1 + δ_i)^{±1} ≤ e^λ for so many |δ_i| ≤ unit."""
    return np.inf if unit >= 1 else outward(steps * outward(-np.log1p(-unit), 4), 4)


@dataclass(frozen=True, eq=False)
class Softmax:
    """Rows of weights.

    centre    w, computed in float64 from the centres of the scores
    D         as above, 0 where an entry is not seen; ∞ in a row where a score is unknown
    seen      1 where an entry counts
    numerator, denominator    λ of α and of β
    undivided                 z above, one number a row, and 0 where it would be more than 1
    own                       λ of the centre's own rounding, one number a row
    length    the roundings of a sum over the row
    """

    centre: Array
    D: Array
    seen: Array
    numerator: float
    denominator: float
    undivided: Array
    own: Array
    length: float


def softmax_of(scores: Ball, seen: Array, contract: Contract) -> Softmax:
    """The weights and all that may be lost on the way to them.

    The argument of exp, t_j minus a number between the least and the largest score, rounds by u times their distance;
    steps inside one fused operation, such as the factor log₂e, round in the accumulator by at most 4 v max|t|.
    """
    c, r = shown(seen, scores.value), shown(seen, scores.radius)
    top = shown(seen, c, -np.inf).max(axis=-1, keepdims=True, initial=-np.inf)
    centre = shown(seen, np.exp(c - np.where(np.isfinite(top), top, 0.0)))
    total = centre.sum(axis=-1, keepdims=True)
    terms = seen.sum(axis=-1, keepdims=True)
    apart, most = _extent(c, r, seen)
    stored, inner = contract.stored, contract.inner
    length = float(contract.length(seen.shape[-1]))
    argument = stored.unit * apart + inner.unit * 4 * most
    exponential = spread_log(stored.library, 1) + spread_log(inner.library, length)
    rescaled = spread_log(inner.unit, 2 * length)
    free = 4 * inner.unit * most + (2 * inner.unit + inner.library) * np.log(np.maximum(terms, 1))
    free = outward(free + spread_log(stored.library, 2) + spread_log(inner.unit, length), 12)
    narrowed = 0.0 if contract.weights == stored else spread_log(contract.weights.unit, 1)
    own = spread_log(OWN_EXP, 1) + spread_log(OWN, terms + 2) + outward(2 * OWN * apart, 2)
    return Softmax(
        centre=centre / np.where(total > 0, total, 1),
        D=shown(seen, outward(r + (argument + exponential), 8)),
        seen=np.broadcast_to(seen, c.shape),
        # exponentials that are computed once more for the values may differ from the first ones
        numerator=outward(rescaled + spread_log(stored.library, 2) + spread_log(stored.unit, 6) + narrowed, 8),
        denominator=outward(rescaled + spread_log(stored.unit, 3) + spread_log(inner.unit, length) + narrowed, 8),
        undivided=np.where(free <= 1, free, 0.0),
        own=outward(own, 8),
        length=length,
    )


def shown(seen: Array, values: Array, hidden: float = 0.0) -> Array:
    """The values where they are seen."""
    return values if all_seen(seen) else np.where(seen > 0, values, hidden)


def _extent(c: Array, r: Array, seen: Array) -> tuple[Array, Array]:
    """How far the scores of each row may be apart, and the largest of them in absolute value."""
    high = shown(seen, c + r, -np.inf).max(axis=-1, keepdims=True, initial=-np.inf)
    low = shown(seen, c - r, np.inf).min(axis=-1, keepdims=True, initial=np.inf)
    apart, most = np.maximum(high - low, 0), np.maximum(np.abs(high), np.abs(low))
    some = seen.any(axis=-1, keepdims=True)
    return np.where(some, outward(apart, 4), 0), np.where(some, outward(most, 2), 0)


def logsumexp(scores: Ball, contract: Contract, seen: Array | None = None) -> tuple[Array, Array]:
    """log Σ_j e^{t_j} and how far it may be, shifted or not: |lse t - lse c| ≤ max_j D_j, and the logarithm of the
    sum's own error.  The logarithm that is taken is of the sum, or of one that lies up to max t - min t + log n lower.
    Only what is seen is added up; every row sees something.
    """
    c, r = scores.value, scores.radius
    seen = np.ones_like(c) if seen is None else seen.astype(np.float64)
    part = softmax_of(scores, seen, contract)
    shown = np.where(seen > 0, c, -np.inf)
    top = shown.max(axis=-1, keepdims=True)
    value = top + np.log(np.exp(shown - top).sum(axis=-1, keepdims=True))
    apart, _ = _extent(c, r, seen)
    moved = outward(part.D.max(axis=-1, keepdims=True) + part.denominator + part.own, 4)
    size = outward(np.abs(value) + moved, 2)
    taken = np.maximum(size, apart + np.log(c.shape[-1]))
    error = (contract.stored.library + OWN_EXP) * taken + 4 * (contract.stored.unit + OWN) * size
    return value, outward(moved + error + 4 * lost_below(contract), 8)


@dataclass(frozen=True, eq=False)
class Exponentials:
    """exp of scores, or the sum of its rows, of which a logarithm may be taken without forming them."""

    scores: Ball
    rows: Sum | None = None


@quiet
def weights_radius(part: Softmax, contract: Contract) -> Array:
    """How far each weight may be from the centre's, some rows at a time."""
    radius = np.empty(part.centre.shape)
    for start in range(0, radius.shape[-2], ROWS):
        at = (..., slice(start, start + ROWS), slice(None))
        rows = replace(part, **{name: getattr(part, name)[at] for name in ("centre", "D", "seen", "undivided", "own")})
        radius[at] = _weights_radius(rows, contract)
    return radius


def _weights_radius(part: Softmax, contract: Contract) -> Array:
    with_error = outward(np.exp(outward(part.D + part.own, 2)), 6)
    low, high = box(part.centre / with_error * (1 - 2.0**-50), (part.centre + TINY) * with_error, part.seen)
    change = outward(np.exp(part.numerator + part.denominator + part.undivided), 6)
    least, most = low / change * (1 - 2.0**-50), high * change
    radius = np.maximum(np.maximum(most - part.centre, part.centre - least), 0) + below(part, contract)
    known = np.isfinite(part.D).all(axis=-1, keepdims=True)
    return np.where(part.seen > 0, np.where(known, outward(radius, 8), np.inf), 0.0)


def below(part: Softmax, contract: Contract) -> float:
    """Underflows of one weight, relative to a sum that is at least 1: of exp, of rescalings, of the division; where
    the weights round to a coarser format, of that too, and once for each weight of a sum of them."""
    narrowed = 0.0 if contract.weights == contract.stored else 2 * contract.weights.flushed
    lost = 6 * lost_below(contract) + part.length * contract.inner.flushed + narrowed
    return lost * float(np.exp(part.denominator))
