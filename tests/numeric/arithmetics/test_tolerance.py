"""Tolerances: many correct implementations, in every order, lie inside; wrong ones lie outside.

The implementations are emulated: float64 steps, each rounded to the format that the contract names, which gives the
bits of the real format since 53 ≥ 2·24 + 2 digits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from symattn.language import (
    attention,
    exp,
    hadamard,
    logsumexp,
    matrix,
    ones,
    reciprocal,
    scalar,
    sizes,
    softmax,
    total,
)
from symattn.numeric import Ball, Contract, Exact, Intervals, Tolerance, contract, evaluate, sample
from symattn.numeric.entries import transposed

n, d, k, v = sizes("n d k v", min=1)
X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
V, mask = matrix("V", d, v), matrix("m", n, n, mask=True)
A, B, C = matrix("A", n, d), matrix("B", n, d), matrix("C", n, d)
tau = scalar("t", positive=True)


PROMISES = ("float64", "float32", "float16", "bfloat16", "float16/float32", "bfloat16/float32")
SIZES = {n: 7, d: 5, k: 3, v: 4}

Array = Any


class Machine:
    """An implementation: rounds every step, adds in a random order, and computes exp with errors of a few ulp."""

    def __init__(self, promise: str, seed: int) -> None:
        self.contract = contract(promise)
        self.rng = np.random.default_rng(seed)

    def store(self, value: Array) -> Array:
        return self.contract.stored.nearest(value)

    def step(self, value: Array) -> Array:
        """A step inside one operation: in the accumulator, or sooner to the dtype."""
        return self.contract.inner.nearest(value) if self.rng.random() < 0.5 else self.store(value)

    def inner(self, value: Array) -> Array:
        return self.contract.inner.nearest(value)

    def added(self, terms: Array) -> Array:
        """The sum over the last axis, forwards, backwards, in random order, or as a tree."""
        terms = terms[..., self.rng.permutation(terms.shape[-1])]
        if self.rng.random() < 0.5:
            while terms.shape[-1] > 1:
                odd = terms[..., -1:] if terms.shape[-1] % 2 else terms[..., :0]
                pairs = self.inner(terms[..., 0 : terms.shape[-1] - 1 : 2] + terms[..., 1::2])
                terms = np.concatenate([pairs, odd], axis=-1)
            return terms[..., 0] if terms.shape[-1] else np.zeros(terms.shape[:-1])
        value = np.zeros(terms.shape[:-1])
        for place in range(terms.shape[-1]):
            value = self.inner(value + terms[..., place])
        return value

    def matmul(self, left: Array, right: Array, *, keep: bool = False) -> Array:
        value = self.added(self.inner(left[..., :, None, :] * np.swapaxes(right, -1, -2)[..., None, :, :]))
        return value if keep else self.store(value)

    def chain(self, *factors: Array) -> Array:
        """A product in a random bracketing."""
        parts = list(factors)
        while len(parts) > 1:
            place = int(self.rng.integers(len(parts) - 1))
            parts[place : place + 2] = [self.matmul(parts[place], parts[place + 1])]
        return parts[0]

    def exp(self, value: Array) -> Array:
        """exp with an error of the library of up to two units, then stored."""
        with np.errstate(under="ignore"):
            exact = np.exp(value)
            unit = min(self.contract.inner.unit, 2.0**-24)  # functions of 16-bit numbers are computed in float32
            wrong = exact * (1 + unit * self.rng.uniform(-4, 4, exact.shape))
        return self.step(wrong)

    def seen(self, scores: Array, shown: Array) -> Array:
        return np.where(shown > 0, scores, -np.inf)

    def softmax(self, scores: Array, shown: Array) -> Array:
        """Shifted by the largest score, or by any one below it."""
        top = self.seen(scores, shown).max(axis=-1, keepdims=True)
        low = np.where(shown > 0, scores, np.inf).min(axis=-1, keepdims=True)
        pick = top if self.rng.random() < 0.6 else self.store(np.maximum(top - self.rng.random(), low))
        weights = np.where(shown > 0, self.exp(self.step(np.where(shown > 0, scores - pick, 0))), 0)
        if self.rng.random() < 0.2 and self.contract.stored == self.contract.inner and np.abs(scores).max() < 30:
            lse = self.step(np.log(np.maximum(self.added(weights)[..., None], 1e-9)) + pick)
            return np.where(shown > 0, self.store(self.exp(self.step(np.where(shown > 0, scores - lse, 0)))), 0)
        sums = self.added(weights)[..., None]
        sums = np.where(sums > 0, sums, 1)
        return self.store(weights / sums if self.rng.random() < 0.5 else weights * self.step(1 / sums))

    def online(self, scores: Array, shown: Array, values: Array) -> Array:
        """Key by key or block by block, in a random order, rescaled to a running maximum."""
        order, keys = self.rng.permutation(scores.shape[1]), scores.shape[1]
        width = int(self.rng.integers(1, keys + 1))
        top = np.full((len(scores), 1), -np.inf)
        sums, outs = np.zeros((len(scores), 1)), np.zeros((len(scores), values.shape[1]))
        for start in range(0, keys, width):
            block = order[start : start + width]
            part = self.seen(scores[:, block], shown[:, block])
            new = np.maximum(top, part.max(axis=1, keepdims=True))
            calm = np.where(np.isfinite(new), new, 0)
            known, here = np.isfinite(top), np.isfinite(part)
            scale = np.where(known, self.exp(self.inner(np.where(known, top, calm) - calm)), 0)
            weights = np.where(here, self.exp(self.inner(np.where(here, part, calm) - calm)), 0)
            sums = self.inner(self.inner(scale * sums) + self.added(weights)[:, None])
            stored = self.step(weights)
            outs = self.inner(self.inner(scale * outs) + self.matmul(stored, values[block], keep=True))
            top = new
        return self.store(np.where(sums > 0, outs / np.where(sums > 0, sums, 1), 0))


def drawn(expr: Any, promise: str, seed: int, scale: float = 1.0) -> tuple[Any, dict[str, Array]]:
    """A sample whose entries the format holds, and the same arrays by name."""
    rng = np.random.default_rng(seed)
    at = sample(expr, kind="normal", seed=seed, sizes=SIZES)
    size = scale * float(rng.choice([1, 1, 0.25, 2]))
    values = {
        a: x if getattr(a, "facts", ()) else contract(promise).stored.nearest(x * size) for a, x in at.values.items()
    }
    at = sample(expr, values=values, sizes=SIZES)
    return at, {letter.name: np.asarray(x, dtype=float) for letter, x in at.values.items()}


def largest_share(expr: Any, promise: str, seed: int, build: Callable[..., Array], scale: float = 1.0) -> float:
    """The largest |implementation - centre| / radius."""
    at, given = drawn(expr, promise, seed, scale)
    allowed = evaluate(expr, at, Tolerance(promise))
    got = build(Machine(promise, seed), **given)
    assert np.isfinite(allowed.radius).all()
    gap = np.abs(got - allowed.value)
    return float(np.where(gap == 0, 0, gap / np.where(allowed.radius > 0, allowed.radius, 5e-324)).max())


def scores_by(machine: Machine, X: Array, Q: Array, K: Array, **rest: Array) -> Array:
    return machine.chain(X, Q, K.T, X.T)


def weights_by(machine: Machine, X: Array, Q: Array, K: Array, m: Array | None = None, **rest: Array) -> Array:
    return machine.softmax(scores_by(machine, X, Q, K), np.ones((len(X), len(X))) if m is None else m)


def attention_by(machine: Machine, X: Array, Q: Array, K: Array, V: Array, m: Array | None = None) -> Array:
    shown = np.ones((len(X), len(X))) if m is None else m
    scores = scores_by(machine, X, Q, K)
    choice = machine.rng.integers(3)
    if choice == 0:
        return machine.chain(machine.softmax(scores, shown), X, V)
    if choice == 1:
        return machine.matmul(machine.online(scores, shown, X), V)
    return machine.online(scores, shown, machine.chain(X, V))


def scaled_by(machine: Machine, t: Array, X: Array, Q: Array, K: Array) -> Array:
    parts = [X, Q, K.T, X.T]
    place = int(machine.rng.integers(5))
    if place < 4:
        parts[place] = machine.store(t * parts[place])
        return machine.chain(*parts)
    return machine.store(t * machine.chain(*parts))


def sum_by(machine: Machine, A: Array, B: Array, C: Array) -> Array:
    terms = [A, B, C, np.ones(A.shape)]
    order, value = machine.rng.permutation(4), 0.0
    for place in order:
        value = machine.store(value + terms[place])
    return value


def residual_by(machine: Machine, X: Array, Q: Array, K: Array) -> Array:
    """X + X Q Kᵀ with X as the first term of the sum that the last product is."""
    left = machine.matmul(X, Q)
    terms = machine.inner(left[:, None, :] * K[None, :, :])
    return machine.store(machine.added(np.concatenate([X[:, :, None], terms], axis=-1)))


def lse_by(machine: Machine, A: Array) -> Array:
    top = A.max(axis=1, keepdims=True) if machine.rng.random() < 0.7 else np.zeros((len(A), 1))
    value = machine.added(machine.exp(machine.step(A - top)))[:, None]
    return machine.store(machine.step(np.log(value)) + top)


CASES: dict[str, tuple[Any, Callable[..., Array]]] = {
    "scores": (X @ Q @ K.T @ X.T, scores_by),
    "scaled scores": (tau * X @ Q @ K.T @ X.T, scaled_by),
    "weights": (softmax(X @ Q @ K.T @ X.T), weights_by),
    "masked weights": (softmax(X @ Q @ K.T @ X.T, mask=mask), weights_by),
    "attention": (attention(X, Q, K, V), attention_by),
    "masked attention": (softmax(X @ Q @ K.T @ X.T, mask=mask) @ X @ V, attention_by),
    "a sum": (A + B + C + ones(n, d), sum_by),
    "a residual": (X + X @ Q @ K.T, residual_by),
    "a total": (total(A), lambda machine, A: machine.store(machine.added(A.ravel()[None]))[:, None]),
    "exp": (exp(A), lambda machine, A: machine.store(machine.exp(A))),
    "log-sum-exp": (logsumexp(A), lse_by),
    "factors": (hadamard(A, B, C), lambda machine, A, B, C: machine.store(machine.store(A * C) * B)),
    "a quotient": (hadamard(reciprocal(A), B), lambda machine, A, B: machine.store(B / A)),
}


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("name", CASES)
def test_correct_implementations_lie_inside(name: str, promise: str) -> None:
    expr, build = CASES[name]
    assert max(largest_share(expr, promise, seed, build) for seed in range(25)) <= 1


def numpy_softmax(scores: Array) -> Array:
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def numpy_attention(X: Array, Q: Array, K: Array, V: Array) -> Array:
    return numpy_softmax((X @ Q) @ (X @ K).T) @ (X @ V)


WRONG: dict[str, Callable[..., Array]] = {
    "keys and queries exchanged": lambda X, Q, K, V: numpy_attention(X, K, Q, V),
    "softmax over the queries": lambda X, Q, K, V: numpy_softmax((X @ Q @ K.T @ X.T).T).T @ X @ V,
    "a scale that is not there": lambda X, Q, K, V: numpy_attention(X, Q / np.sqrt(3), K, V),
    "a transpose dropped": lambda X, Q, K, V: numpy_attention(X, Q, K, V).T.reshape(len(X), -1),
    "float16 inside": lambda X, Q, K, V: numpy_attention(*(a.astype(np.float16) for a in (X, Q, K, V))),
    "keys in bfloat16": lambda X, Q, K, V: numpy_attention(X, Q, contract("bfloat16").stored.nearest(K), V),
    "a softmax that does not sum to 1": lambda X, Q, K, V: numpy_attention(X, Q, K, V) * np.float32(1.002),
    "the first key left out": lambda X, Q, K, V: numpy_attention(X, Q, K, V) - 0.1 * numpy_attention(X, Q, K, V)[:1],
}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", WRONG)
def test_wrong_implementations_lie_outside(name: str, seed: int) -> None:
    at, given = drawn(attention(X, Q, K, V), "float32", seed)
    allowed = evaluate(attention(X, Q, K, V), at, Tolerance("float32"))
    arrays = {letter: value.astype(np.float32) for letter, value in given.items()}
    assert (np.abs(numpy_attention(**arrays) - allowed.value) <= allowed.radius).all()
    assert (np.abs(WRONG[name](**arrays) - allowed.value) > allowed.radius).any()


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("expr", [softmax(X @ Q @ K.T @ X.T), attention(X, Q, K, V), logsumexp(A)], ids=str)
def test_the_exact_value_lies_inside(expr: Any, promise: str) -> None:
    for seed in range(3):
        at, _ = drawn(expr, promise, seed)
        allowed = evaluate(expr, at, Tolerance(promise))
        lower, upper = Intervals(200).enclose(evaluate(expr, at, Intervals(200)))
        below, above = Tolerance(promise).enclose(allowed)
        assert (below <= lower).all()
        assert (upper <= above).all()


@pytest.mark.parametrize("promise", PROMISES)
def test_large_logits_neither_overflow_nor_lose_the_bound(promise: str) -> None:
    row = matrix("x", 1, 4)
    at = sample(row, values={row: np.array([[96.0, -480.0, 480.0, 0.0]])})
    weights = evaluate(softmax(row), at, Tolerance(promise))
    assert weights.radius.max() < 0.01 if promise in ("float32", "float64") else np.isfinite(weights.radius).all()
    summed = evaluate(logsumexp(row), at, Tolerance(promise))
    assert summed.radius[0, 0] < 480 * 64 * contract(promise).stored.unit


@pytest.mark.parametrize(("promise", "size"), [("float16", 300.0), ("float32", 1e25), ("bfloat16/float32", 1e25)])
def test_what_may_overflow_is_unknown_and_says_so(promise: str, size: float) -> None:
    at = sample(X @ Q, values={X: np.full((2, 2), size), Q: np.full((2, 2), size)}, sizes={n: 2, d: 2, k: 2})
    tolerance = Tolerance(promise)
    found = evaluate(X @ Q, at, tolerance)
    assert np.isinf(found.radius).all()
    assert f"largest {contract(promise).dtype}" in tolerance.show(found, 0, 0)
    assert "largest" in tolerance.show(evaluate((X @ Q).T + (X @ Q).T, at, tolerance), 0, 0)


def test_underflow_is_allowed_for_as_each_format_has_it() -> None:
    at = sample(hadamard(A, B), values={A: [[2.0**-20]], B: [[2.0**-8]]}, sizes={n: 1, d: 1})
    half = evaluate(hadamard(A, B), at, Tolerance("float16"))
    assert half.radius[0, 0] >= 2.0**-25  # the product is exactly halfway between 0 and the least float16
    tiny = sample(hadamard(A, B), values={A: [[2.0**-100]], B: [[2.0**-30]]}, sizes={n: 1, d: 1})
    assert evaluate(hadamard(A, B), tiny, Tolerance("float32")).radius[0, 0] >= 2.0**-130  # it may be flushed to 0


def test_an_exact_zero_stays_one_and_a_one_costs_nothing() -> None:
    at = sample(X @ Q, values={X: [[1.0, 0.0]], Q: [[0.0], [0.5]]}, sizes={n: 1, d: 2, k: 1})
    found = evaluate(reciprocal(X @ Q), at, Tolerance("float32"))
    assert (found.value.tolist(), found.radius.tolist()) == ([[0.0]], [[0.0]])
    tolerance = Tolerance("float32")
    same = tolerance.multiply(tolerance.lift(np.array([[1]])), tolerance.lift(np.array([[0.5, 3.0]])))
    assert same.radius.tolist() == [[0.0, 0.0]]


def test_a_constant_is_rounded_by_the_implementation() -> None:
    tolerance = Tolerance("float32")
    assert tolerance.lift(np.array([[0.1]])).radius[0, 0] >= abs(0.1 - float(np.float32(0.1)))
    assert tolerance.lift(np.array([[0.5, 3]])).radius.tolist() == [[0.0, 0.0]]


def test_declared_lanes_and_wide_accumulators_are_held_to_more() -> None:
    at = sample(X @ Q @ K.T @ X.T, kind="onehot", sizes={n: 16, d: 16, k: 16})
    radii = [
        evaluate(X @ Q @ K.T @ X.T, at, Tolerance(promise)).radius.max()
        for promise in ("float16", "float16 blocks:4", "float16 pairwise", "float16/float32", "float32")
    ]
    assert radii[0] > radii[1] > radii[2] > radii[3] > radii[4]


def test_two_runs_give_the_same_ball() -> None:
    at, _ = drawn(attention(X, Q, K, V), "float32", 0)
    one, other = (evaluate(attention(X, Q, K, V), at, Tolerance("float32")) for _ in range(2))
    assert (one.radius == other.radius).all()


def test_the_exact_arithmetic_agrees_where_it_can() -> None:
    at = sample(X @ Q @ K.T, sizes=SIZES)
    allowed, exact = evaluate(X @ Q @ K.T, at, Tolerance("float64")), evaluate(X @ Q @ K.T, at, Exact())
    assert (np.abs(allowed.value - exact.astype(float)) <= allowed.radius).all()


def test_pairs_of_contracts() -> None:
    assert {Contract("float16", "float32"), contract("float16/float32")} == {Contract("float16", "float32")}


def balls_and_points(seed: int, *shapes: tuple[int, int]) -> tuple[list[Any], list[Array]]:
    """Balls of some radius, and numbers at their ends."""
    rng = np.random.default_rng(seed)
    centres = [rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape) for shape in shapes]
    radii = [rng.uniform(0, 0.3, shape) for shape in shapes]
    ends = [c + r * rng.choice([-1, 1], c.shape) for c, r in zip(centres, radii, strict=True)]
    return [Ball(c, r) for c, r in zip(centres, radii, strict=True)], ends


OPERATIONS: dict[str, Callable[..., tuple[Any, Array]]] = {
    "product": lambda t, a, b, c, x, y, z: (t.matmul(a, b), x @ y),
    "chain": lambda t, a, b, c, x, y, z: (t.matmul(t.matmul(a, b), c), x @ y @ z),
    "chain from the right": lambda t, a, b, c, x, y, z: (t.matmul(a, t.matmul(b, c)), x @ y @ z),
    "transpose": lambda t, a, b, c, x, y, z: (t.rearrange(transposed, [t.matmul(a, b)]), (x @ y).T),
    "scaled": lambda t, a, b, c, x, y, z: (t.multiply(corner(t, c), t.matmul(a, b)), z[0, 0] * (x @ y)),
    "entrywise": lambda t, a, b, c, x, y, z: (t.multiply(t.multiply(a, a), a), x**3),
    "sum": lambda t, a, b, c, x, y, z: (t.add(t.add(a, a), t.lift(np.ones(x.shape))), 2 * x + 1),
    "row": lambda t, a, b, c, x, y, z: (t.rowsum(a), x.sum(axis=1, keepdims=True)),
    "total": lambda t, a, b, c, x, y, z: (t.rowsum(t.rearrange(transposed, [t.rowsum(a)])), x.sum(keepdims=True)),
    "reciprocal": lambda t, a, b, c, x, y, z: (t.reciprocal(a), 1 / x),
    "exp": lambda t, a, b, c, x, y, z: (t.exp(a), np.exp(x)),
    "log": lambda t, a, b, c, x, y, z: (t.log(t.multiply(a, a)), np.log(x**2)),
    "cos": lambda t, a, b, c, x, y, z: (t.cos(t.matmul(a, b)), np.cos(x @ y)),
    "sin": lambda t, a, b, c, x, y, z: (t.sin(a), np.sin(x)),
    "log-sum-exp": lambda t, a, b, c, x, y, z: (
        t.log(t.rowsum(t.exp(a))),
        np.log(np.exp(x).sum(axis=1, keepdims=True)),
    ),
    "weights": lambda t, a, b, c, x, y, z: (t.softmax(a, None), numpy_softmax(x)),
    "mixture": lambda t, a, b, c, x, y, z: (t.matmul(t.softmax(a, None), b), numpy_softmax(x) @ y),
    "mixture of products": lambda t, a, b, c, x, y, z: (
        t.matmul(t.matmul(t.softmax(a, None), b), c),
        numpy_softmax(x) @ (y @ z),
    ),
    "scaled mixture": lambda t, a, b, c, x, y, z: (
        t.multiply(corner(t, c), t.matmul(t.softmax(a, None), b)),
        z[0, 0] * (numpy_softmax(x) @ y),
    ),
}


def corner(tolerance: Tolerance, value: Ball) -> Ball:
    return tolerance.rearrange(lambda entries: entries[:1, :1], [value])


@pytest.mark.parametrize("promise", ["float64", "float32"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_operands_may_lie_anywhere_in_their_balls(name: str, promise: str) -> None:
    shares = []
    for seed in range(40):
        balls, ends = balls_and_points(seed, (3, 4), (4, 5), (5, 2))
        found, truth = OPERATIONS[name](Tolerance(promise), *balls, *ends)
        assert (np.abs(truth - found.value) <= found.radius).all()
        shares.append((np.abs(truth - found.value) / found.radius).max())
    assert max(shares) > 0.1


def test_a_shift_by_the_least_score_is_allowed_for() -> None:
    """In bfloat16 40.25 + 40 is 80, so that two scores that differ become alike."""
    row = matrix("x", 1, 3)
    at = sample(row, values={row: np.array([[40.25, 40.0, -40.0]])})
    allowed = evaluate(softmax(row), at, Tolerance("bfloat16/float32"))
    assert (np.abs(np.array([[0.5, 0.5, 0.0]]) - allowed.value) <= allowed.radius).all()
    assert allowed.radius[0, 0] < 0.25


def test_weights_from_a_logarithm_of_their_sum_are_allowed_for() -> None:
    """Equal scores, exp(x - lse) in float32: the weights do not add up to 1, and so not to the value."""
    gaps = []
    for keys in range(2, 12):
        scores, values = matrix("x", 1, keys), matrix("v", keys, 1)
        at = sample([scores @ values], values={scores: np.full((1, keys), 9999.0), values: np.ones((keys, 1))})
        lse = np.float32(9999.0) + np.log(np.float32(keys))
        got = np.exp(np.full(keys, 9999.0, np.float32) - lse) @ np.ones(keys, np.float32)
        gaps.append(abs(float(got) - 1))
        assert gaps[-1] <= evaluate(softmax(scores) @ values, at, Tolerance("float32")).radius[0, 0] < 0.1
    assert max(gaps) > 2e-4
