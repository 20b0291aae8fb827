"""Attention, as expressions."""

from __future__ import annotations

from symattn.language import attention, causal, form, head, matrix, scalar, scores, sizes, softmax

n = sizes("n", min=1)
d, k, v = sizes("d k v")
X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
V, O = matrix("V", d, v), matrix("O", v, d)
t = scalar("t", positive=True)


def test_scores_are_queries_times_keys() -> None:
    assert scores(X, Q, K).args == (X, Q, K.T, X.T)
    assert scores(X, Q, K, t).args == (t, X, Q, K.T, X.T)


def test_the_form_of_a_head_is_its_queries_times_its_keys() -> None:
    assert form(Q, K) == Q @ K.T
    assert X @ form(Q, K) @ X.T == scores(X, Q, K)


def test_a_head_reads_values_with_its_weights_and_writes_them_back() -> None:
    weights = softmax(scores(X, Q, K), scale=t)
    assert attention(X, Q, K, V, t) == weights @ X @ V
    assert head(X, Q, K, V, O, t) == weights @ X @ V @ O
    assert head(X, Q, K, V, O).shape == (n, d)


def test_a_head_under_a_mask_looks_where_it_may() -> None:
    weights = softmax(scores(X, Q, K), mask=causal(n), scale=t)
    assert attention(X, Q, K, V, t, mask=causal(n)) == weights @ X @ V
    assert head(X, Q, K, V, O, t, mask=causal(n)) == weights @ X @ V @ O


def test_one_head_written_out_is_the_definition() -> None:
    x, q, w, u = matrix("X", 2, 1), matrix("Q", 1, 1), matrix("K", 1, 1), matrix("V", 1, 1)
    e = softmax(scores(x, q, w)).as_explicit()
    assert attention(x, q, w, u).as_explicit() == e * x.as_explicit() * u.as_explicit()
