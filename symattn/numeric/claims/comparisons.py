"""Comparing values.  Each comparison is decided from certain bounds of the entries."""

from collections.abc import Callable

import numpy as np

from symattn.numeric.arithmetic import Arithmetic, Array, NotExact, Truth, Value
from symattn.numeric.bounds.rounding import quiet
from symattn.numeric.claims.verdicts import Judgement, Number, worst


def minus(arithmetic: Arithmetic, left: Value, right: Value) -> Value:
    opposite = arithmetic.multiply(arithmetic.lift(np.array([[-1]])), right)
    return arithmetic.add(left, opposite)


def _first(places: Array) -> tuple[int, int] | None:
    found = np.argwhere(places)
    return (int(found[0][0]), int(found[0][1])) if len(found) else None


def _where(arithmetic: Arithmetic, value: Value, place: tuple[int, int]) -> str:
    scalar = arithmetic.shape(value)[-2:] == (1, 1)
    return "the value" if scalar else f"entry ({place[0]},{place[1]})"


def _finite(lower: Array, upper: Array) -> Array:
    return (lower > float("-inf")) & (upper < float("inf"))


def _approximate(numbers: Array) -> Array:
    def nearest(number: Number) -> float:
        try:
            return float(number)
        except OverflowError:
            return float("inf") if number > 0 else float("-inf")

    return numbers.ravel() if numbers.dtype == np.float64 else np.array(list(map(nearest, numbers.flat)))


@quiet
def _balls(lower: Array, upper: Array) -> tuple[Array, Array]:
    """The middles and half the widths of enclosures, to report."""
    low, high = _approximate(lower), _approximate(upper)
    return low / 2 + high / 2, high / 2 - low / 2


@quiet
def _greatest(arithmetic: Arithmetic, lower: Array, upper: Array) -> tuple[Number, Number]:
    """The largest |difference| for its bound, and that bound; without an order, how many entries differ."""
    if lower.size == 0:
        return 0, 0
    if arithmetic.certain:
        return max(abs(entry) for entry in lower.flat) if arithmetic.ordered else int((lower != 0).sum()), 0
    middles, halves = _balls(lower, upper)
    shares = np.where(halves == 0, np.where(middles == 0, 0, np.inf), np.abs(middles) / halves)
    place = np.argmax(np.where(np.isnan(shares), 0, shares))
    return abs(float(middles[place])), float(halves[place])


def equal(arithmetic: Arithmetic, left: Value, right: Value) -> Judgement:
    """left = right: refuted by an entry whose difference is certainly not 0."""
    if left is right:
        return Judgement(Truth.TRUE, "both sides are one value", 0, 0)
    lower, upper = arithmetic.enclose(minus(arithmetic, left, right))
    residual, bound = _greatest(arithmetic, lower, upper)
    place = _first((lower > 0) | (upper < 0))
    if place is not None:
        a, b = arithmetic.show(left, *place), arithmetic.show(right, *place)
        return Judgement(Truth.FALSE, f"{_where(arithmetic, left, place)} is {a}, but {b}", residual, bound)
    place = _first(~_finite(lower, upper))
    if place is not None:
        return Judgement(Truth.UNKNOWN, f"the error bound of {_where(arithmetic, left, place)} is infinite")
    if ((lower == 0) & (upper == 0)).all():
        return Judgement(Truth.TRUE, "both sides are equal" if lower.size else "both sides are empty", residual, bound)
    return Judgement(Truth.CONSISTENT, f"the sides differ by {residual:.3g}, the bound is {bound:.3g}", residual, bound)


def at_most(arithmetic: Arithmetic, left: Value, right: Value) -> Judgement:
    """left ≤ right, entry by entry: refuted by an entry of right - left that is certainly negative."""
    _need_order(arithmetic)
    lower, upper = arithmetic.enclose(minus(arithmetic, right, left))
    place = _first(upper < 0)
    if place is not None:
        a, b = arithmetic.show(left, *place), arithmetic.show(right, *place)
        detail = f"{_where(arithmetic, left, place)} is {a}, which is more than {b}"
        return Judgement(Truth.FALSE, detail, -upper[place], 0)
    if (lower >= 0).all():
        return Judgement(Truth.TRUE, "no entry is larger", 0, 0)
    if not _finite(lower, upper).all():
        return Judgement(Truth.UNKNOWN, "an error bound is infinite")
    lowest = np.argmin(lower)
    middle, bound = (float(part[lowest]) for part in _balls(lower, upper))
    residual = max(0.0, -middle)
    return Judgement(Truth.CONSISTENT, f"larger by at most {residual:.3g}, the bound is {bound:.3g}", residual, bound)


def positive(arithmetic: Arithmetic, value: Value) -> Judgement:
    """Every entry > 0."""
    _need_order(arithmetic)
    lower, upper = arithmetic.enclose(value)
    place = _first(upper <= 0)
    if place is not None:
        detail = f"{_where(arithmetic, value, place)} is {arithmetic.show(value, *place)}, but must be > 0"
        return Judgement(Truth.FALSE, detail)
    place = _first(lower <= 0)
    if place is not None:
        detail = f"{_where(arithmetic, value, place)} is {arithmetic.show(value, *place)}, which may be 0"
        return Judgement(Truth.UNKNOWN, detail)
    return Judgement(Truth.TRUE, "every entry is positive")


def semidefinite(arithmetic: Arithmetic, value: Value, transposed: Callable[[Array], Array]) -> Judgement:
    """Symmetric, and x A xᵀ ≥ 0."""
    _need_order(arithmetic)
    symmetric = equal(arithmetic, value, arithmetic.rearrange(transposed, [value]))
    if symmetric.truth in (Truth.FALSE, Truth.UNKNOWN):
        return Judgement(symmetric.truth, f"not symmetric: {symmetric.detail}", symmetric.residual, symmetric.bound)
    return worst([Judgement(*arithmetic.positive_semidefinite(value)), symmetric])


def rank_at_most(arithmetic: Arithmetic, value: Value, bound: Array) -> Judgement:
    """rank ≤ bound, a whole number.  Where entries are only enclosed a low rank is never certain."""
    (least, most), number = arithmetic.rank(value), bound[0, 0]
    truth = Truth.FALSE if least > number else Truth.TRUE if most <= number else Truth.CONSISTENT
    return Judgement(truth, f"{_rank_text(least, most)}, claimed at most {number}")


def rank_at_least(arithmetic: Arithmetic, value: Value, bound: Array) -> Judgement:
    """rank ≥ bound, a whole number."""
    (least, most), number = arithmetic.rank(value), bound[0, 0]
    truth = Truth.TRUE if least >= number else Truth.FALSE if most < number else Truth.UNKNOWN
    return Judgement(truth, f"{_rank_text(least, most)}, claimed at least {number}")


def _rank_text(least: int, most: int) -> str:
    return f"the rank is {least}" if least == most else f"the rank is between {least} and {most}"


def _need_order(arithmetic: Arithmetic) -> None:
    if not arithmetic.ordered:
        raise NotExact(f"there is no order among the {arithmetic.name}")
