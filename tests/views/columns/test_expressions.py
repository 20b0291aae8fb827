"""The column convention: what is made of each node is what it was, for letters with their sizes swapped."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

import symattn as sa
from symattn.errors import LanguageError
from symattn.views.columns.expressions import Columns, columns_of, plain, transposes

n, d, k, m, H = sa.sizes("n d k m H", min=1)
X, Q, K, V = sa.matrix("X", n, d), sa.matrix("Q", d, k), sa.matrix("K", d, k), sa.matrix("V", d, k)
x, y = sa.row("x", d), sa.row("y", d)
W, G = sa.matrix("W", d, d), sa.matrix("G", d, d, invertible=True)
S, P = sa.matrix("S", n, n, symmetric=True), sa.matrix("P", n, n, permutation=True)
tau, c = sa.scalar("tau", positive=True), sa.scalar("c")
F, h = sa.family("F", H, d, k), sa.index("h", H)
s = sa.bilinear("s", d)
scores = sa.scores(X, Q, K)

EXPRESSIONS = [
    scores,
    tau * X @ Q - 2 * X @ K,
    sa.T(X @ Q),
    sa.softmax(tau * scores) @ X @ V,
    sa.softmax(scores, mask=sa.matrix("M", n, n, mask=True)),
    sa.hadamard(X @ Q, X @ K),
    sa.exp(X @ Q),
    sa.log(sa.rowsum(sa.exp(scores))),
    sa.reciprocal(X),
    sa.diag(x) @ W,
    sa.hstack(Q, K),
    sa.vstack(x, X) @ Q,
    sa.T(sa.vstack(x, X)),
    sa.concat_heads(X @ F[h], h),
    sa.stack_heads(F[h], h),
    sa.sum_heads(F[h] @ F[h].T, h),
    G.I @ Q,
    sa.inverse(G.T) @ Q,
    W @ W @ Q,
    S @ X,
    P @ X,
    sa.unit(n, 0) @ X,
    sa.ones(n, 1) @ x,
    sa.identity(d) + W,
    sa.zeros(n, d),
    sa.Gradient(sa.total(sa.softmax(scores)), Q),
    sa.Gradient(sa.total(X @ Q), X) @ W,
]
SCALARS = [
    sa.total(x @ Q @ K.T @ y.T),
    sa.trace(Q @ K.T),
    sa.inner(Q, K) ** 2 + c,
    sa.entry(X @ Q, 0, 0),
    sa.Partial(tau * sa.total(x @ Q), tau),
    s(x, y),
    sa.sum_heads(sa.total(F[h]), h),
]


def _text(expr: Any) -> str:
    return sa.text(expr)[:60]


@pytest.mark.parametrize("expr", EXPRESSIONS + SCALARS, ids=_text)
def test_what_is_kept_has_the_value_that_it_had(expr: Any) -> None:
    columns = Columns()
    assert sa.decide(sa.Equal(plain(expr, columns), columns.keep(expr))).status == "proved"


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=_text)
def test_what_is_turned_is_the_transpose_of_it(expr: Any) -> None:
    columns = Columns()
    assert sa.decide(sa.Equal(sa.T(plain(expr, columns)), columns.turn(expr))).status == "proved"


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=_text)
def test_the_shape_is_kept_or_turned(expr: Any) -> None:
    columns = Columns()
    assert sa.shape(columns.keep(expr)) == expr.shape
    assert sa.shape(columns.turn(expr)) == expr.shape[::-1]


def test_the_score_of_two_tokens_reads_as_with_column_vectors() -> None:
    claim = sa.Equal(sa.total(x @ Q @ K.T @ y.T), c)
    assert sa.text(columns_of((claim,)).claim(claim)) == "total(xᵀ Qᵀ K y) = c"


def test_letters_have_their_sizes_swapped() -> None:
    claim = sa.Equal(X @ Q, X @ K)
    letters = columns_of((claim,)).claim(claim).letters
    assert {a.name: a.shape for a in letters} == {"X": (d, n), "Q": (k, d), "K": (k, d)}


def test_both_sides_are_transposed_where_that_reads_better() -> None:
    claim = sa.Equal(sa.softmax(S) @ X @ V, X @ V)
    assert sa.text(columns_of((claim,)).claim(claim)) == "V X softmax(S)ᵀ = V X"


def test_a_square_letter_stands_for_itself_when_that_saves_transposes() -> None:
    claim = sa.Equal(sa.total(x @ W @ y.T), c)
    assert transposes(columns_of((claim,)).claim(claim)) == 1


def test_a_witness_is_transposed_with_its_letter() -> None:
    claim = sa.Exists(x, sa.Equal(x @ W, y), (y @ G.I,))
    new = columns_of((claim,)).claim(claim)
    assert new.witness[0].shape == (d, 1)


def test_what_can_be_said_of_rows_only_is_refused() -> None:
    with pytest.raises(LanguageError, match="can be said of rows only"):
        Columns().keep(sa.Jacobian(sa.softmax(x), x))


def test_transposes_are_counted_in_claims_and_expressions() -> None:
    assert transposes(scores) == 2
    assert transposes(sa.Equal(sa.T(W), sympy.Transpose(W))) == 2
