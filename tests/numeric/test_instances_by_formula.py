"""A letter may have a value whose entries a formula gives: sympy.FunctionMatrix, which no claim may have."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import FunctionMatrix, Lambda, Rational, sqrt, symbols

from symattn.errors import LanguageError
from symattn.language import AtMost, Equal, Exists, diag, letters_of, matrix, ones, row, sizes, sizes_of, zeros
from symattn.numeric import parse_arithmetic, sample, witness

n, m = sizes("n m", min=0)
i, j = symbols("i j")
X, Y, t = matrix("X", n, m), matrix("Y", n, m), row("t", m)


def by_formula(entry: Any, rows: Any = n, columns: Any = m) -> FunctionMatrix:
    return FunctionMatrix(rows, columns, Lambda((i, j), entry))


ARITHMETICS = [
    "exact",
    "modular:101",
    "numpy:float64",
    "numpy:float32",
    "numpy:bfloat16",
    "interval",
    "mpmath",
    pytest.param("ball", marks=pytest.mark.needs("flint")),
    pytest.param("torch:float32", marks=pytest.mark.needs("torch")),
    pytest.param("jax:float32", marks=pytest.mark.needs("jax")),
]


def outcome(claim: Any, values: dict[Any, Any], arithmetic: str = "exact", numbers: Any = None) -> bool | None:
    at = sample([claim, *values.values()], sizes=numbers)
    return witness(claim, at, parse_arithmetic(arithmetic), substitution=values).holds


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_entries_come_from_their_place_and_the_sizes(arithmetic: str) -> None:
    twice = ones(n, 1) @ by_formula(2 * j, 1, m) + by_formula(m - i, n, 1) @ ones(1, m)
    assert outcome(Equal(X, Y), {X: by_formula(2 * j + m - i), Y: twice}, arithmetic) is True
    assert outcome(Equal(X, Y), {X: by_formula(2 * j + m - i), Y: by_formula(2 * i + m - j)}, arithmetic) is False


@pytest.mark.parametrize("arithmetic", [name for name in ARITHMETICS if name != "modular:101"])
def test_entries_may_be_fractions(arithmetic: str) -> None:
    falling = {t: by_formula(Rational(1, 3) ** j, 1, m)}
    assert outcome(AtMost(t, ones(1, m)), falling, arithmetic) is True
    assert outcome(AtMost(ones(1, m), 2 * t), falling, arithmetic) is False


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 3), (2, 0), (1, 1)])
def test_any_size_will_do(rows: int, columns: int) -> None:
    assert outcome(Equal(X, zeros(n, m)), {X: by_formula(0 * i)}, numbers={n: rows, m: columns}) is True


def test_the_value_of_a_witness_may_be_given_by_a_formula() -> None:
    claim = Exists(X, Equal(X, Y @ diag(t)), (Y @ diag(t),))
    assert outcome(claim, {Y: by_formula(i), t: by_formula(j, 1, m)}) is True


def test_the_variables_of_a_formula_are_no_letters() -> None:
    assert letters_of(by_formula(i * j + n)) == ()
    assert sizes_of(by_formula(i * j)) == (n, m)


def test_a_claim_may_not_have_one() -> None:
    claim = Equal(X, by_formula(i))
    with pytest.raises(LanguageError, match="FunctionMatrix"):
        witness(claim, sample(X))


def test_an_entry_must_be_a_rational_number() -> None:
    with pytest.raises(LanguageError, match=r"the entry \(0, 0\) .* is sqrt\(2\), no rational number"):
        outcome(Equal(X, X), {X: by_formula(sqrt(j + 2))})
