"""Products P C of a softmax by everybody who keeps a contract: the bound whose proof is in `any_softmax`.

Everything in it but |v_j - o| factors over keys and columns, so that it is a few products of matrices; that one is
formed row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.any_order import OWN, Product, met
from symattn.numeric.bounds.any_softmax import ROWS, TINY, Softmax, below, shown
from symattn.numeric.bounds.balls import Ball, all_seen
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.rounding import SMALLEST, outward

CALM = 2.0**-10  # at smaller D the hull of the values is not the sharper bound, or hardly


@dataclass(frozen=True, eq=False)
class Mixture:
    """P C: the weights, C as a product to be bracketed in any way, and the centre of C."""

    weights: Softmax
    values: Product
    C: Ball


@dataclass(frozen=True, eq=False)
class _Rows:
    """Some rows of P and of the result o, and all of C: v, the reach of its entries and rho, how far they may be."""

    o: Array
    w: Array
    D: Array
    seen: Array
    own: Array
    v: Array
    size: Array
    rho: Array
    numerator: float
    denominator: float
    below: float


def mixed(part: Mixture, o: Array, contract: Contract) -> Array:
    """How far P C may be from its centre o, before it is stored."""
    radius = np.empty(o.shape)
    for place, rows, undivided in _blocks(part, o, contract):
        bound = _bound(rows)
        radius[place] = outward(bound + np.expm1(undivided) * (np.abs(rows.o) + bound), 6)
    return radius


def _blocks(part: Mixture, o: Array, contract: Contract) -> Iterator[tuple[tuple, _Rows, Array]]:
    """Where they are, the rows, and z of `Softmax.undivided`."""
    weights, values = part.weights, part.values
    keys = weights.centre.shape[-1]
    rho = replace(values, sums=values.sums + weights.length, steps=values.steps + 1, terms=values.terms + keys)
    if contract.between != contract.stored:  # P V may be kept before another product, or C before P meets it
        rho = replace(rho, kept=values.kept + values.steps)
    lead, rows = o.shape[:-2], o.shape[-2]

    def spread(array: Array, *shape: int) -> Array:
        return np.broadcast_to(array, (*lead, *shape))

    own, undivided = (spread(each, rows, 1) for each in (weights.own, weights.undivided))
    w, D, seen = (spread(each, rows, keys) for each in (weights.centre, weights.D, weights.seen))
    v, size, error = (
        spread(each, *values.size.shape[-2:]) for each in (part.C.value, values.size, rho.radius(contract))
    )
    lambdas = weights.numerator, weights.denominator, below(weights, contract)
    for place in np.ndindex(*lead):
        for start in range(0, rows, ROWS):
            at = (*place, slice(start, start + ROWS))
            sides = v[place], size[place], error[place]
            yield at, _Rows(o[at], w[at], D[at], seen[at], own[at], *sides, *lambdas), undivided[at]


def _bound(rows: _Rows) -> Array:
    """|ô - o| for any ô that keeps the contract; infinite where a score or a value that counts is unknown."""
    known = np.isfinite(rows.D).all(axis=-1, keepdims=True)
    lost = ~(np.isfinite(rows.size) & np.isfinite(rows.rho))
    calm = rows if known.all() else replace(rows, D=np.where(known, rows.D, 0.0))
    if lost.any():
        calm = replace(calm, size=np.where(lost, 0, rows.size), rho=np.where(lost, 0, rows.rho))
        known = known & (met(rows.seen, lost.astype(np.float64)) == 0)
    keys, count = rows.w.shape[-1], rows.seen.sum(axis=-1, keepdims=True)
    vanished = met(rows.seen, calm.size + calm.rho + 1) + count * np.abs(rows.o)
    bound = outward(_sharper(calm) + rows.below * vanished + SMALLEST * (count + keys), 3 * keys + 40)
    return np.where(count > 0, np.where(known, bound, np.inf), 0.0)


def _sharper(rows: _Rows) -> Array:
    """The smaller of both bounds, the hull where it can be that."""
    bound = _sharp(rows)
    wild = rows.D.max(axis=-1, initial=0) > CALM
    if wild.any():
        some = replace(rows, **{name: getattr(rows, name)[wild] for name in ("o", "w", "D", "seen", "own")})
        bound[wild] = np.fmin(bound[wild], _hull(some))
    return bound


def _sharp(rows: _Rows) -> Array:
    keys, v, level = rows.w.shape[-1], rows.v, np.abs(rows.o)
    a, b, up = np.expm1(rows.numerator), np.expm1(rows.denominator), np.exp(rows.own)
    wide = shown(rows.seen, rows.w * up + TINY)
    grows = np.expm1(rows.D)
    factor = grows + 1
    least = (rows.w / factor).sum(axis=-1, keepdims=True) / (up * np.exp(rows.denominator))
    least = least * (1 - 2.0**-45 * keys)
    grown = wide * factor
    epsilon = (np.expm1(rows.own) + 2 * OWN * (keys + 2)) * (rows.w @ np.abs(v))
    level = b * level * grown.sum(axis=-1, keepdims=True)
    wide *= grows
    above = _moved(wide, v, rows.o) + grown @ (a * rows.size + (1 + a) * rows.rho) + level
    bound = (epsilon + above + 4 * SMALLEST * keys) / np.where(least > 0, least, 1)
    return np.where((least > 0) & ~np.isnan(bound), bound, np.inf)


def _moved(weights: Array, v: Array, o: Array) -> Array:
    """Σ_j weights_ij |v_j - o_i|, row by row in one place of memory."""
    total, away = np.empty(o.shape), np.empty(v.shape)
    for i, middle in enumerate(o):
        np.abs(np.subtract(v, middle, out=away), out=away)
        np.matmul(weights[i], away, out=total[i])
    return total * (1 + 4 * OWN)


def _hull(rows: _Rows) -> Array:
    """max_j |v_j - o| and what the roundings change, over the keys that are seen."""
    change = np.expm1(rows.numerator + rows.denominator)
    high, low, size, rho = _extents(rows)
    away = np.maximum(high - rows.o, rows.o - low) * (1 + 4 * OWN)
    return away + change * size + (1 + change) * rho


def _extents(rows: _Rows) -> list[Array]:
    """The largest and the least value of each column, its reach and its error, for each row over what it sees."""
    if all_seen(rows.seen):
        return [rows.v.max(axis=0), rows.v.min(axis=0), rows.size.max(axis=0), rows.rho.max(axis=0)]
    found = np.zeros((4, *rows.o.shape))
    for i, some in enumerate(rows.seen > 0):
        if some.any():
            v, size, rho = rows.v[some], rows.size[some], rows.rho[some]
            found[:, i] = v.max(axis=0), v.min(axis=0), size.max(axis=0), rho.max(axis=0)
    return list(found)
