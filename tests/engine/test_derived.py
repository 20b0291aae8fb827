"""Rules that are derived: what they say, under which hypotheses, and what they refuse."""

from __future__ import annotations

import pytest

from symattn.engine import rules
from symattn.engine.derived import at_least, mirrored, overturned, product
from symattn.errors import KernelError
from symattn.kernel.replay import replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import Size, SizeSymbol, variable
from symattn.kernel.syntax.terms import Letter, Parameter

n = SizeSymbol("n", 1)
SIZE = Size((((n,), 1),))
i, j = variable("i", SIZE), variable("j", SIZE)
a, b = Letter("a", (SIZE,)), Letter("b", (SIZE,))


def bound(letter: Letter, index: int, *, strict: bool = False) -> NonNegative:
    return NonNegative((index,), terms.entry(letter, index), strict)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("other", [i, j])
def test_a_product_of_bounds_holds_for_all_indices_of_both(other: int, strict: bool) -> None:
    one, two = bound(a, i, strict=strict), bound(b, other)
    found = product((rules.assume((), one), rules.assume((), two)))
    assert found.conclusion == NonNegative(
        tuple(dict.fromkeys((i, other))), terms.multiply(terms.entry(a, i), terms.entry(b, other))
    )
    assert set(found.hypotheses) == {one, two}
    replay(found)


def test_a_product_of_a_bound_with_itself() -> None:
    assumed = rules.assume((), bound(a, i))
    assert product((assumed, assumed)).hypotheses == (bound(a, i),)


def test_a_product_with_an_equation_is_refused() -> None:
    equation = rules.assume((), Equation((i,), terms.entry(b, i), terms.number(0)))
    with pytest.raises(KernelError):
        product((rules.assume((), bound(a, i)), equation))


def test_an_equation_is_turned_round_also_where_a_side_has_no_normal_form() -> None:
    x = terms.parameter(Parameter("x", False))
    slope = terms.derivative(terms.logarithm(x), Parameter("x", False))
    assumed = rules.assume((), Equation((i,), slope, terms.entry(b, i)))
    found = mirrored((assumed,))
    assert found.conclusion == Equation((i,), terms.entry(b, i), slope)
    assert found.hypotheses == (assumed.conclusion,)
    replay(found)
    with pytest.raises(KernelError):
        mirrored((rules.assume((), bound(a, i)),))


def test_the_reciprocal_of_something_positive_is_an_exp() -> None:
    said = bound(a, i, strict=True)
    found, entry = overturned((rules.assume((), said),)), terms.entry(a, i)
    assert found.conclusion == Equation(
        (i,), terms.reciprocal(entry), terms.exponential(terms.negative(terms.logarithm(entry)))
    )
    replay(found)
    with pytest.raises(KernelError):
        overturned((rules.assume((), bound(a, i)),))


@pytest.mark.parametrize("minimum", [0, 1, 2, 5])
def test_a_size_is_at_least_its_minimum(minimum: int) -> None:
    symbol = SizeSymbol("m", minimum)
    found = at_least((), symbol)
    said = terms.subtract(terms.cardinal(Size((((symbol,), 1),))), terms.number(minimum))
    assert found.conclusion == NonNegative((), said)
    assert found.hypotheses == ()
    replay(found)
