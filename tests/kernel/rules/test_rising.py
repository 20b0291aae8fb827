"""The mean value theorem: what starts at 0 or above and never falls stays there, and every way to misuse it."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Formula, NonNegative
from symattn.kernel.syntax.sizes import constant_size, variable
from symattn.kernel.syntax.substitution import instantiate
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    derivative,
    determinant,
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
from tests.kernel.build import i, j, n

t, u, sure = Parameter("t"), Parameter("u"), Parameter("p", True)
x, A = Letter("x", (n,)), Letter("A", (n, n))
T, U = parameter(t), parameter(u)
LATER, ZERO = NonNegative((), T), Array((), number(0))


def bound(body: Term, *indices: Any, strict: bool = False) -> NonNegative:
    return NonNegative(indices, body, strict)


def assumed(formula: Formula) -> Proof:
    return rules.assume([], formula)


def risen(claim: NonNegative, base: Proof | None = None, step: Proof | None = None, letter: Parameter = t) -> Proof:
    """The claim from premises that are assumed, unless others are given."""
    first = base or assumed(instantiate(claim, {letter: ZERO}))
    return rules.rising([first, step or assumed(bound(derivative(claim.body, letter), *claim.indices))], claim, letter)


def growing(claim: NonNegative) -> Proof:
    """That u t grows, under u >= 0."""
    return rules.bound([assumed(bound(U))], bound(derivative(claim.body, t)), number(0), ((0, (), (), number(1)),))


def test_exp_is_above_one_plus_t() -> None:
    claim = bound(subtract(exponential(T), add(number(1), T)))
    base = rules.bound([], instantiate(claim, {t: ZERO}), number(0))
    above = rules.tangent([], (), T)
    slope = bound(derivative(claim.body, t))
    found = rules.rising([base, rules.bound([above, assumed(LATER)], slope, number(0), USES)], claim, t)
    assert (found.hypotheses, found.conclusion) == ((LATER,), claim)
    assert replay(found) == found


USES = ((0, (), (), number(1)), (1, (), (), number(1)))


def test_one_function_for_each_index() -> None:
    claim = bound(multiply(power(entry(x, i), 2), T), i)
    base = rules.bound([], instantiate(claim, {t: ZERO}), number(0))
    slope = rules.bound([], bound(derivative(claim.body, t), i), power(entry(x, i), 2))
    assert rules.rising([base, slope], claim, t).conclusion == claim


def test_hypotheses_about_other_letters_stay() -> None:
    claim, known = bound(multiply(U, T)), bound(U)
    base = rules.bound([], instantiate(claim, {t: ZERO}), number(0))
    assert rules.rising([base, growing(claim)], claim, t).hypotheses == (known, LATER)


def test_a_number_declared_positive_has_no_0_to_start_from() -> None:
    body = parameter(sure)
    with pytest.raises(KernelError, match="may be 0"):
        rules.rising([assumed(bound(number(0))), assumed(bound(derivative(body, sure)))], bound(body), sure)


def test_a_hypothesis_about_t_is_refused() -> None:
    """What rises for t >= 1 only, or where t < 0 is given as well, may have fallen before."""
    claim = bound(multiply(U, T))
    base = rules.bound([], instantiate(claim, {t: ZERO}), number(0))
    slope = bound(derivative(claim.body, t))
    for about in (bound(subtract(T, number(1))), bound(multiply(number(-1), T)), slope, bound(T, strict=True)):
        later = rules.apply([rules.discharge([assumed(slope)], about), assumed(about)])
        with pytest.raises(KernelError, match="about t"):
            rules.rising([base, later], claim, t)
    first = rules.apply([rules.discharge([base], LATER), assumed(LATER)])
    with pytest.raises(KernelError, match="about t"):
        rules.rising([first, growing(claim)], claim, t)


def test_a_strict_claim_is_refused() -> None:
    claim = bound(T, strict=True)
    with pytest.raises(KernelError, match="strict"):
        rules.rising([assumed(bound(number(0), strict=True)), assumed(bound(derivative(T, t)))], claim, t)


def test_the_premises_are_about_this_function_at_0_and_its_slope_in_t() -> None:
    claim = bound(multiply(U, T))
    base = rules.bound([], instantiate(claim, {t: ZERO}), number(0))
    for wrong in (bound(number(0)), bound(multiply(U, number(1))), instantiate(claim, {u: ZERO}), claim):
        with pytest.raises(KernelError, match="at 0"):
            risen(claim, base=assumed(wrong))
    steep = bound(derivative(claim.body, t), strict=True)
    for wrong in (bound(derivative(claim.body, u)), bound(T), bound(derivative(T, t)), steep):
        with pytest.raises(KernelError, match="derivative"):
            risen(claim, base=base, step=assumed(wrong))
    assert risen(claim, base=base, step=growing(claim)).conclusion == claim


@pytest.mark.parametrize(
    "body",
    [
        reciprocal(subtract(T, number(1))),
        reciprocal(T),
        reciprocal(add(number(1), T)),
        logarithm(T),
        logarithm(add(number(1), T)),
        power(T, -1),
        power(subtract(T, number(1)), -2),
        multiply(number(0), reciprocal(T)),
        exponential(multiply(U, logarithm(T))),
        terms.summation((variable("s", n),), multiply(entry(x, variable("s", n)), reciprocal(T))),
        derivative(multiply(U, reciprocal(T)), u),
    ],
)
def test_what_may_have_no_slope_is_refused(body: Term) -> None:
    """`-1/(t - 1)` is 1 at 0 and rises wherever it has a slope, and it is negative for t > 1."""
    with pytest.raises(KernelError, match="may vanish|no derivative"):
        risen(bound(body))


def test_t_under_a_determinant_is_refused() -> None:
    body = determinant(i, j, multiply(T, entry(A, i, j)))
    with pytest.raises(KernelError, match=r"no derivative|may vanish"):
        risen(bound(body))


def test_a_derivative_in_t_itself_has_no_value_at_0() -> None:
    with pytest.raises(KernelError, match="at something else"):
        risen(bound(derivative(power(T, 3), t)), base=assumed(bound(number(0))))


def test_a_letter_is_no_number_to_rise_in() -> None:
    with pytest.raises(KernelError):
        risen(bound(T), base=assumed(bound(number(0))), step=assumed(bound(number(1))), letter=x)  # type: ignore[arg-type]
    one = Letter("z", (constant_size(1),))
    with pytest.raises(KernelError):
        rules.rising([assumed(bound(number(0))), assumed(bound(number(1)))], bound(T), one)
