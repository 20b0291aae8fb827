"""The chain rule where a theorem says that the inner function is positive, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay
from symattn.kernel.plain.slopes import slope
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, NonNegative
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import constant_size, variable
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    derivative,
    determinant,
    entry,
    logarithm,
    multiply,
    negative,
    number,
    parameter,
    reciprocal,
    summation,
)
from tests.kernel.build import i, j, m, n

A, B = Letter("A", (n, n), frozenset({"invertible"})), Letter("B", (n, n))
p, q, r = (variable(name, n) for name in "pqr")
x, y = Parameter("x"), Letter("y", (n,))
t = Letter("t", (n,))
ROW = summation((r,), multiply(entry(B, p, r), entry(t, r)))


def positive(term: Term, *indices: Any, strict: bool = True) -> Proof:
    return rules.assume([], NonNegative(indices, term, strict))


def chained(premise: Proof, body: Term, letter: Letter, function: str = "reciprocal") -> Proof:
    return rules.chain([premise], (q,), body, ((letter, function),), t, (q,))


def test_a_reciprocal_is_differentiated_where_it_is_positive() -> None:
    found = chained(positive(ROW, p), summation((i,), multiply(entry(y, i), entry(t, i))), y)
    whole = summation((i,), multiply(reciprocal(terms.reindex(ROW, {p: i})), entry(t, i)))
    assert isinstance(found.conclusion, Equation)
    assert found.conclusion.left is derivative(whole, t, q)
    steep = multiply(entry(t, p), reciprocal(ROW), reciprocal(ROW), entry(B, p, q))
    right = terms.subtract(reciprocal(terms.reindex(ROW, {p: q})), summation((p,), steep))
    assert rules.identity([], Equation((q,), found.conclusion.right, right))
    assert replay(found).hypotheses == (NonNegative((p,), ROW, True),)


def test_a_logarithm_is_differentiated_where_it_is_positive() -> None:
    one, at = Letter("z", ()), parameter(x)
    found = rules.chain([positive(at)], (), entry(one), ((one, "log"),), x, ())
    assert rules.identity([], Equation((), found.conclusion.right, reciprocal(at)))
    with pytest.raises(KernelError):
        rules.identity([], Equation((), derivative(logarithm(at), x), reciprocal(at)))


@pytest.mark.parametrize(
    ("premise", "letter", "function"),
    [
        (positive(ROW, p, strict=False), y, "reciprocal"),
        (positive(ROW, p), y, "exp"),
        (positive(ROW, p), Letter("y", (n,), frozenset({"positive"})), "log"),
        (positive(ROW, p), Letter("y", (m,)), "reciprocal"),
        (positive(ROW, p), t, "reciprocal"),
        (positive(ROW, p), B, "reciprocal"),
        (positive(terms.reindex(ROW, {p: q}), q), y, "reciprocal"),
        (rules.assume([], Equation((p,), ROW, number(1))), y, "reciprocal"),
    ],
    ids=["not strict", "exp", "facts", "size", "its own letter", "in the premise", "an index of the place", "equation"],
)
def test_what_is_no_chain_is_refused(premise: Proof, letter: Letter, function: str) -> None:
    with pytest.raises(KernelError):
        chained(premise, summation((i,), entry(letter, i) if len(letter.sizes) == 1 else number(1)), letter, function)


def test_what_may_vanish_elsewhere_is_refused() -> None:
    other = reciprocal(entry(t, i))
    with pytest.raises(KernelError, match="may vanish"):
        chained(positive(ROW, p), summation((i,), multiply(entry(y, i), other)), y)


def test_two_letters_of_one_name_are_refused() -> None:
    both = (y, "reciprocal"), (y, "log")
    with pytest.raises(KernelError):
        rules.chain([positive(ROW, p), positive(ROW, p)], (q,), summation((i,), entry(y, i)), both, t, (q,))


def test_derivatives_in_an_invertible_letter() -> None:
    inside = entry(inverted(A), i, j)
    assert slope(inside, A, (p, q)) is multiply(number(-1), entry(inverted(A), i, p), entry(inverted(A), q, j))
    det = determinant(i, j, entry(A, i, j))
    assert slope(det, A, (p, q)) is multiply(det, entry(inverted(A), q, p))


def test_derivatives_that_are_not_known_are_refused() -> None:
    with pytest.raises(KernelError, match="inverse"):
        derivative(entry(A, i, j), inverted(A), p, q)
    for fact in ("symmetric", "orthogonal", "permutation", "mask", "skew", "idempotent"):
        with pytest.raises(KernelError, match="vary freely"):
            derivative(number(1), Letter("S", (n, n), frozenset({fact})), p, q)
    for body in (entry(A, j, i), multiply(entry(A, i, j), entry(B, i, j)), negative(entry(A, i, j))):
        with pytest.raises(KernelError):
            slope(determinant(i, j, body), A, (p, q))
    with pytest.raises(KernelError):
        slope(determinant(i, j, entry(B, i, j)), B, (p, q))


def _product_of_determinants() -> Proof:
    return rules.det_of_product((), Array((i, j), entry(A, i, j)), Array((i, j), entry(B, i, j)))


def test_what_is_equal_for_all_values_has_the_same_slope() -> None:
    same = _product_of_determinants()
    found = rules.differentiate((same,), (p, q), A, (p, q))
    sides = (same.conclusion.left, same.conclusion.right)
    assert (found.hypotheses, found.conclusion) == ((), Equation((p, q), *(derivative(s, A, p, q) for s in sides)))
    assert replay(found).conclusion == found.conclusion


def test_what_is_equal_here_alone_has_not() -> None:
    """x = 1 would give 1 = 0."""
    here = rules.assume((), Equation((), parameter(x), number(1)))
    with pytest.raises(KernelError, match="varied"):
        rules.differentiate((here,), (), x, ())
    assert rules.differentiate((here,), (), Parameter("y"), ()).hypotheses == here.hypotheses


def test_an_index_for_which_the_premise_may_say_nothing_stays() -> None:
    """Over an index that has no values 0 = 1 holds."""
    nowhere = variable("nowhere", constant_size(0))
    false = rules.identity((), Equation((nowhere,), parameter(x), number(1)))
    with pytest.raises(KernelError, match="index"):
        rules.differentiate((false,), (), x, ())
    assert rules.differentiate((false,), (nowhere,), x, ()).conclusion.indices == (nowhere,)


def test_letters_that_do_not_vary_freely_are_refused() -> None:
    one = Letter("S", (n, n), frozenset({"symmetric"}))
    same = rules.identity((), Equation((i, j), entry(one, i, j), entry(one, j, i)))
    with pytest.raises(KernelError, match="vary freely"):
        rules.differentiate((same,), (i, j, p, q), one, (p, q))


def test_what_has_no_slope_gets_none() -> None:
    """x x (1/x) = x, so the slopes are equal, but the left one is not to be had from the parts."""
    at = parameter(x)
    left = multiply(at, at, reciprocal(at))
    same = rules.differentiate((rules.regular((), Equation((), left, at)),), (), x, ())
    with pytest.raises(KernelError):
        rules.combine(
            (same,), Equation((), multiply(number(2), at, reciprocal(at)), number(1)), ((0, (), (), number(1)),)
        )
