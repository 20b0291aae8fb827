"""Heads out of files: whatever way the matrices are stored, the same heads come out."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from symattn.errors import WeightsError
from symattn.numeric import Head, heads, read_weights

RNG = np.random.default_rng(0)
D, H, G, K = 12, 4, 2, 5  # d ≠ H k, so that shapes tell the ways apart
HQ, HK, HV = (RNG.standard_normal((count, D, K)) for count in (H, G, G))
HO = RNG.standard_normal((H, K, D))


def side_by_side(parts: np.ndarray) -> np.ndarray:
    return np.concatenate(list(parts), axis=1)


RIGHT = {"a.W_Q": side_by_side(HQ), "a.W_K": side_by_side(HK), "a.W_V": side_by_side(HV), "a.W_O": np.concatenate(HO)}
LINEAR = {f"m.{name}_proj.weight": RIGHT[f"a.W_{name.upper()}"].T for name in "qkvo"}
STACKS = {"a.W_Q": HQ, "a.W_K": HK, "a.W_V": HV, "a.W_O": HO}


def agree(found: list[Head]) -> bool:
    """Every head is the one that was stored, and head h reads key head h // 2."""
    return len(found) == H and all(
        (HQ[h] == head.Q).all()
        and (HK[h // 2] == head.K).all()
        and (HV[h // 2] == head.V).all()
        and (HO[h] == head.O).all()
        for h, head in enumerate(found)
    )


@pytest.mark.parametrize("stored", [RIGHT, LINEAR, STACKS], ids=["right", "linear", "stacks"])
def test_every_way_of_storing_gives_the_same_heads(stored: dict[str, Any]) -> None:
    assert agree(heads(stored, heads=H))


def test_one_head_is_a_head() -> None:
    (only,) = heads({"W_Q": HQ[0], "W_K": HK[0]}, heads=1)
    assert (HQ[0] == only.Q).all()


def test_names_can_be_given() -> None:
    odd = {"one": RIGHT["a.W_Q"], "two": RIGHT["a.W_K"]}
    found = heads(odd, query="one", key="two", heads=H)
    assert (HQ[3] == found[3].Q).all()
    assert (found[3].V, found[3].O, found[3].name) == (None, None, "one[3]")


def test_all_layers_are_found_in_the_order_of_their_numbers() -> None:
    many = {f"blocks.{layer}.attn.{name}": RIGHT[f"a.{name}"] for layer in (10, 2) for name in ("W_Q", "W_K")}
    assert [head.layer for head in heads(many, heads=H)][::H] == ["blocks.2.attn.W_Q", "blocks.10.attn.W_Q"]


@pytest.mark.parametrize("layer", ["self_attn.{}_proj.weight", "attn.w{}", "attn.to_{}.weight", "attention.{}_lin"])
def test_common_names_are_recognised(layer: str) -> None:
    way = LINEAR if layer.endswith("weight") else {f"m.{n}_proj.weight": LINEAR[f"m.{n}_proj.weight"].T for n in "qkvo"}
    found = heads({layer.format(name): way[f"m.{name}_proj.weight"] for name in "qkv"}, heads=H)
    assert (HQ[0] == found[0].Q).all()
    assert (HV[0] == found[0].V).all()


def test_a_square_matrix_is_turned_as_its_name_or_the_caller_says() -> None:
    square = {"query.weight": RNG.standard_normal((8, 8)), "key.weight": RNG.standard_normal((8, 8))}
    assert (heads(square, heads=2)[1].Q == square["query.weight"][4:].T).all()
    assert (square["query.weight"][:, 4:] == heads(square, heads=2, layout="right")[1].Q).all()
    plain = {"W_Q": square["query.weight"], "W_K": square["key.weight"]}
    assert (plain["W_Q"][:, 4:] == heads(plain, heads=2)[1].Q).all()
    assert (heads(plain, heads=2, layout="linear")[1].Q == plain["W_Q"][4:].T).all()


@pytest.mark.parametrize("name", ["h.0.attn.c_attn.weight", "qkv_proj.weight", "W_QKV"])
def test_one_matrix_with_query_key_and_value_blocks_is_cut(name: str) -> None:
    fused = np.concatenate([RIGHT["a.W_Q"], RIGHT["a.W_K"], RIGHT["a.W_V"]], axis=1)
    stored = {name: fused.T if name == "qkv_proj.weight" else fused}
    found = heads(stored, heads=H, kv_heads=G)
    assert all((HQ[h] == found[h].Q).all() and (HK[h // 2] == found[h].K).all() for h in range(H))
    assert all((HV[h // 2] == found[h].V).all() for h in range(H))
    assert (HQ[2] == heads(stored, fused=name, heads=H, kv_heads=G)[2].Q).all()


def test_gpt_neox_keeps_the_three_matrices_of_one_head_together() -> None:
    per_head = [np.concatenate([HQ[h], HQ[h] + 1, HQ[h] + 2], axis=1) for h in range(H)]
    found = heads({"attention.query_key_value.weight": np.concatenate(per_head, axis=1).T}, heads=H)
    assert all((HQ[h] == found[h].Q).all() and (HQ[h] + 2 == found[h].V).all() for h in range(H))


@pytest.mark.parametrize(
    ("weights", "options", "says"),
    [
        (RIGHT, {}, "pass heads="),
        (RIGHT, {"heads": 3}, "cannot cut a.W_Q into heads"),
        (RIGHT, {"heads": H, "kv_heads": 4}, "cannot cut a.W_Q into heads"),
        (RIGHT, {"heads": H, "layout": "linear"}, "as layout=linear"),
        (RIGHT, {"heads": H, "layout": "left"}, "no layout is called left"),
        (RIGHT, {"heads": H, "query": "a.W_Q"}, "needs key="),
        (RIGHT, {"heads": H, "query": "a.W_q", "key": "a.W_K"}, "Did you mean a.W_Q"),
        ({"a": RIGHT["a.W_Q"]}, {"heads": H}, "found no query and key matrices"),
        ({**RIGHT, "a.W_V": RIGHT["a.W_V"][:, :-1]}, {"heads": H}, "cannot cut a.W_V into 2 heads"),
        ({**RIGHT, "a.W_O": RIGHT["a.W_O"][:-1]}, {"heads": H}, "cannot cut a.W_O into 4 heads"),
        ({**RIGHT, "a.W_Q": np.ones(3)}, {"heads": H}, "needed: 2 or 3 axes"),
        ({**RIGHT, "a.W_Q": np.full((12, 20), np.nan)}, {"heads": H}, "a.W_Q has nan at (0, 0)"),
        ({**STACKS, "a.W_K": HK[:, :, :3]}, {}, "no stacks of d×k matrices"),
        (STACKS, {"heads": 5}, "no stacks of 5 heads"),
        ({"qkv": np.ones((7, 11))}, {"heads": 2}, "cannot cut qkv into heads"),
        ({"qkv": np.ones((7, 12))}, {}, "pass heads="),
    ],
    ids=range(16),
)
def test_what_cannot_be_cut_is_refused_with_the_reason(weights: Any, options: dict[str, Any], says: str) -> None:
    with pytest.raises(WeightsError) as caught:
        heads(weights, **options)
    assert says in str(caught.value)


@pytest.mark.needs("glassllm")
def test_a_trained_model_gives_sixteen_heads_that_compute_what_it_computes() -> None:
    package = find_spec("glassllm").submodule_search_locations[0]
    weights = read_weights(Path(package) / "weights" / "en.npz")
    found = heads(weights, heads=4)
    assert len(found) == 16
    x = RNG.standard_normal((3, 128))
    queries = (x @ weights["blocks.1.attn.W_Q"]).reshape(3, 4, 32).transpose(1, 0, 2)
    keys = (x @ weights["blocks.1.attn.W_K"]).reshape(3, 2, 32).transpose(1, 0, 2).repeat(2, axis=0)
    for h, head in enumerate(found[4:8]):
        assert np.allclose(x @ head.Q @ head.K.T @ x.T, queries[h] @ keys[h].T, rtol=1e-12, atol=1e-9)
