"""A failure fits on a screen and its last line repeats it, whatever failed; a pass says what it does not say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, assert_attention, attention_spec

SMALL = {"n": (5, 6), "m": (7, 6), "k": 8}


def attend(q: Any, k: Any, v: Any, **given: Any) -> Any:
    S = np.einsum("bhnd,bhmd->bhnm", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype)
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True) @ v


@pytest.mark.parametrize(
    "spec",
    [
        "softcap=3, qk_norm=1e-05, rope=halves, causal=lower-right, bias=b1nm, sinks=true, lengths=true",
        "mask=b1nm, float_mask=bhnm, window=2/1, chunk=3, alignment=upper-left, hidden_rows=nan",
    ],
)
def test_a_failure_of_many_options_fits_and_is_repeated_by_its_last_line(spec: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_attention(attend, spec, framework="numpy", sizes=SMALL)
    lines = str(caught.value).splitlines()
    assert len(lines) <= 25
    assert max(map(len, lines[:-1])) <= 220
    known = {"assert_attention": assert_attention, "attention_spec": attention_spec, "attend": attend}
    with pytest.raises(CheckFailed) as again:
        eval(lines[-1], known)
    assert [line for line in str(again.value).splitlines() if "got" in line] == [
        line for line in lines if "got" in line
    ]


def test_formulas_are_written_as_people_write_them() -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_attention(attend, "softcap=3, qk_norm=1e-05", framework="numpy", sizes=SMALL)
    assert "softmax(3 tanh((1/sqrt(k)) Q Kᵀ / 3)) V, Q and K normed" in str(caught.value)


def test_a_pass_says_what_was_not_tried_and_what_was_not_shown() -> None:
    def plain(q: Any, k: Any, v: Any) -> Any:
        return attend(q, k, v)

    passed = assert_attention(plain, "plain", framework="numpy", budget=0.05)
    assert passed.left
    assert "(budget= is spent)" in str(passed)
    assert "not shown" in str(passed)
    assert all(each not in passed.left for each in passed.tried)


@pytest.mark.needs("torch")
def test_a_gradient_that_is_wrong_is_named_with_its_letter_and_its_line_has_backward() -> None:
    import torch

    def wrong(q: Any, k: Any, v: Any) -> Any:
        return torch.softmax(q @ k.mT * q.shape[-1] ** -0.5, -1) @ (v.detach() + 2 * (v - v.detach()))

    with pytest.raises(CheckFailed) as caught:
        assert_attention(wrong, "plain", backward=("q", "v"), sizes=SMALL)
    text = str(caught.value)
    assert "gradient of v" in text
    assert "in the backward pass alone" in text
    assert "backward=('q', 'v')" in text
