"""What a slip computes is what somebody computes who makes it: each against a few lines of NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.trials.draws import inputs_of
from symattn.checks.attention.trials.problem import problem_of
from symattn.checks.attention.trials.reference import Expected, plain_value
from symattn.checks.attention.trials.sizes import Shape
from symattn.checks.attention.trials.variants import variants

Array = Any


def softmax(S: Array) -> Array:
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True)


def scores(q: Array, k: Array) -> Array:
    return q @ np.swapaxes(k, -1, -2) / q.shape[-1] ** 0.5


def blocks(q: Array, k: Array, v: Array, width: int, *, both: bool) -> Array:
    """Online softmax whose values, or whose values and sum, keep the largest score of their own time."""
    S, top = scores(q, k), np.full((*q.shape[:-1], 1), -np.inf)
    total, out = np.zeros_like(top), np.zeros((*q.shape[:-1], v.shape[-1]))
    for at in range(0, S.shape[-1], width):
        higher = np.maximum(top, S[..., at : at + width].max(-1, keepdims=True))
        w = np.exp(S[..., at : at + width] - higher)
        total = (total if both else total * np.exp(top - higher)) + w.sum(-1, keepdims=True)
        out, top = out + w @ v[..., at : at + width, :], higher
    return out / total


def short_sum(q: Array, k: Array, v: Array) -> Array:
    w = np.exp(scores(q, k))
    return w @ v / w[..., :-1].sum(-1, keepdims=True)


MEANT: dict[str, Callable[[Array, Array, Array], Array]] = {
    "zeros": lambda q, k, v: 0 * (q @ np.swapaxes(k, -1, -2) @ v),
    "the weights all alike": lambda q, k, v: np.broadcast_to(v.mean(-2, keepdims=True), (*q.shape[:-1], v.shape[-1])),
    "the last key left out": lambda q, k, v: softmax(scores(q, k[:, :, :-1])) @ v[:, :, :-1],
    "the last key left out of the sum that divides": short_sum,
    "each key with the value of the one before": lambda q, k, v: softmax(scores(q, k)) @ np.roll(v, 1, 2),
    "the last column of queries and keys left out": lambda q, k, v: (
        softmax(scores(np.where(np.arange(q.shape[-1]) == q.shape[-1] - 1, 0, q), k)) @ v
    ),
    "keys behind the last full block of 16 lost": lambda q, k, v: softmax(scores(q, k[:, :, :16])) @ v[:, :, :16],
    "blocks of 16 keys that are not rescaled": lambda q, k, v: blocks(q, k, v, 16, both=True),
    "blocks of 16 keys whose values are not rescaled, though their sum is": lambda q, k, v: blocks(
        q, k, v, 16, both=False
    ),
    "queries and keys exchanged": lambda q, k, v: softmax(scores(k, q)) @ v,
    "batches and rows of the layout exchanged": lambda q, k, v: np.swapaxes(
        softmax(scores(np.swapaxes(q, 0, 2), np.swapaxes(k, 0, 2))) @ np.swapaxes(v, 0, 2), 0, 2
    ),
    "the softmax over all entries at once": lambda q, k, v: (
        softmax(scores(q, k).reshape(*q.shape[:2], -1)).reshape(*q.shape[:2], 23, 23) @ v
    ),
    "exp to base 2, not e": lambda q, k, v: softmax(np.log(2) * scores(q, k)) @ v,
}


@pytest.mark.parametrize("words", MEANT)
def test_a_slip_is_what_its_words_say(words: str) -> None:
    spec = read("plain")
    inputs = inputs_of(spec, Shape(2, 23, 23, 8, 8, "rising"), 0, "float64")
    assert inputs is not None
    variant = next(each for each in variants(spec) if each.words == words)
    problem = variant.change(spec, inputs)
    assert problem is not None
    value = plain_value(problem, ("out",))["out"]
    if variant.after is not None:
        nothing = np.zeros(value.shape)
        value = variant.after.of(problem, Expected(value, nothing, nothing)).exact
    np.testing.assert_allclose(value, MEANT[words](inputs.q, inputs.k, inputs.v), rtol=0, atol=1e-10)
    assert np.abs(value - plain_value(problem_of(spec, inputs), ("out",))["out"]).max() > 1e-6
