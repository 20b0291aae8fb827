"""The laws, each two terms that are always equal.  `plain` applies them, one at a time.

1/0 is 0.  Of log only its values on positive numbers are known, of exp that it turns sums into products, and of cos and
sin how a sum of angles turns, which of them is even, and that they stay on the circle: neither is known to be positive.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from math import prod

from symattn.kernel.plain.order import Sides, both_ways, by_pairs, following, increasing, inside, total
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import Index, Variable, constant_index, fresh, need, size_of, variables_of
from symattn.kernel.syntax.terms import (
    Letter,
    Term,
    add,
    cosine,
    delta,
    determinant,
    entry,
    exponential,
    logarithm,
    multiply,
    negative,
    number,
    power,
    reciprocal,
    reindex,
    sine,
    subtract,
    summation,
)

FUNCTIONS: dict[str, Callable[[Term], Term]] = {
    "exp": exponential, "log": logarithm, "reciprocal": reciprocal, "cos": cosine, "sin": sine,
}  # fmt: skip
"""What can be applied to equal things, or inside of a sum over a row of a permutation."""
LEIBNIZ = 4
"""The largest size whose determinants are written out."""


def function(kind: str, x: Term) -> Term:
    need(kind in FUNCTIONS, f"there is no function {kind!r}")
    return FUNCTIONS[kind](x)


def cancel(x: Term) -> Sides:
    """x (1/x) = 1, for x > 0."""
    need(visibly_positive(x), "this is not visibly positive")
    return multiply(x, reciprocal(x)), number(1)


def regular(x: Term) -> Sides:
    """x x (1/x) = x, also for x = 0."""
    return multiply(x, x, reciprocal(x)), x


def reciprocal_product(x: Term, y: Term) -> Sides:
    """1/(x y) = (1/x) (1/y), also where one of them is 0."""
    return reciprocal(multiply(x, y)), multiply(reciprocal(x), reciprocal(y))


def reciprocal_twice(x: Term) -> Sides:
    """1/(1/x) = x, also for x = 0."""
    return reciprocal(reciprocal(x)), x


def log_exp(x: Term) -> Sides:
    """log exp x = x."""
    return logarithm(exponential(x)), x


def exp_log(x: Term, exponent: int | Fraction) -> Sides:
    """exp(c log x) = x^c, for x > 0."""
    need(visibly_positive(x), "this is not visibly positive")
    return exponential(multiply(number(exponent), logarithm(x))), power(x, exponent)


def cos_sum(x: Term, y: Term) -> Sides:
    """cos(x + y) = cos x cos y - sin x sin y."""
    return cosine(add(x, y)), subtract(multiply(cosine(x), cosine(y)), multiply(sine(x), sine(y)))


def sin_sum(x: Term, y: Term) -> Sides:
    """sin(x + y) = sin x cos y + cos x sin y."""
    return sine(add(x, y)), add(multiply(sine(x), cosine(y)), multiply(cosine(x), sine(y)))


def cos_even(x: Term) -> Sides:
    """cos(-x) = cos x."""
    return cosine(negative(x)), cosine(x)


def sin_odd(x: Term) -> Sides:
    """sin(-x) = -sin x."""
    return sine(negative(x)), negative(sine(x))


def cos_zero() -> Sides:
    """cos 0 = 1; sin 0 = 0 follows, since sin is odd."""
    return cosine(number(0)), number(1)


def pythagoras(x: Term) -> Sides:
    """sin x sin x = 1 - cos x cos x."""
    return multiply(sine(x), sine(x)), subtract(number(1), multiply(cosine(x), cosine(x)))


def rename(v: int, index: Index, x: Term) -> Sides:
    """delta_vi x = delta_vi x[v := i]."""
    need(type(v) is Variable, "only a variable is renamed")
    same = delta(v, index)
    return multiply(same, x), multiply(same, reindex(x, {v: index}))


def declared(letter: Letter, *facts: str) -> None:
    """Of an inverse is known what its letter declares, but neither signs nor zeros of entries."""
    need(type(letter) is Letter and not letter.known.isdisjoint(facts), f"not declared {' or '.join(facts)}")


def symmetric(letter: Letter, i: Index, j: Index) -> Sides:
    """A_ij = A_ji, for symmetric A."""
    declared(letter, "symmetric")
    return entry(letter, i, j), entry(letter, j, i)


def skew(letter: Letter, i: Index, j: Index) -> Sides:
    """A_ij = -A_ji and A_ii = 0, for skew A."""
    declared(letter, "skew")
    return entry(letter, i, j), number(0) if i == j else negative(entry(letter, j, i))


def turned(letter: Letter, i: Index, j: Index) -> Sides:
    """A_ij = (A^-1)_ji, for orthogonal A; a permutation is orthogonal."""
    declared(letter, "orthogonal", "permutation")
    return entry(letter, i, j), entry(inverted(letter), j, i)


def undone(letter: Letter, i: Index, j: Index) -> Sides:
    """sum_v A_iv (A^-1)_vj = delta_ij, for invertible A."""
    declared(letter, "invertible", "orthogonal", "permutation")
    v = fresh(size_of(i))
    return summation((v,), multiply(entry(letter, i, v), entry(inverted(letter), v, j))), delta(i, j)


def idempotent(letter: Letter, i: Index, j: Index) -> Sides:
    """sum_v A_iv A_vj = A_ij, for idempotent A."""
    declared(letter, "idempotent")
    v = fresh(size_of(i))
    return summation((v,), multiply(entry(letter, i, v), entry(letter, v, j))), entry(letter, i, j)


def squared(x: Term) -> Sides:
    """x x = x, for entries of masks and permutations and for comparisons of indices."""
    if x.kind not in ("delta", "before"):
        need(x.kind == "entry", "neither an entry nor a comparison of indices")
        declared(x.args[0], "mask", "permutation")
    return multiply(x, x), x


def _one_of(letter: Letter, i: Index, j: Index, column: bool) -> Term:
    """The entry of a permutation in row i, or in column i."""
    declared(letter, "permutation")
    need(type(column) is bool, "a column or a row")
    return entry(letter, j, i) if column else entry(letter, i, j)


def one_place(letter: Letter, i: Index, a: Index, b: Index, column: bool) -> Sides:
    """P_ia P_ib = delta_ab P_ia, for a permutation P, and the same in columns."""
    first = _one_of(letter, i, a, column)
    return multiply(first, _one_of(letter, i, b, column)), multiply(delta(a, b), first)


def one_in_all(letter: Letter, i: Index, column: bool) -> Sides:
    """sum_v P_iv = 1, for a permutation P, and the same in columns."""
    v = fresh(size_of(i))
    return summation((v,), _one_of(letter, i, v, column)), number(1)


def lift(kind: str, letter: Letter, i: Index, a: int, x: Term, column: bool) -> Sides:
    """F(sum_a P_ia x) = sum_a P_ia F(x), for a permutation P and F = exp, log, 1/., cos, sin; i does not know a."""
    need(a not in variables_of(i), "the row uses the index that is summed over")
    place = _one_of(letter, i, a, column)
    return function(kind, summation((a,), multiply(place, x))), summation((a,), multiply(place, function(kind, x)))


def unit_determinant(row: int, column: int) -> Sides:
    """det(delta) = 1."""
    return determinant(row, column, delta(row, column)), number(1)


def leibniz(row: int, column: int, entries: Term) -> Sides:
    """det A = sum over permutations p of sign(p) A_0p(0) A_1p(1) ..., where the size is a small number."""
    size = size_of(row)
    need(size.constant is not None and size.constant <= LEIBNIZ, "the size is not a small number")
    places = [constant_index(p, size) for p in range(size.constant or 0)]
    total = [number(0)]
    for order in permutations(range(len(places))):
        sign = prod(-1 for at, q in enumerate(order) for p in order[:at] if p > q)
        chosen = [reindex(entries, {row: places[p], column: places[q]}) for p, q in enumerate(order)]
        total.append(multiply(number(sign), *chosen))
    return determinant(row, column, entries), add(*total)


LAWS: dict[str, Callable[..., Sides]] = {law.__name__: law for law in (
    cancel, regular, reciprocal_product, reciprocal_twice, log_exp, exp_log, rename, symmetric, skew,
    cos_sum, sin_sum, cos_even, sin_odd, cos_zero, pythagoras,
    turned, undone, idempotent, squared, one_place, one_in_all, lift, unit_determinant, leibniz,
    total, both_ways, increasing, following, inside, by_pairs,
)}  # fmt: skip
