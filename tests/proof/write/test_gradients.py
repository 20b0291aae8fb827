"""Gradients that are found: each rule against differences of nearby values, and a refusal where there is none."""

from __future__ import annotations

import random
from importlib import import_module
from typing import Any

import pytest
import sympy

import symattn as sa
from symattn import Equal
from symattn.errors import LanguageError, Refuted
from tests.proof.fuzzing.draws import draw, letters_and_sizes
from tests.proof.fuzzing.evaluate import DIGITS, differ

n, d, k = sa.sizes("n d k", min=1)
A, B, C = sa.matrix("A", n, d), sa.matrix("B", n, d), sa.matrix("C", d, k)
S, M = sa.matrix("S", d, d), sa.matrix("M", d, d, invertible=True)
x, y = sa.row("x", d), sa.row("y", d)
t, p = sa.scalar("t"), sa.scalar("p", positive=True)

LOSSES = {
    "a sum": sa.total(A + 2 * A - B),
    "a product": sa.total(A @ S @ C),
    "a product on both sides": sa.trace(A.T @ B @ S @ B.T @ A),
    "a scalar before a product": sa.total(sa.trace(A.T @ B) * A @ C),
    "a power": sa.trace(S**3),
    "a transpose": sa.trace(sa.T(A) @ B + sympy.Transpose(B) @ A),
    "an inverse elsewhere": sa.total(sa.inverse(M) @ S @ M),
    "a Hadamard product": sa.total(sa.hadamard(A, B, A)),
    "softmax": sa.inner(B, sa.softmax(A)),
    "softmax of a product": sa.inner(B @ B.T, sa.softmax(A @ S @ A.T)),
    "exp": sa.total(sa.exp(sa.hadamard(A, A))),
    "log": sa.total(sa.log(sa.exp(A) + sa.exp(B))),
    "log-sum-exp": sa.total(sa.logsumexp(A)),
    "a reciprocal": sa.total(sa.reciprocal(sa.exp(A) + sa.ones(n, d))),
    "a row sum": sa.total(sa.hadamard(sa.rowsum(A), sa.rowsum(A))),
    "a diagonal of a row": sa.trace(S @ sa.diag(x) @ S),
    "a diagonal of a column": sa.trace(S @ sa.diag(x.T)),
    "scalars": t**2 * sa.total(A) + sa.exp(t * sa.trace(S)) / p,
    "a scalar log": sa.log(sa.total(sa.exp(A))) * t,
    "a power of a scalar": sa.total(sa.exp(A)) ** 2 * p,
    "an entry": sa.entry(A, 0, 0) ** 2 * t,
    "a 1×1 matrix": x @ S @ y.T,
    "a 1×1 matrix inside a sum": sa.entry(x @ S @ x.T, 0, 0) + sa.total(x),
}


@pytest.mark.parametrize("name", LOSSES)
def test_the_gradient_in_every_letter_agrees_with_differences(name: str) -> None:
    loss = LOSSES[name]
    letters, sizes = letters_and_sizes(loss)
    world = draw(letters, dict(zip(sizes, (2, 3, 2), strict=False)), random.Random(1), DIGITS)
    free = [a for a in letters if not getattr(a, "facts", None)]
    for letter in free:
        node = sa.Gradient(loss, letter) if letter.is_Matrix else sa.Partial(_scalar(loss), letter)
        assert not differ(world, node, sa.gradient(loss, letter)), letter
    assert free


def _scalar(loss: Any) -> Any:
    return sa.total(loss) if loss.is_Matrix else loss


def test_the_gradient_is_proved_for_all_sizes() -> None:
    loss = LOSSES["softmax of a product"]
    assert sa.decide(Equal(sa.Gradient(loss, S), sa.gradient(loss, S))).status == "proved"


def test_a_wrong_rule_does_not_get_past_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """The formula is found by rules that are not trusted, and then proved."""
    rules = import_module("symattn.proof.write.gradients")._MATRIX
    monkeypatch.setitem(rules, sa.language.Softmax, lambda b, expr, g: b.matrix(expr.scores, sa.hadamard(expr, g)))
    with pytest.raises(Refuted):
        sa.gradient(LOSSES["softmax"], A)


def test_the_gradient_in_a_letter_that_does_not_occur_is_0() -> None:
    assert sa.gradient(sa.total(A), S) == sa.zeros(d, d)
    assert sa.gradient(sa.total(A), t) == 0


def test_the_gradient_of_softmax_is_not_what_sympy_answers() -> None:
    """SymPy's own derivative drops - p pᵀ."""
    s, g = sa.row("s", n), sa.row("g", n)
    weights = sa.softmax(s)
    found = sa.gradient(sa.inner(g, weights), s)
    assert sa.decide(Equal(found, g @ (sa.diag(weights) - weights.T @ weights))).status == "proved"
    assert sa.decide(Equal(found, g @ sa.diag(weights))).status == "refuted"


def test_a_node_without_a_rule_is_named() -> None:
    family, h = sa.family("F", k, n, d), sa.index("h", k)
    with pytest.raises(LanguageError, match="HeadSum"):
        sa.gradient(sa.total(sa.sum_heads(family[h] @ S, h)), S)


def test_a_mask_that_depends_on_the_letter_is_refused() -> None:
    with pytest.raises(LanguageError, match="mask"):
        sa.gradient(sa.total(sa.softmax(A, mask=B)), B)


def test_what_is_outside_the_language_has_no_gradient() -> None:
    with pytest.raises(LanguageError):
        sa.gradient(sympy.Determinant(S), S)
