"""Functions of double-double numbers.  Their radii are measured: how far a result is from solving its equation.

reciprocal    with δ = 1 - x y, 1/x = y / (1 - δ), so it is within |y| |δ| / (1 - |δ|) of y
log           with δ = x e^(-y) - 1, log x = y + log(1 + δ), so it is within -log(1 - |δ|) of y
exp           e^x = 2^k (e^(r/256))²⁵⁶ with x = k log 2 + r; Taylor's sum of e^t - 1 has |t|¹⁰ / 10! e^|t| left over
cos, sin      of x = k π/2 + r; the next term of Taylor's sum is left over

δ is itself a pair, so that the radius of x and every rounding are in it, and y may come from anywhere: from float64 and
one step of Newton's.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds import propagation
from symattn.numeric.bounds.pairs import Pair, known, negative, pair, product, scaled, total
from symattn.numeric.bounds.rounding import SMALLEST, outward

HALVINGS = 8
TERMS = 9  # of exp
TURNS = 14  # of cos and sin
BEYOND = 800.0  # exp is 0 or ∞ from here on, whatever is added


def nearest(number: Fraction) -> tuple[float, float, float]:
    """high, low and radius of the pair for an exact number; ∞ when it is too large.

    Raises    OverflowError when float64 has nothing near it
    """
    high = float(number)
    rest = number - Fraction(high)
    low = float(rest)
    gap = float(abs(rest - Fraction(low)))
    return high, low, float(outward(gap, 1) + SMALLEST) if rest != Fraction(low) else 0.0


def constant(number: Fraction, radius: float = 0.0) -> Pair:
    """A 1×1 number, and how far it may be from the one that is meant."""
    high, low, gap = (np.array([[part]]) for part in nearest(number))
    return Pair(high, low, outward(gap + radius, 1))


ONE = constant(Fraction(1))
LOG_2 = constant(Fraction("0.693147180559945309417232121458176568075500134360255"), 1e-51)
HALF_PI = constant(Fraction("1.570796326794896619231321691639751442098584699687553"), 1e-51)
EXPONENTIAL = [constant(Fraction(1, factorial(n))) for n in range(1, TERMS + 1)]
COSINE = [constant(Fraction((-1) ** n, factorial(2 * n))) for n in range(TURNS)]
SINE = [constant(Fraction((-1) ** n, factorial(2 * n + 1))) for n in range(TURNS)]


def _polynomial(coefficients: list[Pair], x: Pair) -> Pair:
    """c₀ + c₁ x + … by Horner."""
    result = coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        result = total(product(result, x), coefficient)
    return result


def reciprocal(x: Pair) -> Pair:
    """1/x, and 0 where x is exactly 0."""
    zero, away = ~x.present, np.abs(x.high) > x.radius
    base = Pair(np.where(away, x.high, 1), np.where(away, x.low, 0), np.where(away, x.radius, 0))
    guess = known(1 / base.high)
    error = total(ONE, negative(product(base.still, guess)))
    y = total(guess, product(guess, error)).still
    share = total(ONE, negative(product(base, y)))
    apart = outward(share.size + share.radius, 1)
    radius = np.where(apart < 1, outward(y.size * apart / (1 - apart), 6) + SMALLEST * (apart > 0), np.inf)
    found = pair(y.high, y.low, np.where(away, radius, np.inf))
    return Pair(np.where(zero, 0, found.high), np.where(zero, 0, found.low), np.where(zero, 0, found.radius))


def exp(x: Pair) -> Pair:
    """e^x: of the centre, and what the radius of x moves it."""
    centre = x.still
    near = np.clip(np.where(np.isfinite(x.radius), centre.high, 0), -BEYOND, BEYOND)
    turns = np.rint(near / LOG_2.high)
    rest = total(Pair(near, np.where(near == centre.high, centre.low, 0), x.still.radius), _times(turns, LOG_2))
    part = scaled(rest, np.full(rest.high.shape, -HALVINGS))
    size = outward(part.size + part.radius, 1)
    grown = product(part, _polynomial(EXPONENTIAL, part))
    over = outward(size ** (TERMS + 1) / factorial(TERMS + 1) * 1.02, 20) + SMALLEST * (size > 0)
    grown = Pair(grown.high, grown.low, np.where(size < 0.01, outward(grown.radius + over, 1), np.inf))
    for _ in range(HALVINGS):
        grown = total(scaled(grown, np.ones(grown.high.shape, int)), product(grown, grown))
    found = scaled(total(ONE, grown), turns.astype(int))
    # what is far away is 0 or ∞ whatever the rest says
    low = np.where(near == centre.high, found.radius, np.where(near < 0, SMALLEST, np.inf))
    high = np.where((near != centre.high) & (near < 0), 0.0, found.high)
    found = pair(high, np.where(high == 0, 0, found.low), low)
    spread = propagation.of_exp(outward(found.size + found.radius, 1), x.radius)
    one = (x.high == 0) & (x.radius == 0)
    moved = outward(found.radius + spread, 2)
    return pair(np.where(one, 1, found.high), np.where(one, 0, found.low), np.where(one, 0, moved))


def _times(turns: Array, unit: Pair) -> Pair:
    return negative(product(known(turns), unit))


def log(x: Pair) -> Pair:
    """log x of what is certainly positive, as log m + k log 2 with x = m 2^k where x is far from 1; else 0 ± ∞."""
    away = x.high > x.radius
    base = Pair(np.where(away, x.high, 1), np.where(away, x.low, 0), np.where(away, x.radius, 0))
    turns = np.frexp(base.high)[1]
    turns = np.where(np.abs(turns) < 500, 0, turns)
    found = total(_log(scaled(base, -turns)), product(known(turns), LOG_2))
    one = (base.high == 1) & (base.low == 0) & (base.radius == 0)
    lost = Pair(np.where(one, 0, found.high), np.where(one, 0, found.low), np.where(one, 0, found.radius))
    return pair(lost.high, lost.low, np.where(away, lost.radius, np.inf))


def _log(base: Pair) -> Pair:
    guess = known(np.log(base.high))
    error = total(product(base.still, exp(negative(guess))), negative(ONE))
    y = total(guess, error).still
    share = total(product(base, exp(negative(y))), negative(ONE))
    apart = outward(share.size + share.radius, 1)
    return pair(y.high, y.low, np.where(apart < 1, outward(-np.log1p(-np.minimum(apart, 1)), 10), np.inf))


def turned(x: Pair) -> tuple[Pair, Pair]:
    """cos x and sin x."""
    turns = np.rint(np.where(np.isfinite(x.radius), x.high, 0) / HALF_PI.high)
    rest = total(x.still, _times(turns, HALF_PI))
    close = np.abs(rest.high) < 1
    r = Pair(np.where(close, rest.high, 0), np.where(close, rest.low, 0), np.zeros(rest.high.shape))
    square = product(r, r)
    size = r.size ** (2 * TURNS)
    cosine, sine = _polynomial(COSINE, square), product(r, _polynomial(SINE, square))
    over = outward(size / factorial(2 * TURNS), 2 * TURNS + 2) + SMALLEST * (r.high != 0)
    moved = np.where(close, outward(rest.radius + x.radius, 1), np.inf)
    moved = propagation.of_turn(np.where(moved < np.inf, moved, 2.0))
    cosine, sine = (Pair(part.high, part.low, outward(part.radius + over + moved, 3)) for part in (cosine, sine))
    odd, other = np.fmod(turns, 2) != 0, np.isin(np.fmod(turns, 4), (2, 3, -1, -2))
    first, second = (_either(odd, *sides) for sides in ((sine, cosine), (cosine, sine)))
    return _signed(other ^ odd, first), _signed(other, second)


def _either(where: Array, one: Pair, other: Pair) -> Pair:
    fields = ((one.high, other.high), (one.low, other.low), (one.radius, other.radius))
    return Pair(*(np.where(where, *sides) for sides in fields))


def _signed(where: Array, x: Pair) -> Pair:
    return Pair(np.where(where, -x.high, x.high), np.where(where, -x.low, x.low), x.radius)
