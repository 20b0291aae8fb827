"""Monomials are collected, and who waits for some of them hears which came and which went."""

from __future__ import annotations

from symattn.engine.finder.collecting import Tidy
from symattn.kernel.plain.expansion import expand
from symattn.kernel.plain.monomials import Monomial
from symattn.kernel.syntax.letters import Letter
from symattn.kernel.syntax.sizes import symbol_size, variable
from symattn.kernel.syntax.terms import entry, multiply, number

n = symbol_size("n")
x, y = (entry(Letter(name, (n,)), variable("i", n)) for name in "xy")


def _times(count: int, of: object) -> Monomial:
    (monomial,) = expand(multiply(number(count), of))  # type: ignore[arg-type]
    return monomial


def test_what_comes_is_told_and_so_is_what_goes() -> None:
    tidy = Tidy()
    total = tidy.collected([_times(1, x)])
    (of_x,) = total
    of_y, gone = tidy.include(total, [_times(1, y), _times(-1, x)])
    assert gone == of_x
    assert list(total) == [of_y]


def test_a_coefficient_that_changes_is_neither() -> None:
    tidy = Tidy()
    total = tidy.collected([_times(1, x)])
    assert tidy.include(total, [_times(2, x)]) == []
    assert [m.coefficient for m in total.values()] == [3]


def test_what_comes_back_is_told_again() -> None:
    tidy = Tidy()
    total = tidy.collected([_times(1, x), _times(1, y)])
    (of_x, of_y) = total
    assert tidy.include(total, [_times(-1, x), _times(5, x)]) == [of_x, of_x]
    assert list(total) == [of_y, of_x]
