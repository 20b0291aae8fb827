"""Rules that are derived: what they say, under which hypotheses, and what they refuse."""

from __future__ import annotations

import pytest

from symattn.engine import rules
from symattn.engine.derived import at_least, product
from symattn.errors import KernelError
from symattn.kernel.replay import replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import Size, SizeSymbol, variable
from symattn.kernel.syntax.terms import Letter

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


@pytest.mark.parametrize("minimum", [0, 1, 2, 5])
def test_a_size_is_at_least_its_minimum(minimum: int) -> None:
    symbol = SizeSymbol("m", minimum)
    found = at_least((), symbol)
    said = terms.subtract(terms.cardinal(Size((((symbol,), 1),))), terms.number(minimum))
    assert found.conclusion == NonNegative((), said)
    assert found.hypotheses == ()
    replay(found)
