"""Mistakes in what is hidden do what their words say, worked out here once more."""

from __future__ import annotations

import numpy as np

from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.trials.draws import inputs_of
from symattn.checks.attention.trials.hiding import masks
from symattn.checks.attention.trials.problem import Inputs
from symattn.checks.attention.trials.reference import plain_value
from symattn.checks.attention.trials.sizes import Shape


def attention(inputs: Inputs, lengths: np.ndarray) -> np.ndarray:
    """Attention in which each batch sees as many keys as its length says."""
    scores = np.einsum("bhnd,bhmd->bhnm", inputs.q, inputs.k) / np.sqrt(inputs.q.shape[-1])
    hidden = np.arange(inputs.k.shape[2]) >= lengths[:, None]
    scores = np.where(hidden[:, None, None], -np.inf, scores)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True) @ np.where(hidden[:, None, :, None], 0, inputs.v)


def test_lengths_are_misread_by_exactly_what_is_said() -> None:
    spec = read("lengths=true")
    inputs = inputs_of(spec, Shape(2, 5, 9, 8, 6), 3, "float64")
    assert inputs is not None
    given = inputs.extras["lengths"]
    assert given.min() < inputs.k.shape[2] - 1, "one more and two more are not the same"
    wrong = {
        "one key more than the lengths say": np.minimum(given + 1, inputs.k.shape[2]),
        "the lengths of the first batch for all": 0 * given + given[0],
    }
    found = {each.words: each for each in masks(spec)}
    for words, lengths in wrong.items():
        problem = found[words].change(spec, inputs)
        assert problem is not None
        got = plain_value(problem, ("out",))["out"]
        np.testing.assert_allclose(got, attention(inputs, lengths), rtol=1e-9, err_msg=words)
