"""Exact matrices by python-flint: what it returns is what the elimination without it returns, entry by entry."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symattn.numeric import Exact, Modular
from symattn.numeric.linear_algebra import denominators, exact_matrices

pytestmark = pytest.mark.needs("flint")
RNG = np.random.default_rng(0)


def whole(rows: int, columns: int) -> Any:
    return RNG.integers(-4, 5, (rows, columns))


def fractions(rows: int, columns: int) -> Any:
    return whole(rows, columns).astype(object) * Fraction(1, 3)


MATRICES = {
    "whole": whole(9, 9),
    "fractions": fractions(7, 7),
    "of low rank": whole(8, 2) @ whole(2, 8),
    "singular": np.ones((5, 5), int),
    "wide": whole(4, 9),
    "large entries": whole(6, 6).astype(object) * 10**40,
}


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a question again as if python-flint were not there."""

    def run(question: Any) -> Any:
        with monkeypatch.context() as patch:
            for module in (exact_matrices, denominators):
                patch.setattr(module, "flint", lambda: None)
            return question()

    return run


@pytest.mark.parametrize("arithmetic", [Exact(), Modular(), Modular(2), Modular(101)], ids=lambda a: a.name)
@pytest.mark.parametrize("name", MATRICES)
def test_flint_and_elimination_agree(name: str, arithmetic: Any, without: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for least in ("WORTH_WHOLE", "WORTH_PRODUCT"):
        monkeypatch.setattr(exact_matrices, least, 1)
    value = arithmetic.lift(MATRICES[name])
    prime = getattr(arithmetic, "prime", None)
    questions = [
        lambda: arithmetic.matmul(value, arithmetic.rearrange(np.transpose, [value])).tolist(),
        lambda: arithmetic.rank(value),
    ]
    if value.shape[0] == value.shape[1]:
        questions.append(
            lambda: getattr(exact_matrices.inverse(value, arithmetic.field, prime=prime), "tolist", list)()
        )
    for question in questions:
        assert question() == without(question)


def test_entries_stay_python_numbers() -> None:
    product = Exact().matmul(Exact().lift(fractions(5, 5)), Exact().lift(np.eye(5, dtype=int) * 3))
    assert set(map(type, product.flat)) <= {int, Fraction}
    assert type(product[0, 0]) is int
