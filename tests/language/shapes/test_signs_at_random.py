"""What is seen of a sign is so in numbers, for expressions at random."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from symattn.errors import SymattnError
from symattn.language import diag, exp, hadamard, matrix, ones, reciprocal, rowsum, scalar, sizes, softmax, total, trace
from symattn.language.shapes.signs import sign
from symattn.numeric import FLOAT64, evaluate, sample

a, e = scalar("a"), scalar("e", positive=True)
SCALARS = st.sampled_from([a, e, a**2, a**3, -e, a**-2, exp(a), a**2 - e])


def _expressions(n: Any) -> st.SearchStrategy[Any]:
    """Square matrices of a size, made of letters of which more or less is known."""
    mask, one = matrix("M", n, n, mask=True), ones(n, n)
    letters = [matrix("A", n, n), mask, matrix("P", n, n, positive=True), matrix("Q", n, n, permutation=True), one]

    def grown(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        pairs = st.tuples(parts, parts)
        return st.one_of(
            pairs.map(lambda p: p[0] + p[1]),
            pairs.map(lambda p: p[0] - p[1]),
            pairs.map(lambda p: p[0] @ p[1]),
            pairs.map(lambda p: hadamard(*p)),
            parts.map(lambda X: X @ X.T),
            parts.map(lambda X: X.T),
            parts.map(lambda X: hadamard(X, X)),
            parts.map(lambda X: softmax(X, mask=mask)),
            parts.map(softmax),
            parts.map(exp),
            parts.map(reciprocal),
            parts.map(lambda X: diag(rowsum(X))),
            parts.map(lambda X: trace(X) * one),
            parts.map(lambda X: total(X) ** 2 * one),
            st.tuples(SCALARS, parts).map(lambda p: p[0] * p[1]),
        )

    return st.recursive(st.sampled_from(letters), grown, max_leaves=5)


@pytest.mark.parametrize("least", [0, 1])
@given(data=st.data(), more=st.integers(0, 2), seed=st.integers(0, 999))
@settings(max_examples=100, deadline=None)
def test_no_sign_is_seen_that_is_not_there(data: st.DataObject, least: int, more: int, seed: int) -> None:
    n = sizes("n", min=least)
    expr = data.draw(_expressions(n))
    try:
        found = evaluate(expr, sample([expr, a, e], sizes={n: least + more}, seed=seed, kind="normal"), FLOAT64)
    except SymattnError:  # what has no value has no sign
        return
    highest = found.value + found.radius
    assert sign(expr) < 0 or bool((highest >= 0).all())
    assert sign(expr) < 1 or bool((highest > 0).all())
