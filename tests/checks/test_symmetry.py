"""`assert_symmetric_score` and its opposite: from attention weights alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, CheckUndecided, assert_not_symmetric_score, assert_symmetric_score
from symattn.errors import LanguageError, ShapeError, SymattnError

RANDOM = np.random.default_rng(7)
S = RANDOM.standard_normal((6, 6))
SYMMETRIC = S + S.T
DTYPES = ("float64", "float32", "float16")


def weights(scores: Any) -> Any:
    w = np.exp(scores - scores.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True)


@pytest.mark.parametrize("dtype", DTYPES)
def test_symmetric_scores_pass(dtype: str) -> None:
    assert_symmetric_score(weights(SYMMETRIC.astype(dtype)))


@pytest.mark.parametrize("dtype", DTYPES)
def test_other_scores_fail_and_name_three_tokens(dtype: str) -> None:
    with pytest.raises(CheckFailed, match=r"tokens           : i=\d, j=\d, l=\d of 6"):
        assert_symmetric_score(weights(S.astype(dtype)))


@pytest.mark.parametrize("dtype", DTYPES)
def test_other_scores_are_not_symmetric(dtype: str) -> None:
    assert_not_symmetric_score(weights(S.astype(dtype)))


@pytest.mark.parametrize("dtype", DTYPES)
def test_symmetric_scores_are_not_called_asymmetric(dtype: str) -> None:
    with pytest.raises(CheckUndecided, match="no three tokens show an asymmetry beyond the rounding"):
        assert_not_symmetric_score(weights(SYMMETRIC.astype(dtype)))


def test_a_shift_of_each_row_does_not_matter() -> None:
    assert_symmetric_score(weights(SYMMETRIC + np.arange(6.0)[:, None]), scores_within=1e-14)


def test_the_three_tokens_are_those_of_the_asymmetry() -> None:
    scores = SYMMETRIC.copy()
    scores[2, 4] += 1e-6
    with pytest.raises(CheckFailed) as caught:
        assert_symmetric_score(weights(scores))
    assert "2" in str(caught.value).split("tokens")[1].splitlines()[0]
    assert "4" in str(caught.value).split("tokens")[1].splitlines()[0]


def test_an_asymmetry_below_the_rounding_is_none() -> None:
    scores = SYMMETRIC.copy()
    scores[2, 4] += 1e-16
    assert_symmetric_score(weights(scores))
    with pytest.raises(CheckUndecided):
        assert_not_symmetric_score(weights(scores))


def test_scores_that_are_known_less_well_are_given_room() -> None:
    scores = SYMMETRIC.copy()
    scores[2, 4] += 1e-6
    assert_symmetric_score(weights(scores), scores_within=1e-6)


def test_weights_too_coarse_to_tell_are_undecided() -> None:
    with pytest.raises(CheckUndecided, match="every difference of the weights is within their rounding"):
        assert_symmetric_score(weights(1e-3 * S.astype(np.float16)))


def test_flat_weights_are_symmetric() -> None:
    flat = np.full((4, 4), 0.25)
    assert_symmetric_score(flat)
    with pytest.raises(CheckFailed, match="every row is flat"):
        assert_not_symmetric_score(flat)


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_than_three_tokens_are_always_symmetric(count: int) -> None:
    P = weights(S[:count, :count])
    assert_symmetric_score(P)
    with pytest.raises(CheckFailed, match="fewer than 3 tokens"):
        assert_not_symmetric_score(P)


@pytest.mark.needs("torch")
def test_torch_weights_in_bfloat16() -> None:
    import torch

    assert_symmetric_score(torch.softmax(torch.tensor(SYMMETRIC).bfloat16(), -1))
    assert_not_symmetric_score(torch.softmax(torch.tensor(3 * S).bfloat16(), -1))


@pytest.mark.parametrize("check", [assert_symmetric_score, assert_not_symmetric_score])
@pytest.mark.parametrize(
    ("P", "error", "says"),
    [
        (np.tril(np.ones((3, 3))) / np.arange(1.0, 4.0)[:, None], LanguageError, "pass the weights before the mask"),
        (weights(S)[:, :5], ShapeError, "P must be square"),
        (weights(S) * 2, LanguageError, "the rows of P do not sum to 1"),
        (weights(S.T).T, LanguageError, "each row of a softmax over keys"),
        (weights(S) * np.nan, LanguageError, "not a finite number"),
        (-weights(S), LanguageError, "not positive"),
        (weights(S)[0], ShapeError, "must be a matrix"),
    ],
)
def test_weights_that_are_none(check: Any, P: Any, error: type[SymattnError], says: str) -> None:
    with pytest.raises(error) as caught:
        check(P)
    assert says in str(caught.value)
