"""Attention in bfloat16 and float16 at real sizes: what the fused contract refuses, and what it accepts."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.checks import CheckFailed, CheckUndecided, assert_computes
from symattn.language import scalar, softmax
from tests.mutants.at_real_sizes import DTYPES, RIGHT, WRONG, eager, measured, missed, of_torch, on_tensors
from tests.mutants.subjects import ATTENTION, HEAD, V, X, keys, q, values

HALVES = ("float16", "bfloat16")
REAL = ({"n": 64, "m": 80, "k": 64, "v": 64}, {"n": 130, "m": 130, "k": 64, "v": 64})
TOLD = (
    "zeros",
    "the mean of the values",
    "no scale",
    "the last key lost",
    "a causal mask",
    "blocks that are not rescaled",
)


@pytest.mark.needs("torch")
@pytest.mark.parametrize("dtype", DTYPES)
def test_wrong_functions_die_at_real_sizes_and_no_right_one_is_refused(dtype: str) -> None:
    found = measured(dtype, 130)
    assert found.good, str(found)
    assert found.killed >= 15


@pytest.mark.needs("torch")
@pytest.mark.parametrize("dtype", HALVES)
def test_who_rounds_every_step_is_accepted_under_eager_only(dtype: str) -> None:
    assert missed(on_tensors(dtype, eager), dtype, 64)
    assert not missed(on_tensors(dtype, eager), dtype, 64, f"eager {dtype}")


@pytest.mark.needs("torch")
def test_rounding_the_weights_is_refused_under_upcast_only() -> None:
    for name in ("weights rounded once", "online softmax"):
        assert missed(on_tensors("bfloat16", RIGHT[name]), "bfloat16", 64, "upcast bfloat16")
        assert not missed(on_tensors("bfloat16", RIGHT[name]), "bfloat16", 64)
    assert not missed(on_tensors("bfloat16", RIGHT["upcast"]), "bfloat16", 64, "upcast bfloat16")


@pytest.mark.needs("torch")
@pytest.mark.parametrize("size", REAL, ids=["64x80", "130x64"])
@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("name", TOLD)
def test_wrong_attention_is_refused_at_real_sizes(name: str, dtype: str, size: dict[str, int]) -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_computes(on_tensors(dtype, WRONG[name]), ATTENTION, dtype=dtype, framework="torch", sizes=size, trials=1)
    assert not isinstance(caught.value, CheckUndecided)
    assert f"contract    : fused {dtype}" in str(caught.value)


@pytest.mark.needs("torch")
@pytest.mark.parametrize("size", [*REAL, None], ids=["64x80", "130x64", "default"])
@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("name", RIGHT)
def test_right_attention_is_accepted_at_real_sizes(name: str, dtype: str, size: dict[str, int] | None) -> None:
    for seed in range(1 if size else 3):
        assert_computes(
            on_tensors(dtype, RIGHT[name]), ATTENTION, dtype=dtype, framework="torch", sizes=size, trials=1, seed=seed
        )


@pytest.mark.needs("torch")
@pytest.mark.parametrize("size", [*REAL, None], ids=["64x80", "130x64", "default"])
@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("name", ["torch MATH", "torch FLASH", "torch, its own choice"])
def test_the_attention_of_torch_is_accepted(name: str, dtype: str, size: dict[str, int] | None) -> None:
    assert_computes(of_torch()[name], ATTENTION, dtype=dtype, framework="torch", sizes=size)


@pytest.mark.needs("torch")
@pytest.mark.parametrize("dtype", ["float64", "float32", *HALVES])
def test_the_attention_of_torch_takes_any_scale(dtype: str) -> None:
    """Also 0, negative, tiny and large ones."""
    from torch.nn.functional import scaled_dot_product_attention

    def attend(q: Any, k: Any, v: Any, t: float) -> Any:
        return scaled_dot_product_attention(q[None, None], k[None, None], v[None, None], scale=t)[0, 0]

    def unsigned(q: Any, k: Any, v: Any, t: float) -> Any:
        return attend(q, k, v, abs(t))

    expr = softmax(scalar("t") * (q @ keys.T)) @ values
    assert_computes(attend, expr, dtype=dtype, framework="torch")
    with pytest.raises(CheckFailed, match="scalars     : t = -"):
        assert_computes(unsigned, expr, dtype=dtype, framework="torch")


@pytest.mark.needs("torch")
@pytest.mark.parametrize("dtype", HALVES)
def test_layers_that_store_tensors_between_kernels_are_accepted(dtype: str) -> None:
    from torch.nn.functional import scaled_dot_product_attention

    def layer(X: Any, Q: Any, K: Any, V: Any) -> Any:
        return X + scaled_dot_product_attention((X @ Q)[None], (X @ K)[None], (X @ V)[None])[0] @ V.T

    def unscaled(X: Any, Q: Any, K: Any, V: Any) -> Any:
        return X + scaled_dot_product_attention((X @ Q)[None], (X @ K)[None], (X @ V)[None], scale=1.0)[0] @ V.T

    expr = X + HEAD @ V.T
    assert_computes(layer, expr, dtype=dtype, framework="torch")
    with pytest.raises(CheckFailed, match=f"contract    : fused {dtype}"):
        assert_computes(unscaled, expr, dtype=dtype, framework="torch")
