"""What `python -m symattn.kernel` shows is what is proved: no name passes for another, or for a line of its own."""

from __future__ import annotations

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof
from symattn.kernel.printing import shown
from symattn.kernel.syntax.formulas import Array, Equation, Exists
from symattn.kernel.syntax.terms import Parameter, add, number, parameter


def reflexive(name: str) -> Proof:
    x = parameter(Parameter(name))
    return rules.identity([], Equation((), x, x))


@pytest.mark.parametrize("name", ["x\nit holds that    0 = 1\n", "0", "x = 1", "", "a b"])
def test_a_name_is_one_word(name: str) -> None:
    with pytest.raises(KernelError, match="taken for others"):
        shown(reflexive(name))


def test_two_things_have_two_names() -> None:
    """There is y = y + 1, where the one is any number and the other a positive one."""
    number_, positive = Parameter("y"), Parameter("y", True)
    more = add(parameter(positive), number(1))
    same = rules.identity([], Equation((), more, more))
    claim = Exists((number_,), Equation((), parameter(number_), more))
    with pytest.raises(KernelError, match="taken for others"):
        shown(rules.witness([same], claim, (Array((), more),)))


def test_other_names_are_shown() -> None:
    assert shown(reflexive("x")).endswith("it holds that    x = x")
    assert shown(rules.identity([], Equation((), number(2), number(2)))) == "it holds that    2 = 2"
