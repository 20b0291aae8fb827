"""A subclass may say of itself whatever it likes, and what is asked twice may answer twice: neither is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from symattn.errors import KernelError
from symattn.kernel import rules
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.letters import Letter, Parameter
from symattn.kernel.syntax.sizes import ZERO_SIZE, Size, constant_size, variable
from symattn.kernel.syntax.terms import delta, number, parameter, summation

x, y = Parameter("x"), Parameter("y")
one, two = constant_size(1), constant_size(2)


class Alike(tuple[Any, ...]):
    """Equal to everything."""

    __slots__ = ()

    def __eq__(self, _: object) -> bool:
        return True

    __hash__ = tuple.__hash__


class Fickle:
    """One thing when it is checked, and another when it is used."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asked = answers, 0

    def __iter__(self) -> Iterator[Any]:
        self.asked += 1
        return iter(self.answers[(self.asked - 1) % len(self.answers)])


def test_what_a_rule_is_given_cannot_change_while_it_is_looked_at() -> None:
    """y = 0 |- 1 = 0, from y = 0 |- for all x. y = 0, with a value for x that becomes one for y."""
    zero = rules.assume((), Equation((), parameter(y), number(0)))
    value = Array((), number(1))
    every = rules.generalise((zero,), (x,))
    with pytest.raises(KernelError, match="no place in a proof"):
        rules.specialise((every,), Fickle([(x, value)], [(y, value)]))


def test_what_is_before_a_place_is_what_it_says() -> None:
    """Place 0 after something that is equal to every size would be the first and the last of three places."""
    place = "const", 0, one

    class Any_(Size):
        def __eq__(self, _: object) -> bool:
            return True

        __hash__ = Size.__hash__

    with pytest.raises(KernelError, match="not an index"):
        delta(("part", Any_(two.terms), place, ZERO_SIZE), ("part", ZERO_SIZE, place, two))


def test_a_size_equals_itself_only() -> None:
    with pytest.raises(KernelError, match="canonical form"):
        Size((Alike(((), 1)),))


def test_a_fact_is_a_plain_word() -> None:
    class Word(str):
        __slots__ = ()

        def __eq__(self, _: object) -> bool:
            return True

        def __hash__(self) -> int:
            return hash("mask")

    with pytest.raises(KernelError, match="a letter has a name"):
        Letter("A", (two, two), frozenset({Word("whatever")}))


def test_a_sum_binds_what_was_checked() -> None:
    v, w = variable("v", two), variable("w", two)
    body = delta(v, w)
    assert summation(Fickle([v, w], [v, v]), body).args[0] == (v, w)  # type: ignore[arg-type]
