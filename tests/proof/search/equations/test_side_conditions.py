"""Derivatives and quotients where what is given makes them sound, and not where nothing does."""

from __future__ import annotations

from typing import Any

import pytest

from symattn import (
    Equal,
    Gradient,
    Partial,
    Positive,
    decide,
    determinant,
    exp,
    gradient,
    hadamard,
    inner,
    inverse,
    log,
    matrix,
    ones,
    prove,
    reciprocal,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    trace,
)
from symattn.errors import LanguageError

m, n = sizes("m n")
x, y = scalar("x"), scalar("y")
A, B = matrix("A", n, n, invertible=True), matrix("B", n, n)
X, S, G = matrix("X", m, n), matrix("S", m, n), matrix("G", m, n)
M = matrix("M", m, n, mask=True)
P = softmax(S, mask=M)
VISIBLE = Positive(rowsum(hadamard(M, exp(S))))

UNDER = {
    "log": (Equal(Partial(log(x), x), 1 / x), Positive(x)),
    "quotient": (Equal(Partial(y / x, x), -y / x**2), Positive(x)),
    "entry by entry": (Equal(Gradient(total(log(X)), X), reciprocal(X)), Positive(X)),
    "log det": (Equal(Gradient(log(determinant(A)), A), inverse(A).T), Positive(determinant(A))),
    "masked softmax": (Equal(Gradient(inner(G, P), S), hadamard(P, G - rowsum(hadamard(P, G)) @ ones(1, n))), VISIBLE),
    "x over itself": (Equal(x / x, 1), Positive(x)),
    "exp of log": (Equal(exp(log(x) + y), x * exp(y)), Positive(x)),
}


@pytest.mark.parametrize("name", UNDER)
def test_it_holds_where_something_is_positive(name: str) -> None:
    claim, given = UNDER[name]
    assert prove(claim, given).hypotheses == (given,)


@pytest.mark.parametrize("name", UNDER)
def test_it_is_not_proved_without(name: str) -> None:
    assert decide(UNDER[name][0], timeout=20).status != "proved"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (Equal(Partial(log(x), x), 1 / x**2), Positive(x)),
        (Equal(Partial(1 / x, x), 1 / x**2), Positive(x)),
        (Equal(Gradient(log(determinant(A)), A), inverse(A)), Positive(determinant(A))),
        (Equal(Gradient(determinant(A), A), determinant(A) * inverse(A)), ()),
        (Equal(Gradient(trace(B @ inverse(A)), A), inverse(A) @ B @ inverse(A)), ()),
    ],
    ids=["log", "reciprocal", "turned", "det turned", "sign"],
)
def test_near_misses_are_refuted(claim: Any, given: Any) -> None:
    assert decide(claim, given, timeout=20).status == "refuted"


def test_gradients_in_invertible_letters() -> None:
    assert prove(Equal(gradient(trace(B @ inverse(A)), A), -(inverse(A) @ B @ inverse(A)).T))
    assert prove(Equal(gradient(determinant(A), A), determinant(A) * inverse(A).T))


def test_a_letter_that_does_not_vary_freely_is_refused() -> None:
    with pytest.raises(LanguageError, match="vary freely"):
        decide(Equal(Gradient(total(M), M), ones(m, n)))


u, v, c = matrix("u", 1, n), matrix("v", 1, n), scalar("c")
LENGTH, APART = exp(log(total(hadamard(u, u))) / 2), exp(log(total(hadamard(u - v, u - v))) / 2)
LONG, FAR = Positive(total(hadamard(u, u))), Positive(total(hadamard(u - v, u - v)))

INSIDE = {
    "of a quotient": (Equal(inner(u, Gradient(inner(v, u) / LENGTH, u)), 0), LONG),
    "of a difference": (Equal(Gradient(APART, u), (u - v) / APART), FAR),
    "beside others": (Equal(c * inner(u, Gradient(LENGTH, u)) + c, c * LENGTH + c), LONG),
}


@pytest.mark.parametrize("name", INSIDE)
def test_a_derivative_is_taken_wherever_it_stands(name: str) -> None:
    claim, given = INSIDE[name]
    assert prove(claim, given).hypotheses == (given,)
    assert decide(claim, timeout=20).status == "undecided"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (Equal(inner(u, Gradient(inner(v, u) * LENGTH, u)), 0), LONG),
        (Equal(Gradient(APART, u), (v - u) / APART), FAR),
        (Equal(inner(u, Gradient(LENGTH, u)), 2 * LENGTH), LONG),
    ],
)
def test_near_misses_of_these_are_refuted(claim: object, given: object) -> None:
    assert decide(claim, given, timeout=20).status == "refuted"


LINE = "A:n*n B:n*n s:scalar |- "
GRAM = "A:n*d e:positive |- "
DETERMINANTS = {
    "of a sum": (LINE + "Partial(det(B + s*A), s) == det(B + s*A)*trace(inv(B + s*A)@A)", "det(B + s*A) > 0"),
    "log det of a sum": (LINE + "Partial(log(det(B + s*A)), s) == trace(inv(B + s*A)@A)", "det(B + s*A) > 0"),
    "1/det of a sum": (LINE + "Partial(1/det(B + s*A), s) == -trace(inv(B + s*A)@A)/det(B + s*A)", "det(B + s*A) > 0"),
    "of a Gram matrix": (
        GRAM + "Gradient(log(det(A@A.T + e*identity(n))), A) == 2*inv(A@A.T + e*identity(n))@A",
        "det(A@A.T + e*identity(n)) > 0",
    ),
    "of an inverse": ("X:n*n |- Gradient(log(det(inv(X))), X) == -inv(X).T", "det(X) > 0"),
}


@pytest.mark.parametrize("name", DETERMINANTS)
def test_a_determinant_is_differentiated_where_there_is_an_inverse(name: str) -> None:
    claim, given = DETERMINANTS[name]
    assert decide(claim, [given], timeout=20).status == "proved"


def test_without_an_inverse_it_is_not() -> None:
    """Where det(B + s A) = 0 the slope need not be."""
    claim = LINE + "Partial(det(B + s*A), s) == det(B + s*A)*trace(B@A)"
    assert decide(claim, timeout=20).status == "refuted"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (LINE + "Partial(log(det(B + s*A)), s) == trace(inv(B + s*A)@A.T)", "det(B + s*A) > 0"),
        (LINE + "Partial(log(det(B + s*A)), s) == trace(A)", "det(B + s*A) > 0"),
        (LINE + "Partial(1/det(B + s*A), s) == trace(inv(B + s*A)@A)/det(B + s*A)", "det(B + s*A) > 0"),
        (
            GRAM + "Gradient(log(det(A@A.T + e*identity(n))), A) == inv(A@A.T + e*identity(n))@A",
            "det(A@A.T + e*identity(n)) > 0",
        ),
        ("X:n*n |- Gradient(log(det(inv(X))), X) == inv(X).T", "det(X) > 0"),
    ],
)
def test_near_misses_of_determinants_are_refuted(claim: str, given: str) -> None:
    assert decide(claim, [given], timeout=20).status == "refuted"


def test_logarithms_inside_of_each_other() -> None:
    """Each needs its own condition."""
    claim, conditions = Equal(Partial(log(1 + log(x)), x), 1 / (x * (1 + log(x)))), [Positive(x), Positive(1 + log(x))]
    assert prove(claim, conditions)
    for left in conditions:
        assert decide(claim, [left], timeout=20).status == "undecided"
    assert decide(Equal(Partial(log(1 + log(x)), x), 1 / (1 + log(x))), conditions, timeout=20).status == "refuted"
