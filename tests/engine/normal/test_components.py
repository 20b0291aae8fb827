"""Connected sums: one factor for each structure, whatever its variables are called, in whatever order it was built."""

from __future__ import annotations

import random

import pytest

from symattn.engine.normal import normal
from symattn.engine.normal.components import component
from symattn.engine.normal.polynomial import SKELETONS, Factor
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import fresh, symbol_size
from symattn.kernel.syntax.terms import Letter, entry, exponential, multiply, number, reciprocal, summation
from tests.kernel.build import d, i, index, letter, n, same

A, B, W = letter("A", n, n), letter("B", n, n), letter("W", n, n, "skew")


def _atoms(*entries: tuple[Letter, int, int]) -> list[Factor]:
    """The factors A_ab for each (A, a, b)."""
    ((_, factors),) = normal(multiply(*(entry(one, a, b) for one, a, b in entries)))
    return list(factors)


def test_the_order_and_the_names_do_not_matter() -> None:
    chance = random.Random(3)
    found = set()
    for _ in range(12):
        a, b, c, e = chance.sample([index(n) for _ in range(9)], 4)
        atoms = _atoms((A, i, a), (A, a, b), (B, b, c), (A, c, e), (A, e, a))
        ((_, (factor,)),) = component(chance.sample(atoms, len(atoms)), chance.sample([a, b, c, e], 4))
        found.add(factor)
    assert len(found) == 1


def test_what_is_summed_over_counts() -> None:
    a, b = index(n), index(n)
    atoms = _atoms((A, a, b), (B, a, b))
    found = [next(iter(component(atoms, bound)))[1][0][0] for bound in ([a, b], [a], [b])]
    assert len(set(found)) == 3
    assert [len(SKELETONS[number].sizes) for number in found] == [0, 1, 1]


@pytest.mark.parametrize(("turns", "vanishes"), [(2, False), (3, True), (4, False), (5, True), (9, True)])
def test_an_odd_cycle_of_a_skew_letter_is_its_own_negative(turns: int, vanishes: bool) -> None:
    """tr(W^m) = tr((W^m)^T) = (-1)^m tr(W^m)."""
    around = [fresh(n) for _ in range(turns)]
    atoms = _atoms(*((W, around[k], around[(k + 1) % turns]) for k in range(turns)))
    assert (component(atoms, around) == {}) == vanishes


def test_symmetries_are_those_of_the_free_places() -> None:
    """sum_a A_ia A_ja may change i and j; sum_a A_ia B_ja may not."""
    a, left, right = index(n), index(n), index(n)
    for other, order in ((A, 2), (B, 1)):
        ((_, (factor,)),) = component(_atoms((A, left, a), (other, right, a)), [a])
        assert len(SKELETONS[factor[0]].group) == order


@pytest.mark.parametrize("turned", [False, True])
def test_two_blocks_share_their_normaliser(turned: bool) -> None:
    """a / (a + b) + b / (a + b) = 1, whichever of a and b was met first."""
    names = ["first", "second"][:: -1 if turned else 1]
    sums = []
    for name in names:
        size = symbol_size(f"{name}{turned}")
        l = index(size)
        sums.append(summation([l], exponential(entry(Letter(f"{name}{turned}", (n, size)), i, l))))
    whole = reciprocal(terms.add(*sums))
    assert same(terms.add(*(multiply(part, whole) for part in sums)), number(1))
    assert not same(multiply(sums[0], whole), number(1))


def test_a_sum_over_another_size_is_another_sum() -> None:
    a, b = index(n), index(d)
    over_n = summation([a], entry(Letter("x", (n,)), a))
    assert not same(over_n, summation([b], entry(Letter("x", (d,)), b)))
