"""Derivatives as nodes: written out they agree with the formulas of the books."""

from __future__ import annotations

import pickle

import pytest
from sympy import ImmutableMatrix, Rational, eye, log as ln, sympify

from symattn.errors import LanguageError
from symattn.language import (
    Gradient,
    Jacobian,
    Partial,
    exp,
    family,
    hadamard,
    log,
    matrix,
    normsquared,
    row,
    scalar,
    sizes,
    softmax,
    total,
)
from symattn.language.trees.base import explicit

d = sizes("d")
t = scalar("t")
A = matrix("A", 2, 2)


def numbers(explicit: object, **values: ImmutableMatrix) -> ImmutableMatrix:
    rule = {e: values[e.parent.name][int(e.i), int(e.j)] for e in explicit.atoms(type(A[0, 0]))}  # type: ignore[attr-defined]
    return sympify(explicit).xreplace(rule)


def test_the_gradient_of_the_squared_norm_is_twice_the_matrix() -> None:
    assert Gradient(normsquared(A), A).as_explicit() == 2 * A.as_explicit()


def test_the_gradient_has_the_shape_of_the_variable_and_entry_ij_belongs_to_entry_ij() -> None:
    B = matrix("B", 2, 3)
    C = matrix("C", 2, 3)
    linear = Gradient(total(C.T @ B), B)
    assert linear.shape == (2, 3)
    sums = [sum(C.as_explicit()[i, :]) for i in range(2)]
    assert linear.as_explicit() == ImmutableMatrix(2, 3, lambda i, j: sums[i])


def test_a_one_by_one_matrix_has_a_gradient_like_a_scalar() -> None:
    x, W = matrix("x", 1, 2), matrix("W", 2, 2)
    outer = x.as_explicit().T * x.as_explicit()
    assert Gradient(x @ W @ x.T, W).as_explicit() == outer


def test_the_jacobian_of_softmax_is_diag_p_minus_p_p() -> None:
    """SymPy's own derivative drops the second term."""
    x = matrix("x", 1, 3)
    scores = ImmutableMatrix([[ln(1), ln(2), ln(3)]])
    p = [Rational(1, 6), Rational(2, 6), Rational(3, 6)]
    expected = ImmutableMatrix(3, 3, lambda i, j: p[i] * (eye(3)[i, j] - p[j]))
    assert numbers(Jacobian(softmax(x), x).as_explicit(), x=scores) == expected


def test_the_members_of_a_family_are_constants_in_the_gradient() -> None:
    F = family("F", 2, 2, 2)
    assert Gradient(total(hadamard(F[0], A)), A).as_explicit() == F[0].as_explicit()


def test_the_jacobian_has_a_row_for_each_output() -> None:
    x, W = matrix("x", 1, 2), matrix("W", 2, 3)
    assert Jacobian(x @ W, x).shape == (3, 2)
    assert Jacobian(x @ W, x).as_explicit() == W.as_explicit().T


def test_the_partial_derivative_is_taken_in_a_scalar() -> None:
    assert Partial(total(exp(t * A)), t).as_explicit() == explicit(sum(a * exp(t * a) for a in A.as_explicit()))
    assert Partial(log(t), t).is_real


@pytest.mark.parametrize("variable", [A @ A, A.T, 2 * A, t])
def test_a_gradient_is_taken_in_a_letter(variable: object) -> None:
    with pytest.raises(LanguageError, match="taken in a letter"):
        Gradient(total(A), variable)


@pytest.mark.parametrize("variable", [A, t + 1, A[0, 0]])
def test_a_partial_derivative_is_taken_in_a_scalar_letter(variable: object) -> None:
    with pytest.raises(LanguageError, match="scalar letter"):
        Partial(t, variable)


@pytest.mark.parametrize("node", [Gradient(total(A), A), Partial(t**2, t), Jacobian(row("x", d), row("x", d))])
def test_a_derivative_survives_pickling_and_rebuilding(node: object) -> None:
    assert pickle.loads(pickle.dumps(node)) == node
    assert node.func(*node.args) == node  # type: ignore[attr-defined]
