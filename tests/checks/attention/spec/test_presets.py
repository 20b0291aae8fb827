"""Presets, each held to the function whose name it has."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.checks import (
    CheckFailed,
    assert_attention,
    attention_spec,
    flex_attention,
    hf_sliding_window,
    jax_dot_product_attention,
    onnx_attention,
    torch_sdpa,
)
from symattn.errors import LanguageError

QKV = ("q", "k", "v")
SMALL = {"n": (5, 9), "m": (7, 9), "k": 8, "batch": 2}


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


ONNX = (
    ({"causal": True, "heads": (4, 2), "softcap": 5}, {"is_causal": 1, "softcap": 5.0}),
    ({"mask": "b1nm", "scale": 0.25}, {"scale": 0.25}),
    ({"float_mask": "11nm", "causal": True}, {"is_causal": 1}),
    ({"lengths": True}, {}),
    ({"lengths": True, "causal": True, "window": (2, None)}, {"is_causal": 1, "left_window_size": 2}),
    ({"window": (2, 1)}, {"left_window_size": 2, "right_window_size": 1}),
)


@pytest.mark.needs("onnx")
@pytest.mark.parametrize(("options", "attributes"), ONNX)
def test_onnx_attention(options: dict[str, Any], attributes: dict[str, Any]) -> None:
    spec = onnx_attention(25, **options)
    assert_attention(by_onnx(attributes), spec, framework="numpy", sizes=SMALL)
    with pytest.raises(CheckFailed, match="does not compute this attention"):
        assert_attention(by_onnx(attributes), spec.but(scale=0.5), framework="numpy", sizes=SMALL)


def by_onnx(attributes: dict[str, Any]) -> Any:
    """The operator by the evaluator that is its reference."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    letters = ("Q", "K", "V", "attn_mask", "", "", "nonpad_kv_seqlen")

    def attention(q: Any, k: Any, v: Any, attn_mask: Any = None, nonpad_kv_seqlen: Any = None) -> Any:
        given = {"Q": q, "K": k, "V": v}
        given |= {} if attn_mask is None else {"attn_mask": attn_mask}
        given |= {} if nonpad_kv_seqlen is None else {"nonpad_kv_seqlen": nonpad_kv_seqlen.astype("int64")}
        node = helper.make_node("Attention", [name if name in given else "" for name in letters], ["Y"], **attributes)
        inputs = [
            helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
            for name, value in given.items()
        ]
        result = helper.make_tensor_value_info("Y", TensorProto.FLOAT, None)
        graph = helper.make_graph([node], "attention", inputs, [result])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 25)])
        return ReferenceEvaluator(model).run(None, given)[0]

    return attention


@pytest.mark.needs("torch")
@pytest.mark.needs("transformers")
def test_hf_sliding_window() -> None:
    from transformers import masking_utils

    spec = hf_sliding_window(4, heads=(4, 2))
    attend = by_transformers(masking_utils.sliding_window_causal_mask_function(4))
    assert_attention(attend, spec, backward=QKV, sizes=SMALL)
    with pytest.raises(CheckFailed, match="a window of one key less before the query"):
        assert_attention(attend, spec.but(window=(4, 0)), sizes=SMALL)


@pytest.mark.needs("torch")
@pytest.mark.needs("transformers")
def test_chunks_are_those_of_transformers() -> None:
    import torch
    from transformers import masking_utils

    padding = torch.zeros(2, dtype=torch.long)
    attend = by_transformers(masking_utils.chunked_causal_mask_function(4, padding))
    spec = attention_spec(heads=(4, 2), causal="lower-right", chunk=4, hidden_rows="never")
    assert_attention(attend, spec, sizes=SMALL)


def by_transformers(mask_function: Any) -> Any:
    """The eager attention of a model whose queries come last."""
    from types import SimpleNamespace

    from transformers import masking_utils
    from transformers.models.mistral.modeling_mistral import eager_attention_forward

    def attention(q: Any, k: Any, v: Any) -> Any:
        n, m = q.shape[2], k.shape[2]
        kind = {"q_offset": m - n, "mask_function": mask_function, "dtype": q.dtype}
        mask = masking_utils.eager_mask(len(q), n, m, **kind)
        module = SimpleNamespace(num_key_value_groups=q.shape[1] // k.shape[1], training=False)
        return eager_attention_forward(module, q, k, v, mask, q.shape[-1] ** -0.5)[0].transpose(1, 2)

    return attention


def test_what_a_convention_decides() -> None:
    assert onnx_attention(25, causal=True).causal == "upper-left"
    assert onnx_attention(25, causal=True, lengths=True).causal == "lower-right"
    assert onnx_attention(25, causal=True).but(causal="lower-right").aligned == "lower-right"
    assert hf_sliding_window(4).window == (3, 0)
    with pytest.raises(LanguageError, match="opset 23"):
        onnx_attention(23)
