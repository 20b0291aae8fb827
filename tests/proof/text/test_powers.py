"""Powers: of a square matrix, of entries, and what could be either."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import LanguageError, StatementError
from symattn.proof.text.parse import parse

LETTERS = "A:n*n B:n*n M:n*n:mask F:n*n:positive X:n*d Y:n*d:positive x:1*d s:1*n t:scalar e:positive"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A^3 == A@A@A", "proved"),
        ("A**3 == A@A@A", "proved"),
        ("A**0 == identity(n)", "proved"),
        ("A^2 == hadamard(A, A)", "refuted"),
        ("A@A**-1 == identity(n)", "proved"),
        ("(A@B)² == A@B@A@B", "proved"),
        ("(A@B)**2 == A**2@B**2", "refuted"),
        ("A ^ (2) == A@A", "proved"),
        ("(A + B)^2 == A^2 + 2*A@B + B^2", "refuted"),
        ("diag(s)^2 == diag(square(s))", "proved"),
        ("Gradient(tr(A**3), A) == 3*(A**2).T", "proved"),
        ("Gradient(tr(A^3), A) == 3*A^2", "refuted"),
    ],
)
def test_a_power_of_a_square_matrix_is_that_of_the_matrix(text: str, status: str) -> None:
    assert sa.decide(f"{LETTERS} |- {text}").status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("x**2 == square(x)", "proved"),
        ("X**3 == hadamard(X, X, X)", "proved"),
        ("X**0 == ones(n, d)", "proved"),
        ("x**2 == 1*x@x'*ones(1, d)", "refuted"),
        ("x**-1 == reciprocal(x)", "proved"),
        ("x**-2 == 1/x**2", "proved"),
        ("x**2*x**-1 == x", "proved"),
        ("x**-1*x == 1", "refuted"),
        ("total(tanh(x)**2) == normsquared(tanh(x))", "proved"),
        ("Y**(1/2) == sqrt(Y)", "proved"),
        ("hadamard(Y**t, Y) == Y**(t + 1)", "proved"),
        ("Y**t == Y", "refuted"),
        ("e**t*e == e**(t + 1)", "proved"),
        ("e**t == t*log(e)", "refuted"),
    ],
)
def test_a_power_of_what_is_not_square_is_that_of_the_entries(text: str, status: str) -> None:
    assert sa.decide(f"{LETTERS} |- {text}").status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("t**(n + d) == t**n*t**d", "proved"),
        ("t**(n + 1) == t**n*t", "proved"),
        ("t**(n + 1) == t**n", "refuted"),
        ("t**(n + d) == t**n + t**d", "refuted"),
    ],
)
def test_a_number_has_powers_of_sums_of_sizes(text: str, status: str) -> None:
    assert sa.decide(f"{LETTERS} |- {text}").status == status


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("exp(A)**2", (r"matrix_power\(exp\(A\), 2\)", r"square\(exp\(A\)\)")),
        ("(2*softmax(A) + B)**3", ("matrix_power", "hadamard")),
        ("hadamard(A, A) - A**2", (r"matrix_power\(A, 2\)", r"square\(A\)")),
        ("A**3 - A ∘ A", ("matrix_power", "hadamard")),
        ("M**2", (r"matrix_power\(M, 2\)", r"square\(M\)")),
        ("F**-1", (r"inverse\(F\)", r"reciprocal\(F\)")),
        ("X^2", (r"square\(X\)", r"normsquared\(X\)")),
        ("x²", (r"square\(x\)", r"normsquared\(x\)")),
        ("A^0.5", ("more than one thing", r"sqrt\(A\)")),
        ("A**0.5", ("more than one thing", r"sqrt\(A\)")),
        ("A**t", ("more than one thing", r"exp\(\(t\)\*log\(A\)\)")),
        ("X**t", ("more than one thing", r"exp\(\(t\)\*log\(X\)\)")),
    ],
)
def test_what_can_mean_two_things_is_refused_with_both(text: str, readings: tuple[str, str]) -> None:
    with pytest.raises((StatementError, LanguageError)) as caught:
        parse(f"{LETTERS} |- {text} == 0")
    for reading in readings:
        assert caught.match(reading)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1e99999*t", "the number is too large"),
        ("t**t", r"exp\(b\*log\(t\)\)"),
        ("t**A", "the exponent is not a number"),
        ("e**x", "the exponent is not a number"),
        ("e**9999", "the exponent is too large"),
    ],
)
def test_what_has_no_reading_is_refused(text: str, what: str) -> None:
    with pytest.raises(StatementError, match=what):
        parse(f"{LETTERS} |- {text} == 0")
