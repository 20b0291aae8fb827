"""What a model has around its matrices is told of, by name; what is not there, or is 0, is not."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from symattn.errors import WeightsError, WeightsWarning
from symattn.models import head_report, heads

RNG = np.random.default_rng(0)
Q, K = RNG.standard_normal((2, 20, 12))
LAYER = {"h.0.attn.q_proj.weight": Q, "h.0.attn.k_proj.weight": K}


def notes(more: dict[str, Any], **options: Any) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = heads({**LAYER, **more}, heads=4, **{"layout": "linear", **options})
    assert all(issubclass(one.category, WeightsWarning) for one in caught)
    report = head_report(found[0])
    assert {str(note) for note in report.notes if note.warns} == {str(one.message) for one in caught}
    return [str(one.message) for one in caught]


def test_a_plain_layer_gets_no_warning_and_says_where_its_numbers_come_from() -> None:
    assert notes({}) == []
    assumed = [note.says for note in heads(LAYER, heads=4, layout="linear")[0].notes]
    assert assumed[0].startswith("no configuration is beside the weights")
    assert assumed[1].startswith("the number of heads (4) is the caller's")


@pytest.mark.parametrize(
    ("more", "says", "name"),
    [
        ({"h.0.attn.q_proj.bias": np.ones(20)}, "biases of queries and keys", "h.0.attn.q_proj.bias"),
        ({"h.0.attn.q_norm.weight": np.ones(5)}, "NOT bilinear", "h.0.attn.q_norm.weight"),
        ({"h.0.attn.key_layernorm.weight": np.ones(5)}, "NOT bilinear", "h.0.attn.key_layernorm.weight"),
        ({"h.0.attn.logit_scale": np.ones(4)}, "NOT bilinear", "h.0.attn.logit_scale"),
        ({"h.0.input_layernorm.weight": np.ones(12)}, "norms of the block", "h.0.input_layernorm.weight"),
        (
            {"h.0.ln_1.weight": np.ones(12), "h.0.ln_2.weight": np.ones(12)},
            "norms of the block",
            "stored: h.0.ln_1.weight",
        ),
        ({"h.0.attn.rotary_emb.inv_freq": np.ones(2)}, "positions rotate", "h.0.attn.rotary_emb.inv_freq"),
        ({"h.0.attn.relative_attention_bias.weight": np.ones((8, 4))}, "bias by position", "relative_attention_bias"),
    ],
    ids=range(8),
)
def test_what_is_not_folded_in_is_named(more: dict[str, Any], says: str, name: str) -> None:
    (said,) = notes(more)
    assert says in said
    assert name in said


def test_a_bias_of_zeros_changes_nothing() -> None:
    assert notes({"h.0.attn.q_proj.bias": np.zeros(20), "h.0.attn.bias": np.ones((1, 1, 9, 9))}) == []


@pytest.mark.parametrize(
    ("matrices", "bias"),
    [
        ({"a.W_Q": Q.T, "a.W_K": K.T}, "a.b_Q"),
        ({"a.in_proj_weight": np.ones((60, 20))}, "a.in_proj_bias"),
        ({"a.c_attn.weight": np.ones((20, 60))}, "a.c_attn.bias"),
    ],
    ids=["W_Q", "in_proj", "c_attn"],
)
def test_biases_are_found_whatever_they_are_called(matrices: dict[str, Any], bias: str) -> None:
    way = "linear" if "in_proj" in bias else "right"
    with pytest.warns(WeightsWarning, match=f"biases .*: {bias}"):
        heads({**matrices, bias: np.ones(60)}, heads=4, layout=way)


def test_one_warning_names_the_tensors_of_all_layers() -> None:
    more = {name.replace("h.0", f"h.{layer}"): part + layer for layer in range(1, 5) for name, part in LAYER.items()}
    norms = {f"h.{layer}.ln_1.weight": np.ones(12) for layer in range(5)}
    with pytest.warns(WeightsWarning, match=": h.0.ln_1.weight, h.1.ln_1.weight and 3 more$") as caught:
        heads({**LAYER, **more, **norms}, heads=4, layout="linear")
    assert len(caught) == 1


def test_the_norm_of_another_block_is_not_that_of_the_layer() -> None:
    assert notes({"h.1.ln_1.weight": np.ones(12), "ln_f.weight": np.ones(12)}) == []


def test_a_norm_of_the_queries_contradicts_a_wrong_number_of_heads() -> None:
    with pytest.raises(WeightsError) as caught:
        heads({**LAYER, "h.0.attn.q_norm.weight": np.ones(4)}, heads=2, layout="linear")
    assert "2 heads of width 10" in str(caught.value)
    assert "5 heads of width 4 would fit" in str(caught.value)
