"""Samples: numbers that the dtype holds, rows that see nothing where they may, keys that nobody sees that are loud."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.trials.draws import LOUD, inputs_of
from symattn.checks.attention.trials.problem import problem_of
from symattn.checks.attention.trials.sizes import Shape
from symattn.checks.harness.arrays import rounded

SHAPE = Shape(2, 5, 7, 8, 6)


def drawn(text: str, shape: Shape = SHAPE, dtype: str = "float32") -> tuple[Any, Any]:
    spec = read(text)
    inputs = inputs_of(spec, shape, 0, dtype)
    assert inputs is not None
    return inputs, problem_of(spec, inputs)


@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
def test_every_number_is_one_of_the_dtype(dtype: str) -> None:
    inputs, _ = drawn("bias=bhnm, sinks=true, qk_norm=1e-05, rope=halves, alignment=upper-left", dtype=dtype)
    for value in (inputs.q, inputs.k, inputs.v, inputs.cotangent, *inputs.extras.values()):
        assert (rounded(value, dtype) == value).all()


@pytest.mark.parametrize("text", ["mask=b1nm", "float_mask=b1nm", "lengths=true", "mask=b1nm, mask_true=hidden"])
def test_no_query_of_the_first_batch_sees_a_key_in_the_probe_for_it(text: str) -> None:
    _, problem = drawn(text, Shape(2, 5, 7, 8, 6, "hidden"))
    assert problem.hidden[0].all()
    assert not problem.hidden[1].all()


@pytest.mark.parametrize("text", ["mask=b1nm", "float_mask=nm", "mask=b11m, causal=lower-right"])
def test_where_no_row_may_be_hidden_none_is(text: str) -> None:
    spec = read(f"{text}, hidden_rows=never")
    for seed in range(8):
        inputs = inputs_of(spec, SHAPE, seed, "float32")
        assert inputs is None or not problem_of(spec, inputs).hidden.any()
    assert inputs_of(read("causal=lower-right, hidden_rows=never"), Shape(1, 7, 5, 8, 8), 0, "float32") is None


def test_keys_that_nobody_sees_are_loud_or_no_numbers_at_all() -> None:
    for text, loud in (("lengths=true", LOUD), ("lengths=true, hidden_keys=anything", np.nan)):
        inputs, _ = drawn(text)
        batch = int(np.argmin(inputs.lengths))
        lost = inputs.v[batch, :, inputs.lengths[batch] :]
        assert lost.size
        np.testing.assert_array_equal(lost, np.full(lost.shape, loud))


def test_a_float_mask_has_zeros_numbers_and_what_hides() -> None:
    mask = drawn("float_mask=bhnm", Shape(2, 9, 9, 8, 8))[0].extras["float_mask"]
    assert (mask == 0).any()
    assert np.isneginf(mask).any()
    assert (np.isfinite(mask) & (mask != 0)).any()


def test_faint_queries_have_squares_like_the_e_of_their_norms() -> None:
    inputs, _ = drawn("qk_norm=1e-06", Shape(2, 5, 7, 8, 8, "faint"))
    for rows in (inputs.q, inputs.k):
        assert 1e-7 < np.mean(rows * rows) < 1e-5


def test_what_cannot_turn_is_no_sample() -> None:
    odd, narrow = Shape(1, 5, 7, 7, 6), Shape(1, 5, 7, 4, 6)
    assert inputs_of(read("rope=halves, alignment=upper-left"), odd, 0, "float32") is None
    assert inputs_of(read("rope=halves, rope_width=8, alignment=upper-left"), narrow, 0, "float32") is None
    before_all = Shape(1, 7, 5, 8, 8)
    assert inputs_of(read("rope=halves, alignment=lower-right"), before_all, 0, "float32") is None
