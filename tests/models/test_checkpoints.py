"""Opening checkpoints: every layer of every shard, tensors of every library, and what config.json says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from symattn.errors import MissingExtra, WeightsError, WeightsWarning
from symattn.models import heads, read_weights

RNG = np.random.default_rng(0)
LAYERS, D, HEADS, GROUPS, K = 3, 12, 4, 2, 5
NAMES = [f"layers.{layer}.self_attn.{part}_proj.weight" for layer in range(LAYERS) for part in "qkv"]
MODEL = {name: RNG.standard_normal(((HEADS if ".q_" in name else GROUPS) * K, D)).astype(np.float32) for name in NAMES}
QUIET = pytest.mark.filterwarnings("ignore::symattn.errors.WeightsWarning")


def safetensors(tensors: dict[str, np.ndarray]) -> bytes:
    header: dict[str, Any] = {}
    data = b""
    for name, array in tensors.items():
        raw = array.tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def shards(folder: Path, count: int = 2, index: bool = True) -> dict[str, str]:
    """The model in shards whose cuts fall inside of layers."""
    size = -(-len(NAMES) // count)
    places = {}
    for number in range(count):
        file = f"model-{number + 1:05}-of-{count:05}.safetensors"
        part = {name: MODEL[name] for name in NAMES[number * size : (number + 1) * size]}
        (folder / file).write_bytes(safetensors(part))
        places |= dict.fromkeys(part, file)
    if index:
        (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": places}))
    return places


def whole(found: list[Any]) -> bool:
    return len(found) == LAYERS * HEADS and all(
        (head.Q == MODEL[head.layer][head.index * K : (head.index + 1) * K].T).all()
        and (head.K == MODEL[head.layer.replace(".q_", ".k_")][head.index // 2 * K :][:K].T).all()
        for head in found
    )


@pytest.mark.parametrize("count", [2, 4, 9])
@pytest.mark.parametrize("index", [True, False], ids=["index", "no index"])
def test_no_layer_is_lost_whose_tensors_lie_in_two_shards(tmp_path: Path, count: int, index: bool) -> None:
    shards(tmp_path, count, index)
    assert whole(heads(read_weights(tmp_path), heads=HEADS))


def test_an_index_and_a_list_of_shards_are_the_folder(tmp_path: Path) -> None:
    shards(tmp_path)
    assert whole(heads(read_weights(tmp_path / "model.safetensors.index.json"), heads=HEADS))
    assert whole(heads(read_weights(sorted(tmp_path.glob("*.safetensors"))), heads=HEADS))
    assert whole(heads(tmp_path, heads=HEADS))


def test_a_layer_that_ends_in_the_next_shard_is_an_error_that_names_both_tensors(tmp_path: Path) -> None:
    shards(tmp_path, 9)
    with pytest.raises(WeightsError) as caught:
        heads(read_weights(tmp_path / "model-00001-of-00009.safetensors"), heads=HEADS)
    said = str(caught.value)
    assert "found      : layers.0.self_attn.q_proj.weight" in said
    assert "looked for : layers.0.self_attn.k_proj.weight in" in said
    assert "pass all shards" in said


def test_one_shard_with_whole_layers_says_that_it_is_one(tmp_path: Path) -> None:
    shards(tmp_path, 3)
    with pytest.warns(WeightsWarning, match="is one of 3 shards, and the layers of the others are not read"):
        assert len(heads(read_weights(tmp_path / "model-00002-of-00003.safetensors"), heads=HEADS)) == HEADS


def _lost(folder: Path) -> None:
    (folder / "model-00002-of-00002.safetensors").unlink()


def _twice(folder: Path) -> None:
    (folder / "model-00002-of-00002.safetensors").write_bytes(safetensors(MODEL))


def _two(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    for name in "ab":
        (folder / f"{name}.safetensors").write_bytes(safetensors(MODEL))


def _none(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_lost, "has 1 of 2 shards\n  number 2 is missing"),
        (_twice, "is in two files: which is meant?"),
        (_two, "holds several models\n  it has a.safetensors, b.safetensors"),
        (_none, "holds no weights"),
    ],
)
def test_a_folder_that_is_not_one_whole_model_is_refused(
    tmp_path: Path, damage: Callable[[Path], None], says: str
) -> None:
    shards(tmp_path, index=False)
    damage(tmp_path)
    with pytest.raises(WeightsError) as caught:
        read_weights(tmp_path)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "it is no JSON"),
        ("[]", "is no index of shards"),
        ('{"weight_map": {}}', "is no index of shards"),
        ('{"weight_map": {"q": 3}}', "is no index of shards"),
        ('{"weight_map": {"q": "../other.safetensors"}}', "needed: the name of a file in the same folder"),
        ('{"weight_map": {"q": "none.safetensors"}}', "there is no file"),
        ('{"weight_map": {"q": "model-00001-of-00002.safetensors"}}', "q is not where the index says"),
        ('{"weight_map": {"q": "model.safetensors.index.json"}}', "needed: the name of a file"),
    ],
)
def test_an_index_that_is_not_true_is_refused(tmp_path: Path, content: str, says: str) -> None:
    shards(tmp_path)
    (tmp_path / "model.safetensors.index.json").write_text(content)
    with pytest.raises(WeightsError) as caught:
        read_weights(tmp_path)
    assert says in str(caught.value)


def with_config(folder: Path, **content: Any) -> Any:
    (folder / "model.safetensors").write_bytes(safetensors(MODEL))
    (folder / "config.json").write_text(json.dumps(content))
    return read_weights(folder / "model.safetensors")


def test_the_configuration_says_how_many_heads_there_are(tmp_path: Path) -> None:
    assert whole(heads(with_config(tmp_path, num_attention_heads=HEADS, num_key_value_heads=GROUPS)))


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        ({"num_attention_heads": 12}, {"heads": 4}, ["heads=4", "num_attention_heads=12"]),
        ({"n_head": 12}, {"heads": 4}, ["heads=4", "n_head=12"]),
        ({"text_config": {"num_attention_heads": 12}}, {"heads": 4}, ["config.json, text_config", "=12"]),
        ({"n_head": 4, "num_key_value_heads": 4}, {"kv_heads": 2}, ["kv_heads=2", "num_key_value_heads=4"]),
        ({"n_head": 4, "num_key_value_heads": 4}, {}, ["and 4 key heads"]),
        ({"n_head": 4, "head_dim": 8}, {}, ["4 heads of width 5", "head_dim=8"]),
        ({"n_head": 4, "multi_query": True}, {"kv_heads": 2}, ["multi_query=1"]),
    ],
    ids=range(7),
)
def test_a_contradiction_to_the_configuration_shows_both(
    tmp_path: Path, content: dict[str, Any], options: dict[str, int], says: list[str]
) -> None:
    with pytest.raises(WeightsError) as caught:
        heads(with_config(tmp_path, **content), **options)
    assert all(part in str(caught.value) for part in says)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"rope_theta": 10000.0}, "positions rotate queries and keys \\(rope_theta in config.json\\)"),
        ({"model_type": "gpt_neox"}, "positions rotate queries and keys \\(model_type in config.json\\)"),
        ({"attn_logit_softcapping": 50.0}, "the scores are capped"),
    ],
)
def test_the_configuration_tells_what_is_around_the_form(tmp_path: Path, content: dict[str, Any], says: str) -> None:
    with pytest.warns(WeightsWarning, match=says):
        heads(with_config(tmp_path, n_head=HEADS, **content))


def test_a_configuration_of_several_parts_is_not_checked_and_says_so(tmp_path: Path) -> None:
    parts = {"text_config": {"n_head": 7}, "vision_config": {"n_head": 9}}
    with pytest.warns(WeightsWarning, match="has the parts text_config, vision_config"):
        heads(with_config(tmp_path, **parts), heads=HEADS)


def test_a_damaged_configuration_is_told_of(tmp_path: Path) -> None:
    with_config(tmp_path)
    (tmp_path / "config.json").write_bytes(b"\xff{")
    with pytest.warns(WeightsWarning, match="config.json says nothing about the heads"):
        heads(tmp_path, heads=HEADS)


@pytest.mark.parametrize(
    ("kind", "packing"), [("falcon", "grouped"), ("chatglm", "blocks"), ("internlm2", "grouped"), ("gpt2", "blocks")]
)
@QUIET
def test_the_model_type_decides_the_packing(tmp_path: Path, kind: str, packing: str) -> None:
    stored = {"query_key_value.weight": RNG.standard_normal((40, 20)).astype(np.float32)}  # 4 + 2·2 heads of width 5
    (tmp_path / "model.safetensors").write_bytes(safetensors(stored))
    (tmp_path / "config.json").write_text(json.dumps({"model_type": kind, "n_head": 4, "new_decoder_architecture": 1}))
    found, asked = heads(tmp_path), heads(stored, heads=4, packing=packing)
    assert all((one.Q == other.Q).all() and (one.K == other.K).all() for one, other in zip(found, asked, strict=True))


@pytest.mark.needs("torch")
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16"])
@pytest.mark.parametrize("place", ["mapping", "file"])
def test_torch_tensors_of_every_type_are_read_as_they_are(tmp_path: Path, dtype: str, place: str) -> None:
    import torch

    kind = getattr(torch, dtype)
    state = {name: torch.from_numpy(array).to(kind).requires_grad_() for name, array in MODEL.items()}
    torch.save(state, tmp_path / "pytorch_model.bin")
    found = heads(state if place == "mapping" else tmp_path, heads=HEADS)
    expected = state["layers.1.self_attn.q_proj.weight"].detach().to(torch.float64).numpy()
    assert (found[5].Q == expected[5:10].T).all()
    assert found[5].Q.dtype == (np.float64 if dtype == "float64" else np.float32)


@pytest.mark.needs("torch")
def test_a_module_of_torch_is_its_state() -> None:
    import torch

    class Attention(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.q_proj, self.k_proj = (torch.nn.Linear(D, HEADS * K, bias=False) for _ in range(2))

    module = Attention()
    found = heads(module, heads=HEADS, layout="linear")
    assert (found[1].K == module.k_proj.weight.detach().numpy()[5:10].T).all()


@pytest.mark.needs("torch")
@pytest.mark.parametrize("kind", ["int8", "float8_e4m3fn", "complex64", "sparse", "meta"])
def test_a_torch_tensor_that_holds_no_plain_numbers_is_refused(kind: str) -> None:
    import torch

    state = {name: torch.from_numpy(array) for name, array in MODEL.items()}
    name = NAMES[3]
    plain = state[name]
    state[name] = {"sparse": plain.to_sparse, "meta": lambda: plain.to("meta")}.get(
        kind, lambda: plain.to(getattr(torch, kind))
    )()
    with pytest.raises(WeightsError, match=name):
        heads(state, heads=HEADS)


@pytest.mark.needs("torch")
def test_a_file_of_torch_never_runs_what_it_says(tmp_path: Path) -> None:
    import torch

    torch.save({"q": Path}, tmp_path / "w.pt")
    torch.save([1], tmp_path / "list.pt")
    (tmp_path / "damaged.pt").write_bytes(b"PK\x03\x04 nothing")
    for name in ("w.pt", "list.pt", "damaged.pt"):
        with pytest.raises(WeightsError, match=name):
            read_weights(tmp_path / name)


def test_a_file_of_torch_needs_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "w.bin").write_bytes(b"")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"pip install 'symattn\[torch\]'"):
        read_weights(tmp_path / "w.bin")


@pytest.mark.needs("jax")
def test_jax_arrays_are_read_in_bfloat16_too() -> None:
    import jax.numpy as jnp

    for dtype in ("float32", "bfloat16"):
        state = {name: jnp.asarray(array, dtype=dtype) for name, array in MODEL.items()}
        found = heads(state, heads=HEADS)
        assert (found[0].Q == np.asarray(state[NAMES[0]].astype("float32"))[:K].T).all()


def test_nested_mappings_are_joined_by_dots() -> None:
    nested = {"model": {"attn": {"W_Q": MODEL[NAMES[0]].T, "W_K": MODEL[NAMES[1]].T}}, "step": 7, "name": "x"}
    assert heads(nested, heads=HEADS)[0].layer == "model.attn.W_Q"


def test_what_names_no_file_is_refused() -> None:
    for path in ([], "a" * 5000 + ".npz", "none.npz"):
        with pytest.raises(WeightsError, match="file"):
            read_weights(path)


def test_what_holds_no_names_is_refused() -> None:
    with pytest.raises(WeightsError, match="a list holds no weights by name"):
        heads([MODEL[NAMES[0]]], heads=HEADS)


def test_a_name_that_is_in_a_file_twice_is_refused(tmp_path: Path) -> None:
    content = safetensors({"q": MODEL[NAMES[0]], "k": MODEL[NAMES[0]]}).replace(b'"k"', b'"q"')
    (tmp_path / "w.safetensors").write_bytes(content)
    with pytest.raises(WeightsError, match="q is in it twice"):
        read_weights(tmp_path / "w.safetensors")
