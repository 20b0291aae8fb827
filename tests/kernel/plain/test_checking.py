"""The plain checker as a whole: nothing leaves a sum, no order deceives it, and what it is given is only data."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from symattn.engine.finder import find
from symattn.errors import KernelError
from symattn.kernel.plain.checking import holds
from symattn.kernel.syntax.sizes import constant_index, symbol_size, variable
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    cardinal,
    delta,
    entry,
    exponential,
    multiply,
    number,
    parameter,
    power,
    reciprocal,
    subtract,
    summation,
)

n, z = symbol_size("n", 2), symbol_size("z", 0)
X, Y, A, B = (Letter(name, (n, n)) for name in "XYAB")
i, j, k, l, r = (variable(name, n) for name in "ijklr")
ONE = number(1)


def g(column: int) -> Term:
    return exponential(entry(X, i, column))


def y(column: int) -> Term:
    return exponential(entry(Y, i, column))


def whole(column: int) -> Term:
    """sum_k g_ik + y_ij, which knows j."""
    return add(summation((k,), multiply(g(k))), y(column))


ESCAPED = subtract(
    summation((j,), multiply(g(j), reciprocal(whole(j)))), subtract(ONE, multiply(y(j), reciprocal(whole(j))))
)
"""sum_j g_ij / P_ij = 1 - y_ij / P_ij: false, as the index j on the right has left the sum that binds it."""

WORDINGS = [
    (("cancel", (whole(column),), over, multiply(number(sign), times)),)
    for column in (j, k, l)
    for over in ((), (j,), (k,), (l,), (j, k), (k, j))
    for sign in (1, -1, 2)
    for times in (
        ONE,
        reciprocal(whole(j)),
        reciprocal(whole(k)),
        multiply(g(j), reciprocal(whole(j))),
        multiply(y(j), reciprocal(whole(j))),
        multiply(g(k), reciprocal(whole(j))),
    )
]


def test_no_index_leaves_the_sum_that_binds_it() -> None:
    shown = 0
    for steps in ((), *WORDINGS):
        for orders in ((), *(((a, b),) * times for a, b in ((0, 1), (1, 0)) for times in range(1, 9))):
            try:
                shown += holds(ESCAPED, steps, orders)
            except KernelError:
                continue
    assert not shown
    with pytest.raises(KernelError):
        find(ESCAPED)


def test_the_true_claim_beside_it_is_shown() -> None:
    below = summation((k,), g(k))
    claim = subtract(summation((j,), multiply(g(j), reciprocal(below))), ONE)
    assert holds(claim, *find(claim))


MATRIX_PRODUCT = subtract(
    summation((k, l), multiply(entry(A, i, k), entry(B, k, l), entry(A, l, j))),
    summation((l, k), multiply(entry(A, i, k), entry(B, k, l), entry(A, l, j))),
)
"""The same sum twice, whose indices are bound in another order."""


def test_one_order_shows_it_and_the_others_do_not() -> None:
    answers = {
        (a, b): holds(MATRIX_PRODUCT, (), (a, b)) for a in permutations(range(2)) for b in permutations(range(2))
    }
    assert [orders for orders, shown in answers.items() if shown] == [((0, 1), (1, 0)), ((1, 0), (0, 1))]


@pytest.mark.parametrize(
    "orders",
    [
        (),
        ((0, 1),),
        ((0, 1), (1, 0), (0, 1)),
        ((0,), (1, 0)),
        ((0, 0), (1, 1)),
        ((0, 1, 2), (1, 0)),
        ((0, 2), (1, 0)),
        ((-1, 0), (1, 0)),
        ((False, True), (1, 0)),
        ((0.0, 1.0), (1, 0)),
        ([0, 1], (1, 0)),
        ((int(i), int(j)), (1, 0)),
        (None, (1, 0)),
    ],
    ids=str,
)
def test_what_is_no_order_is_refused(orders: Any) -> None:
    with pytest.raises(KernelError):
        holds(MATRIX_PRODUCT, (), orders)


def test_no_order_shows_what_is_false() -> None:
    turned = subtract(
        summation((k, l), multiply(entry(A, k, l), entry(B, k, l))),
        summation((k, l), multiply(entry(A, k, l), entry(B, l, k))),
    )
    every = list(permutations(range(2)))
    assert not any(holds(turned, (), (a, b)) for a in every for b in every)


def test_a_step_with_an_index_of_its_own_is_refused() -> None:
    free = variable("e", z)
    unit = Letter("P", (z, z), frozenset({"permutation"}))
    for factor in (ONE, number(0), delta(free, free)):
        with pytest.raises(KernelError, match="bound nowhere"):
            holds(number(0), (("one_in_all", (unit, free, False), (), factor),), ())
    # under a sum it says n = n for the size of that index, which may be 0
    assert holds(number(0), (("one_in_all", (unit, free, False), (free,), number(0)),), ())


def test_an_equation_inside_of_a_function_may_not_use_an_index_of_its_own() -> None:
    free = variable("e", z)
    unit = Letter("P", (z, z), frozenset({"permutation"}))
    inside = (("one_in_all", (unit, free, False), (), ONE),)
    with pytest.raises(KernelError, match="bound nowhere"):
        holds(number(0), (("alike", ("exp", ONE, ONE, inside, ()), (), number(0)),), ())


def test_a_name_that_is_bound_twice_is_two_indices() -> None:
    same = summation((k,), multiply(entry(A, i, k), summation((k,), entry(B, k, k))))
    other = summation((k,), multiply(entry(A, i, k), summation((l,), entry(B, l, l))))
    wrong = summation((k,), multiply(entry(A, i, k), entry(B, k, k)))
    assert holds(subtract(same, other), *find(subtract(same, other)))
    with pytest.raises(KernelError):
        find(subtract(same, wrong))


def test_a_delta_between_two_bound_indices_leaves_one_of_them() -> None:
    claim = subtract(
        summation((k, l), multiply(delta(k, l), exponential(summation((r,), multiply(delta(r, l), entry(A, r, k)))))),
        summation((j,), exponential(entry(A, j, j))),
    )
    assert holds(claim, (), ())


def test_an_index_that_nothing_uses_gives_its_size_also_where_it_may_be_empty() -> None:
    e = variable("e", z)
    claim = subtract(summation((e,), ONE), ONE)
    assert not holds(claim, (), ())


def test_constants_of_a_size_are_different() -> None:
    first, second = (constant_index(at, n) for at in (0, 1))
    assert holds(delta(first, second), (), ())
    assert not holds(subtract(delta(i, first), delta(i, second)), (), ())


@pytest.mark.parametrize("steps", [[], None, (("cancel", (ONE,), ()),), ((),), "cancel"])
def test_steps_that_are_no_steps_are_refused(steps: Any) -> None:
    with pytest.raises((KernelError, TypeError)):
        holds(number(0), steps, ())


def test_a_product_that_is_too_long_is_refused() -> None:
    with pytest.raises(KernelError, match="too many"):
        holds(power(add(*(entry(A, i, constant_index(0, n)), entry(A, i, j))), 40), (), ())


def test_only_what_is_positive_has_all_powers() -> None:
    for base, shown in (
        (parameter(Parameter("tau", True)), True),
        (parameter(Parameter("a")), False),
        (cardinal(n), True),
        (cardinal(z), False),
    ):
        claim = subtract(multiply(base, power(base, -1)), ONE)
        assert holds(claim, (), ()) is shown
    with pytest.raises(KernelError, match="not seen to be positive"):
        holds(power(parameter(Parameter("a")), Fraction(1, 2)), (), ())
