"""What a result is compared with: the ball of a contract, and the exact value that a message shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy

from symattn.checks.harness.reference import Target, agreed, target
from symattn.errors import UnknownName
from symattn.language import concat_heads, family, hadamard, index, matrix, sizes, sizes_of, softmax
from symattn.numeric import Balls, Contract, contract
from symattn.numeric.bounds.formats import named
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import sample

n, m, k, v, d, H = sizes("n m k v d H")
q, p, keys, values = matrix("q", n, k), matrix("p", n, k), matrix("k", m, k), matrix("v", m, v)
mask, O = matrix("M", n, m, mask=True), matrix("O", v, d)
h = index("h", H)
qs, ks, vs = family("q", H, n, k), family("k", H, m, k), family("v", H, m, v)
SCORES = q @ keys.T / sympy.sqrt(k)
SUBJECTS = {
    "attention": softmax(SCORES) @ values,
    "masked": softmax(SCORES, mask=mask) @ values,
    "with an output matrix": softmax(SCORES) @ values @ O,
    "heads": concat_heads(softmax(qs[h] @ ks[h].T) @ vs[h], h),
    "a residual": softmax(SCORES) @ values + matrix("X", n, v),
}
PROMISES = [f"{manner} {dtype}" for manner in ("eager", "fused", "upcast") for dtype in ("float16", "bfloat16")]
SIZES = {"n": 20, "m": 37, "k": 16, "v": 5, "d": 3, "H": 2}


def _at(expr: Any, dtype: str, **numbers: int) -> Any:
    chosen = {size: {**SIZES, **numbers}[size.name] for size in sizes_of(expr)}
    drawn = sample(expr, kind="normal", sizes=chosen)
    held = {a: x if getattr(a, "facts", ()) else named(dtype).nearest(x) for a, x in drawn.values.items()}
    return sample(expr, values=held, sizes=chosen)


@pytest.mark.needs("flint")
@pytest.mark.parametrize("promise", ["float64", "float32", *PROMISES])
@pytest.mark.parametrize("name", SUBJECTS)
def test_the_exact_value_lies_in_every_ball(name: str, promise: str) -> None:
    expr, kept = SUBJECTS[name], contract(promise)
    found = target(expr, at := _at(expr, kept.dtype), kept)
    low, high = Balls(200).enclose(Walk(at, Balls(200)).value(expr))
    for place in np.ndindex(low.shape):
        if np.isfinite(found.bound[place]):
            centre, bound = (sympy.Rational(float(each[place])) for each in (found.value, found.ball.radius))
            assert centre - bound <= low[place] <= high[place] <= centre + bound


def test_the_exact_value_of_a_message_is_exact() -> None:
    expr = SUBJECTS["attention"]
    at = _at(expr, "float64", n=3, m=5, k=4, v=2)
    assert isinstance(found := target(expr, at, Contract("float64")), Target)
    S = [[sum(map(sympy.Rational, a * b)) / 2 for b in at.values[keys]] for a in at.values[q]]
    w = [[sympy.exp(s) for s in row] for row in S]
    rows = [
        [sum(a * sympy.Rational(x) for a, x in zip(row, c, strict=True)) / sum(row) for c in at.values[values].T]
        for row in w
    ]
    assert found.exact.tolist() == [[float(sympy.N(entry, 40)) for entry in row] for row in rows]


def test_the_exact_value_is_that_of_float64_where_double_double_numbers_know_nothing() -> None:
    expr = hadamard(q, p)
    huge = {q: np.full((1, 1), 2.0**1000), p: np.full((1, 1), 3.0)}
    found = target(expr, sample(expr, values=huge), Contract("float64"))
    assert found.exact.tolist() == [[3 * 2.0**1000]]


def test_the_exact_value_costs_nothing_where_float64_is_far_below_the_bound() -> None:
    expr = SUBJECTS["attention"]
    found = target(expr, _at(expr, "float32"), Contract("float32"))
    assert found.exact is found.rough.value


def test_a_result_at_the_end_of_the_ball_is_allowed_and_one_beyond_is_not() -> None:
    expr = SUBJECTS["attention"]
    found = target(expr, _at(expr, "float32"), Contract("float32"))
    for side in (1, -1):
        assert found.holds(found.value + side * (1 - 1e-9) * found.ball.radius)
        assert found.misses(found.value + side * (1 + 1e-6) * found.bound).all()


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16"])
def test_attention_in_16_bits_is_fused_unless_another_contract_is_given(dtype: str) -> None:
    half = dtype.endswith("16")
    assert agreed(None, dtype, SUBJECTS["attention"]) == Contract(dtype, manner="fused")
    assert agreed(None, dtype, SUBJECTS["heads"]) == Contract(dtype, manner="fused")
    assert agreed(None, dtype, q @ keys.T) == Contract(dtype)
    assert (agreed(None, dtype, SUBJECTS["masked"]) == Contract(dtype)) is not half
    assert agreed(f"eager {dtype}", dtype, SUBJECTS["attention"]) == Contract(dtype)
    with pytest.raises(UnknownName, match="another dtype"):
        agreed("fused float16" if dtype != "float16" else "fused bfloat16", dtype)
