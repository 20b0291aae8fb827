"""The laws of places: indices are whole numbers, counted from 0.  `laws` has them in its table."""

from __future__ import annotations

from symattn.kernel.plain.places import FIRST
from symattn.kernel.syntax.sizes import ONE_SIZE, ZERO_SIZE, Index, Size, fresh, pair_index, place
from symattn.kernel.syntax.terms import Term, add, before, delta, multiply, negative, number, summation

Sides = tuple[Term, Term]


def total(i: Index, j: Index) -> Sides:
    """[i <= j] + [j <= i] = 1 + [i = j]."""
    return add(before(i, j), before(j, i)), add(number(1), delta(i, j))


def both_ways(i: Index, j: Index) -> Sides:
    """[i <= j] [j <= i] = [i = j]."""
    return multiply(before(i, j), before(j, i)), delta(i, j)


def increasing(*places: Index) -> Sides:
    """[i <= j] [j <= k] ... = [i <= j] [j <= k] ... [i <= last]."""
    steps = multiply(*map(before, places[:-1], places[1:]))
    return steps, multiply(steps, before(places[0], places[-1]))


def following(i: Index, sooner: Size, j: Index, later: Size) -> Sides:
    """[i <= j + 1] = [i <= j] + [i = j + 1], where j is `sooner + j` out of `sooner + own + later`."""
    here, there = place(sooner, j, later + ONE_SIZE), place(sooner + ONE_SIZE, j, later)
    return before(i, there), add(before(i, here), delta(i, there))


def inside(i: Index, sooner: Size, own: Size, later: Size) -> Sides:
    """sum_v [i = sooner + v] = [sooner <= i] [i + 1 <= sooner + own], for v < own and i < sooner + own + later."""
    v = fresh(own)
    least, most = place(sooner, FIRST, own + later), place(sooner + own, FIRST, later)
    between = multiply(before(least, place(ZERO_SIZE, i, ONE_SIZE)), before(place(ONE_SIZE, i, ZERO_SIZE), most))
    return summation((v,), delta(i, place(sooner, v, later))), between


def by_pairs(i: Index, j: Index) -> Sides:
    """[(a, b) <= (c, d)] = [a <= c] - [a = c] + [a = c] [b <= d]."""
    (_, a, b), (_, c, d) = pair_index(*i[1:]), pair_index(*j[1:])  # type: ignore[index, misc]
    same = delta(a, c)
    return before(("pair", a, b), ("pair", c, d)), add(before(a, c), negative(same), multiply(same, before(b, d)))
