"""Reading weights: every good file as it is, and for every bad one a WeightsError that says what would be accepted."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from symattn.errors import WeightsError
from symattn.models import read_weights

RNG = np.random.default_rng(0)
Q = RNG.standard_normal((4, 6)).astype(np.float32)


def safetensors(tensors: dict[str, tuple[str, np.ndarray]], **changes: Any) -> bytes:
    """The bytes of a file; `changes` replace parts of the header entry of the last tensor."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, (kind, array) in tensors.items():
        raw = array.tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    header[name].update(changes)
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_an_npz_archive_gives_its_arrays_and_leaves_text_out(tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", Q=Q, step=np.int64(3), config=np.array("text"))
    weights = read_weights(tmp_path / "w.npz")
    assert set(weights) == {"Q", "step"}
    assert (weights["Q"] == Q).all()


def test_half_precision_is_widened_exactly(tmp_path: Path) -> None:
    half = Q.astype(np.float16)
    np.savez_compressed(tmp_path / "w.npz", Q=half)
    assert read_weights(tmp_path / "w.npz")["Q"].dtype == np.float32
    file = written(tmp_path / "w.safetensors", safetensors({"Q": ("F16", half)}))
    assert (read_weights(file)["Q"] == half.astype(np.float32)).all()


def test_bfloat16_is_the_upper_half_of_a_float32(tmp_path: Path) -> None:
    upper = (Q.view(np.uint32) >> 16).astype(np.uint16)
    file = written(tmp_path / "w.safetensors", safetensors({"Q": ("BF16", upper)}))
    read = read_weights(file)["Q"]
    assert (read.view(np.uint32) == Q.view(np.uint32) & 0xFFFF0000).all()


def test_every_tensor_of_a_safetensors_file_is_at_its_offset(tmp_path: Path) -> None:
    tensors = {"a": ("F32", Q), "b": ("F64", Q.astype(float)[:2]), "c": ("I32", np.arange(5, dtype=np.int32))}
    weights = read_weights(written(tmp_path / "w.safetensors", safetensors(tensors)))
    assert list(weights) == ["a", "b", "c"]
    assert all((weights[name] == array).all() for name, (_, array) in tensors.items())


def test_an_empty_tensor_is_read(tmp_path: Path) -> None:
    file = written(tmp_path / "w.safetensors", safetensors({"a": ("F32", np.zeros((0, 3), np.float32))}))
    assert read_weights(file)["a"].shape == (0, 3)


def refused(file: Path, name: str = "Q") -> str:
    with pytest.raises(WeightsError) as caught:
        read_weights(file)[name]
    return str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.npz") == f"there is no file {tmp_path / 'none.npz'}"
    assert refused(tmp_path / "none.safetensors").startswith("there is no file")


def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(tmp_path: Path) -> None:
    assert ".npz (numpy.savez), .safetensors" in refused(written(tmp_path / "w.gguf", b""))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    said = refused(written(tmp_path / "w.npz", b"not a zip"))
    assert "not a zip file" in said
    assert "numpy.savez" in said


def test_an_archive_without_arrays_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "w.npz", "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "no .npy array" in refused(tmp_path / "w.npz")


def test_a_pickled_object_is_never_loaded(tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", Q=np.array([{"a": 1}, None], dtype=object))
    assert "pickled object, which could run any code" in refused(tmp_path / "w.npz")


def test_a_name_that_is_not_there_suggests_the_nearest(tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", **{"blocks.0.attn.W_Q": Q, "norm": Q})
    assert "Did you mean blocks.0.attn.W_Q?" in refused(tmp_path / "w.npz", "blocks.0.attn.W_q")


@pytest.mark.parametrize(("bad", "shown"), [(np.nan, "nan"), (np.inf, "inf")])
def test_a_number_that_is_none_is_reported_with_its_place(tmp_path: Path, bad: float, shown: str) -> None:
    broken = Q.copy()
    broken[2, 5] = bad
    np.savez(tmp_path / "w.npz", Q=broken)
    assert refused(tmp_path / "w.npz").startswith(f"Q has {shown} at (2, 5)")
    file = written(tmp_path / "w.safetensors", safetensors({"Q": ("F32", broken)}))
    assert refused(file).startswith(f"Q has {shown} at (2, 5)")


@pytest.mark.parametrize("kept", [0, 4, 9, 40, -1])
def test_a_truncated_safetensors_file_is_refused(tmp_path: Path, kept: int) -> None:
    whole = safetensors({"Q": ("F32", Q)})
    said = refused(written(tmp_path / "w.safetensors", whole[:kept]))
    assert said.startswith("cannot read")
    assert "u64 header length" in said


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"shape": [4, 7]}, "4×7 of F32, but has 96 bytes"),
        ({"shape": [4, -6]}, "not a whole number ≥ 0"),
        ({"shape": 24}, "no dtype, shape and data_offsets"),
        ({"data_offsets": [0, 96, 3]}, "no dtype, shape and data_offsets"),
        ({"data_offsets": [32, 128]}, "the file is truncated"),
        ({"data_offsets": [96, 0]}, "but has -96 bytes"),
        ({"dtype": "F8_E4M3"}, "Q is quantised: it is of f8_e4m3"),
        ({"dtype": "C64"}, "its type is C64; readable: F64"),
    ],
    ids=str,
)
def test_a_header_that_contradicts_the_file_is_refused(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    assert says in refused(written(tmp_path / "w.safetensors", safetensors({"Q": ("F32", Q)}, **changes)))


@pytest.mark.parametrize("header", [b"[]", b"{", b'{"Q": 3}', b"\xff\xfe", b"null"])
def test_a_header_that_is_no_table_is_refused(tmp_path: Path, header: bytes) -> None:
    file = written(tmp_path / "w.safetensors", len(header).to_bytes(8, "little") + header)
    assert refused(file).startswith("cannot read")


@pytest.mark.parametrize("ending", ["npz", "safetensors"])
def test_no_damage_to_a_file_causes_another_error(tmp_path: Path, ending: str) -> None:
    """Bytes overwritten at random: either the numbers are read, or a WeightsError says why not."""
    if ending == "npz":
        np.savez(tmp_path / "w.npz", Q=Q, K=Q)
        whole = (tmp_path / "w.npz").read_bytes()
    else:
        whole = safetensors({"Q": ("F32", Q), "K": ("F16", Q.astype(np.float16))})
    rng, errors = np.random.default_rng(1), 0
    for _ in range(150):
        damaged = bytearray(whole)
        for place in rng.integers(0, len(whole), rng.integers(1, 6)):
            damaged[place] = rng.integers(0, 256)
        file = written(tmp_path / f"d.{ending}", bytes(damaged[: rng.integers(1, len(whole) + 1)]))
        try:
            weights = read_weights(file)
            for name in weights:
                weights[name]
        except WeightsError:
            errors += 1
    assert errors > 75
