"""Mutants and right variants of the other assertions: a call that must fail, or must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.checks import (
    assert_gauge_invariant,
    assert_holds,
    assert_not_symmetric_score,
    assert_rank_at_most,
    assert_same_head,
    assert_symmetric_score,
)
from tests.mutants.right import OF_NUMPY, projected_first, softmax
from tests.mutants.subjects import HEAD, SCORES
from tests.mutants.wrong import keys_for_queries


@dataclass(frozen=True)
class Trial:
    """A call of an assertion, and whether it must fail."""

    assertion: str
    name: str
    wrong: bool
    call: Callable[[], Any]


def _normal(*shape: int, seed: int = 0) -> Any:
    return np.random.default_rng([seed, *shape]).standard_normal(shape)


def _head(X: Any, Q: Any, K: Any, V: Any) -> Any:
    return softmax(projected_first(X, Q, K) * X.dtype.type(1 / np.sqrt(Q.shape[1]))) @ (X @ V)


def _base_two(S: Any) -> Any:
    w = 2 ** (S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True)


def _over_columns(S: Any) -> Any:
    return softmax(S.T).T


def _sigmoid(S: Any) -> Any:
    return 1 / (1 + np.exp(-S))


def _in_half(S: Any) -> Any:
    return softmax(S.astype(np.float16)).astype(S.dtype)


def _blockwise(S: Any) -> Any:
    w = np.exp(S - S.max(-1, keepdims=True))
    return np.stack([row / sum(row[::-1]) for row in w]).reshape(S.shape)


def _theorems() -> Iterator[Trial]:
    def holds(name: str, wrong: bool, theorem: str, **parts: Any) -> Trial:
        return Trial("assert_holds", f"{theorem}: {name}", wrong, lambda: assert_holds(theorem, **parts))

    for theorem in ("softmax_shift", "stochasticity", "detailed_balance", "log_weights"):
        yield holds("softmax", False, theorem, softmax=softmax)
        yield holds("summed backwards", False, theorem, softmax=_blockwise)
    yield holds("softmax in base 2", True, "log_weights", softmax=_base_two)
    yield holds("softmax in base 2", True, "detailed_balance", softmax=_base_two)
    yield holds("softmax over columns", True, "stochasticity", softmax=_over_columns)
    yield holds("sigmoid", True, "softmax_of_shifted", softmax=_sigmoid)
    yield holds("sigmoid", True, "stochasticity", softmax=_sigmoid)
    yield holds("softmax in float16", True, "stochasticity", softmax=_in_half)
    yield holds("scores", False, "qk_ov_factor", scores=projected_first)
    yield holds("scores with Q and K swapped", True, "bias_fold", scores=keys_for_queries)


def _ranks() -> Iterator[Trial]:
    def rank(name: str, wrong: bool, scores: Any, k: int, **options: Any) -> Trial:
        return Trial("assert_rank_at_most", name, wrong, lambda: assert_rank_at_most(scores, k, **options))

    A, B = _normal(9, 3), _normal(8, 3)
    for dtype in OF_NUMPY:
        a, b = A.astype(dtype), B.astype(dtype)
        yield rank(f"Q Kᵀ in {dtype}", False, a @ b.T, 3)
        yield rank(f"Q Kᵀ in {dtype}, with its factors", False, a @ b.T, 3, factors=(a, b))
        yield rank(f"a wider head in {dtype}", True, a @ b.T, 2)
        yield rank(f"a mask in {dtype}", True, np.tril(a @ b.T), 3)
        yield rank(f"softmax in {dtype}", True, softmax(a @ b.T), 3)
    yield rank("several heads", True, np.stack([A @ B.T, np.tril(A @ B.T)]), 3)
    yield rank("scores of other factors", True, A @ B.T, 3, factors=(A, B[::-1]))
    yield rank("a position bias", True, A @ B.T - 0.01 * np.abs(np.subtract.outer(np.arange(9), np.arange(8))), 3)


def _biased(X: Any, Q: Any, K: Any) -> Any:
    return (X @ Q + 1) @ (X @ K).T


def _normalised(X: Any, Q: Any, K: Any) -> Any:
    a = X @ Q
    return (a / np.sqrt((a * a).sum(-1, keepdims=True) + 1)) @ (X @ K).T


def _rectified(X: Any, Q: Any, K: Any) -> Any:
    return np.maximum(X @ Q, 0) @ (X @ K).T


def _rotary(X: Any, Q: Any, K: Any) -> Any:
    turns = X.dtype.type(1) + np.arange(Q.shape[1]).astype(X.dtype)
    return ((X @ Q) * turns) @ (X @ K).T


def _gauges() -> Iterator[Trial]:
    def gauge(name: str, wrong: bool, fn: Any, expr: Any = None, **options: Any) -> Trial:
        return Trial("assert_gauge_invariant", name, wrong, lambda: assert_gauge_invariant(fn, expr, **options))

    for dtype in OF_NUMPY:
        yield gauge(f"scores in {dtype}", False, projected_first, SCORES, dtype=dtype)
        yield gauge(f"a head in {dtype}", False, _head, HEAD, dtype=dtype)
        yield gauge(f"biased queries in {dtype}", True, _biased, SCORES, dtype=dtype)
        yield gauge(f"normalised queries in {dtype}", True, _normalised, SCORES, dtype=dtype)
        yield gauge(f"rectified queries in {dtype}", True, _rectified, SCORES, dtype=dtype)
        yield gauge(f"a place in the head in {dtype}", True, _rotary, SCORES, dtype=dtype)
    X = _normal(5, 3)
    yield gauge("scores, bit for bit", False, lambda Q, K: projected_first(X, Q, K), sizes={"d": 3})
    yield gauge("biased queries, bit for bit", True, lambda Q, K: _biased(X, Q, K), sizes={"d": 3})


def _heads() -> Iterator[Trial]:
    def same(name: str, wrong: bool, first: Any, second: Any) -> Trial:
        return Trial("assert_same_head", name, wrong, lambda: assert_same_head(first, second))

    Q, K, M = _normal(8, 3), _normal(7, 3), _normal(3, 3) + 2 * np.eye(3)
    back = np.linalg.inv(M)
    for dtype in OF_NUMPY:
        one, other = ([A.astype(dtype) for A in pair] for pair in ((Q, K), (Q @ M, K @ back.T)))
        yield same(f"another gauge in {dtype}", False, one, other)
        yield same(f"keys times M in {dtype}", True, one, [other[0], (K @ M).astype(dtype)])
        yield same(f"another head in {dtype}", True, one, [other[0], _normal(7, 3, seed=1).astype(dtype)])
    yield same("the inverse without its transpose", True, (Q, K), (Q @ M, K @ back))
    yield same("queries a little off", True, (Q, K), (Q @ M + 1e-12 * _normal(8, 3, seed=2), K @ back.T))


def _symmetries() -> Iterator[Trial]:
    A = _normal(6, 6)
    for dtype in OF_NUMPY:
        S = A.astype(dtype)
        symmetric, shift = S + S.T, _normal(6, 1).astype(dtype)
        cases = (
            ("symmetric", symmetric, False),
            ("symmetric, shifted by row", symmetric + shift, False),
            ("no", S, True),
        )
        for name, scores, asymmetric in cases:
            P, off = softmax(scores), None if name != "symmetric, shifted by row" else 4 * float(np.finfo(dtype).eps)
            yield Trial(
                "assert_symmetric_score",
                f"{name} in {dtype}",
                asymmetric,
                lambda P=P, off=off: assert_symmetric_score(P, scores_within=off),
            )
            yield Trial(
                "assert_not_symmetric_score",
                f"{name} in {dtype}",
                not asymmetric,
                lambda P=P, off=off: assert_not_symmetric_score(P, scores_within=off),
            )


def trials() -> list[Trial]:
    """Every trial of every other assertion."""
    return [trial for part in (_theorems, _ranks, _gauges, _heads, _symmetries) for trial in part()]
