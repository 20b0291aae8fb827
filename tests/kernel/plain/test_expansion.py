"""What is written out is shared by all who ask: once for one term at the same indices, and anew where these differ."""

from __future__ import annotations

from symattn.engine.normal import forget
from symattn.kernel.plain.checking import holds
from symattn.kernel.plain.expansion import written
from symattn.kernel.syntax.sizes import size_of, symbol_size, variable
from symattn.kernel.syntax.terms import (
    Letter,
    Term,
    add,
    entry,
    exponential,
    multiply,
    number,
    power,
    reciprocal,
    subtract,
    summation,
)

n = symbol_size("n", 2)
X, Y = (Letter(name, (n, n)) for name in "XY")
i, j, k = (variable(name, n) for name in "ijk")
G = exponential(entry(X, i, j))
ROW = reciprocal(summation((j,), G))
"""1 / sum_j exp(X_ij)"""


def test_what_is_inside_of_a_function_is_written_out_once() -> None:
    (alone,), (other,) = written(ROW), written(multiply(entry(Y, i, j), ROW))
    assert alone.factors[0].inside is other.factors[-1].inside


def test_at_other_indices_it_is_another() -> None:
    there = exponential(entry(X, j, i))
    assert written(G)[0].exponent != written(there)[0].exponent
    assert not holds(subtract(G, there), (), ())


def test_a_sum_is_written_out_by_its_parts() -> None:
    parts = ROW, summation((k,), multiply(entry(X, i, k), entry(Y, k, j)))
    assert [*map(id, written(add(*parts)))] == [id(m) for part in parts for m in written(part)]


def test_a_part_that_occurs_twice_counts_twice() -> None:
    assert holds(subtract(add(ROW, ROW), multiply(number(2), ROW)), (), ())
    assert not holds(subtract(add(ROW, ROW), ROW), (), ())


def test_the_square_of_a_sum_is_no_sum_of_squares() -> None:
    def difference(square: Term) -> Term:
        return subtract(square, summation((j, k), multiply(G, exponential(entry(X, i, k)))))

    assert holds(difference(power(summation((j,), G), 2)), (), ((0, 1), (0, 1)))
    assert not holds(difference(summation((j,), power(G, 2))), (), ((0, 1),))


def test_what_was_given_back_is_written_out_anew() -> None:
    def bound() -> int:
        (function,) = written(ROW)[0].factors
        return function.inside[0].bound[0]

    before = bound()
    forget()
    assert bound() != before
    assert size_of(bound()) == n
