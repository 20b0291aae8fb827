"""What is judged is what was written: nothing cancels, and nothing vanishes, before the kernel looks.

1/0 is 0 here, and log is known of positive numbers only.
"""

from __future__ import annotations

import numpy as np
import pytest

import symattn as sa
from symattn.proof.text.parse import parse

n = sa.sizes("n")
A, B, W = (sa.matrix(name, n, n) for name in "ABW")
a, b, c, t = (sa.scalar(name) for name in "abct")
p = sa.scalar("p", positive=True)

TEXTS = {
    "A:n*n |- total(A)/total(A)*A == A": "refuted",
    "A:n*n |- trace(A)/trace(A)*A == A": "refuted",
    "A:n*n |- exp(log(total(A))) == total(A)": "refuted",
    "A:n*n |- exp(log(A)) == A": "refuted",
    "x:scalar A:n*n |- exp(3*log(x))*A == x**3*A": "refuted",
    "n>=0 A:k*k |- n/n*A == A": "refuted",
    "n>=1 A:k*k B:n*k |- n/n*A == A": "proved",
    "A:n*m |- 1/total(A)*total(A)*ones(n,1) == total(A)**2*ones(n,1)": "refuted",
    "a:scalar b:scalar c:scalar |- (a/b)/(c/b) == a/c": "refuted",
    "a:scalar b:positive c:scalar |- (a/b)/(c/b) == a/c": "proved",
    "b:scalar |- b/b == 1": "refuted",
    "b:scalar |- b/b == 0": "refuted",
    "b:scalar |- b**2/b == b": "proved",
    "b:positive |- b/b == 1": "proved",
    "b:positive |- exp(log(b)) == b": "proved",
    "b:positive |- (b**(1/2))**2 == b": "proved",
    "b:scalar |- 1/(1/b) == b": "proved",
    "b:scalar |- b**0 == 1": "proved",
    "|- 1*1 == 1": "proved",
    "|- 2/2 == 1": "proved",
    "x:1*n |- total(softmax(x)) == 1*1": "proved",
    "A:n*n |- A - A == 0*A": "proved",
    "W:n*n |- 0*W == W": "refuted",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_judged_as_it_was_written(text: str) -> None:
    goal = parse(text)
    assert sa.decide(goal.claim, goal.given).status == TEXTS[text]


def test_a_counterexample_to_a_text_is_one() -> None:
    goal = parse("A:n*m |- 1/total(A)*total(A)*ones(n,1) == total(A)**2*ones(n,1)")
    found = sa.decide(goal.claim).counterexample
    assert found.detail == "the value is 1, but 4"


CLAIMS = {
    "a quotient": (sa.Equal(t / t, 1), "refuted"),
    "quotients of quotients": (sa.Equal((a / b) / (c / b), a / c), "refuted"),
    "a matrix over a number times it": (sa.Equal(t * (A / t), A), "refuted"),
    "the same for a positive one": (sa.Equal(p * (A / p), A), "proved"),
    "a scale inside softmax": (sa.Equal(sa.softmax(t * A, scale=1 / t), sa.softmax(A)), "refuted"),
    "exp of log": (sa.Equal(sa.exp(sa.log(t)), t), "refuted"),
    "a reciprocal": (sa.Equal(t * sa.reciprocal(t), 1), "refuted"),
    "a ratio of traces": (sa.Equal(sa.trace(A) / sa.trace(A), 1), "refuted"),
    "a ratio of entries": (sa.Equal(sa.entry(A, 0, 0) / sa.entry(A, 0, 0), 1), "refuted"),
    "a ratio of totals": (sa.Equal(sa.total(A) / sa.total(A), 1), "refuted"),
    "a square over its root": (sa.Equal(t**2 / t, t), "proved"),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_what_python_writes_with_our_letters_is_judged_as_written(name: str) -> None:
    claim, status = CLAIMS[name]
    assert sa.decide(claim).status == status


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (A - A, "A - A"),
        (0 * W, "0 W"),
        (A @ A, "A A"),
        (B + A, "B + A"),
        (sa.zeros(n, n) @ W, "zeros(n, n) W"),
        (W @ sa.identity(n), "W I"),
        ((2 * t) * (A / t), "(2 t/t) A"),
        (W.T + W.T, "Wᵀ + Wᵀ"),
        (W.T @ A - W.T @ A, "Wᵀ A - Wᵀ A"),
    ],
)
def test_no_letter_vanishes_and_nothing_is_merged(expr: object, text: str) -> None:
    assert sa.text(expr) == text


@pytest.mark.parametrize(("expr", "text"), [(sum([A, B]), "A + B"), (np.int64(2) * A, "2 A"), (np.int64(2) * t, "2 t")])
def test_what_python_and_numpy_begin_with_is_read(expr: object, text: str) -> None:
    """Python's own sum starts at 0, and a number of NumPy would make an array of the matrix."""
    assert sa.text(expr) == text


def test_every_size_that_was_written_is_one_that_it_is_said_for() -> None:
    goal = parse("n>=0 A:k*k |- (n/n)*A == (n/n)*A")
    assert {str(size) for size in goal.claim.sizes} == {"n", "k"}


def test_a_transpose_in_a_text_is_kept() -> None:
    assert sa.text(parse("A:n*m B:m*k |- (A@B).T == B.T@A.T").claim) == "(A B)ᵀ = Bᵀ Aᵀ"


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        ((t / t) ** -2, "1/(t/t)²"),
        (3 * (t / t) ** -2, "3/(t/t)²"),
        (sa.exp(t) ** -2, "1/exp(t)²"),
        (p / sa.exp(t) ** 2, "p/exp(t)²"),
    ],
)
def test_a_negative_power_is_printed_as_it_was_written(expr: object, text: str) -> None:
    assert sa.text(expr) == text


def test_a_negative_power_of_exp_is_decided() -> None:
    goal = parse("t:scalar |- exp(t)**(-2) == exp(-2*t)")
    assert sa.decide(goal.claim).status == "proved"


@pytest.mark.parametrize("scale", [t / t, sa.exp(t) * sa.exp(p)])
def test_a_gradient_cancels_nothing(scale: object) -> None:
    assert sa.gradient(scale * sa.total(A), A) == scale * sa.ones(n, n)
