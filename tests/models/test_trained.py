"""Heads out of files: whatever way the matrices are stored, the same heads come out."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from symattn.errors import WeightsError, WeightsWarning
from symattn.models import Head, heads, read_weights

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
    (only,) = heads({"W_Q": HQ[0], "W_K": HK[0]}, heads=1, layout="right")
    assert (HQ[0] == only.Q).all()


def test_names_can_be_given() -> None:
    odd = {"one": RIGHT["a.W_Q"], "two": RIGHT["a.W_K"]}
    found = heads(odd, query="one", key="two", heads=H)
    assert (HQ[3] == found[3].Q).all()
    assert (found[3].V, found[3].O, found[3].name) == (None, None, "one[3]")


def test_all_layers_are_found_in_the_order_of_their_numbers() -> None:
    many = {f"blocks.{layer}.attn.{name}": RIGHT[f"a.{name}"] + layer for layer in (10, 2) for name in ("W_Q", "W_K")}
    assert [head.layer for head in heads(many, heads=H)][::H] == ["blocks.2.attn.W_Q", "blocks.10.attn.W_Q"]


@pytest.mark.parametrize("layer", ["self_attn.{}_proj.weight", "attn.w{}", "attn.to_{}.weight", "attention.{}_lin"])
def test_common_names_are_recognised(layer: str) -> None:
    way = LINEAR if layer.endswith("weight") else {f"m.{n}_proj.weight": LINEAR[f"m.{n}_proj.weight"].T for n in "qkvo"}
    found = heads({layer.format(name): way[f"m.{name}_proj.weight"] for name in "qkv"}, heads=H)
    assert (HQ[0] == found[0].Q).all()
    assert (HV[0] == found[0].V).all()


def test_a_square_matrix_is_turned_as_its_name_or_the_caller_says() -> None:
    square = {"query.weight": RNG.standard_normal((8, 8)), "key.weight": RNG.standard_normal((8, 8))}
    with pytest.warns(WeightsWarning, match="read as linear.*right.*layout=.*: query.weight"):
        assert (heads(square, heads=2)[1].Q == square["query.weight"][4:].T).all()
    assert (square["query.weight"][:, 4:] == heads(square, heads=2, layout="right")[1].Q).all()
    plain = {"W_Q": square["query.weight"], "W_K": square["key.weight"]}
    with pytest.warns(WeightsWarning, match="read as right.*linear.*layout=.*: W_Q"):
        assert (plain["W_Q"][:, 4:] == heads(plain, heads=2)[1].Q).all()
    assert (heads(plain, heads=2, layout="linear")[1].Q == plain["W_Q"][4:].T).all()


@pytest.mark.parametrize("name", ["h.0.attn.c_attn.weight", "qkv_proj.weight", "W_QKV"])
def test_one_matrix_with_query_key_and_value_blocks_is_cut(name: str) -> None:
    fused = np.concatenate([RIGHT["a.W_Q"], RIGHT["a.W_K"], RIGHT["a.W_V"]], axis=1)
    stored = {name: fused.T if name == "qkv_proj.weight" else fused}
    with pytest.warns(WeightsWarning, match="packing=blocks.*the other reading is packing=grouped"):
        found = heads(stored, heads=H, kv_heads=G)
    assert all((HQ[h] == found[h].Q).all() and (HK[h // 2] == found[h].K).all() for h in range(H))
    assert all((HV[h // 2] == found[h].V).all() for h in range(H))
    assert (HQ[2] == heads(stored, fused=name, heads=H, kv_heads=G, packing="blocks")[2].Q).all()


def test_gpt_neox_keeps_the_three_matrices_of_one_head_together() -> None:
    per_head = [np.concatenate([HQ[h], HQ[h] + 1, HQ[h] + 2], axis=1) for h in range(H)]
    stored = {"attention.query_key_value.weight": np.concatenate(per_head, axis=1).T}
    with pytest.warns(WeightsWarning, match="packing=grouped.*the other reading is packing=blocks"):
        found = heads(stored, heads=H, kv_heads=H, layout="linear")
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
        ({"qkv": np.ones((7, 12))}, {"heads": 10**12}, "cannot cut qkv into heads"),
        ({"qkv": np.ones((4, 12))}, {"heads": 2, "packing": "rows", "layout": "right"}, "no packing is called rows"),
        (RIGHT, {"heads": 0}, "heads=0 is not a whole number from 1 on"),
        (RIGHT, {"heads": "4"}, "heads='4' is not a whole number"),
        (RIGHT, {"heads": 4, "kv_heads": 0}, "kv_heads=0 is not a whole number"),
        (RIGHT, {"heads": 4, "key": "a.W_K"}, "key= needs query="),
        (RIGHT, {"heads": 4, "output": "a.W_O"}, "output= needs query="),
        (RIGHT, {"heads": 4, "fused": "a.W_Q", "value": "a.W_V"}, "value= cannot be given beside it"),
        ({}, {"heads": 4}, "there are no tensors"),
    ],
    ids=range(25),
)
def test_what_cannot_be_cut_is_refused_with_the_reason(weights: Any, options: dict[str, Any], says: str) -> None:
    with pytest.raises(WeightsError) as caught:
        heads(weights, **options)
    assert says in str(caught.value)


def fused(packing: str, query_heads: int, key_heads: int, width: int, name: str = "query_key_value") -> Any:
    """A fused matrix as torch's Linear has it, with the heads in it."""
    parts = RNG.standard_normal((query_heads + 2 * key_heads, width, K))
    share = query_heads // key_heads
    if packing == "blocks":
        Q, keys, V = parts[:query_heads], parts[query_heads:-key_heads], parts[-key_heads:]
    else:
        grouped = parts.reshape(key_heads, share + 2, width, K)
        Q, keys, V = grouped[:, :share].reshape(-1, width, K), grouped[:, share], grouped[:, share + 1]
    return {f"{name}.weight": side_by_side(parts).T}, Q, keys, V


@pytest.mark.parametrize("packing", ["blocks", "grouped"])
@pytest.mark.parametrize(("query_heads", "key_heads"), [(6, 3), (4, 4), (4, 1), (8, 2)])
def test_every_packing_of_a_fused_matrix_can_be_asked_for(packing: str, query_heads: int, key_heads: int) -> None:
    stored, Q, keys, V = fused(packing, query_heads, key_heads, query_heads * K)
    found = heads(stored, heads=query_heads, packing=packing)  # d = H k says how many key heads there are
    share = query_heads // key_heads
    assert all((Q[h] == head.Q).all() and (keys[h // share] == head.K).all() for h, head in enumerate(found))
    assert all((V[h // share] == head.V).all() for h, head in enumerate(found))


def test_grouped_heads_in_a_fused_matrix_are_refused_until_the_packing_is_named() -> None:
    """Falcon groups them, ChatGLM does not, and both call the matrix query_key_value."""
    stored, *_ = fused("grouped", 8, 2, 8 * K)
    with pytest.raises(WeightsError) as caught:
        heads(stored, heads=8)
    said = str(caught.value)
    assert said.startswith("query_key_value.weight can be read in two ways")
    assert "packing=blocks  : [Q | K | V]" in said
    assert "packing=grouped : [q … q k v] for each key head" in said


def test_one_key_head_has_the_same_place_in_both_packings() -> None:
    stored, Q, keys, _ = fused("grouped", 4, 1, 4 * K)
    found = heads(stored, heads=4)
    assert (Q[3] == found[3].Q).all()
    assert (keys[0] == found[3].K).all()


def test_several_numbers_of_key_heads_that_fit_are_refused_with_the_widths() -> None:
    stored, *_ = fused("grouped", 4, 4, 7)
    with pytest.raises(WeightsError, match="kv_heads=1 : heads of width 10\n    kv_heads=4 : heads of width 5"):
        heads(stored, heads=4)


def test_a_number_of_key_heads_against_the_square_is_told_of() -> None:
    with pytest.warns(WeightsWarning, match=r"kv_heads=8 \(k=2\) was asked for, but .* kv_heads=2 \(k=4\)"):
        heads({"qkv": np.ones((32, 48))}, heads=8, kv_heads=8, layout="right")


@pytest.mark.parametrize("name", ["c_proj", "dense", "o_proj", "out_proj", "proj"])
def test_the_output_beside_a_fused_matrix_is_found(name: str) -> None:
    stored, *_ = fused("blocks", 4, 4, 4 * K, "attn.qkv")
    output = RNG.standard_normal((4 * K, 4 * K))
    (_, second, *_) = heads({**stored, f"attn.{name}.weight": output}, heads=4)
    assert (second.O == output[:, K : 2 * K].T).all()


@pytest.mark.parametrize("lost", ["a.W_K", "a.W_Q"])
def test_a_query_without_a_key_or_the_reverse_is_an_error_that_names_the_partner(lost: str) -> None:
    names = {**RIGHT, "b.W_Q": RIGHT["a.W_Q"], "b.W_K": RIGHT["a.W_K"]}
    found = {"a.W_K": "a.W_Q", "a.W_Q": "a.W_K"}[lost]
    with pytest.raises(WeightsError) as caught:
        heads({name: part for name, part in names.items() if name != lost}, heads=H)
    assert f"found      : {found}" in str(caught.value)
    assert f"looked for : {lost} in the mapping" in str(caught.value)


def test_everyday_words_are_halves_only_where_the_file_uses_them_for_attention() -> None:
    """RWKV has a key without a query in its feed-forward part."""
    whole = {"0.query": RIGHT["a.W_Q"], "0.key": RIGHT["a.W_K"]}
    with pytest.raises(WeightsError, match="a layer has a key and no query"):
        heads({**whole, "1.key": RIGHT["a.W_K"]}, heads=H)
    assert len(heads({**RIGHT, "ffn.key": RIGHT["a.W_K"]}, heads=H)) == H


def test_keys_and_values_of_other_queries_are_left_out_with_a_warning() -> None:
    """The cross-attention of GPT-2 has a c_attn of keys and values, which d = H k would take for grouped heads."""
    more = {"cross.c_attn.weight": np.ones((20, 40)), "cross.q_attn.weight": np.ones((20, 20))}
    stored = {"attn.c_attn.weight": np.ones((20, 60)), **more}
    with pytest.warns(WeightsWarning, match="left out: cross.c_attn.weight"):
        assert len(heads(stored, heads=4)) == 4


def test_layers_with_the_same_numbers_under_two_names_are_told_of() -> None:
    twice = {f"{prefix}{name}": part for prefix in ("", "module.") for name, part in RIGHT.items()}
    with pytest.warns(WeightsWarning, match="same numbers under several names.*: a.W_Q, module.a.W_Q"):
        assert len(heads(twice, heads=H)) == 2 * H


def test_the_output_of_bert_is_found() -> None:
    names = {"W_Q": "self.query", "W_K": "self.key", "W_V": "self.value", "W_O": "output.dense"}
    stored = {f"layer.0.attention.{new}.weight": RIGHT[f"a.{old}"].T for old, new in names.items()}
    assert agree(heads(stored, heads=H))


def test_a_stack_that_is_wider_than_long_is_told_of() -> None:
    with pytest.warns(WeightsWarning, match="d = 5 < k = 12"):
        heads({"W_Q": HQ.swapaxes(1, 2), "W_K": HK.swapaxes(1, 2)})


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"a.W_K": HK}, "no stacks of 4 heads"),
        ({"a.W_Q": RIGHT["a.W_Q"].astype(np.int8)}, "a.W_Q is quantised: it is of int8"),
        ({"a.W_K_scale": np.ones(1)}, "a.W_K is quantised"),
        ({"b.q_proj.qweight": np.ones((4, 4), np.int32)}, "b.q_proj.qweight is quantised"),
        ({"a.W_Q": np.zeros((0, 20))}, "none of length 0"),
        ({"a.W_Q": RIGHT["a.W_Q"] + 0j}, "of complex128"),
        ({"a.W_Q": np.ma.masked_less(RIGHT["a.W_Q"], 0)}, "masked array"),
        ({"a.W_Q": RIGHT["a.W_Q"].astype(np.longdouble)}, "float64 does not hold"),
        ({"a.W_V": HV[:, :-1]}, "a.W_V does not fit the heads"),
        ({"a.W_V": HV[:1]}, "a.W_V does not fit the heads"),
        ({"a.W_O": HO[:, :, :-1]}, "a.W_O does not fit the heads"),
        ({"a.q_norm.weight": np.ones(2)}, "10 heads of width 2 would fit"),
    ],
    ids=range(12),
)
def test_what_is_no_plain_matrix_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(WeightsError) as caught:
        heads({**RIGHT, **changed}, heads=H)
    assert says in str(caught.value)


def test_a_head_shows_its_name_and_not_its_matrices() -> None:
    assert repr(heads(RIGHT, heads=H)[1]) == "Head(layer='a.W_Q', index=1)"


@pytest.mark.needs("glassllm")
@pytest.mark.filterwarnings("ignore::symattn.errors.WeightsWarning")
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
