"""Was the score behind attention weights symmetric?  Decided from the weights alone, by 3-cycles.

log P + c 1ᵀ is symmetric for some column c   ⇔   P_ij P_jl P_li = P_il P_lj P_ji for all i, j, l
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.checks.harness.arrays import Given, given
from symattn.checks.harness.failures import CheckUndecided, failed
from symattn.errors import LanguageError, ShapeError, layout
from symattn.numeric.bounds.formats import Format, named
from symattn.numeric.bounds.rounding import outward

__all__ = ["assert_not_symmetric_score", "assert_symmetric_score"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

Array = Any
OWN = 2.0**-50  # relative error of the logarithms and sums here


@dataclass(frozen=True)
class Cycle:
    """Three tokens, log (P_ij P_jl P_li / P_il P_lj P_ji), and what it may be when the scores are symmetric."""

    tokens: tuple[int, int, int]
    value: float
    bound: float


@dataclass(frozen=True)
class Cycles:
    """The cycle that is furthest outside its bound, and whether any cycle could have been."""

    worst: Cycle | None
    tested: bool
    flat: bool


def assert_symmetric_score(P: Any, *, scores_within: float | None = None) -> None:
    """Assert that attention weights come from symmetric scores, up to a shift of each row, within their rounding.

    log (P_ij P_jl P_li) = log (P_il P_lj P_ji) for all tokens i, j, l, to within what the dtype of P can lose.

    P                the weights, an array
    scores_within    how far the scores were from symmetric ones; by default rounded once to the dtype of P

    Shapes    P n×n, the weights of a softmax without a mask

    >>> import numpy as np
    >>> X = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
    >>> P = np.exp(X @ X.T)
    >>> sa.checks.assert_symmetric_score(P / P.sum(axis=1, keepdims=True))

    Raises    CheckFailed with the three tokens that no symmetric score explains
              CheckUndecided when the rounding could hide any asymmetry
              LanguageError for weights of 0, which a mask or an underflow makes; ShapeError when P is not square
    """
    weights, found = _cycles(P, scores_within)
    if found.worst is not None and abs(found.worst.value) > found.worst.bound:
        note = "no symmetric score has such weights, whatever was added to each row"
        raise failed("the scores behind these weights are not symmetric", _told(weights, found.worst), note)
    if found.worst is not None and not found.tested and not found.flat:
        raise _undecided(weights, found.worst, "every difference of the weights is within their rounding")


def assert_not_symmetric_score(P: Any, *, scores_within: float | None = None) -> None:
    """Assert that no symmetric score, shifted by row or not, gives these attention weights.

    P                the weights, an array
    scores_within    how far the scores were from exact ones; by default rounded once to the dtype of P

    Shapes    P n×n, the weights of a softmax without a mask

    >>> import numpy as np
    >>> X, W = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]), np.array([[0.0, 1.0], [0.0, 1.0]])
    >>> P = np.exp(X @ W @ X.T)
    >>> sa.checks.assert_not_symmetric_score(P / P.sum(axis=1, keepdims=True))

    Raises    CheckFailed for fewer than 3 tokens, where symmetric scores give all weights, and for flat weights
              CheckUndecided when no 3 tokens show an asymmetry beyond the rounding
              LanguageError for weights of 0, which a mask or an underflow makes; ShapeError when P is not square
    """
    weights, found = _cycles(P, scores_within)
    if found.worst is None:
        note = "with fewer than 3 tokens any weights come from symmetric scores, shifted by row"
        raise failed("nothing shows that the scores are not symmetric", [("P", weights.shown)], note)
    if found.flat:
        raise failed("the scores behind these weights are symmetric", [("P", weights.shown)], "every row is flat")
    if abs(found.worst.value) <= found.worst.bound:
        raise _undecided(weights, found.worst, "no three tokens show an asymmetry beyond the rounding")


def _told(weights: Given, cycle: Cycle) -> list[tuple[str, str]]:
    i, j, l = cycle.tokens
    P = weights.values
    forward, backward = P[i, j] * P[j, l] * P[l, i], P[i, l] * P[l, j] * P[j, i]
    return [
        ("tokens", f"i={i}, j={j}, l={l} of {len(P)}"),
        ("P_ij P_jl P_li", f"{forward:.9g}"),
        ("P_il P_lj P_ji", f"{backward:.9g}"),
        ("log of the ratio", f"{cycle.value:.3g}"),
        ("bound", f"{cycle.bound:.3g} for {weights.dtype}"),
    ]


def _undecided(weights: Given, cycle: Cycle, reason: str) -> CheckUndecided:
    note = f"{reason}; weights in a wider dtype, or a smaller scores_within, would tell"
    return CheckUndecided(
        layout("these weights do not tell whether the scores are symmetric", _told(weights, cycle), note), reason=reason
    )


def _cycles(P: Any, scores_within: float | None) -> tuple[Given, Cycles]:
    weights = given("P", P)
    _need_weights(weights)
    logs, form = np.log(weights.values), named(weights.dtype)
    errors = _errors(logs, weights.values, form, scores_within)
    turns = logs - logs.T
    moved = errors + errors.T
    worst, tested = None, False
    for i in range(len(logs) - 2):
        j, l = np.triu_indices(len(logs) - i - 1, 1)
        j, l = j + i + 1, l + i + 1
        values = turns[i, j] + turns[j, l] + turns[l, i]
        bounds = outward(moved[i, j] + moved[j, l] + moved[l, i], 8)
        room = np.abs(logs[i, j] - logs[i, l]) + np.abs(logs[j, l] - logs[j, i]) + np.abs(logs[l, i] - logs[l, j])
        tested = tested or bool((room > bounds).any())
        at = int(np.argmax(np.abs(values) / bounds))
        cycle = Cycle((i, int(j[at]), int(l[at])), float(values[at]), float(bounds[at]))
        if worst is None or abs(cycle.value) / cycle.bound > abs(worst.value) / worst.bound:
            worst = cycle
    flat = bool((weights.values == weights.values[:, :1]).all())
    return weights, Cycles(worst, tested, flat)


def _errors(logs: Array, values: Array, form: Format, scores_within: float | None) -> Array:
    """How far log P_ij may be from s_ij less a shift of row i, which the cycle cancels.

    exp, the division and the storage lose library + 3u; the argument s_ij - max_l s_il is rounded, and scaled when exp
    is made of powers of 2, for 4u times itself; then come the underflow, and the error of the scores.
    """
    below = logs.max(axis=-1, keepdims=True) - logs
    scores = form.unit * float(below.max(initial=0.0)) if scores_within is None else float(scores_within)
    own = OWN * (1 + np.abs(logs))
    relative = form.library + 3 * form.unit + 4 * form.unit * below + 2 * form.flushed / values + scores + own
    share = outward(relative, 8)
    return np.where(share < 0.5, share + share**2, np.inf)  # |log(1+x)| ≤ |x| + x² there


def _need_weights(weights: Given) -> None:
    P = weights.values
    if P.shape[0] != P.shape[1]:
        note = "needed: n×n, every token's weight on every token"
        raise ShapeError(layout("P must be square", [("P", weights.shown)], note))
    if (P <= 0).any():
        place = tuple(map(int, np.argwhere(P <= 0)[0]))
        pairs = [("entry", str(place)), ("value", repr(float(P[place])))]
        note = "every weight must be > 0: pass the weights before the mask, or fewer tokens where exp underflows"
        raise LanguageError(layout("P has a weight that is not positive", pairs, note))
    form = named(weights.dtype)
    room = 4 * (len(P) + 8) * form.unit + len(P) * form.flushed
    off = np.abs(P.sum(axis=1) - 1)
    if len(P) and off.max() > room:
        row = int(np.argmax(off))
        pairs = [("row", str(row)), ("its sum", repr(float(P[row].sum()))), ("bound", f"1 ± {room:.2g}")]
        raise LanguageError(
            layout("the rows of P do not sum to 1", pairs, "P are weights: each row of a softmax over keys")
        )
