"""`assert_computes`: what passes, what fails, and what the message teaches."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import sympy

from symattn.checks import CheckFailed, CheckUndecided, assert_computes
from symattn.language import Equal, Gradient, exp, inner, matrix, scalar, scores, sizes, softmax, trace

n, m, d, k, v = sizes("n m d k v")
X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
SCORES = scores(X, Q, K)
tau = scalar("tau", positive=True)


def my_scores(X: Any, Q: Any, K: Any) -> Any:
    return (X @ Q) @ (X @ K).T


def swapped(X: Any, Q: Any, K: Any) -> Any:
    return (X @ K) @ (X @ Q).T


def _message(fn: Any, expr: Any, **options: Any) -> str:
    with pytest.raises(CheckFailed) as caught:
        assert_computes(fn, expr, **options)
    return str(caught.value)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_right_scores_pass(dtype: str) -> None:
    assert assert_computes(my_scores, SCORES, dtype=dtype) is None


def test_a_failure_is_an_assertion_error() -> None:
    with pytest.raises(AssertionError):
        assert_computes(swapped, SCORES)


@pytest.mark.parametrize(
    "part", ["entry", "got", "exact value", "bound", "contract", "sizes       : n=3, d=4, k=2", "12 of 17 samples"]
)
def test_the_message_names(part: str) -> None:
    assert part in _message(swapped, SCORES)


def test_the_message_says_which_mistake_it_looks_like() -> None:
    assert "it looks like Q and K exchanged" in _message(swapped, SCORES)


def test_the_message_says_where_the_bound_comes_from() -> None:
    expr = softmax(SCORES) @ X
    message = _message(lambda X, Q, K: X @ Q @ K.T, expr)
    assert re.search(r"bound +: [\d.e-]+, \d+ % of it from the step softmax\(X Q Kᵀ Xᵀ\)", message)


def test_the_call_in_the_message_repeats_the_failure() -> None:
    message = _message(swapped, SCORES, dtype="float32")
    call = message.rstrip().splitlines()[-1].strip()
    assert call.startswith("assert_computes(swapped, X @ Q @ K.T @ X.T, sizes=")
    again = _message(swapped, SCORES, dtype="float32", sizes={"n": 3, "d": 4, "k": 2}, probe="normal", seed=0, trials=1)
    assert "sizes={'n': 3, 'd': 4, 'k': 2}, probe='normal', seed=0, trials=1, dtype='float32'" in call
    assert again.splitlines()[1:5] == message.splitlines()[1:5]


def test_inputs_that_are_all_given_are_tried_once_and_repeated() -> None:
    message = _message(swapped, SCORES, inputs={"X": np.eye(3, 4), "Q": np.eye(4, 2), "K": 1 + np.eye(4, 2)})
    assert "1 of 1 samples" in message
    assert "trials=1, inputs=inputs)" in message


def test_the_values_in_the_message_are_those_of_the_function() -> None:
    seen: list[Any] = []

    def watched(X: Any, Q: Any, K: Any) -> Any:
        seen.append(swapped(X, Q, K))
        return seen[-1]

    message = _message(watched, SCORES)
    row, column = map(int, re.search(r"entry +: \((\d), (\d)\)", message).groups())
    assert f"got         : {seen[0][row, column]:.17g}" in message


def test_scalars_come_as_python_floats() -> None:
    def scaled(X: Any, Q: Any, K: Any, tau: Any) -> Any:
        assert type(tau) is float
        return tau * my_scores(X, Q, K)

    assert_computes(scaled, tau * SCORES, dtype="float32")


def test_a_scalar_expression_may_return_a_number() -> None:
    assert_computes(lambda A: float(np.trace(A)), trace(matrix("A", n, n)))
    assert_computes(lambda A: np.trace(A), trace(matrix("A", n, n)), dtype="float32")


def test_a_scalar_expression_that_is_wrong_fails() -> None:
    message = _message(lambda A: float(A.sum()), trace(matrix("A", n, n)))
    assert "does not compute tr(A)" in message


def test_a_gradient_can_be_checked() -> None:
    G = matrix("G", n, n)
    gradient = Gradient(inner(G, SCORES), Q)
    assert_computes(lambda X, Q, K, G: X.T @ G @ X @ K, gradient)
    assert "it looks like G transposed" in _message(lambda X, Q, K, G: X.T @ G.T @ X @ K, gradient)


def test_a_mask_of_zeros_and_ones_arrives() -> None:
    M = matrix("M", n, m, mask=True)
    S = matrix("S", n, m)

    def masked(S: Any, M: Any) -> Any:
        assert set(np.unique(M)) <= {0.0, 1.0}
        w = M * np.exp(S - S.max(-1, keepdims=True))
        total = w.sum(-1, keepdims=True)
        return w / np.where(total > 0, total, 1)

    # without a shift of its own a hidden large score would underflow the others: leave the probe of large scores out
    assert_computes(masked, softmax(S, mask=M), probe="normal", trials=8)


def test_sizes_that_are_given_are_used_alone() -> None:
    seen = set()

    def watched(X: Any, Q: Any, K: Any) -> Any:
        seen.add((*X.shape, Q.shape[1]))
        return my_scores(X, Q, K)

    assert_computes(watched, SCORES, sizes={"n": 7, d: 3, "k": 5})
    assert seen == {(7, 3, 5)}


def test_samples_have_different_sizes_and_degenerate_ones() -> None:
    seen = set()

    def watched(X: Any, Q: Any, K: Any) -> Any:
        seen.add((*X.shape, Q.shape[1]))
        return my_scores(X, Q, K)

    assert_computes(watched, SCORES)
    assert (1, 1, 1) in seen
    assert any(len(set(shape)) == 3 for shape in seen)
    assert any(shape[2] > shape[1] for shape in seen)


def test_inputs_that_are_given_are_used() -> None:
    seen = []

    def watched(X: Any, Q: Any, K: Any) -> Any:
        seen.append(X)
        return my_scores(X, Q, K)

    mine = np.arange(6.0).reshape(2, 3)
    assert_computes(watched, SCORES, inputs={"X": mine})
    assert all((each == mine).all() for each in seen)


def test_inputs_are_rounded_to_the_dtype_before_they_are_used() -> None:
    assert_computes(
        my_scores, SCORES, inputs={"X": [[0.1, 0.2]], "Q": [[0.3], [0.7]], "K": [[1.1], [1.3]]}, dtype="float16"
    )


def test_a_contract_that_promises_more_is_held_to_more() -> None:
    inputs = {"X": np.ones((1, 2400)), "Q": np.ones((2400, 1))}  # 1 + 1 + … stops at 2048 in float16

    def all_in_half(X: Any, Q: Any) -> Any:
        return np.add.accumulate(X[:, :, None] * Q[None], axis=1)[:, -1]

    with pytest.raises(CheckUndecided, match=r"would pass too : zeros; [^\0]*'eager float16/float32' would tell"):
        assert_computes(all_in_half, X @ Q, inputs=inputs, dtype="float16")
    with pytest.raises(CheckFailed, match=r"got         : 2048\n"):
        assert_computes(all_in_half, X @ Q, inputs=inputs, dtype="float16", contract="eager float16/float32")


def test_nothing_to_say_is_not_success() -> None:
    with pytest.raises(CheckUndecided, match="may exceed 65504"):
        assert_computes(lambda A: np.exp(A), exp(matrix("A", n, n)), inputs={"A": [[200.0]]}, dtype="float16")


@pytest.mark.needs("torch")
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16"])
def test_torch_attention_passes(dtype: str) -> None:
    from torch.nn.functional import scaled_dot_product_attention

    q, keys, values = matrix("q", n, k), matrix("k", m, k), matrix("v", m, v)
    expr = softmax(q @ keys.T, scale=1 / sympy.sqrt(k)) @ values

    def attend(q: Any, k: Any, v: Any) -> Any:
        return scaled_dot_product_attention(q[None], k[None], v[None])[0]

    assert_computes(attend, expr, framework="torch", dtype=dtype)


@pytest.mark.needs("jax")
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16"])
def test_jax_scores_pass(dtype: str) -> None:
    import jax

    assert_computes(jax.jit(my_scores), SCORES, framework="jax", dtype=dtype)


@pytest.mark.needs("torch")
def test_autograd_is_a_function_like_any_other() -> None:
    import torch

    G = matrix("G", n, n)

    def my_gradient(X: Any, Q: Any, K: Any, G: Any) -> Any:
        Q = Q.clone().requires_grad_()
        return torch.autograd.grad((G * torch.softmax(my_scores(X, Q, K), -1)).sum(), Q)[0]

    assert_computes(my_gradient, Gradient(inner(G, softmax(SCORES)), Q), framework="torch", dtype="float32", trials=1)


def test_a_claim_is_no_expression() -> None:
    from symattn.errors import LanguageError

    with pytest.raises(LanguageError, match="for a claim use assert_holds"):
        assert_computes(my_scores, Equal(SCORES, SCORES))
