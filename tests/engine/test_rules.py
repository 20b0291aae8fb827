"""The rules as the engine offers them: it may be as wrong as it likes, and nothing false comes of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import rules as trusted
from symattn.kernel.proofs import lines
from symattn.kernel.replay import replay
from symattn.kernel.syntax.formulas import Equation, NonNegative, Not
from symattn.kernel.syntax.sizes import symbol_size, variable
from symattn.kernel.syntax.terms import Letter, entry, multiply, number, power, summation

n = symbol_size("n")
i, j = variable("i", n), variable("j", n)
x, y = (entry(Letter(name, (n,)), i) for name in "xy")
ZERO, ONE = number(0), number(1)
FALSE = Equation((), ZERO, ONE)


def test_the_engine_has_the_rules_of_the_kernel() -> None:
    assert set(rules.__all__) > set(trusted.__all__)


def test_found_steps_are_part_of_the_theorem() -> None:
    theorem = rules.identity([], Equation((i,), multiply(x, y), multiply(y, x)))
    assert theorem.data[1:] == (ZERO, (), ((), ()))
    assert replay(theorem) == theorem


def test_contradict_says_by_how_much_the_sides_differ() -> None:
    two = Equation((), ZERO, number(2))
    theorem = rules.contradict([rules.assume([], two)], two)
    assert theorem.conclusion == Not(two)
    combined = next(line for line in lines(theorem) if line.rule == "combine")
    assert (combined.conclusion, combined.data[2]) == (FALSE, ((0, (), (), number(Fraction(1, 2))),))


@pytest.mark.parametrize("factor", [ZERO, ONE, number(2), number(Fraction(-1, 2)), Fraction(1, 2), 0.5, None])
def test_the_kernel_refuses_another_difference(factor: Any) -> None:
    two = rules.assume([], Equation((), ZERO, number(2)))
    with pytest.raises(KernelError):
        trusted.combine([two], FALSE, ZERO, ((0, (), (), factor),), ((), ()))


WRONG = (
    lambda: rules.identity([], FALSE),
    lambda: rules.identity([], Equation((i,), x, y)),
    lambda: rules.combine([], Equation((), summation((i,), x), ZERO), ()),
    lambda: rules.combine([rules.assume([], Equation((i,), x, y))], FALSE, ((0, ((i, j),), (j,), ONE),)),
    lambda: rules.bound([], NonNegative((), number(-1)), power(number(2), 2)),
)


@pytest.mark.parametrize("claim", WRONG, ids=range(len(WRONG)))
def test_a_normal_form_that_says_yes_to_everything_proves_nothing(claim: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "is_zero", lambda term: True)
    with pytest.raises(KernelError):
        claim()
    for proof in (((), ()), ((("cancel", (ONE,), (), ONE),), ()), ((), ((0, 1),))):
        monkeypatch.setattr(rules, "find", lambda term, proof=proof: proof)
        with pytest.raises(KernelError):
            claim()
