"""Do scores have the low rank that a head of width k gives them?"""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.checks.harness.arrays import Given, given
from symattn.checks.harness.failures import CheckUndecided, failed
from symattn.checks.harness.reference import Target, agreed, target
from symattn.errors import LanguageError, ShapeError, layout
from symattn.language import matrix
from symattn.numeric.bounds.any_order import growth
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.rounding import SMALLEST, outward, quiet
from symattn.numeric.linear_algebra.spectra import frobenius, singular_values
from symattn.numeric.samples.samples import sample

__all__ = ["assert_rank_at_most"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

Array = Any


def assert_rank_at_most(
    scores: Any, k: int, *, factors: tuple[Any, Any] | None = None, contract: str | Contract | None = None
) -> None:
    """Assert that scores can be a rounded matrix of rank at most k: σ_{k+1} ≤ ‖E‖, E the rounding that made them.

    With `factors` (A, B) the scores are A Bᵀ, and E is bounded entry by entry from |A| |B|ᵀ.  Without them ‖E‖ ≤
    γ_{k+2} Σ_l σ_l, which holds when the scores are a product of balanced factors, ‖a_l‖ = ‖b_l‖.

    scores      an array, or a stack of them
    k           the rank, such as the width of the head
    factors     (A, B), which make the bound sharper
    contract    how the scores were rounded

    Shapes    scores n×m, or a stack of them; A n×w, B m×w
    Assumes   the contract: by default the dtype of the scores, in any order of summation

    >>> import numpy as np
    >>> A, B = np.arange(6.0).reshape(3, 2), np.arange(8.0).reshape(4, 2)
    >>> sa.checks.assert_rank_at_most(A @ B.T, 2)
    >>> sa.checks.assert_rank_at_most(np.tanh(A @ B.T), 2)
    Traceback (most recent call last):
        ...
    symattn.checks.harness.failures.CheckFailed: the rank of the scores is more than 2
        ...

    Raises    CheckFailed with σ_{k+1} and the bound, or an entry of the scores that is not that of A Bᵀ
              CheckUndecided when the rounding could hide any rank
              LanguageError for a k that is not a whole number ≥ 0; ShapeError for factors that do not fit
    """
    _need_whole(k)
    all_scores = given("scores", scores, axes=3)
    kept = agreed(contract, all_scores.dtype)
    if factors is not None and all_scores.values.ndim == 3:
        raise ShapeError(layout("factors go with one matrix of scores", [("scores", all_scores.shown)]))
    for number, values in enumerate(all_scores.values.reshape(-1, *all_scores.values.shape[-2:])):
        name = "the scores" if all_scores.values.ndim == 2 else f"the scores of head {number}"
        _check(name, values, int(k), _room(values, int(k), factors, kept), kept)


def _need_whole(k: Any) -> None:
    if isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 0:
        raise LanguageError(f"a rank is a whole number ≥ 0, not {k!r}")


def _room(values: Array, k: int, factors: tuple[Any, Any] | None, kept: Contract) -> float:
    """‖E‖, rounded up."""
    if factors is None:
        return _balanced(values, k, kept)
    A, B = given("A", factors[0]), given("B", factors[1])
    found = _product(A, B, values, kept)
    misses = found.misses(values)
    if misses.any():
        place = tuple(map(int, np.argwhere(misses)[0]))
        pairs = [
            ("entry", f"({place[0]}, {place[1]})"),
            ("scores", f"{values[place]:.9g}"),
            ("A Bᵀ", f"{found.exact[place]:.9g}"),
            ("bound", f"{found.bound[place]:.3g}"),
            ("contract", str(kept)),
        ]
        raise failed("the scores are not the product of the factors", pairs, "pass the A and B with scores = A Bᵀ")
    return frobenius(np.abs(values - found.value) + found.bound)


def _product(A: Given, B: Given, values: Array, kept: Contract) -> Target:
    if A.values.shape[1] != B.values.shape[1] or values.shape != (len(A.values), len(B.values)):
        pairs = [("scores", "×".join(map(str, values.shape))), ("A", A.shown), ("B", B.shown)]
        raise ShapeError(layout("the factors do not fit the scores", pairs, "needed: scores n×m, A n×w, B m×w"))
    left, right = matrix("A", *A.values.shape), matrix("B", *B.values.shape)
    return target(left @ right.T, sample(left @ right.T, values={left: A.values, right: B.values}), kept)


@quiet
def _balanced(values: Array, k: int, kept: Contract) -> float:
    """γ_{k+2} times the sum of the singular values: Σ_l ‖a_l‖ ‖b_l‖ of balanced factors."""
    singular, blur = singular_values(Ball(values, np.zeros(values.shape)))
    total = float(outward((singular + blur).sum(), len(singular) + 2))
    share = growth(kept.length(k), kept.inner.unit) + growth(2, kept.returned.unit)
    return float(outward(total * share + kept.returned.flushed * values.size, 6)) + SMALLEST


def _check(name: str, values: Array, k: int, room: float, kept: Contract) -> None:
    if k >= min(values.shape):
        return  # every matrix of this shape has such a rank
    singular, blur = singular_values(Ball(values, np.zeros(values.shape)))
    pairs = [
        (f"σ_{k + 1}", f"{singular[k]:.6g} ± {blur[k]:.2g}, of σ_1 = {singular[0]:.6g}"),
        ("bound", f"{room:.3g} for the rounding of {kept}"),
        ("scores", "×".join(map(str, values.shape))),
    ]
    if singular[k] - blur[k] > room:
        least = int((singular - blur > room).sum())
        full = least == min(values.shape)
        cause = "an entrywise step on the scores (a mask, a softmax, a position bias) gives any rank"
        cause = cause if full else "a wider head, or several heads added up, would do that"
        raise failed(f"the rank of {name} is more than {k}", pairs, f"the rank is at least {least}; {cause}")
    if singular[0] > 0 and room >= singular[0]:
        note = "state a finer accumulator, such as contract='eager bfloat16/float32', or pass factors=(A, B)"
        raise CheckUndecided(layout(f"{name} could have any rank within their rounding", pairs, note), reason=note)
