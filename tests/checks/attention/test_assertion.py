"""`assert_attention`: what it asks of a function, what it says of a wrong one, and when a pass says nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, CheckUndecided, assert_attention, attention_spec, parametrize_attention
from symattn.errors import LanguageError, UnknownName

SMALL = {"n": (5, 6), "m": (7, 6), "k": 8}


def attend(q: Any, k: Any, v: Any) -> Any:
    S = np.einsum("bhnd,bhmd->bhnm", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype)
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True) @ v


def unscaled(q: Any, k: Any, v: Any) -> Any:
    return attend(q * np.sqrt(q.shape[-1]).astype(q.dtype), k, v)


def held(fn: Any, spec: Any = "plain", **options: Any) -> Any:
    return assert_attention(fn, spec, **{"framework": "numpy", "sizes": SMALL, **options})


def test_a_right_function_passes_and_the_pass_says_what_was_tried() -> None:
    passed = held(attend)
    assert 0 < passed.share < 1
    assert passed.told > 20
    assert "told apart" in str(passed)


def test_what_there_was_no_time_for_is_said() -> None:
    with pytest.raises(CheckUndecided, match="raise budget=") as caught:
        held(attend, "window=9/9, alignment=upper-left", sizes=None, budget=1e-9)
    assert "never shown" in str(caught.value)


def test_a_failure_fits_on_a_screen_and_its_line_repeats_it() -> None:
    with pytest.raises(CheckFailed, match="it looks like the scale left out") as caught:
        held(unscaled)
    lines = str(caught.value).splitlines()
    assert len(lines) <= 25
    with pytest.raises(CheckFailed, match="does not compute"):
        eval(lines[-1], {"assert_attention": assert_attention, "attention_spec": attention_spec, "unscaled": unscaled})


def test_extras_come_by_name_or_by_place_and_booleans_as_booleans() -> None:
    def named(q: Any, k: Any, v: Any, *, attn_mask: Any) -> Any:
        return masked(q, k, v, attn_mask)

    def masked(q: Any, k: Any, v: Any, seen: Any, /) -> Any:
        assert seen.dtype == np.bool_
        S = np.einsum("bhnd,bhmd->bhnm", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype)
        low = np.where(seen, S, -np.inf)
        top = np.maximum(low.max(-1, keepdims=True), -1e30).astype(q.dtype)
        w = np.exp(low - top)
        total = w.sum(-1, keepdims=True)
        return w / np.where(total > 0, total, 1) @ v

    held(masked, "mask=b1nm")
    held(named, attention_spec(mask="b1nm", names={"mask": "attn_mask"}))
    with pytest.raises(LanguageError, match="cannot be called like this"):
        held(attend, "mask=b1nm")


def test_values_of_hidden_keys_must_not_leak() -> None:
    def leaking(q: Any, k: Any, v: Any, lengths: Any) -> Any:
        S = np.einsum("bhnd,bhmd->bhnm", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype)
        shown = (np.arange(k.shape[2]) < lengths[:, None])[:, None, None]
        S = np.where(shown, S, -30).astype(q.dtype)
        w = np.exp(S - S.max(-1, keepdims=True))
        return w / w.sum(-1, keepdims=True) @ v

    with pytest.raises(CheckFailed, match="does not compute"):
        held(leaking, "lengths=true, hidden_rows=never")


@pytest.mark.parametrize(
    ("fn", "says"),
    [
        (lambda q, k, v: attend(q, k, v)[..., :-1], "another shape"),
        (lambda q, k, v: attend(q, k, v).astype(np.float64), "another dtype"),
        (lambda q, k, v: None, "does not return an array"),
        (lambda q, k, v: q @ v, "raises ValueError"),
        (lambda q, k, v: np.multiply(q, 2, out=q) * 0 + attend(q / 2, k, v)[..., :8], "changes its input q"),
        (lambda q, k, v: attend(q, k, v) + np.random.default_rng().random(1).astype(q.dtype), "called again"),
    ],
)
def test_what_a_function_returns_is_looked_at_first(fn: Any, says: str) -> None:
    with pytest.raises(CheckFailed, match=says):
        held(fn, sizes={**SMALL, "v": 8})


def test_a_pass_that_tells_nothing_is_undecided() -> None:
    with pytest.raises(CheckUndecided, match="never shown"):
        held(attend, "window=300/300, alignment=lower-right", sizes={"n": 3, "m": 4, "k": 8})
    with pytest.raises(CheckUndecided, match="would pass too|never shown"):
        held(attend, "scale=0.125", sizes={"n": 3, "m": 1, "k": 8})  # with one key the weights are 1


def test_questions_that_make_no_sense_are_refused() -> None:
    with pytest.raises(LanguageError, match="NumPy has no gradients"):
        held(attend, backward=("q",))
    with pytest.raises(UnknownName, match="no probe"):
        held(attend, probe="loud")
    with pytest.raises(LanguageError, match="no such size"):
        held(attend, sizes={"d": 3})
    with pytest.raises(UnknownName, match="another dtype"):
        held(attend, dtype="float32", contract="fused float16")


@pytest.mark.needs("torch")
def test_a_gradient_that_does_not_reach_its_letter_is_said() -> None:
    from torch.nn.functional import scaled_dot_product_attention as sdpa

    with pytest.raises(CheckFailed, match="has no gradient in k"):
        assert_attention(lambda q, k, v: sdpa(q, k.detach(), v), "plain", backward=("q", "k"), sizes=SMALL)


@pytest.mark.needs("jax")
def test_jax_compiles_for_half_as_many_sizes_as_there_are_samples() -> None:
    import jax

    traced = []

    def jitted(q: Any, k: Any, v: Any) -> Any:
        traced.append(q.shape)
        return jax.nn.softmax(jax.numpy.einsum("bhnd,bhmd->bhnm", q, k) * q.shape[-1] ** -0.5, -1) @ v

    passed = assert_attention(jax.jit(jitted), "plain", framework="jax", budget=60)
    assert not passed.left
    assert len(passed.tried) > 20
    assert len(traced) <= 12


@parametrize_attention(attend, ["plain", attention_spec(heads=3)], framework="numpy", sizes=SMALL)
def test_each_spec_is_a_test(check: Any) -> None:
    assert check().told


def test_specs_are_subtests_of_a_test_case() -> None:
    import unittest

    class Mine(unittest.TestCase):
        @parametrize_attention(unscaled, ["plain", "heads=1"], framework="numpy", sizes=SMALL)
        def test_attention(self, check: Any) -> None:
            check()

    result = unittest.TestResult()
    Mine("test_attention").run(result)
    assert len(result.failures) == 2
