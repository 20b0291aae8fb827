"""What is asked of every statement is checked before any work is done."""

from __future__ import annotations

import pytest

from symattn.errors import LanguageError, UnknownName
from symattn.theory import select
from symattn.verify import Plan
from symattn.verify.plan import LARGE_PRIME, moduli

STATEMENTS = select(["rank_bound"])


def test_a_plan_that_fits_is_returned() -> None:
    plan = Plan(("float64", "exact"), {"n": 4, "d": 7})
    assert plan.checked(STATEMENTS) is plan


def test_a_size_that_no_statement_has_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match=r"no size of these theorems is called m\n.*There are d, k, n"):
        Plan(sizes={"m": 3}).checked(STATEMENTS)


def test_a_size_below_its_minimum_is_refused() -> None:
    with pytest.raises(LanguageError, match=r"the size n cannot be 0"):
        Plan(sizes={"n": 0}).checked(select(["softmax_shift"]))


def test_an_unknown_arithmetic_is_refused() -> None:
    with pytest.raises(UnknownName, match="no arithmetic is called float65"):
        Plan(("float65",)).checked(STATEMENTS)


@pytest.mark.parametrize(
    ("over", "primes"),
    [
        ("any commutative ring", (2, 3, LARGE_PRIME)),
        ("any nontrivial commutative ring", (2, 3, LARGE_PRIME)),
        ("any field", (2, 3, LARGE_PRIME)),
        ("any commutative ring where 2 is invertible", (3, LARGE_PRIME)),
        ("any field where 2 and 3 are invertible", (LARGE_PRIME,)),
        ("any field of characteristic 0", ()),
        ("the real numbers", ()),
        ("", ()),
    ],
)
def test_a_statement_is_asked_modulo_the_primes_over_which_it_holds(over: str, primes: tuple[int, ...]) -> None:
    assert moduli(over) == primes
