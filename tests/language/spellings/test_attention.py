"""Attention of queries, keys and values that are made already, against torch and by its formula."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sympy import sqrt

import symattn as sa
from symattn import Equal, ShapeError, causal, decide, hadamard, matrix, prove, scaled_dot_product_attention as sdpa
from symattn.errors import LanguageError, StatementError
from symattn.language import sizes, softmax
from symattn.numeric import FLOAT64, evaluate, sample

n, m, k, v = sizes("n m k v")
Q, K, V = matrix("Q", n, k), matrix("K", m, k), matrix("V", m, v)
M, B = matrix("M", n, m, mask=True), matrix("B", n, m)

FORMULAS = {
    "plain": ({}, softmax(Q @ K.T / sqrt(k)) @ V),
    "another scale": ({"scale": 3}, softmax(3 * Q @ K.T) @ V),
    "a mask": ({"attn_mask": M}, softmax(Q @ K.T / sqrt(k), mask=M) @ V),
    "a bias": ({"attn_mask": B}, softmax(Q @ K.T / sqrt(k) + B) @ V),
    "causal": ({"is_causal": True}, softmax(Q @ K.T / sqrt(k), mask=causal(n, m, "upper-left")) @ V),
    "two masks": (
        {"attn_mask": hadamard(M, causal(n, m, "upper-left"))},
        softmax(Q @ K.T / sqrt(k), mask=hadamard(M, causal(n, m, "upper-left"))) @ V,
    ),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_it_is_its_formula(name: str) -> None:
    options, formula = FORMULAS[name]
    assert prove(Equal(sdpa(Q, K, V, **options), formula))


@pytest.mark.needs("torch")
@pytest.mark.parametrize("name", ["plain", "another scale", "a bias", "causal"])
def test_torch_computes_the_same(name: str) -> None:
    import torch

    options, _ = FORMULAS[name]
    expr = sdpa(Q, K, V, **options)
    at = sample([expr], kind="normal")
    given: dict[str, Any] = {
        word: torch.tensor(at.values[B]) if value is B else value for word, value in options.items()
    }
    queries, keys, values = (torch.tensor(np.asarray(at.values[letter], dtype=float)) for letter in (Q, K, V))
    theirs = torch.nn.functional.scaled_dot_product_attention(queries, keys, values, **given)
    ours = evaluate(expr, at, FLOAT64)
    assert np.allclose(theirs.numpy(), ours.value, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("text", ["tril(ones(n, n))", "M'", "T(M)", "M ∘ causal(n)", "window(n, 2)"])
def test_what_is_0_or_1_hides_and_is_not_added(text: str) -> None:
    said = f"Q:n*k K:n*k V:n*d M:n*n:mask |- sdpa(Q, K, V, attn_mask={text}, scale=1)"
    assert decide(f"{said} == softmax(Q@K.T, mask={text})@V").status == "proved"
    assert decide(f"{said} == softmax(Q@K.T + {text})@V").status == "refuted"


def test_two_masks_are_refused() -> None:
    with pytest.raises(LanguageError, match="not both"):
        sdpa(Q, K, V, attn_mask=M, is_causal=True)


def test_widths_have_to_agree() -> None:
    with pytest.raises(ShapeError):
        decide(Equal(sdpa(Q, matrix("K", m, v), V), V))


def test_texts_have_it_by_both_names() -> None:
    text = "Q:n*k K:m*k V:m*d |- sdpa(2*Q, K, V) == scaled_dot_product_attention(Q, 2*K, V)"
    assert decide(text).status == "proved"
    assert decide("Q:n*k K:m*k V:m*d |- sdpa(Q, K, V) == softmax(Q@K.T)@V").status == "refuted"


def test_attention_of_three_points_here() -> None:
    with pytest.raises(StatementError, match="scaled_dot_product_attention"):
        sa.parse("Q:n*k K:m*k V:m*d |- attention(Q, K, V) == V")
