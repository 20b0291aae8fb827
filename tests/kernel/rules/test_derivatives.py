"""The chain rule where a theorem says that the inner function is positive, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay
from symattn.kernel.plain.slopes import slope
from symattn.kernel.rules.ranks import unit_equation
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
    said = premise.conclusion
    inner = Array(said.indices, said.body) if isinstance(said, NonNegative) else Array((p,), ROW)
    return rules.chain([premise], (q,), body, ((letter, function, inner),), t, (q,))


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
    found = rules.chain([positive(at)], (), entry(one), ((one, "log", Array((), at)),), x, ())
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
    both = (y, "reciprocal", Array((p,), ROW)), (y, "log", Array((r,), terms.reindex(ROW, {p: r})))
    premises = [positive(inner.body, *inner.indices) for _, _, inner in both]
    with pytest.raises(KernelError, match="another one"):
        rules.chain(premises, (q,), summation((i,), entry(y, i)), both, t, (q,))


ONE, TWO, THREE = (Letter(name, ()) for name in ("one", "two", "three"))
LINE = terms.add(entry(B, i, j), multiply(parameter(x), terms.delta(i, j)))
MATRIX = Array((i, j), LINE)
INVERSE = Array((i, j), entry(Letter("C", (n, n)), i, j))


def inverse_of(matrix: Array, other: Array = INVERSE) -> Proof:
    return rules.assume((), unit_equation(matrix, other))


def test_a_determinant_is_differentiated_where_its_matrix_has_an_inverse() -> None:
    """d det(B + x) / dx = det(B + x) tr C, for the inverse C."""
    found = rules.chain([inverse_of(MATRIX)], (), entry(ONE), ((ONE, INVERSE, MATRIX),), x, ())
    det = determinant(i, j, LINE)
    assert isinstance(found.conclusion, Equation)
    assert found.conclusion.left is derivative(det, x)
    trace = summation((i,), entry(Letter("C", (n, n)), i, i))
    assert rules.identity([], Equation((), found.conclusion.right, multiply(det, trace)))
    assert replay(found).hypotheses == (unit_equation(MATRIX, INVERSE),)


def test_what_a_letter_stands_for_may_have_the_letters_before_it() -> None:
    """d log(log(x)) / dx = 1 / (x log x), where x and log x are positive."""
    at = parameter(x)
    outer = (ONE, "log", Array((), at)), (TWO, "log", Array((), entry(ONE)))
    found = rules.chain([positive(at), positive(logarithm(at))], (), entry(TWO), outer, x, ())
    assert isinstance(found.conclusion, Equation)
    assert found.conclusion.left is derivative(logarithm(logarithm(at)), x)
    once = multiply(reciprocal(at), reciprocal(logarithm(at)))
    assert rules.identity([], Equation((), found.conclusion.right, once))


@pytest.mark.parametrize(
    ("premise", "matrix", "inverse"),
    [
        (inverse_of(INVERSE, MATRIX), MATRIX, INVERSE),
        (inverse_of(MATRIX), Array((j, i), LINE), INVERSE),
        (inverse_of(MATRIX), MATRIX, Array((j, i), INVERSE.body)),
        (positive(determinant(i, j, LINE)), MATRIX, INVERSE),
    ],
    ids=["the other product", "transposed", "the inverse transposed", "a determinant that is positive"],
)
def test_a_determinant_without_this_inverse_is_refused(premise: Proof, matrix: Array, inverse: Array) -> None:
    with pytest.raises(KernelError, match="inverse"):
        rules.chain([premise], (), entry(ONE), ((ONE, inverse, matrix),), x, ())


def test_a_letter_that_stands_for_itself_or_for_what_comes_later_is_refused() -> None:
    """d log x / dx by an x > 0 in which a letter is left would take that letter for a constant."""
    for own in (ONE, TWO):
        at = terms.add(parameter(x), entry(own))
        outer = (ONE, "log", Array((), at)), (TWO, "log", Array((), parameter(x)))
        with pytest.raises(KernelError, match="occurs in what it stands for"):
            rules.chain([positive(at), positive(parameter(x))], (), entry(ONE), outer, x, ())


def test_a_letter_under_a_derivative_in_the_same_unknown_is_refused() -> None:
    """d/dx of x y at y = log x is not that of x log x."""
    body = derivative(multiply(parameter(x), entry(ONE)), x)
    with pytest.raises(KernelError, match="something else"):
        rules.chain([positive(parameter(x))], (), body, ((ONE, "log", Array((), parameter(x))),), x, ())


def test_an_inner_slope_is_not_forgotten() -> None:
    """What one letter stands for moves with the letter before it: 1/log x has the slope -1/(x log x log x)."""
    at = parameter(x)
    outer = (ONE, "log", Array((), at)), (TWO, "reciprocal", Array((), entry(ONE)))
    found = rules.chain([positive(at), positive(logarithm(at))], (), entry(TWO), outer, x, ())
    over = reciprocal(logarithm(at))
    assert isinstance(found.conclusion, Equation)
    assert rules.identity([], Equation((), found.conclusion.right, multiply(number(-1), reciprocal(at), over, over)))


def test_an_index_of_the_matrix_is_not_one_of_the_place() -> None:
    matrix = Array((i, j), entry(B, i, j))
    with pytest.raises(KernelError, match="index"):
        rules.chain([inverse_of(matrix)], (i, j), entry(ONE), ((ONE, INVERSE, matrix),), B, (i, j))
    assert rules.chain([inverse_of(matrix)], (p, q), entry(ONE), ((ONE, INVERSE, matrix),), B, (p, q))


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
