"""Over what a theorem holds: never more than its proof uses."""

from __future__ import annotations

import pytest

from symattn.engine import rules
from symattn.kernel import rules as trusted
from symattn.kernel.ground import over
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import SizeSymbol
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    entry,
    exponential,
    multiply,
    number,
    parameter,
    reciprocal,
)
from tests.kernel.build import i, j, letter, matrix, n, number_equation, proved, softmax
from tests.kernel.test_proofs import PROOFS

A, B = matrix(letter("A", n, n)), matrix(letter("B", n, n))
x = entry(Letter("x", ()))
t, u = parameter(Parameter("t", True)), parameter(Parameter("u"))
half = terms.power(number(2), -1)


def trivially(term: Term) -> Equation:
    return number_equation(term, term)


def test_an_identity_of_products_holds_over_every_ring() -> None:
    assert over(proved((A @ B).T, B.T @ A.T)) == "any commutative ring"
    assert over(rules.identity([], trivially(multiply(t, x)))) == "any commutative ring"


def test_a_division_needs_a_field_and_a_sign_the_real_numbers() -> None:
    assert over(rules.identity([], trivially(reciprocal(x)))) == "any field of characteristic 0"
    assert over(rules.identity([], trivially(half))) == "any field of characteristic 0"
    for real in (
        exponential(x),
        terms.logarithm(x),
        entry(letter("P", n, n, "positive"), ("const", 0, n), ("const", 0, n)),
    ):
        assert over(rules.identity([], trivially(real))) == "the real numbers"
    assert over(rules.bound([], NonNegative((), number(1)), number(1))) == "the real numbers"
    assert over(proved(softmax(A), softmax(A))) == "the real numbers"


def test_a_positive_parameter_may_be_divided_by_over_the_real_numbers_only() -> None:
    cancelled = rules.identity([], number_equation(multiply(t, reciprocal(t)), number(1)))
    assert over(cancelled) == "the real numbers"
    assert over(rules.identity([], trivially(multiply(u, reciprocal(u))))) == "any field of characteristic 0"


def test_denominators_must_be_invertible() -> None:
    sixth = terms.number(terms.number(1).args[0] / 6)
    assert over(rules.identity([], trivially(multiply(sixth, x)))).endswith("where 2 and 3 are invertible")


@pytest.mark.parametrize(
    ("value", "note"), [(1, "any nontrivial commutative ring"), (2, "where 2 is invertible"), (6, "where 2 and 3")]
)
def test_two_numbers_that_differ_must_stay_different(value: int, note: str) -> None:
    """That 2 is not 0 refutes nothing where 2 is 0."""
    claim = number_equation(number(value), number(0))
    assert note in over(rules.contradict([rules.assume([], claim)], claim))


def test_rank_needs_a_field() -> None:
    assert over(PROOFS["rank_by_factors"]) == "any field"
    assert over(PROOFS["other_side"]) == "any commutative ring"


def test_a_root_and_a_tangent_need_the_real_numbers() -> None:
    assert over(PROOFS["root"]) == "the real numbers"
    assert over(PROOFS["tangent"]) == "the real numbers"
    assert over(PROOFS["regular"]) == "any field of characteristic 0"


def test_another_size_needs_nothing_else() -> None:
    assert over(PROOFS["at_size"]) == "any commutative ring"
    real = rules.identity([], Equation((i,), *[exponential(entry(Letter("y", (n,)), i))] * 2))
    assert over(rules.at_size([real], SizeSymbol("n"), n * n)) == "the real numbers"


def test_what_a_premise_needs_the_theorem_needs() -> None:
    real = rules.identity([], trivially(exponential(x)))
    ring = rules.project([rules.conjoin([rules.identity([], Equation((i, j), A.at(i, j), A.at(i, j))), real])], 0)
    assert over(ring) == "the real numbers"


@pytest.mark.parametrize(
    ("law", "arguments", "setting"),
    [
        ("cancel", (number(2),), "any field of characteristic 0"),
        ("inverse", (number(1), number(1), (), ()), "any field of characteristic 0"),
        ("log_exp", (x,), "the real numbers"),
        ("alike", ("exp", x, x, (), ()), "the real numbers"),
        ("unit_determinant", (i, j), "any commutative ring"),
    ],
)
def test_what_the_laws_of_the_steps_need_counts_too(law: str, arguments: tuple, setting: str) -> None:
    step = (law, arguments, (), number(0))
    assert over(trusted.combine([], trivially(x), number(0), (), ((step,), ()))) == setting
