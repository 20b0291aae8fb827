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
        ("X*Y", sa.hadamard(X, Y)),
        ("X*x", sa.hadamard(X, x)),
        ("c*X", sa.hadamard(c, X)),
        ("2*x*y*x", 2 * sa.hadamard(x, y, x)),
        ("(A@X)*Y", sa.hadamard(A @ X, Y)),
        ("A*X", A @ X),
        ("t*A*X", t * A @ X),
        ("X*x'", X @ x.T),
        ("c*x", c @ x),
        ("x*x/e", sa.hadamard(x, x) / e),
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


def test_a_quotient_is_not_evaluated() -> None:
    assert sa.decide(f"{LETTERS} |- (t/e)/(t/e) == 1").status == "refuted"
    assert sa.decide("a:scalar b:scalar c:scalar |- (a/b)/(c/b) == a/c").status == "refuted"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("A*B", ("A @ B", r"hadamard\(A, B\)")),
        ("2*A*B", (r"2\*A @ B", r"hadamard\(2\*A, B\)")),
        ("A*c", ("A @ c", r"hadamard\(A, c\)")),
        ("c'*A", ("c' @ A", r"hadamard\(c', A\)")),
        ("x*y'", ("x @ y'", r"hadamard\(x, y'\)")),
        ("(A*X)*Y", ("product of matrices in one place and entry by entry in another", r"\(A\*X\) @ Y")),
        ("A@X*Y", (r"\(A @ B\) ∘ C",)),
        ("(A + B)*(A - B)", (r"\(A \+ B\) @ \(A - B\)", r"hadamard\(\(A \+ B\), \(A - B\)\)")),
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
        ("X*c'", "'\\*' has nothing to multiply here"),
    ],
)
def test_what_has_no_reading_is_refused(text: str, what: str) -> None:
    with pytest.raises(StatementError, match=what):
        left(text)


def test_two_stars_of_one_statement_mean_the_same() -> None:
    with pytest.raises(StatementError, match="in one place and entry by entry in another"):
        parse(f"{LETTERS} |- A*X == X*Y")


def test_what_is_multiplied_entry_by_entry_is_not_the_product_of_matrices() -> None:
    """Near misses: each is true of the other reading."""
    assert sa.decide(f"{LETTERS} |- X*x == X@diag(x)").status == "proved"
    assert sa.decide(f"{LETTERS} |- total(x*y) == x@y'").status == "proved"
    assert sa.decide(f"{LETTERS} |- x*y == x@y'*ones(1, d)").status == "refuted"
    assert sa.decide(f"{LETTERS} |- c*x == hadamard(c@ones(1, d), ones(n, 1)@x)").status == "proved"
