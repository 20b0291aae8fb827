"""What is seen of a sign is so in numbers, for expressions at random."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings, strategies as st

from symattn.errors import SymattnError
from symattn.language import diag, exp, hadamard, matrix, ones, reciprocal, rowsum, scalar, sizes, softmax, total, trace
from symattn.language.shapes.signs import sign
from symattn.numeric import FLOAT64, evaluate, sample

n = sizes("n", min=0)
A, M = matrix("A", n, n), matrix("M", n, n, mask=True)
P, Q = matrix("P", n, n, positive=True), matrix("Q", n, n, permutation=True)
a, e = scalar("a"), scalar("e", positive=True)
LETTERS = st.sampled_from([A, M, P, Q, ones(n, n)])


def _grown(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] - p[1]),
        pairs.map(lambda p: p[0] @ p[1]),
        pairs.map(lambda p: hadamard(*p)),
        parts.map(lambda X: X @ X.T),
        parts.map(lambda X: X.T),
        parts.map(lambda X: hadamard(X, X)),
        parts.map(lambda X: softmax(X, mask=M)),
        parts.map(softmax),
        parts.map(exp),
        parts.map(reciprocal),
        parts.map(lambda X: diag(rowsum(X))),
        parts.map(lambda X: trace(X) * ones(n, n)),
        parts.map(lambda X: total(X) ** 2 * ones(n, n)),
        st.tuples(st.sampled_from([a, e, a**2, -e, a**-2, 1 / e, exp(a), a * e, n]), parts).map(lambda p: p[0] * p[1]),
    )


@given(st.recursive(LETTERS, _grown, max_leaves=6), st.integers(0, 3), st.integers(0, 999))
@settings(max_examples=200, deadline=None)
def test_no_sign_is_seen_that_is_not_there(expr: Any, size: int, seed: int) -> None:
    try:
        found = evaluate(expr, sample([expr, a, e], sizes={n: size}, seed=seed, kind="normal"), FLOAT64)
    except SymattnError:  # what has no value has no sign
        return
    highest = found.value + found.radius
    assert sign(expr) < 0 or bool((highest >= 0).all())
    assert sign(expr) < 1 or bool((highest > 0).all())
