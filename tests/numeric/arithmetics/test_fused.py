"""Layers under a fused contract: whatever is stored between kernels, the result lies inside; rounded scores do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from symattn.language import (
    concat_heads,
    exp,
    family,
    hadamard,
    index,
    matrix,
    ones,
    reciprocal,
    sizes,
    sizes_of,
    softmax,
)
from symattn.numeric import Contract, Tolerance, contract, evaluate, keeping, parse_arithmetic, sample
from symattn.numeric.arithmetics.fused import Fused, Written
from symattn.numeric.bounds.balls import Ball

Array = Any
Store = Callable[[Array], Array]

n, m, d, k, v, H = sizes("n m d k v H")
X, B = matrix("X", n, d), matrix("B", n, n)
Q, K, V, O = matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v), matrix("O", v, d)
Qs, Ks, Vs, h = family("Q", H, d, k), family("K", H, d, k), family("V", H, d, v), index("h", H)
SIZES = {"n": 11, "m": 9, "d": 6, "k": 4, "v": 5, "H": 2}

ATTENDED = softmax(X @ Q @ K.T @ X.T / 2) @ X @ V
ONCE = X + ATTENDED @ O
SUBJECTS = {
    "projections": ATTENDED,
    "an output matrix": ATTENDED @ O,
    "a residual": ONCE,
    "half of it": ATTENDED / 2,
    "a bias": softmax(X @ Q @ K.T @ X.T / 2 + B) @ X @ V,
    "softcap": softmax(hadamard(B, reciprocal(ones(n, n) + exp(X @ Q @ K.T @ X.T / 2)))) @ X @ V,
    "heads": concat_heads(softmax(X @ Qs[h] @ Ks[h].T @ X.T / 2) @ X @ Vs[h], h),
    "two layers": softmax(ONCE @ Q @ K.T @ ONCE.T / 2) @ ONCE @ V,
}


def _attend(q: Array, k: Array, values: Array, keep: Store, bias: Array | float = 0.0) -> Array:
    return _mixed(q @ k.T * np.float32(0.5) + bias, values, keep)


def _mixed(S: Array, values: Array, keep: Store) -> Array:
    w = np.exp(S - S.max(-1, keepdims=True))
    return keep(keep(w / w.sum(-1, keepdims=True)) @ values)


def _layer(X: Array, at: dict[str, Array], keep: Store) -> Array:
    q, key, values = keep(X @ at["Q"]), keep(X @ at["K"]), keep(X @ at["V"])
    return keep(X + keep(_attend(q, key, values, keep) @ at["O"]))


def _implemented(name: str, at: dict[str, Array], keep: Store, folded: bool) -> Array:
    X = at["X"]
    if name == "heads":
        parts = zip(at["Q"], at["K"], at["V"], strict=True)
        return np.concatenate([_attend(keep(X @ a), keep(X @ b), keep(X @ c), keep) for a, b, c in parts], -1)
    if name in ("a residual", "two layers"):
        once = _layer(X, at, keep)
        if name == "a residual":
            return once
        q, key, values = (keep(once @ at[letter]) for letter in "QKV")
        return _attend(q, key, values, keep)
    q, key, values = (keep(X @ at[letter]) for letter in "QKV")
    if name == "softcap":
        return _mixed(at["B"] / (1 + np.exp(q @ key.T * np.float32(0.5))), values, keep)
    if name == "an output matrix" and folded:
        return _attend(q, key, keep(values @ at["O"]), keep)
    out = _attend(q, key, values, keep, at["B"] if name == "a bias" else 0.0)
    return keep(out @ at["O"]) if name == "an output matrix" else keep(out / 2) if name == "half of it" else out


def _drawn(expr: Any, kept: Contract, seed: int, size: float | None = None) -> tuple[Any, dict[str, Array]]:
    """A sample of numbers that the dtype holds, and the same as arrays of float32 by name."""
    chosen = {size: SIZES[size.name] for size in sizes_of(expr)}
    drawn = sample(expr, kind="normal", seed=seed, sizes=chosen)
    by = np.random.default_rng(seed).choice([0.25, 0.5, 1]) if size is None else size
    held = {a: kept.returned.nearest(np.asarray(x, dtype=float) * by) for a, x in drawn.values.items()}
    return sample(expr, values=held, sizes=chosen), {a.name: x.astype(np.float32) for a, x in held.items()}


def _outside(name: str, promise: str, runs: int) -> tuple[int, float]:
    """How often an implementation that stores at random lies outside, and the largest error beside the bound."""
    kept, outside, share = contract(promise), 0, 0.0
    for seed in range(runs):
        at, given = _drawn(SUBJECTS[name], kept, seed)
        rng = np.random.default_rng(seed)

        def store(x: Array) -> Array:
            return kept.returned.nearest(x).astype(np.float32)

        def keep(x: Array, rng: Any = rng) -> Array:
            return store(x) if rng.random() < 0.8 else x

        with np.errstate(all="ignore"):
            got = store(_implemented(name, given, keep, bool(seed % 2)))
        arithmetic = keeping(kept)
        allowed = arithmetic.returned(evaluate(SUBJECTS[name], at, arithmetic))
        gap = np.abs(got - allowed.value)
        outside += int((gap > allowed.radius).any())
        share = max(share, float((gap / allowed.radius).max()))
    return outside, share


@pytest.mark.parametrize("promise", ["fused float16", "fused bfloat16"])
@pytest.mark.parametrize("name", SUBJECTS)
def test_whatever_is_stored_between_kernels_lies_inside(name: str, promise: str) -> None:
    outside, share = _outside(name, promise, 25)
    assert outside == 0
    assert share > 0.02


@pytest.mark.parametrize("projected", [False, True], ids=["one kernel", "an output matrix"])
def test_scores_that_round_break_the_contract(projected: bool) -> None:
    """Scores of 64 and more, where a rounding to bfloat16 is large."""
    q, keys, values = matrix("q", n, k), matrix("k", m, k), matrix("v", m, v)
    outside, kept = 0, contract("fused bfloat16")
    expr = softmax(q @ keys.T) @ values
    expr = expr @ O if projected else expr
    for seed in range(10):
        at, given = _drawn(expr, kept, seed, 4)
        S = kept.returned.nearest(given["q"] @ given["k"].T).astype(np.float32)
        got = _mixed(S, given["v"], lambda x: x)
        got = got @ given["O"] if projected else got
        arithmetic = keeping(kept)
        allowed = arithmetic.returned(evaluate(expr, at, arithmetic))
        outside += int((np.abs(kept.returned.nearest(got) - allowed.value) > allowed.radius).any())
    assert outside > 5


def test_one_kernel_is_bounded_as_if_nothing_were_stored() -> None:
    q, keys, values = matrix("q", n, k), matrix("k", m, k), matrix("v", m, v)
    expr = softmax(q @ keys.T / 2) @ values
    (at, _), one = _drawn(expr, contract("fused bfloat16"), 0), Tolerance("fused bfloat16")
    whole, alone = keeping("fused bfloat16"), one.returned(evaluate(expr, at, one))
    assert np.allclose(whole.returned(evaluate(expr, at, whole)).radius, alone.radius, rtol=1e-12, atol=0)


def test_tensors_overflow_and_scores_do_not() -> None:
    arithmetic = keeping("fused float16")
    A, C = matrix("A", n, n), matrix("C", n, n)
    held = {A: np.full((5, 5), 200.0), C: np.full((5, 5), 200.0)}

    def bounded(expr: Any) -> bool:
        found = arithmetic.returned(evaluate(expr, sample(expr, values=held), arithmetic))
        return bool(np.isfinite(found.radius).all())

    assert bounded(softmax(A @ C) @ A)  # scores of 200 000
    assert not bounded(softmax(A @ C @ A) @ A)  # queries of 200 000
    assert not bounded(A @ C)


def test_a_value_is_known_twice_and_a_ball_alone_is_both() -> None:
    arithmetic = keeping("fused bfloat16")
    at, _ = _drawn(X @ Q, contract("fused bfloat16"), 0)
    found = evaluate(X @ Q, at, arithmetic)
    assert isinstance(found, Written)
    assert (found.fresh.radius < found.stored.radius / 100).all()
    assert (found.fresh.value == found.stored.value).all()
    ball = Ball(np.ones((1, 1)), np.full((1, 1), 0.5))
    assert arithmetic.add(ball, ball).fresh.radius[0, 0] >= 1


def test_the_door_gives_each_contract_its_arithmetic() -> None:
    assert isinstance(keeping("fused bfloat16"), Fused)
    assert all(isinstance(keeping(text), Tolerance) for text in ("eager bfloat16", "upcast float16", "fused float32"))
    assert isinstance(parse_arithmetic("contract:fused float16"), Fused)
