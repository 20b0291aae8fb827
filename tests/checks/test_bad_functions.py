"""Functions that cannot be judged by their values: each is a clear failure, or a clear error."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, assert_computes
from symattn.errors import LanguageError, MissingExtra, ShapeError, SymattnError, UnknownName
from symattn.language import matrix, scores, sizes

n, d, k = sizes("n d k")
X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
SCORES = scores(X, Q, K)


def right(X: Any, Q: Any, K: Any) -> Any:
    return (X @ Q) @ (X @ K).T


def changes_its_input(X: Any, Q: Any, K: Any) -> Any:
    X *= 2
    return right(X, Q, K)


def raises(X: Any, Q: Any, K: Any) -> Any:
    raise ValueError("operands do not fit\nmore")


def returns_a_list(X: Any, Q: Any, K: Any) -> Any:
    return right(X, Q, K).tolist()


def returns_nothing(X: Any, Q: Any, K: Any) -> Any:
    return None


def another_shape(X: Any, Q: Any, K: Any) -> Any:
    return right(X, Q, K)[None]


def another_dtype(X: Any, Q: Any, K: Any) -> Any:
    return right(X, Q, K).astype(np.float32)


def not_a_number(X: Any, Q: Any, K: Any) -> Any:
    return right(X, Q, K) * np.nan


def infinite(X: Any, Q: Any, K: Any) -> Any:
    return np.full((len(X), len(X)), np.inf)


RANDOM = np.random.default_rng(0)


def not_deterministic(X: Any, Q: Any, K: Any) -> Any:
    return right(X, Q, K) * RANDOM.integers(0, 2, (len(X), len(X)))


@pytest.mark.parametrize(
    ("fn", "says"),
    [
        (changes_its_input, "changes its input X"),
        (raises, "raises ValueError\n    ValueError : operands do not fit"),
        (returns_a_list, "does not return an array"),
        (returns_nothing, "does not return an array"),
        (another_shape, "returned : 1×3×3\n    needed   : 3×3"),
        (another_dtype, "returned : float32\n    needed   : float64"),
        (not_a_number, "the result is not a finite number, although the exact value is"),
        (infinite, "got         : inf"),
        (not_deterministic, "returns something else when it is called again"),
    ],
)
def test_a_function_that_misbehaves_fails(fn: Any, says: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_computes(fn, SCORES)
    assert says in str(caught.value)
    assert str(caught.value).startswith(fn.__name__)


def test_the_exception_of_a_function_is_the_cause() -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_computes(raises, SCORES)
    assert isinstance(caught.value.__cause__, ValueError)


def test_the_inputs_of_the_caller_are_left_alone() -> None:
    mine = np.ones((2, 3))
    with pytest.raises(CheckFailed, match="changes its input"):
        assert_computes(changes_its_input, SCORES, inputs={"X": mine})
    assert (mine == 1).all()


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"inputs": {"X": [[np.nan, 1.0]]}}, LanguageError, "X has an entry that is not a finite number"),
        ({"inputs": {"X": [[np.inf, 1.0]]}}, LanguageError, "value : inf"),
        ({"inputs": {"X": [[1e6, 1.0]]}, "dtype": "float16"}, LanguageError, "too large for float16"),
        ({"inputs": {"X": "abc"}}, LanguageError, "X is not an array of real numbers, but str"),
        ({"inputs": {"Y": [[1.0]]}}, UnknownName, "the expression has no letter Y"),
        ({"inputs": {"X": [[1.0]], "Q": [[1.0], [2.0]]}}, ShapeError, "another shape than the letter"),
        ({"inputs": {"X": [1.0, 2.0]}}, ShapeError, "another shape than the letter"),
        ({"sizes": {"z": 3}}, UnknownName, "the expression has no size z"),
        ({"sizes": {"n": 0}}, LanguageError, "is at least 1"),
        ({"sizes": {"n": 2.5}}, LanguageError, "must be a whole number"),
        ({"dtype": "bfloat16"}, LanguageError, "numpy has no bfloat16"),
        ({"dtype": "float8"}, UnknownName, "no dtype is called float8"),
        ({"framework": "nmupy"}, UnknownName, "Did you mean numpy?"),
        ({"contract": "float32"}, UnknownName, "the contract is about another dtype"),
        ({"contract": "float64 somehow"}, UnknownName, "no summation is called"),
        ({"probe": "rampz"}, UnknownName, "no probe is called rampz"),
    ],
)
def test_a_question_that_makes_no_sense_is_an_error(
    options: dict[str, Any], error: type[SymattnError], says: str
) -> None:
    with pytest.raises(error) as caught:
        assert_computes(right, SCORES, **options)
    assert says in str(caught.value)
    assert not isinstance(caught.value, AssertionError)


def test_a_function_of_other_letters_is_an_error() -> None:
    with pytest.raises(LanguageError, match=r"parameters : \(q, k\)\n    letters    : X, Q, K"):
        assert_computes(lambda q, k: q, SCORES)


def test_something_that_is_no_function_is_an_error() -> None:
    with pytest.raises(LanguageError, match="is not a function"):
        assert_computes(3, SCORES)  # type: ignore[arg-type]


def test_a_framework_that_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symattn.checks.harness.frameworks.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"pip install 'symattn\[jax\]'"):
        assert_computes(right, SCORES, framework="jax")


def test_an_input_with_a_fact_must_have_it() -> None:
    P = matrix("P", n, n, symmetric=True)
    with pytest.raises(LanguageError, match="declared symmetric"):
        assert_computes(lambda P: P @ P, P @ P, inputs={"P": [[1.0, 2.0], [3.0, 4.0]]})


def warns(X: Any, Q: Any, K: Any) -> Any:
    warnings.warn("another name is better", FutureWarning, stacklevel=2)
    return right(X, Q, K)


def raises_a_warning(X: Any, Q: Any, K: Any) -> Any:
    raise FutureWarning("it does not go on")


def test_a_warning_is_no_failure_where_filters_make_an_error_of_it() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("error")
        assert_computes(warns, SCORES)
        assert warnings.filters[0][0] == "error"
        with pytest.raises(CheckFailed, match="raises FutureWarning"):
            assert_computes(raises_a_warning, SCORES)
    assert {str(one.message) for one in told} <= {"another name is better"}


def test_filters_that_make_no_errors_stay_as_they_are() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("ignore")
        assert_computes(warns, SCORES)
    assert told == []
