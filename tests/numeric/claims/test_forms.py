"""Bounds of degree 2 for all values: decided both ways, and left alone where they are something else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import symattn as sa
from symattn import AtMost, ForAll, matrix, normsquared, row, scalar, sizes, total, witness
from symattn.numeric import FLOAT64

d = sizes("d")
A, x, y, t = matrix("A", d, d), row("x", d), row("y", d), scalar("t")
FORM = ForAll((x,), AtMost(0, x @ A @ x.T))


def said(claim: Any, values: Any, arithmetic: Any = None) -> Any:
    at = sa.sample(claim, sizes={d: 2}, values={A: np.array(values)})
    return witness(claim, at, arithmetic)


@pytest.mark.parametrize("values", [[[1, 0], [0, 0]], [[1, 5], [-5, 1]], [[2, -2], [-2, 2]]])
def test_a_semidefinite_form_is_at_least_0_for_certain(values: Any) -> None:
    found = said(FORM, values)
    assert (found.holds, found.certain) == (True, True)


@pytest.mark.parametrize("values", [[[1, 0], [0, -1]], [[0, 1], [0, 0]], [[1, 3], [0, 2]]])
def test_another_one_is_less_somewhere(values: Any) -> None:
    found = said(FORM, values)
    assert (found.holds, found.certain) == (False, True)


def test_a_constant_and_a_linear_part_count() -> None:
    """t² - 2 t + 1 >= 0 for all t, and t² - 3 t + 1 is not."""
    fair, unfair = (ForAll((t,), AtMost(0, t**2 - k * t + 1)) for k in (2, 3))
    assert [witness(c, sa.sample(c)).holds for c in (fair, unfair)] == [True, False]
    assert witness(fair, sa.sample(fair)).certain


def test_a_linear_bound_holds_for_all_only_where_it_is_constant() -> None:
    assert said(ForAll((x,), AtMost(total(x @ A), 0)), [[0, 0], [0, 0]]).holds is True
    assert said(ForAll((x,), AtMost(total(x @ A), 0)), [[0, 0], [1, 0]]).holds is False


def test_of_several_letters_the_degree_is_that_of_all() -> None:
    """x A yᵀ takes both signs."""
    claim = ForAll((x, y), AtMost(0, x @ A @ y.T + normsquared(x) + normsquared(y)))
    assert said(claim, [[1, 0], [0, 2]]).holds is True
    assert said(claim, [[1, 0], [0, 3]]).holds is False


def test_a_quartic_is_not_decided() -> None:
    quartic = ForAll((x,), AtMost(0, (x @ A @ x.T) @ (x @ A @ x.T)))
    found = said(quartic, [[1, 0], [0, 1]])
    assert (found.holds, found.certain) == (True, False)


def test_letters_with_facts_are_left_alone() -> None:
    s = scalar("s", positive=True)
    claim = ForAll((s,), AtMost(0, s))
    assert witness(claim, sa.sample(claim)).holds is True


def test_floats_decide_nothing_for_all() -> None:
    assert not said(FORM, [[1, 0], [0, 1]], FLOAT64).certain
