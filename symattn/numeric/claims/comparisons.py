"""Comparing values.  Each comparison is decided from certain bounds of the entries.

Where values stand side by side on a leading axis, each of them has a judgement.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from symattn.numeric.arithmetic import Arithmetic, Array, NotExact, Truth, Value
from symattn.numeric.arithmetics.modular import Residues
from symattn.numeric.bounds.rounding import quiet
from symattn.numeric.claims.verdicts import Judgement, Number, worst


def minus(arithmetic: Arithmetic, left: Value, right: Value) -> Value:
    opposite = arithmetic.multiply(_minus_one(arithmetic), right)  # type: ignore[arg-type]
    return arithmetic.add(left, opposite)


@lru_cache(maxsize=64)
def _minus_one(arithmetic: Arithmetic) -> Value:
    return arithmetic.lift(np.array([[-1]]))


def _stack(entries: Array) -> Array:
    """Entries for each value, of which there may be one."""
    return entries if entries.ndim > 2 else entries[None]


def _any(places: Array) -> list[bool]:
    """For each value, whether one of the places is."""
    found: list[bool] = places.any(axis=(1, 2)).tolist()
    return found


def _first(places: Array) -> tuple[int, int]:
    row, column = np.argwhere(places)[0]
    return int(row), int(column)


def _show(arithmetic: Arithmetic, value: Value, number: int, place: tuple[int, int]) -> str:
    if isinstance(arithmetic, Residues):
        value, _ = arithmetic.enclose(value)
    one = arithmetic.rearrange(lambda entries: entries if entries.ndim == 2 else entries[number], [value])
    return arithmetic.show(one, *place)


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

    if numbers.dtype == np.float64:
        return numbers
    return np.fromiter(map(nearest, numbers.flat), dtype=np.float64, count=numbers.size).reshape(numbers.shape)


@quiet
def _balls(lower: Array, upper: Array) -> tuple[Array, Array]:
    """The middles and half the widths of enclosures, to report."""
    low, high = _approximate(lower), _approximate(upper)
    return low / 2 + high / 2, high / 2 - low / 2


@quiet
def _greatest(arithmetic: Arithmetic, lower: Array, upper: Array) -> list[tuple[Number, Number]]:
    """For each value the largest |difference| for its bound, and that bound; without an order, how many differ."""
    if lower.size == 0:
        return [(0, 0)] * len(lower)
    if arithmetic.certain:
        return [(max(map(abs, one.flat)) if arithmetic.ordered else int((one != 0).sum()), 0) for one in lower]
    middles, halves = (part.reshape(len(lower), -1) for part in _balls(lower, upper))
    shares = np.where(halves == 0, np.where(middles == 0, 0, np.inf), np.abs(middles) / halves)
    places = np.arange(len(lower)), np.argmax(np.where(np.isnan(shares), 0, shares), axis=1)
    return list(zip(np.abs(middles[places]).tolist(), halves[places].tolist(), strict=True))


def equal(arithmetic: Arithmetic, left: Value, right: Value) -> list[Judgement]:
    """left = right: refuted by an entry whose difference is certainly not 0."""
    if left is right:
        return [Judgement(Truth.TRUE, "both sides are one value", 0, 0)]
    lower, upper = map(_stack, arithmetic.enclose(minus(arithmetic, left, right)))
    same = "both sides are equal" if lower[0].size else "both sides are empty"
    if arithmetic.certain and not np.count_nonzero(lower):
        return [Judgement(Truth.TRUE, same, 0, 0)] * len(lower)
    strains, apart, finite = _greatest(arithmetic, lower, upper), (lower > 0) | (upper < 0), _finite(lower, upper)

    def one(number: int) -> Judgement:
        residual, bound = strains[number]
        if unlike[number]:
            place = _first(apart[number])
            a, b = (_show(arithmetic, side, number, place) for side in (left, right))
            return Judgement(Truth.FALSE, f"{_where(arithmetic, left, place)} is {a}, but {b}", residual, bound)
        if lost[number]:
            where = _where(arithmetic, left, _first(~finite[number]))
            return Judgement(Truth.UNKNOWN, f"the error bound of {where} is infinite")
        if not open_[number]:
            return Judgement(Truth.TRUE, same, residual, bound)
        detail = f"the sides differ by {residual:.3g}, the bound is {bound:.3g}"
        return Judgement(Truth.CONSISTENT, detail, residual, bound)

    unlike, lost, open_ = _any(apart), _any(~finite), _any((lower != 0) | (upper != 0))
    return [one(number) for number in range(len(lower))]


def at_most(arithmetic: Arithmetic, left: Value, right: Value) -> list[Judgement]:
    """left ≤ right, entry by entry: refuted by an entry of right - left that is certainly negative."""
    _need_order(arithmetic)
    lower, upper = map(_stack, arithmetic.enclose(minus(arithmetic, right, left)))

    def one(number: int) -> Judgement:
        least, most = lower[number], upper[number]
        if more[number]:
            place = _first(most < 0)
            a, b = (_show(arithmetic, side, number, place) for side in (left, right))
            detail = f"{_where(arithmetic, left, place)} is {a}, which is more than {b}"
            return Judgement(Truth.FALSE, detail, -most[place], 0)
        if not open_[number]:
            return Judgement(Truth.TRUE, "no entry is larger", 0, 0)
        if not _finite(least, most).all():
            return Judgement(Truth.UNKNOWN, "an error bound is infinite")
        lowest = np.unravel_index(np.argmin(least), least.shape)
        middle, bound = (float(part[lowest]) for part in _balls(least, most))
        residual = max(0.0, -middle)
        detail = f"larger by at most {residual:.3g}, the bound is {bound:.3g}"
        return Judgement(Truth.CONSISTENT, detail, residual, bound)

    more, open_ = _any(upper < 0), _any(~(lower >= 0))
    return [one(number) for number in range(len(lower))]


def positive(arithmetic: Arithmetic, value: Value) -> list[Judgement]:
    """Every entry > 0."""
    _need_order(arithmetic)
    lower, upper = map(_stack, arithmetic.enclose(value))

    def one(number: int) -> Judgement:
        for places, truth, told in ((below, Truth.FALSE, "but must be > 0"), (open_, Truth.UNKNOWN, "which may be 0")):
            if places[number].any():
                place = _first(places[number])
                shown = _show(arithmetic, value, number, place)
                return Judgement(truth, f"{_where(arithmetic, value, place)} is {shown}, {told}")
        return Judgement(Truth.TRUE, "every entry is positive")

    below, open_ = upper <= 0, ~(lower > 0)
    return [one(number) for number in range(len(lower))]


def semidefinite(arithmetic: Arithmetic, value: Value, transposed: Callable[[Array], Array]) -> Judgement:
    """Symmetric, and x A xᵀ ≥ 0."""
    _need_order(arithmetic)
    [symmetric] = equal(arithmetic, value, arithmetic.rearrange(transposed, [value]))
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
