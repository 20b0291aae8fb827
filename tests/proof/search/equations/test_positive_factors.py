"""What is divided out is positive, times what is left gives the term back, and nothing positive is left in common."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symattn.engine.normal import normal
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import symbol_size
from symattn.kernel.syntax.terms import Parameter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.positive_factors import primitive
from tests.kernel.build import i, index, j, letter, m, matrix, n, same, softmax, total

A, B = (matrix(letter(name, n, n)) for name in "AB")
P = matrix(letter("P", n, n, "positive"))
x, y = A.at(i, j), B.at(j, i)
a, b, c = terms.parameter(Parameter("a")), terms.parameter(Parameter("b", True)), terms.parameter(Parameter("c", True))
size, other, empty = terms.cardinal(n), terms.cardinal(m), terms.cardinal(symbol_size("e", 0))
one, two = terms.number(1), terms.number(2)
e = Elaborator(prefix="s")
exp, inverse, times, plus, minus = (terms.exponential, terms.reciprocal, terms.multiply, terms.add, terms.subtract)


def row_sum() -> Term:
    w = index(n)
    return terms.summation([w], exp(A.at(i, w)))


LEFT: dict[str, tuple[Term, Term]] = {
    "nothing": (minus(x, y), minus(x, y)),
    "a positive parameter": (times(b, minus(x, y)), minus(x, y)),
    "its lowest power": (minus(times(terms.power(b, 3), x), times(b, y)), minus(times(terms.power(b, 2), x), y)),
    "below": (times(inverse(b), minus(x, y)), minus(x, y)),
    "where one has it below and one above": (minus(times(inverse(b), x), times(b, y)), minus(x, times(b, b, y))),
    "a size of at least 1": (times(size, x), x),
    "an entry of a positive matrix": (times(P.at(i, j), minus(x, y)), minus(x, y)),
    "an exponential": (times(exp(x), minus(x, y)), minus(x, y)),
    "what softmax divides by": (minus(softmax(A).at(i, j), times(y, inverse(row_sum()))), minus(exp(x), y)),
    "two denominators": (
        plus(times(x, inverse(plus(one, b))), times(y, inverse(plus(one, c)))),
        plus(times(x, plus(one, c)), times(y, plus(one, b))),
    ),
    "a square below": (
        plus(times(x, terms.power(inverse(plus(one, b)), 2)), times(y, inverse(plus(one, b)))),
        plus(x, times(y, plus(one, b))),
    ),
    "a sum of sizes and numbers": (times(plus(one, size), minus(x, y)), minus(x, y)),
    "such a sum with numbers": (times(plus(one, times(two, size)), minus(times(two, x), y)), minus(times(two, x), y)),
    "nothing of a parameter that may be 0": (times(a, minus(x, y)), times(a, minus(x, y))),
    "nothing of a size that may be 0": (times(empty, x), times(empty, x)),
    "nothing of a matrix that may be 0": (times(x, y), times(x, y)),
    "nothing below that may be 0": (times(inverse(plus(one, x)), y), times(inverse(plus(one, x)), y)),
    "nothing of a sum that may be 0": (times(minus(size, two), minus(x, y)), times(minus(size, two), minus(x, y))),
    "nothing that only some have": (minus(times(plus(one, size), x), y), minus(times(plus(one, size), x), y)),
    "nothing where the sums differ": (
        minus(times(plus(one, size), x), times(plus(one, other), y)),
        minus(times(plus(one, size), x), times(plus(one, other), y)),
    ),
    "nothing where their numbers differ": (
        minus(times(plus(one, size), x), times(plus(two, size), y)),
        minus(times(plus(one, size), x), times(plus(two, size), y)),
    ),
    "nothing of what is only there once": (minus(times(b, x), y), minus(times(b, x), y)),
    "zero": (minus(x, x), terms.number(0)),
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_has_no_positive_factor(name: str) -> None:
    term, left = LEFT[name]
    assert normal(primitive(term, e.fresh)[1]) == normal(left)


@pytest.mark.parametrize("name", LEFT)
def test_the_unit_is_seen_to_be_positive(name: str) -> None:
    unit, _ = primitive(LEFT[name][0], e.fresh)
    assert visibly_positive(unit)


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_is_the_unit_times_the_term(name: str) -> None:
    term, _ = LEFT[name]
    unit, whole = primitive(term, e.fresh)
    assert same(times(unit, term), whole)


def test_the_unit_is_1_where_nothing_is_divided_out() -> None:
    assert primitive(minus(x, y), e.fresh)[0] == one


def test_a_number_is_left_as_it_is() -> None:
    half = terms.number(Fraction(1, 2))
    assert normal(primitive(times(half, x), e.fresh)[1]) == normal(times(half, x))


def test_the_total_of_positive_entries_is_divided_out() -> None:
    unit, left = primitive(times(terms.power(total(P), 2), x), e.fresh)
    assert normal(left) == normal(x)
    assert same(times(unit, terms.power(total(P), 2)), one)


def test_a_sum_over_what_may_be_empty_is_left() -> None:
    maybe = matrix(letter("E", symbol_size("e", 0), n, "positive"))
    assert normal(primitive(times(total(maybe), x), e.fresh)[1]) == normal(times(total(maybe), x))
