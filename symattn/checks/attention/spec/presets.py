"""The options of functions that people call, under the names of these functions.  Each takes further options.

What the convention decides is decided here, so `causal=True` is enough; what it leaves to the caller is an option.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symattn.checks.attention.spec.spec import AttentionSpec, attention_spec
from symattn.errors import LanguageError, layout

__all__ = [
    "PRESETS",
    "flex_attention",
    "hf_sliding_window",
    "jax_dot_product_attention",
    "onnx_attention",
    "torch_sdpa",
]


def torch_sdpa(*, causal: bool | str | None = None, **options: Any) -> AttentionSpec:
    """`torch.nn.functional.scaled_dot_product_attention`: is_causal is upper-left, True in a mask is seen, rows that
    see no key are 0; `mask` and `float_mask` are called attn_mask.

    causal     True for is_causal=True
    options    others of `attention_spec`, such as heads=(8, 2) for enable_gqa=True

    >>> sa.checks.torch_sdpa(heads=(8, 2), causal=True)
    attention_spec(heads=(8, 2), causal='upper-left', names=(('float_mask', 'attn_mask'), ('mask', 'attn_mask')))
    """
    names = {"mask": "attn_mask", "float_mask": "attn_mask"}
    return attention_spec(**{"causal": _placed(causal, "upper-left"), "names": names, **options})


def flex_attention(*, causal: bool | str | None = None, **options: Any) -> AttentionSpec:
    """`torch.nn.attention.flex_attention` whose mask_mod is written with q_idx >= kv_idx: upper-left, a window of
    (left, right) as written; rows that see no key are 0, log-sum-exp is natural.

    causal     True for q_idx >= kv_idx
    options    others of `attention_spec`

    >>> sa.checks.flex_attention(causal=True, softcap=20)
    attention_spec(causal='upper-left', alignment='upper-left', softcap=20)
    """
    return attention_spec(**{"causal": _placed(causal, "upper-left"), "alignment": "upper-left", **options})


def jax_dot_product_attention(*, causal: bool | str | None = None, **options: Any) -> AttentionSpec:
    """`jax.nn.dot_product_attention`: axes bnhd, is_causal is upper-left, a window of l + 1 + r keys, values as wide as
    keys, and rows that see no key get the mean of all values; `lengths` are called key_value_seq_lengths.

    causal     True for is_causal=True
    options    others of `attention_spec`; window=(l, r) for local_window_size

    >>> sa.checks.jax_dot_product_attention(heads=(4, 2)).hidden_rows
    'mean'
    """
    chosen = {"layout": "bnhd", "hidden_rows": "mean", "widths": "same", "alignment": "upper-left"}
    names = {"lengths": "key_value_seq_lengths"}
    return attention_spec(**{**chosen, "causal": _placed(causal, "upper-left"), "names": names, **options})


def onnx_attention(opset: int = 25, *, causal: bool | str | None = None, **options: Any) -> AttentionSpec:
    """ONNX's Attention, opset 25, on 4-D tensors without a past: is_causal is upper-left, with nonpad_kv_seqlen it is
    lower-right by that length, and windows with it; softcap before the mask; rows that see no key are 0.

    opset      25; others say other things of hidden rows and lengths
    causal     True for is_causal=1
    options    others of `attention_spec`; lengths=True for nonpad_kv_seqlen

    >>> sa.checks.onnx_attention(25, causal=True, lengths=True).causal
    'lower-right'

    Raises    LanguageError for another opset
    """
    if opset != 25:
        raise LanguageError(layout(f"the conventions of opset {opset} are not known here", [("accepted", "25")]))
    side = "lower-right" if options.get("lengths") else "upper-left"
    names = {"mask": "attn_mask", "float_mask": "attn_mask", "lengths": "nonpad_kv_seqlen"}
    chosen = {"causal": _placed(causal, side), "alignment": side, "names": names}
    return attention_spec(**{**chosen, **options})


def hf_sliding_window(window: int = 4, **options: Any) -> AttentionSpec:
    """`sliding_window=w` of Hugging Face's models: causal at the end of the keys, a window of w keys with the query's
    own, which is (w - 1, 0); queries come last, so every row sees a key.

    window     w, how many keys a query sees
    options    others of `attention_spec`

    >>> sa.checks.hf_sliding_window(128).window
    (127, 0)
    """
    chosen = {"causal": "lower-right", "window": (window - 1, 0), "hidden_rows": "never"}
    return attention_spec(**{**chosen, **options})


def _placed(causal: bool | str | None, side: str) -> str | None:
    return side if causal is True else causal or None


PRESETS: dict[str, Callable[..., AttentionSpec]] = {
    each.__name__: each
    for each in (torch_sdpa, flex_attention, jax_dot_product_attention, onnx_attention, hf_sliding_window)
}
