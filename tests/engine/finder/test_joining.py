"""Sums that begin and end at different places meet in one over all of them, and only where they do."""

from __future__ import annotations

import pytest

from symattn.engine.finder import Stuck, find
from symattn.kernel.plain.checking import holds
from symattn.kernel.syntax.sizes import Index, Size, constant_index, constant_size, place, variable
from symattn.kernel.syntax.terms import Letter, Term, add, entry, multiply, negative, number, summation
from tests.kernel.build import n

k = variable("k", n)


def states(more: int) -> Letter:
    return Letter("x", (n + constant_size(more),))


def at(before: int, more: int, inner: Index = k) -> Index:
    """Place `before + inner` of n + more."""
    return place(constant_size(before), inner, constant_size(more - before))


def total(before: int, more: int) -> Term:
    return summation((k,), entry(states(more), at(before, more)))


def first(number: int, more: int) -> Term:
    return entry(states(more), constant_index(number, n + constant_size(more)))


def last(after: int, more: int) -> Term:
    """The state with so many after it."""
    before: Size = n + constant_size(more - 1 - after)
    return entry(states(more), place(before, constant_index(0, constant_size(1)), constant_size(after)))


TRUE = {
    "one step": add(total(1, 1), first(0, 1), negative(total(0, 1)), negative(last(0, 1))),
    "two steps": add(
        total(2, 2), first(0, 2), first(1, 2), negative(total(0, 2)), negative(last(1, 2)), negative(last(0, 2))
    ),
    "the second of three": add(total(1, 2), first(0, 2), negative(total(0, 2)), negative(last(1, 2))),
    "differences of differences": add(
        *(total(2, 2), multiply(number(-2), total(1, 2)), total(0, 2)),
        *(negative(last(0, 2)), last(1, 2), first(1, 2), negative(first(0, 2))),
    ),
}
FALSE = {
    "the ends change places": add(total(1, 1), last(0, 1), negative(total(0, 1)), negative(first(0, 1))),
    "no ends": add(total(1, 1), negative(total(0, 1))),
    "one end of two": add(total(2, 2), first(0, 2), negative(total(0, 2)), negative(last(0, 2))),
    "steps of different lengths": add(total(2, 2), first(0, 2), negative(total(0, 2)), negative(last(1, 2))),
    "squares": add(
        *(multiply(t, t) for t in (total(1, 1), first(0, 1))),
        *(negative(multiply(t, t)) for t in (total(0, 1), last(0, 1))),
    ),
}


@pytest.mark.parametrize("what", TRUE)
def test_sums_that_differ_in_their_ends_are_compared(what: str) -> None:
    assert holds(TRUE[what], *find(TRUE[what]))


@pytest.mark.parametrize("what", FALSE)
def test_other_ends_are_another_sum(what: str) -> None:
    with pytest.raises(Stuck):
        find(FALSE[what])
