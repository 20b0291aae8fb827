"""Products, quotients and powers: what is read, and what could be read in two ways."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Rational

import symattn as sa
from symattn.errors import LanguageError, StatementError
from symattn.language.trees.unevaluated import Trace
from symattn.proof.text.parse import parse

LETTERS = "A:n*n B:n*n X:n*d Y:n*d c:n*1 x:1*d y:1*d t:scalar e:positive"
n, d = sa.sizes("n d")
A, B = sa.matrix("A", n, n), sa.matrix("B", n, n)
X, Y, c = sa.matrix("X", n, d), sa.matrix("Y", n, d), sa.column("c", n)
x, y, t, e = sa.row("x", d), sa.row("y", d), sa.scalar("t"), sa.scalar("e", positive=True)
DOT = Trace(x @ y.T)


def left(text: str) -> Any:
    return parse(f"{LETTERS} |- {text} == 0").claim.left


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("X ∘ Y", sa.hadamard(X, Y)),
        ("X ∘ Y ∘ X", sa.hadamard(X, Y, X)),
        ("(A ∘ B) @ X", sa.hadamard(A, B) @ X),
        ("A @ (X ∘ Y)", A @ sa.hadamard(X, Y)),
        ("(A@(B)@X) ∘ Y", sa.hadamard(A @ B @ X, Y)),
        ("2 * X ∘ x", 2 * sa.hadamard(X, x)),
        ("(A @ X) ∘ Y", sa.hadamard(A @ X, Y)),
        ("X/Y", sa.quotient(X, Y)),
        ("X/c", sa.hadamard(X, sa.reciprocal(c) @ sa.ones(1, d))),
        ("1/x", sa.reciprocal(x)),
        ("t/x", t * sa.reciprocal(x)),
        ("x@y'*X", DOT * X),
        ("X*(x@y')", DOT * X),
        ("x@y'*(x@y')", DOT * DOT),
        ("(x@y')^2", DOT**2),
        ("X/(x@y')", X / DOT),
        ("X/2*t", Rational(1, 2) * t * X),
        ("0.5*X", Rational(1, 2) * X),
        ("1e-2*X", Rational(1, 100) * X),
        (".25*t", Rational(1, 4) * t),
        ("e^(1/2)", e ** Rational(1, 2)),
        ("matrix_power(A, 2)", A @ A),
    ],
)
def test_it_is_read_as(text: str, meant: Any) -> None:
    assert sa.decide(sa.Equal(left(text), meant)).status == "proved"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A^3 == A@A@A", "proved"),
        ("(A@B)² == A@B@A@B", "proved"),
        ("A ^ (2) == A@A", "proved"),
        ("(A + B)^2 == A^2 + 2*A@B + B^2", "refuted"),
        ("Gradient(tr(A^3), A) == 3*(A^2)'", "proved"),
        ("Gradient(tr(A^3), A) == 3*A^2", "refuted"),
    ],
)
def test_a_power_with_a_hat_is_that_of_the_matrix(text: str, status: str) -> None:
    assert sa.decide(f"{LETTERS} |- {text}").status == status


def test_a_quotient_is_not_evaluated() -> None:
    assert sa.decide(f"{LETTERS} |- (t/e)/(t/e) == 1").status == "refuted"
    assert sa.decide("a:scalar b:scalar c:scalar |- (a/b)/(c/b) == a/c").status == "refuted"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("A*B", ("A @ B", r"hadamard\(A, B\)")),
        ("2*A*B", (r"2\*A @ B", r"hadamard\(2\*A, B\)")),
        ("X*Y", ("X @ Y", r"hadamard\(X, Y\)")),
        ("x*y", ("x @ y", r"hadamard\(x, y\)")),
        ("(A + B)*(A - B)", (r"\(A \+ B\) @ \(A - B\)", r"hadamard\(\(A \+ B\), \(A - B\)\)")),
        ("A**2", (r"matrix_power\(A, 2\)", r"square\(A\)")),
        ("A**3", (r"matrix_power\(A, 3\)", "hadamard")),
        ("A**-1", (r"inverse\(A\)", r"reciprocal\(A\)")),
        ("X^2", (r"square\(X\)", r"normsquared\(X\)")),
        ("A^0.5", ("more than one thing", r"sqrt\(A\)")),
        ("A**0.5", ("more than one thing", r"sqrt\(A\)")),
        ("A**t", ("more than one thing", r"exp\(\(t\)\*log\(A\)\)")),
        ("(X*x)@x'", (r"Write X @ x,", r"hadamard\(X, x\)")),
        ("x**2", (r"square\(x\)", r"normsquared\(x\)")),
        ("A/B", (r"quotient\(A, B\)", r"A@inverse\(B\)")),
        ("1/A", (r"quotient\(1, A\)", r"inverse\(A\)")),
        ("A + 1", (r"ones\(n, n\)", r"identity\(n\)")),
        ("A @ B ∘ A", (r"\(A @ B\) ∘ C", r"A @ \(B ∘ C\)")),
        ("A @ (B) ∘ A", (r"\(A @ B\) ∘ C", r"A @ \(B ∘ C\)")),
        ("A ∘ B @ A", (r"\(A @ B\) ∘ C", r"A @ \(B ∘ C\)")),
    ],
)
def test_what_can_mean_two_things_is_refused_with_both(text: str, readings: tuple[str, str]) -> None:
    with pytest.raises((StatementError, LanguageError)) as caught:
        left(text)
    for reading in readings:
        assert caught.match(reading)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("t @ A", "'@' multiplies matrices"),
        ("A @ 2", "'@' multiplies matrices"),
        ("X/(t - t)/0", "division by zero"),
        ("1e99999*t", "the number is too large"),
        ("t**t", r"exp\(b\*log\(t\)\)"),
        ("t**A", "the exponent is not a number"),
    ],
)
def test_what_has_no_reading_is_refused(text: str, what: str) -> None:
    with pytest.raises(StatementError, match=what):
        left(text)
