"""What a function is given: the same numbers, held in memory in other ways; by place, by name, and by other names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks import assert_attention
from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.spec.spec import attention_spec
from symattn.checks.attention.trials.arguments import laid_out, need_callable, placed, tensor
from symattn.checks.attention.trials.draws import inputs_of
from symattn.checks.attention.trials.sizes import HELD, Shape
from symattn.checks.harness.frameworks import framework_called
from symattn.errors import LanguageError


@pytest.mark.parametrize("held", HELD)
def test_numbers_are_the_same_however_they_are_held(held: str) -> None:
    value = np.arange(24.0).reshape(2, 3, 4)
    made = tensor(framework_called("numpy", "float32"), value, "float32", held, "cpu")
    assert (made == value).all()
    assert made.flags.c_contiguous == (held == "contiguous")


def test_booleans_and_lengths_stay_what_they_are() -> None:
    numpy = framework_called("numpy", "float16")
    assert tensor(numpy, np.array([[True]]), "float16", "sliced", "cpu").dtype == np.bool_
    assert tensor(numpy, np.array([3]), "float16", "contiguous", "cpu").dtype == np.int32


def test_extras_come_in_the_order_of_the_spec() -> None:
    spec = read("layout=bnhd, mask=b1nm, rope=halves, alignment=upper-left, qk_norm=1e-05, sinks=true")
    inputs = inputs_of(spec, Shape(2, 5, 7, 8, 6), 0, "float32")
    assert inputs is not None
    given = laid_out(spec, inputs)
    assert list(given) == ["q", "k", "v", "mask", "sinks", "q_gain", "k_gain", "cos", "sin"]
    assert given["q"].shape == (2, 5, 2, 8)
    assert given["cos"].shape[1] == 4


def test_names_win_over_places_and_a_spec_is_given_to_whom_asks() -> None:
    def named(q: Any, k: Any, v: Any, *, attn_mask: Any, spec: Any) -> None: ...
    def by_place(q: Any, k: Any, v: Any, any_name: Any, /) -> None: ...

    given = dict(zip(("q", "k", "v", "mask"), range(4), strict=True))
    spec = attention_spec(mask="b1nm", names={"mask": "attn_mask"})
    assert placed(named, spec, given) == ([0, 1, 2], {"attn_mask": 3, "spec": spec})
    assert placed(by_place, spec, given) == ([0, 1, 2, 3], {})


def test_what_cannot_be_called_is_refused_with_what_it_takes() -> None:
    with pytest.raises(LanguageError, match="is not a function"):
        need_callable(3, read("plain"))  # type: ignore[arg-type]
    with pytest.raises(LanguageError, match="given"):
        need_callable(lambda q, k: q, read("plain"))


@pytest.mark.needs("torch")
@pytest.mark.parametrize("held", HELD)
def test_tensors_are_made_where_the_caller_says(held: str) -> None:
    made = tensor(framework_called("torch", "bfloat16"), np.ones((2, 3, 5, 4)), "bfloat16", held, "meta")
    assert str(made.device) == "meta"
    assert tuple(made.shape) == (2, 3, 5, 4)
    assert made.is_contiguous() == (held == "contiguous")
    flags = tensor(framework_called("torch", "float32"), np.ones((2, 3), dtype=bool), "float32", held, "meta")
    assert str(flags.device) == "meta"


@pytest.mark.needs("torch")
@pytest.mark.parametrize("device", ["meta", "cuda:99", "nowhere"])
def test_a_device_that_has_no_numbers_here_is_said_before_anything_is_tried(device: str) -> None:
    def never(q: Any, k: Any, v: Any) -> Any:
        raise RuntimeError("called")

    with pytest.raises(LanguageError, match=f"torch has no tensors on '{device}' here\n.*torch says"):
        assert_attention(never, "plain", device=device)


def test_a_device_is_for_torch() -> None:
    with pytest.raises(LanguageError, match="device='cuda' is for torch"):
        assert_attention(lambda q, k, v: v, "plain", framework="numpy", device="cuda")
