"""What rounding leaves of the gradient of a number that a softmax subtracts.

Softmax does not depend on what is subtracted from its scores, so the gradient of that number is 0; whoever lets a
framework differentiate through the largest score of a row, or of a block of keys of an online softmax, adds what is
left of it to the gradient of that score.  With t the largest score of the keys B that have been met, it is the
difference of two values of one sum over B,

    Σ P_l ĝ_l - D Σ P_l,    by way of each exponential,    and    G·(Σ P_l v_l) - D Σ P_l,    by way of rescaled sums,

for ĝ_l = G·v_l, G and D = Σ P_l g_l over the sum of the row, which are the same numbers both times.  (For a whole row
the second one is 0 but for its rounding.)  The weights under the second round once more before they meet the values,
and ĝ rounds where dP is stored: at most P_l κ |g_l|.  All else rounds inside: P_l γ (|G|·|v_l| + |D|).

B lies between the nearest keys to the left and to the right that are certainly above t, whatever the blocks are and
whether keys are met from the front or the back.  So the score s_j gets at most the sum of these over that interval,
and a sink is met beside every key.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.numeric.bounds.any_order import reach
from symattn.numeric.bounds.any_softmax import ROWS, spread_log
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.rounding import outward, quiet

__all__ = ["left_over"]

Array = Any
STEPS = 16  # of one exponential and its gradient, each way
CALLS = 4  # of exp


@quiet
def left_over(
    scores: Ball, weights: Ball, met: Ball, size: Array, mean: Array, width: int, contract: Contract, sink: bool
) -> Array:
    """What may be added to each gradient of a score.

    scores, weights, met    S, P and g; where there is a sink, it is the last column
    size       |G|·|v_l| for each entry
    mean       |D| and its error, one number a row
    width      of the values
    """
    keys = scores.value.shape[-1]
    inside, kept = _roundings(keys, width, contract)
    found = np.empty(scores.value.shape)
    for start in range(0, len(found), ROWS):
        rows = slice(start, start + ROWS)
        part = reach(_rows(weights, rows))
        share = part * (kept * reach(_rows(met, rows)) + inside * (size[rows] + mean[rows]))
        some = reach(_rows(weights, rows)) > 0
        found[rows] = _gathered(_rows(scores, rows), np.where(some, outward(share, 8), 0.0), some, sink)
    return outward(found, keys + 8)


def _roundings(keys: int, width: int, contract: Contract) -> tuple[float, float]:
    """γ and κ."""
    inner, stored = contract.inner.unit, contract.stored
    sums = spread_log(inner, 3 * float(contract.length(keys)) + float(contract.length(width)))
    steps = spread_log(stored.unit, STEPS) + spread_log(stored.library, CALLS)
    narrowed = 0.0 if contract.weights == stored else spread_log(contract.weights.unit, 1)
    narrowed += 0.0 if contract.between == stored else spread_log(contract.between.unit, 1)
    return float(outward(np.expm1(sums + steps), 6)), float(outward(np.expm1(narrowed), 4))


def _rows(ball: Ball, rows: slice) -> Ball:
    return Ball(ball.value[rows], ball.radius[rows])


def _gathered(scores: Ball, share: Array, some: Array, sink: bool) -> Array:
    """For each score that is seen the sum of the shares over the interval in which it may be the largest."""
    low = np.where(some, scores.value - scores.radius, -np.inf)
    high = np.where(some, scores.value + scores.radius, -np.inf)
    if not sink:
        return np.where(some, _over_intervals(low, high, share), 0.0)
    keys, last = _over_intervals(low[:, :-1], high[:, :-1], share[:, :-1]), share[:, -1:]
    whole = share.sum(axis=-1, keepdims=True)
    return np.where(some, np.concatenate([keys + last, whole], axis=-1), 0.0)


def _over_intervals(low: Array, high: Array, share: Array) -> Array:
    first = _first(low, high)
    last = high.shape[-1] - 1 - _first(low[:, ::-1], high[:, ::-1])[:, ::-1]
    before = np.concatenate([np.zeros((len(share), 1)), np.cumsum(share, axis=-1)], axis=-1)
    total = np.take_along_axis(before, last + 1, axis=-1) - np.take_along_axis(before, first, axis=-1)
    return total + 4 * share.shape[-1] * 2.0**-52 * before[:, -1:]


def _first(low: Array, high: Array) -> Array:
    """How far to the left no score is certainly above this one: by doubled steps, over the largest of so many."""
    keys = low.shape[-1]
    levels = [low]
    while 2 ** len(levels) <= keys:
        step = 2 ** (len(levels) - 1)
        levels.append(np.maximum(levels[-1][:, :-step], levels[-1][:, step:]))
    first = np.broadcast_to(np.arange(keys), low.shape).copy()
    for place, top in reversed(list(enumerate(levels))):
        there = first - 2**place
        free = (there >= 0) & (np.take_along_axis(top, np.clip(there, 0, top.shape[-1] - 1), axis=-1) <= high)
        first = np.where(free, there, first)
    return first
