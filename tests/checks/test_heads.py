"""`assert_same_head`, `assert_gauge_invariant` and `assert_rank_at_most`: what is invariant about a head."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, CheckUndecided, assert_gauge_invariant, assert_rank_at_most, assert_same_head
from symattn.errors import LanguageError, ShapeError, SymattnError, UnknownName
from symattn.language import family, index, matrix, scores, sizes, softmax, sum_heads

RANDOM = np.random.default_rng(5)
Q, K = RANDOM.standard_normal((7, 3)), RANDOM.standard_normal((6, 3))
M = RANDOM.standard_normal((3, 3)) / 2 + 2 * np.eye(3)
BACK = np.linalg.inv(M)
DTYPES = ("float64", "float32", "float16")


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_gauge_is_returned(dtype: str) -> None:
    first, second = ([part.astype(dtype) for part in pair] for pair in ((Q, K), (Q @ M, K @ BACK.T)))
    found = assert_same_head(first, second)
    np.testing.assert_allclose(found, M, atol=20 * np.finfo(dtype).eps)


def test_a_head_is_itself() -> None:
    np.testing.assert_allclose(assert_same_head((Q, K), (Q, K)), np.eye(3), atol=1e-14)


@pytest.mark.needs("torch")
def test_torch_heads_in_bfloat16() -> None:
    import torch

    first, second = ([torch.tensor(part).bfloat16() for part in pair] for pair in ((Q, K), (Q @ M, K @ BACK.T)))
    assert np.abs(assert_same_head(first, second, contract="bfloat16/float32") - M).max() < 0.1
    with pytest.raises(CheckFailed, match="multiplied by M itself"):
        assert_same_head(first, [second[0], torch.tensor(K @ M).bfloat16()], contract="bfloat16/float32")


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ((Q @ M, K @ M), "H = M: the keys were multiplied by M itself"),
        ((Q @ M, K @ BACK), "the transpose of the inverse was forgotten"),
        ((Q @ M, K), "the heads differ in how queries and keys are mixed"),
        ((RANDOM.standard_normal(Q.shape), K @ BACK.T), "the heads differ in their queries\n"),
        ((Q @ M + 1e-11 * Q[:, ::-1] ** 2, K @ BACK.T), "the heads differ in their queries\n"),
        ((Q @ M, RANDOM.standard_normal(K.shape)), "the heads differ in their keys\n"),
        ((RANDOM.standard_normal(Q.shape), RANDOM.standard_normal(K.shape)), "differ in their queries and keys"),
    ],
)
def test_heads_that_differ_say_where(second: Any, says: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_same_head((Q, K), second)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("first", "second", "error", "says"),
    [
        ((Q[:2], K[:2]), (Q[:2], K[:2]), LanguageError, "k > d is not determined"),
        ((np.repeat(Q[:, :1], 3, axis=1), K), (Q, K), LanguageError, "rank-deficient head is not determined"),
        ((Q * 0, K), (Q * 0, K), LanguageError, "rank-deficient head is not determined"),
        ((Q, K), (Q[:, :2], K[:, :2]), ShapeError, "other shapes"),
        ((Q, K[:, :2]), (Q, K), ShapeError, "one width"),
        ((Q, K), Q, LanguageError, "a head is given as (Q, K)"),
        ((Q, K * np.nan), (Q, K), LanguageError, "not a finite number"),
        ((Q[0], K[0]), (Q, K), ShapeError, "must be a matrix"),
    ],
)
def test_heads_without_an_answer_are_errors(first: Any, second: Any, error: type[SymattnError], says: str) -> None:
    with pytest.raises(error) as caught:
        assert_same_head(first, second)
    assert says in str(caught.value)


def test_heads_so_badly_conditioned_that_rounding_hides_all_are_undecided() -> None:
    thin, keys = np.stack([Q[:, 0], Q[:, 0] + 2e-3 * Q[:, 1], Q[:, 2]], axis=1).astype(np.float16), K.astype(np.float16)
    with pytest.raises(CheckUndecided, match="the rounding could hide any other mixing"):
        assert_same_head((thin, keys), (thin, keys))


n, d, k, v, H = sizes("n d k v H")
X, query, key, V = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v)
SCORES = scores(X, query, key)
TOKENS = RANDOM.standard_normal((5, 3))


def right(X: Any, Q: Any, K: Any) -> Any:
    return (X @ Q) @ (X @ K).T


def biased(X: Any, Q: Any, K: Any) -> Any:
    return (X @ Q + 1) @ (X @ K).T


def normalised(X: Any, Q: Any, K: Any) -> Any:
    a = X @ Q
    return (a / np.sqrt(1 + (a * a).sum(-1, keepdims=True))) @ (X @ K).T


def placed(X: Any, Q: Any, K: Any) -> Any:
    return ((X @ Q) * (1 + np.arange(Q.shape[1]))) @ (X @ K).T


@pytest.mark.parametrize("dtype", DTYPES)
def test_scores_do_not_change_with_the_gauge(dtype: str) -> None:
    assert_gauge_invariant(right, SCORES, dtype=dtype)


def test_scores_alone_do_not_change_bit_for_bit() -> None:
    assert_gauge_invariant(lambda Q, K: right(TOKENS, Q, K), sizes={"d": 3})


def test_trained_weights_can_be_given() -> None:
    assert_gauge_invariant(
        right, SCORES, inputs={"Q": RANDOM.standard_normal((3, 2)), "K": RANDOM.standard_normal((3, 2))}
    )


def test_heads_of_a_family_change_together() -> None:
    Qs, Ks, h = family("Q", H, d, k), family("K", H, d, k), index("h", H)
    expr = sum_heads(scores(X, Qs[h], Ks[h]), h)
    assert_gauge_invariant(lambda X, Q, K: np.einsum("nd,hdk,hek,me->nm", X, Q, K, X), expr)
    with pytest.raises(CheckFailed):
        assert_gauge_invariant(lambda X, Q, K: np.einsum("nd,hdk,hek,me->nm", X, np.abs(Q), K, X), expr)


@pytest.mark.parametrize(
    ("fn", "gauge", "cause"),
    [
        (biased, "signs", "a bias that is added"),
        (normalised, "powers of 2", "normalised"),
        (placed, "a permutation", "rotary embedding"),
    ],
)
def test_what_breaks_the_gauge_is_named(fn: Any, gauge: str, cause: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_gauge_invariant(fn, SCORES)
    assert f"M               : {gauge}, [[" in str(caught.value)
    assert cause in str(caught.value)


def test_the_gauge_is_looked_for_without_an_expression_too() -> None:
    with pytest.raises(CheckFailed, match="bound           : 0 for eager float64"):
        assert_gauge_invariant(lambda Q, K: biased(TOKENS, Q, K), sizes={"d": 3})


@pytest.mark.parametrize(
    ("fn", "expr", "options", "error", "says"),
    [
        (right, SCORES, {"query": "W_Q"}, UnknownName, "there is no letter W_Q"),
        (right, SCORES, {"key": "X"}, ShapeError, "queries and keys must have one width"),
        (right, None, {}, LanguageError, "cannot be called with these letters"),
        (right, SCORES, {"dtype": "bfloat16"}, LanguageError, "numpy has no bfloat16"),
    ],
)
def test_gauge_questions_that_make_no_sense(
    fn: Any, expr: Any, options: Any, error: type[SymattnError], says: str
) -> None:
    with pytest.raises(error) as caught:
        assert_gauge_invariant(fn, expr, **options)
    assert says in str(caught.value)


A, B = RANDOM.standard_normal((9, 3)), RANDOM.standard_normal((8, 3))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("given", [False, True])
def test_scores_have_the_rank_of_their_head(dtype: str, given: bool) -> None:
    a, b = A.astype(dtype), B.astype(dtype)
    factors = (a, b) if given else None
    assert_rank_at_most(a @ b.T, 3, factors=factors)
    with pytest.raises(CheckFailed, match="more than 2\n    σ_3"):
        assert_rank_at_most(a @ b.T, 2, factors=factors)


def test_a_small_direction_that_rounding_could_make_is_no_rank() -> None:
    scores = A @ B.T
    assert_rank_at_most(scores + 1e-16, 3)
    with pytest.raises(CheckFailed):
        assert_rank_at_most(scores + 1e-12 * RANDOM.standard_normal(scores.shape), 3)


def test_an_entrywise_step_is_suspected_where_the_rank_is_full() -> None:
    with pytest.raises(CheckFailed, match=r"the rank is at least 8; an entrywise step on the scores"):
        assert_rank_at_most(np.exp(A @ B.T), 3)


def test_a_stack_of_scores_names_the_head() -> None:
    with pytest.raises(CheckFailed, match="the rank of the scores of head 1 is more than 3"):
        assert_rank_at_most(np.stack([A @ B.T, np.tril(A @ B.T)]), 3)


def test_scores_that_are_not_the_product_of_the_factors() -> None:
    with pytest.raises(CheckFailed, match="the scores are not the product of the factors"):
        assert_rank_at_most(A @ B.T, 3, factors=(A, 2 * B))


def test_any_matrix_has_the_rank_of_its_smaller_side() -> None:
    assert_rank_at_most(RANDOM.standard_normal((4, 9)), 4)


def test_no_scores_have_rank_0() -> None:
    assert_rank_at_most(np.zeros((4, 5)), 0)
    with pytest.raises(CheckFailed):
        assert_rank_at_most(np.ones((4, 5)), 0)


@pytest.mark.needs("torch")
def test_scores_too_coarse_to_tell_are_undecided() -> None:
    import torch

    a, b = (
        torch.tensor(RANDOM.standard_normal((200, 64))).bfloat16(),
        torch.tensor(RANDOM.standard_normal((200, 64))).bfloat16(),
    )
    with pytest.raises(CheckUndecided, match="state a finer accumulator"):
        assert_rank_at_most(a @ b.T, 64)
    assert_rank_at_most(a @ b.T, 64, contract="bfloat16/float32")


@pytest.mark.parametrize(
    ("given", "k", "options", "error", "says"),
    [
        (A @ B.T, -1, {}, LanguageError, "a whole number ≥ 0"),
        (A @ B.T, 1.5, {}, LanguageError, "a whole number ≥ 0"),
        (A @ B.T * np.nan, 3, {}, LanguageError, "not a finite number"),
        (A[0], 3, {}, ShapeError, "a matrix or a stack of them"),
        (A @ B.T, 3, {"factors": (A, B[1:])}, ShapeError, "the factors do not fit"),
        (A @ B.T, 3, {"contract": "float32"}, UnknownName, "about another dtype"),
        ("scores", 3, {}, LanguageError, "not a matrix of real numbers"),
        (A @ B.T * 1j, 3, {}, LanguageError, "not a matrix of real numbers"),
    ],
)
def test_rank_questions_that_make_no_sense(
    given: Any, k: Any, options: Any, error: type[SymattnError], says: str
) -> None:
    with pytest.raises(error) as caught:
        assert_rank_at_most(given, k, **options)
    assert says in str(caught.value)


def test_softmax_heads_do_not_change_either() -> None:
    def head(X: Any, Q: Any, K: Any, V: Any) -> Any:
        S = right(X, Q, K)
        w = np.exp(S - S.max(-1, keepdims=True))
        return w / w.sum(-1, keepdims=True) @ X @ V

    assert_gauge_invariant(head, softmax(SCORES) @ X @ V, dtype="float32")


def test_a_gauge_that_no_bound_could_see_is_undecided() -> None:
    """Sums of 4096 terms in float16: the bound is wider than the values."""
    expr = matrix("Q", d, k) @ matrix("K", d, k).T
    options = {"dtype": "float16", "sizes": {"d": 2, "k": 4096}}
    with pytest.raises(CheckUndecided, match="the bound is wider than the values"):
        assert_gauge_invariant(lambda Q, K: Q @ K.T, expr, **options)
    assert_gauge_invariant(lambda Q, K: Q @ K.T, expr, dtype="float16")
