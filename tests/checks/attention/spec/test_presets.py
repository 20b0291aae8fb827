"""Presets, each held to the function whose name it has."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.checks import (
    CheckFailed,
    assert_attention,
    flex_attention,
    hf_sliding_window,
    jax_dot_product_attention,
    onnx_attention,
    torch_sdpa,
)
from symattn.errors import LanguageError

QKV = ("q", "k", "v")


@pytest.mark.needs("torch")
@pytest.mark.parametrize("contract", ["float64", "float32", "fused float16", "fused bfloat16"])
def test_torch_sdpa(contract: str) -> None:
    from torch.nn import functional as F

    def causal(q: Any, k: Any, v: Any) -> Any:
        return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)

    assert_attention(causal, torch_sdpa(heads=(4, 2), causal=True), contract=contract, backward=QKV, budget=60)
    for mask in ({"mask": "b1nm"}, {"float_mask": "11nm"}):
        assert_attention(F.scaled_dot_product_attention, torch_sdpa(**mask), contract=contract, budget=60)
    with pytest.raises(CheckFailed, match="upper-left in place of lower-right"):
        assert_attention(causal, torch_sdpa(heads=(4, 2), causal="lower-right"), contract=contract)


@pytest.mark.needs("torch")
@pytest.mark.filterwarnings("ignore")  # of names that newer versions call otherwise, and that it is not compiled
def test_flex_attention() -> None:
    import torch
    from torch.nn.attention.flex_attention import create_block_mask, flex_attention as flex

    def capped(q: Any, k: Any, v: Any) -> Any:
        def mod(b: Any, h: Any, i: Any, j: Any) -> Any:
            return (i >= j) & (i - j <= 3)

        mask = create_block_mask(mod, None, None, q.shape[-2], k.shape[-2], device="cpu")
        score = lambda s, b, h, i, j: 5 * torch.tanh(s / 5)  # noqa: E731
        return flex(q, k, v, score_mod=score, block_mask=mask, return_lse=True)

    spec = flex_attention(causal=True, window=(3, 0), softcap=5, lse=True)
    sizes = {"batch": 1, "n": (5, 9), "m": (7, 9), "k": 8}
    assert_attention(capped, spec, sizes=sizes, budget=60)
    with pytest.raises(CheckFailed, match="one key less before the query|more before"):
        assert_attention(capped, spec.but(window=(4, 0)), sizes=sizes, budget=60)


@pytest.mark.needs("jax")
def test_jax_dot_product_attention() -> None:
    import jax

    def windowed(q: Any, k: Any, v: Any, mask: Any) -> Any:
        return jax.nn.dot_product_attention(q, k, v, mask=mask, local_window_size=(2, 1))

    spec = jax_dot_product_attention(heads=(2, 1), window=(2, 1), mask="b1nm")
    sizes = {"n": (5, 9), "m": (7, 9), "k": 8, "batch": 2}
    assert_attention(windowed, spec, framework="jax", sizes=sizes, backward=QKV, budget=60)
    with pytest.raises(CheckFailed, match="the mean of all values in rows that see no key"):
        assert_attention(windowed, spec.but(hidden_rows="zero"), framework="jax", sizes=sizes, budget=60)


def test_what_the_others_decide() -> None:
    assert onnx_attention(25, causal=True).causal == "upper-left"
    assert onnx_attention(25, causal=True, lengths=True).causal == "lower-right"
    assert hf_sliding_window(4).window == (3, 0)
    with pytest.raises(LanguageError, match="opset 23"):
        onnx_attention(23)
