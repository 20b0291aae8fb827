"""Laws that follow from those of the kernel: their steps show what they say, and nothing that is not so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symattn.engine.finder import macros
from symattn.engine.finder.naming import Names
from symattn.engine.finder.search import Stuck, _Search
from symattn.errors import KernelError
from symattn.kernel.plain.checking import Evidence, holds
from symattn.kernel.syntax.sizes import symbol_size, variable
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    delta,
    entry,
    exponential,
    logarithm,
    multiply,
    number,
    parameter,
    power,
    reciprocal,
    subtract,
)

n = symbol_size("n")
i, j = variable("i", n), variable("j", n)
NAMES = {i: "'i", j: "'j"}
x = entry(Letter("A", (n, n)), i, j)
MASKED = entry(Letter("M", (n, n), frozenset({"mask"})), i, j)
TAU = parameter(Parameter("tau", True))
SURE = add(exponential(x), number(1))


def proves(term: Term, names: Names) -> Evidence:
    return _Search().proved(term, names)


def shows(left: Term, right: Term, laws: macros.Steps) -> bool:
    steps = tuple((law, arguments, (), factor) for law, arguments, factor in laws)
    return holds(subtract(left, right), *_Search().checked(subtract(left, right), steps, NAMES))


@pytest.mark.parametrize("exponent", [2, 1, 0, -1, Fraction(-3, 2)])
@pytest.mark.parametrize("base", [TAU, SURE, exponential(x)], ids=["letter", "sum", "exp"])
def test_the_log_of_a_power(base: Term, exponent: int | Fraction) -> None:
    laws = macros.log_power(base, exponent, NAMES, proves)
    assert shows(logarithm(power(base, exponent)), multiply(number(exponent), logarithm(base)), laws)


def test_the_log_of_a_product() -> None:
    laws = macros.log_product(TAU, SURE, NAMES, proves)
    assert shows(logarithm(multiply(TAU, SURE)), add(logarithm(TAU), logarithm(SURE)), laws)


@pytest.mark.parametrize("one", [MASKED, delta(i, j)], ids=["mask", "delta"])
def test_zeros_and_ones_are_their_own_reciprocals(one: Term) -> None:
    assert shows(reciprocal(one), one, macros.own_reciprocal(one))


def test_others_are_not() -> None:
    with pytest.raises(KernelError):
        shows(reciprocal(x), x, macros.own_reciprocal(x))


@pytest.mark.parametrize("base", [x, power(x, 2)], ids=["of either sign", "a square, which may be 0"])
def test_no_log_of_what_may_be_0(base: Term) -> None:
    with pytest.raises((KernelError, Stuck)):
        macros.log_power(base, -1, NAMES, proves)
    with pytest.raises((KernelError, Stuck)):
        macros.log_product(base, TAU, NAMES, proves)
