"""Facts that hold entry by entry, and deltas."""

from __future__ import annotations

import pytest

from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import constant_index, constant_size, pair_index, part_index, symbol_size, variable
from symattn.kernel.syntax.terms import Letter, entry, multiply, number
from tests.kernel.build import i, index, inverse, j, letter, m, n, same

a, b, c = (index(n) for _ in range(3))
u, v = index(m), index(m)
zero, one = number(0), number(1)
e0 = constant_index(0, n)
x = Letter("x", (n,))


def test_deltas_are_decided_as_far_as_the_form_of_indices_tells() -> None:
    q = symbol_size("q", 2)
    assert same(terms.delta(i, i), one)
    assert same(terms.delta(constant_index(0, q), constant_index(1, q)), zero)
    assert same(terms.delta(part_index((n, m), 0, i), part_index((n, m), 1, u)), zero)
    assert same(terms.delta(part_index((n, n), 1, i), part_index((n, n), 1, j)), terms.delta(i, j))
    assert same(terms.delta(pair_index(i, u), pair_index(j, v)), multiply(terms.delta(i, j), terms.delta(u, v)))
    assert not same(terms.delta(i, j), zero)
    assert not same(terms.delta(i, e0), zero)


def test_pairs_of_other_factors_are_not_taken_apart() -> None:
    """(u, a) and (a, u) are the same place of n m only sometimes, and not the other way around as often."""
    crossed = terms.delta(pair_index(u, a), pair_index(b, v))
    assert same(crossed, terms.delta(pair_index(b, v), pair_index(u, a)))
    assert not same(crossed, terms.delta(pair_index(v, b), pair_index(a, u)))
    assert not same(crossed, multiply(terms.delta(a, b), terms.delta(u, v)))


def test_a_delta_renames() -> None:
    assert same(multiply(terms.delta(i, j), entry(x, j)), multiply(entry(x, i), terms.delta(j, i)))
    assert same(multiply(terms.delta(i, e0), entry(x, i)), multiply(terms.delta(e0, i), entry(x, e0)))
    assert not same(multiply(terms.delta(i, j), entry(x, j)), entry(x, i))


def test_a_size_of_one_has_one_index() -> None:
    p, q = (variable(name, constant_size(1)) for name in "pq")
    row = Letter("r", (constant_size(1),))
    assert same(entry(row, p), entry(row, q))
    assert not same(entry(x, i), entry(x, j))


@pytest.mark.parametrize(
    "at",
    [
        pytest.param((i, j), id="variables"),
        pytest.param((i, e0), id="constant"),
        pytest.param((part_index((n,), 0, i), part_index((n,), 0, j)), id="parts"),
    ],
)
def test_symmetric_and_skew_entries_are_mirrored(at: tuple) -> None:
    symmetric, skew, free = (letter("A", n, n, *facts) for facts in (["symmetric"], ["skew"], []))
    assert same(entry(symmetric, *at), entry(symmetric, *at[::-1]))
    assert same(entry(skew, *at), terms.negative(entry(skew, *at[::-1])))
    assert same(entry(skew, at[0], at[0]), zero)
    assert not same(entry(free, *at), entry(free, *at[::-1]))


def test_a_mirrored_entry_does_not_depend_on_the_names_of_its_variables() -> None:
    """The order of two places of a block matrix once depended on the numbers of their variables."""
    A = letter("A", n + n, n + n, "symmetric")
    y = Letter("y", (n,))

    def form(p: int, q: int) -> terms.Term:
        there = entry(A, part_index((n, n), 0, p), part_index((n, n), 0, q))
        return terms.summation([p, q], multiply(there, entry(x, p), entry(y, q)))

    assert same(form(a, b), form(b, a))


def test_pairs_with_exchanged_sizes_are_not_a_symmetry_of_slots() -> None:
    A = letter("A", n * m, n * m, "symmetric")
    here, there = pair_index(a, u), pair_index(v, b)
    assert same(entry(A, here, there), entry(A, there, here))
    assert not same(entry(A, here, there), entry(A, pair_index(b, v), pair_index(u, a)))


@pytest.mark.parametrize("fact", ["mask", "permutation"])
def test_zero_and_one_are_their_own_powers(fact: str) -> None:
    M = entry(letter("M", n, n, fact), i, j)
    assert same(terms.power(M, 3), M)
    assert same(terms.reciprocal(M), M)
    assert not same(M, one)


def test_the_inverse_of_a_mask_is_no_mask() -> None:
    """[[1, 1], [0, 1]] has the inverse [[1, -1], [0, 1]]."""
    M = entry(inverse(letter("M", n, n, "mask", "invertible")), i, j)
    assert not same(terms.power(M, 2), M)
    assert not same(terms.reciprocal(M), M)


def test_the_inverse_of_a_positive_matrix_is_not_positive() -> None:
    A = letter("A", n, n, "positive", "invertible")
    for symbol, cancels in ((A, True), (inverse(A), False)):
        value = entry(symbol, i, j)
        assert same(multiply(value, terms.reciprocal(value)), one) == cancels


@pytest.mark.parametrize("facts", [["orthogonal"], ["permutation"]])
def test_some_inverses_are_transposes(facts: list[str]) -> None:
    R = letter("R", n, n, *facts)
    assert same(entry(inverse(R), i, j), entry(R, j, i))
    assert not same(entry(inverse(letter("R", n, n, "invertible")), i, j), entry(letter("R", n, n, "invertible"), j, i))


@pytest.mark.parametrize("facts", [["permutation"], ["permutation", "symmetric"]])
@pytest.mark.parametrize("row", [pytest.param(a, id="variable"), pytest.param(e0, id="constant")])
def test_a_row_of_a_permutation_has_one_one(facts: list[str], row: int | tuple) -> None:
    R = letter("R", n, n, *facts)
    assert same(multiply(entry(R, row, b), entry(R, row, c)), multiply(terms.delta(b, c), entry(R, row, b)))
    assert same(multiply(entry(R, b, row), entry(R, c, row)), multiply(terms.delta(b, c), entry(R, b, row)))
    crossed = multiply(entry(R, row, b), entry(R, c, row))
    assert same(crossed, multiply(terms.delta(b, c), entry(R, row, b))) == ("symmetric" in facts)
