"""Samples are as wide as the declarations: any real number, any matrix with the facts, sides longer than a block."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, CheckUndecided, assert_computes
from symattn.checks.harness.arrays import rounded
from symattn.checks.harness.samples import Wanted, cases
from symattn.language import exp, inverse, logsumexp, matrix, reciprocal, rowsum, scalar, sizes, softmax
from symattn.language.sums import Determinant
from symattn.numeric.samples.draws import HOLDS

n, m, d, v = sizes("n m d v")
X, S, V = matrix("X", n, d), matrix("S", n, m), matrix("V", m, v)
Y, P = matrix("Y", n, n, symmetric=True), matrix("P", n, m, positive=True)
W, O, Z = matrix("W", n, n, invertible=True), matrix("O", n, n, orthogonal=True), matrix("Z", n, n, skew=True)
t, s, p = scalar("t"), scalar("s"), scalar("p", positive=True)

DTYPES = ("float64", "float32", "float16")

Function = Callable[..., Any]


def normalised(S: Any) -> Any:
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True, dtype=S.dtype)


def same(a: Any, number: float) -> Any:
    """The number in the dtype of an array."""
    return a.dtype.type(number)


WRONG: dict[str, tuple[Function, Any]] = {
    "|t| X": (lambda X, t: same(X, abs(t)) * X, t * X),
    "max(t, 0) X": (lambda X, t: same(X, max(t, 0)) * X, t * X),
    "min(t, 2) X": (lambda X, t: same(X, min(t, 2)) * X, t * X),
    "max(t, -2) X": (lambda X, t: same(X, max(t, -2)) * X, t * X),
    "sqrt(t t) X": (lambda X, t: same(X, np.sqrt(t * t)) * X, t * X),
    "nothing for t ≤ 0": (lambda X, t: same(X, t) * X if t > 0 else np.zeros_like(X), t * X),
    "one for t = 0": (lambda X, t: same(X, t or 1) * X, t * X),
    "one for a tiny t": (lambda X, t: same(X, t if abs(t) > 1e-2 else 0) * X, t * X),
    "softmax(|t| S)": (lambda S, t: normalised(same(S, abs(t)) * S), softmax(t * S)),
    "|s| |t| X": (lambda X, s, t: same(X, abs(s)) * same(X, abs(t)) * X, s * t * X),
    "s |t| X": (lambda X, s, t: same(X, s) * same(X, abs(t)) * X, s * t * X),
    "max(p, 1) X": (lambda X, p: same(X, max(p, 1)) * X, p * X),
    "min(p, 2) X": (lambda X, p: same(X, min(p, 2)) * X, p * X),
    "rounded inverse": (lambda W: np.rint(np.linalg.inv(W)), inverse(W)),
    "whole orthogonal": (lambda O, Y: O.astype(int).astype(Y.dtype) @ Y, O @ Y),
    "floor of positive": (lambda P, V: np.floor(P) @ V, P @ V),
    "floor of symmetric": (lambda Y: np.floor(Y) @ Y, Y @ Y),
    "whole skew": (lambda Z: np.rint(Z) @ Z, Z @ Z),
    "the first twelve": (lambda S, V: normalised(S[:, :12]) @ V[:12], softmax(S) @ V),
}
RIGHT: dict[str, tuple[Function, Any]] = {
    "t X": (lambda X, t: same(X, t) * X, t * X),
    "t X, as Python has it": (lambda X, t: X * t, t * X),
    "s t X": (lambda X, s, t: same(X, s) * (same(X, t) * X), s * t * X),
    "X / t": (lambda X, t: X / same(X, t), X / t),
    "softmax(t S)": (lambda S, t: normalised(same(S, t) * S), softmax(t * S)),
    "exp(t) X": (lambda X, t: same(X, np.exp(same(X, t))) * X, exp(t) * X),
    "orthogonal": (lambda O, Y: O @ Y, O @ Y),
    "skew": (lambda Z: -(Z.T @ Z), Z @ Z),
    "symmetric": (lambda Y: Y.T @ Y, Y @ Y),
}


def refused(fn: Function, expr: Any, **options: Any) -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_computes(fn, expr, **options)
    assert not isinstance(caught.value, CheckUndecided), str(caught.value)


@pytest.mark.parametrize(
    ("name", "dtype"),
    [(name, dtype) for name in WRONG for dtype in DTYPES if (name, dtype) != ("rounded inverse", "float16")],
)
def test_what_is_right_at_narrow_samples_alone_is_refused(name: str, dtype: str) -> None:
    refused(*WRONG[name], dtype=dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_everywhere_passes(name: str, dtype: str) -> None:
    for seed in range(4):
        assert_computes(*RIGHT[name], dtype=dtype, seed=seed)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_library_may_invert_solve_and_take_determinants(dtype: str) -> None:
    A = matrix("A", n, n)
    for seed in range(4):
        options = {"dtype": dtype, "seed": seed}
        assert_computes(lambda W: np.linalg.inv(W), inverse(W), **options)
        assert_computes(lambda W, Y: np.linalg.solve(W, Y), inverse(W) @ Y, **options)
        assert_computes(lambda W, Y: np.linalg.solve(W.T, Y.T).T, Y @ inverse(W), **options)
        assert_computes(lambda O, Y: np.linalg.inv(O) @ Y, inverse(O) @ Y, **options)
        assert_computes(lambda A: np.linalg.det(A), Determinant(A), **options)
        assert_computes(lambda A: np.linalg.det(A), Determinant(A), sizes={"n": 1}, **options)


def test_a_scalar_is_not_tried_where_the_formula_is_a_convention() -> None:
    seen: list[tuple[float, float]] = []

    def watched(X: Any, t: float, s: float) -> Any:
        seen.append((t, s))
        return X / t * np.exp(s)

    assert_computes(watched, X / t * exp(s))
    assert min(abs(number) for number, _ in seen) > 0 > min(number for number, _ in seen)
    assert 0 in {number for _, number in seen}
    assert max(number for _, number in seen) < 10 < max(number for number, _ in seen)


def test_sums_of_exponentials_may_be_divided_by_at_any_scalar() -> None:
    seen: list[float] = []

    def watched(S: Any, t: float) -> Any:
        seen.append(t)
        top = (t * S).max(-1, keepdims=True)
        return top + np.log(np.exp(t * S - top).sum(-1, keepdims=True))

    assert_computes(watched, logsumexp(t * S))
    assert min(seen) < 0
    assert 0 in seen
    assert_computes(lambda S, t: 1 / np.exp(t * S).sum(-1, keepdims=True), reciprocal(rowsum(exp(t * S))))


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16"])
@pytest.mark.parametrize("letter", [Y, P, W, O, Z], ids=str)
def test_letters_with_facts_have_them_in_numbers_of_the_dtype_that_are_not_whole(letter: Any, dtype: str) -> None:
    fractional = False
    for case in cases(letter @ letter.T, Wanted({}, {}, 0, 3, None), dtype):
        value = case.at.values[letter]
        assert (rounded(value, dtype) == value).all()
        assert all(HOLDS[fact](value) for fact in letter.facts)
        fractional |= bool((value != np.rint(value)).any())
    assert fractional


@pytest.mark.parametrize("width", [8, 16, 64])
@pytest.mark.parametrize("dtype", DTYPES)
def test_blocks_that_are_never_rescaled_are_refused(width: int, dtype: str) -> None:
    def flash(S: Any, V: Any, *, rescaled: bool = False) -> Any:
        inside = np.promote_types(S.dtype, np.float32)
        S, V, given = S.astype(inside), V.astype(inside), S.dtype
        top = np.full((len(S), 1), -np.inf, inside)
        total, out = np.zeros((len(S), 1), inside), np.zeros((len(S), V.shape[1]), inside)
        for start in range(0, S.shape[1], width):
            part = S[:, start : start + width]
            higher = np.maximum(top, part.max(-1, keepdims=True))
            keep, w = np.exp(top - higher) if rescaled else inside.type(1), np.exp(part - higher)
            total, out, top = total * keep + w.sum(-1, keepdims=True), out * keep + w @ V[start : start + width], higher
        return (out / total).astype(given)

    refused(lambda S, V: flash(S, V), softmax(S) @ V, dtype=dtype)
    assert_computes(lambda S, V: flash(S, V, rescaled=True), softmax(S) @ V, dtype=dtype)


def test_one_side_after_the_other_is_longer_than_a_block() -> None:
    longest = [max(case.at.sizes, key=case.at.sizes.get) for case in _rising(softmax(S) @ V)]
    assert set(longest) == {n, m, v}
    assert _rising(inverse(W) @ Y) == []


def test_samples_share_shapes_where_each_is_compiled_for_and_the_keys_are_the_longest_side() -> None:
    expr = softmax(S) @ V
    few = list(cases(expr, Wanted({}, {}, 0, 3, None, few_shapes=True), "float32"))
    assert len({tuple(case.at.sizes.values()) for case in few}) == 5 < len(few)
    assert [max(case.at.sizes, key=case.at.sizes.get) for case in few if case.probe == "rising"] == [m]
    assert {case.probe for case in few} == {case.probe for case in cases(expr, Wanted({}, {}, 0, 3, None), "float32")}


@pytest.mark.needs("jax")
def test_a_function_of_jax_is_traced_for_few_shapes() -> None:
    import jax

    traced = []

    @jax.jit
    def attend(S: Any, V: Any) -> Any:
        traced.append(S.shape)
        return jax.nn.softmax(S, axis=-1) @ V

    assert_computes(attend, softmax(S) @ V, dtype="float32", framework="jax")
    assert len(traced) == 5


def _rising(expr: Any) -> list[Any]:
    return [case for case in cases(expr, Wanted({}, {}, 0, 3, None), "float32") if case.probe == "rising"]


def test_a_failure_tells_the_scalars() -> None:
    with pytest.raises(CheckFailed, match=r"scalars     : t = -[\d.]+") as caught:
        assert_computes(lambda X, t: abs(t) * X, t * X)
    probe, seed = re.search(r"probe='(\w+)', seed=(\d+)", str(caught.value)).groups()  # type: ignore[union-attr]
    with pytest.raises(CheckFailed):
        assert_computes(lambda X, t: abs(t) * X, t * X, probe=probe, seed=int(seed), trials=1)
    with pytest.raises(CheckFailed, match="t = 0"):
        assert_computes(lambda X, t: X / (1 / t), t * X)


@pytest.mark.parametrize("seed", range(3))
def test_a_scalar_of_each_kind_is_drawn_again_from_its_probe_and_seed(seed: int) -> None:
    expr = s * t * X
    for case in cases(expr, Wanted({}, {}, seed, 3, None), "float32"):
        again = next(iter(cases(expr, Wanted(dict(case.at.sizes), {}, case.seed, 1, case.probe), "float32")))
        assert [again.at.values[a] for a in (s, t)] == [case.at.values[a] for a in (s, t)]
