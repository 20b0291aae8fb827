"""Derivatives in reverse: on every node of the language the same as by dual numbers, exactly, and in floating point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Rational

from symattn.errors import LanguageError
from symattn.language import (
    Gradient,
    Jacobian,
    Partial,
    Rank,
    T,
    attention,
    bilinear,
    concat_heads,
    cos,
    determinant,
    diag,
    entry,
    exp,
    family,
    hadamard,
    hstack,
    identity,
    index,
    inner,
    inverse,
    language_nodes,
    log,
    matrix,
    matrix_of,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sin,
    softmax,
    stack_heads,
    sum_heads,
    total,
    trace,
    unit,
    vstack,
    zeros,
)
from symattn.numeric import EXACT, FLOAT64, Exact, Floats, evaluate, sample
from symattn.numeric.derivatives.adjoint import Adjoints, Traced
from symattn.numeric.evaluation.walk import Walk

A, B, W = matrix("A", 3, 3), matrix("B", 3, 3), matrix("W", 3, 4)
M, mask = matrix("M", 3, 3, invertible=True), matrix("m", 3, 3, mask=True)
Q, h, s = family("Q", 2, 3, 2), index("h", 2), bilinear("s", 3)
t, p = scalar("t"), scalar("p", positive=True)
first, second = unit(3, 0) @ A, unit(3, 1) @ A

LOSSES: dict[str, Any] = {
    "sums and products": total(A) * trace(A @ B) + Rational(2, 3) * t * total(A + B @ A),
    "a sum with what stands alone": total(A @ (A + identity(3)) @ ones(3, 3)) + total(zeros(3, 3) @ A),
    "the letter twice": inner(A @ B @ A.T, T(A) @ A),
    "entry by entry": total(hadamard(A, B, A)),
    "whole powers": trace(A**3) + total(A) ** 2 + total(exp(A)) ** -1,
    "an entry": entry(A, 0, 1) * entry(A, 1, 1),
    "reciprocals, also of 0": inner(reciprocal(A), B),
    "determinants": determinant(A) * determinant(B @ A) + determinant(A @ B @ A.T),
    "rows": inner(diag(reciprocal(rowsum(exp(A)))) @ A, B),
    "a diagonal": total(diag(first) @ B @ diag(rowsum(A))),
    "blocks": inner(hstack(A, B @ A), hstack(B, A)) + total(vstack(A, B, A) @ A),
    "an inverse beside it": inner(A @ inverse(M) @ A, B),
    "turns": total(hadamard(cos(A), sin(B))) + cos(trace(A)) * sin(total(A)),
    "exponentials": sympy.E * exp(total(A)) + total(exp(A @ B)),
    "logarithms": total(log(hadamard(exp(A), exp(B)))) + log(exp(trace(A))),
    "softmax": inner(softmax(A @ B), B),
    "masked softmax": inner(softmax(A @ B, mask=mask), B),
    "a mask that moves": inner(softmax(B, mask=A), B),
    "a bilinear form": s(first, second) + inner(A, matrix_of(s)),
    "a sum over heads": inner(sum_heads(A @ Q[h] @ T(Q[h]), h), B) + sum_heads(total(A @ Q[h]) ** 2, h),
    "heads side by side": inner(concat_heads(A @ Q[h], h), W) + inner(stack_heads(T(Q[h]) @ A, h), T(W)),
}


def forward(loss: Any, at: Any, arithmetic: Any) -> Any:
    """The gradient by A, from one tangent for each entry."""
    dual = Walk(at, arithmetic).tangents(loss, A, ())
    return arithmetic.rearrange(lambda entries: entries.reshape(3, 3), [dual.tangent])


def test_every_node_of_the_language_is_differentiated_here() -> None:
    nodes = {
        kind.__name__
        for loss in LOSSES.values()
        for node in sympy.preorder_traversal(loss)
        for kind in type(node).__mro__
    }
    assert set(language_nodes()) - nodes == {"Gradient", "Jacobian", "Partial", "Rank"}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", LOSSES)
def test_reverse_is_forward_exactly(name: str, seed: int) -> None:
    at = sample(LOSSES[name], seed=seed)
    assert (evaluate(Gradient(LOSSES[name], A), at, EXACT) == forward(LOSSES[name], at, EXACT)).all()


@pytest.mark.parametrize("kind", ["normal", "tiny"])
@pytest.mark.parametrize("name", LOSSES)
def test_reverse_and_forward_agree_within_their_bounds(name: str, kind: str) -> None:
    at = sample(LOSSES[name], seed=3, kind=kind)
    backward, tangents = evaluate(Gradient(LOSSES[name], A), at, FLOAT64), forward(LOSSES[name], at, FLOAT64)
    assert np.isfinite(backward.radius).all()
    assert (np.abs(backward.value - tangents.value) <= backward.radius + tangents.radius).all()


def test_a_partial_derivative_of_a_root_is_its_slope() -> None:
    at = sample(p ** Rational(1, 2) * t, values={p: 4, t: 3})
    assert evaluate(Partial(p ** Rational(1, 2) * t, p), at, EXACT).tolist() == [[Rational(3, 4)]]


def test_the_derivative_of_a_letter_by_itself_is_1() -> None:
    x = row("x", 1)
    assert evaluate(Gradient(x, x), sample(x), EXACT).tolist() == [[1]]


def test_what_a_loss_does_not_depend_on_has_derivative_0() -> None:
    at = sample([total(A), B])
    assert (evaluate(Gradient(total(A), B), at, EXACT) == np.zeros((3, 3))).all()
    assert evaluate(Partial(total(A), t), sample([total(A), t]), EXACT).tolist() == [[0]]


def test_a_bound_letter_is_differentiated_at_its_bound_value() -> None:
    at = sample(total(hadamard(A, A)))
    bound = {A: EXACT.lift(np.full((3, 3), 5))}
    assert (evaluate(Gradient(total(hadamard(A, A)), A), at, EXACT, bound=bound) == 10).all()


def test_gradients_of_one_loss_share_their_way_back() -> None:
    """Every pullback runs once, whichever letters are asked for."""
    adjoints, ran = Adjoints(EXACT), []
    one, other = adjoints.lift(np.array([[2]])), adjoints.lift(np.array([[3]]))
    product = adjoints.multiply(one, other)

    def doubled(adjoint: Any) -> Any:
        ran.append(1)
        return 2 * adjoint

    gradient = adjoints.gradients(Traced(2 * product.value, ((product, doubled),)))
    assert [gradient(one).tolist(), gradient(other).tolist(), ran] == [[[6]], [[4]], [1]]


SPREADS: dict[str, Callable[..., Any]] = {
    "every column three times": lambda entries: np.repeat(entries, 3, axis=1),
    "one column twice": lambda entries: np.concatenate([entries, entries[..., :1]], axis=-1),
    "one column not at all": lambda entries: entries[..., 1:],
}


@pytest.mark.parametrize("name", SPREADS)
def test_an_entry_collects_what_came_of_it_wherever_it_was_moved(name: str) -> None:
    move, adjoints = SPREADS[name], Adjoints(EXACT)
    letter = adjoints.lift(np.array([[1, 2], [3, 4]]))
    moved = adjoints.rearrange(move, [letter])
    weights = EXACT.lift(np.arange(moved.value.size).reshape(moved.value.shape))
    weighted = adjoints.multiply(moved, Traced(weights))
    summed = adjoints.rowsum(adjoints.rearrange(np.transpose, [adjoints.rowsum(weighted)]))
    places = move(np.arange(4).reshape(2, 2))
    assert adjoints.gradients(summed)(letter).ravel().tolist() == [int(weights[places == k].sum()) for k in range(4)]


def test_a_derivative_of_a_jacobian_and_a_third_one_are_refused() -> None:
    x = row("x", 2)
    slope = Gradient(inner(x, x), x)
    nested = [
        Gradient(total(Jacobian(hadamard(x, x), x)), x),
        Jacobian(Gradient(total(Gradient(total(slope), x)), x), x),
    ]
    for derivative in nested:
        with pytest.raises(LanguageError, match="third derivatives are not evaluated"):
            evaluate(derivative, sample(derivative), EXACT)


def test_a_rank_and_a_claim_have_no_derivative() -> None:
    with pytest.raises(LanguageError, match="no derivative"):
        evaluate(Gradient(Rank(A) * total(A), A), sample(A), EXACT)
    with pytest.raises(LanguageError, match="no derivative"):
        Adjoints(EXACT).positive_semidefinite(Traced(EXACT.lift(np.eye(2))))


def test_the_peak_of_a_row_is_a_number_that_does_not_move() -> None:
    scores = np.array([[1.0, 3.0, 2.0]])
    peak = Adjoints(FLOAT64).peaks(Adjoints(FLOAT64).lift(scores), None)
    assert (peak.value.value.tolist(), peak.parts) == ([[3.0]], ())
    assert Adjoints(EXACT).peaks(Adjoints(EXACT).lift(scores), None) is None


def test_a_product_of_hundreds_of_factors_is_no_deeper_than_one() -> None:
    loss = sympy.MatMul(ones(1, 1), *[row("x", 1)] * 600, evaluate=False)
    assert evaluate(Gradient(loss, row("x", 1)), sample(loss, values={row("x", 1): [[1]]}), EXACT).tolist() == [[600]]


class _Largest(Exact):
    """Exact arithmetic that remembers its largest array."""

    largest = 0

    def multiply(self, left: Any, right: Any) -> Any:
        result = super().multiply(left, right)
        self.largest = max(self.largest, result.size)
        return result


def test_no_array_grows_with_the_number_of_entries_of_the_letter() -> None:
    X, C = matrix("X", 2, 8), matrix("C", 8, 8)
    loss, arithmetic = total(softmax(X @ C @ X.T)), _Largest()
    evaluate(Gradient(loss, C), sample(loss), arithmetic)
    assert arithmetic.largest == 4


def test_a_trained_size_is_differentiated_in_a_moment() -> None:
    """4096 tangents of 128×128 took a minute."""
    X, G = matrix("X", 6, 128), matrix("G", 6, 32)
    query, key, value = (matrix(name, 128, 32) for name in "QKV")
    loss = inner(G, attention(X, query, key, value, scale=Rational(1, 1024)))
    slope = evaluate(Gradient(loss, query), sample(loss, kind="normal"), Floats("float64"))
    assert slope.value.shape == (128, 32)
    assert slope.radius.max() < 1e-6 * np.abs(slope.value).max()
