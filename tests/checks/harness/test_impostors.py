"""A pass means something: where zeros or a usual mistake would pass too it is undecided, and says what would tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy

from symattn.checks import CheckFailed, CheckUndecided, assert_computes
from symattn.checks.harness.impostors import untold
from symattn.checks.harness.reference import agreed, target
from symattn.checks.harness.samples import Wanted, cases
from symattn.checks.harness.trials import Trial
from symattn.language import concat_heads, family, index, matrix, sizes, softmax, trace
from symattn.language.mistakes import mistakes

n, m, k, v, H = sizes("n m k v H")
q, keys, values = matrix("q", n, k), matrix("k", m, k), matrix("v", m, v)
SCALED = softmax(q @ keys.T, scale=1 / sympy.sqrt(k))
ATTENTION = SCALED @ values
REAL = {"n": 64, "m": 64, "k": 64, "v": 64}


def softmax_of(S: Any) -> Any:
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True, dtype=S.dtype)


def eager(q: Any, k: Any, v: Any) -> Any:
    return softmax_of((q @ k.T) * q.dtype.type(q.shape[1] ** -0.5)) @ v


def _undecided(fn: Any, expr: Any, **options: Any) -> str:
    with pytest.raises(CheckUndecided) as caught:
        assert_computes(fn, expr, **options)
    assert caught.value.reason.endswith("would pass at every sample too")
    return str(caught.value)


def test_a_bound_that_zeros_would_pass_decides_nothing() -> None:
    message = _undecided(eager, ATTENTION, dtype="float16", contract="eager float16", sizes=REAL, probe="normal")
    assert "nothing can be said about eager in float16" in message
    assert "contract       : eager float16" in message
    assert "would pass too : the softmax over the wrong axis" in message
    assert "contract='fused float16' would tell, if the function keeps it" in message


@pytest.mark.needs("torch")
def test_eager_attention_of_torch_never_passes_where_zeros_would() -> None:
    import torch

    def attend(q: Any, k: Any, v: Any) -> Any:
        return torch.softmax(q @ k.T / q.shape[1] ** 0.5, dim=-1) @ v

    def zeros(q: Any, k: Any, v: Any) -> Any:
        return torch.zeros(len(q), v.shape[1], dtype=q.dtype)

    options = {"dtype": "bfloat16", "framework": "torch", "contract": "eager bfloat16"}
    for fn in (attend, zeros):
        assert "would pass too : zeros; " in _undecided(fn, ATTENTION, sizes=REAL, **options)
    assert_computes(attend, ATTENTION, **options)
    with pytest.raises(CheckFailed, match="in place|zeros|none|steps"):
        assert_computes(zeros, ATTENTION, **options)


@pytest.mark.needs("torch")
def test_who_rounds_every_step_is_told_which_contract_allows_it() -> None:
    import torch

    def attend(q: Any, k: Any, v: Any) -> Any:
        return torch.softmax(q @ k.T / q.shape[1] ** 0.5, dim=-1) @ v

    with pytest.raises(CheckFailed, match="which contract='eager bfloat16' allows") as caught:
        assert_computes(attend, ATTENTION, dtype="bfloat16", framework="torch")
    assert "contract    : fused bfloat16" in str(caught.value)


def test_one_probe_that_tells_nothing_is_undecided() -> None:
    """At scores so large that each row has one weight, no scale can be seen in float16."""
    message = _undecided(
        lambda q, k, v: eager(*(a.astype(np.float32) for a in (q, k, v))).astype(q.dtype),
        ATTENTION,
        dtype="float16",
        probe="large",
        trials=1,
    )
    assert "scale" in message
    assert "take other sizes, inputs or probes, or a finer dtype" in message


def test_an_impostor_that_is_the_formula_is_none() -> None:
    A, B = matrix("A", n, k), matrix("B", n, k)
    symmetric = A @ B.T + B @ A.T
    assert "A and B exchanged" in dict(mistakes(symmetric))
    assert_computes(lambda A, B: A @ B.T + B @ A.T, symmetric, dtype="float16")
    C, D = matrix("C", n, n), matrix("D", n, n)
    assert_computes(lambda C, D: float(np.trace(C @ D) - np.trace(D @ C)), trace(C @ D - D @ C), sizes={"n": 3})


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_default_samples_tell_every_impostor(dtype: str) -> None:
    fused = agreed(None, dtype, ATTENTION)
    drawn = [(case, target(ATTENTION, case.at, fused)) for case in cases(ATTENTION, Wanted({}, {}, 0, 3, None), dtype)]
    tried = [Trial(case, found.value, found) for case, found in drawn]
    assert untold(ATTENTION, tried, [("zeros", None), *mistakes(ATTENTION)]) == []
    assert untold(ATTENTION, tried[:1], [("the formula", ATTENTION)]) == []


def test_mistakes_reach_into_heads() -> None:
    h = index("h", H)
    qs, ks, vs = family("q", H, n, k), family("k", H, m, k), family("v", H, m, v)
    layer = concat_heads(softmax(qs[h] @ ks[h].T, scale=1 / sympy.sqrt(k)) @ vs[h], h)
    words = [words for words, _ in mistakes(layer)]
    for part in ("the scale 1/sqrt(k) left out", "the softmax over the wrong axis", "a causal mask that is not in the"):
        assert any(part in each for each in words)

    def unscaled(q: Any, k: Any, v: Any) -> Any:
        return np.concatenate([softmax_of(a @ b.T) @ c for a, b, c in zip(q, k, v, strict=True)], axis=-1)

    with pytest.raises(CheckFailed, match=r"it looks like the scale 1/sqrt\(k\) left out"):
        assert_computes(unscaled, layer)


def test_uniform_attention_is_named() -> None:
    with pytest.raises(CheckFailed, match="the mean of all values, whatever the scores"):
        assert_computes(lambda q, k, v: np.tile(v.mean(0), (len(q), 1)), ATTENTION)


def test_a_lost_key_is_named() -> None:
    def lost(q: Any, k: Any, v: Any) -> Any:
        return eager(q, k[:-1], v[:-1]) if len(k) > 1 else np.zeros((len(q), v.shape[1]), q.dtype)

    with pytest.raises(CheckFailed, match="it looks like the last key left out"):
        assert_computes(lost, ATTENTION)
