"""What a failure is said to look like, and which passes say nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, CheckUndecided, assert_attention

SMALL = {"n": (5, 6), "m": (7, 6), "k": 8, "batch": 2}


def attend(q: Any, k: Any, v: Any, scale: float | None = None) -> Any:
    S = np.einsum("bhnd,bhmd->bhnm", q, k) * np.asarray(scale or q.shape[-1] ** -0.5, q.dtype)
    w = np.exp(S - S.max(-1, keepdims=True))
    return (w / w.sum(-1, keepdims=True) @ v).astype(q.dtype)


def looks(fn: Any, spec: str = "plain", **options: Any) -> str:
    with pytest.raises(CheckFailed) as caught:
        assert_attention(fn, spec, framework="numpy", sizes=SMALL, **options)
    return str(caught.value)


def test_what_nobody_knows_is_none_of_the_mistakes() -> None:
    assert "none of the mistakes" in looks(lambda q, k, v: attend(q, k, v) * np.float32(1.5))


def test_a_mistake_at_some_samples_alone_is_not_named_after_one_that_shows_at_all() -> None:
    def unscaled_when_wide(q: Any, k: Any, v: Any) -> Any:
        return attend(q, k, v, 1.0 if q.shape[2] < k.shape[2] else None)

    assert "none of the mistakes" in looks(unscaled_when_wide)


def test_a_coarser_step_is_named_by_its_format() -> None:
    def coarse(q: Any, k: Any, v: Any) -> Any:
        return attend(*(each.astype(np.float16).astype(q.dtype) for each in (q, k)), v)

    assert "a step in float16" in looks(coarse)


def test_views_in_memory_alone_are_named() -> None:
    def contiguous_only(q: Any, k: Any, v: Any) -> Any:
        out = attend(q, k, v)
        return out if q.flags.c_contiguous or k.shape[2] == 1 else out[..., ::-1].copy()

    assert "tensors alone" in looks(contiguous_only) or "none of the mistakes" in looks(contiguous_only)


def test_what_is_not_finite_is_said() -> None:
    def overflowing(q: Any, k: Any, v: Any) -> Any:
        with np.errstate(all="ignore"):
            w = np.exp(np.einsum("bhnd,bhmd->bhnm", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype))
            return w @ v / w.sum(-1, keepdims=True)

    assert "exp without subtracting" in looks(overflowing)


def test_a_row_that_is_hidden_where_none_may_be_can_be_anything() -> None:
    def strict(q: Any, k: Any, v: Any) -> Any:
        with np.errstate(all="ignore"):
            S = np.einsum("bhnd,bhmd->bhnm", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype)
            n, m = S.shape[-2:]
            S = np.where(np.arange(m) < np.arange(n)[:, None] + m - n, S, -np.inf).astype(q.dtype)
            w = np.exp(S - S.max(-1, keepdims=True))
            return w / w.sum(-1, keepdims=True) @ v

    assert "the query's own key hidden" in looks(strict, "causal=lower-right, hidden_rows=never")


def test_a_bound_that_tells_nothing_makes_a_pass_undecided() -> None:
    with pytest.raises(CheckUndecided, match="would pass too|every bound is infinite"):
        assert_attention(
            lambda q, k, v: attend(q, k, v),
            framework="numpy",
            contract="eager float16",
            sizes={"n": 5, "m": 200, "k": 64},
            spec="plain",
        )
