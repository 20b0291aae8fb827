"""A normal form written as a term has that normal form; a pattern is found where it is, and nowhere else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symattn.engine.normal import normal
from symattn.engine.normal.polynomial import SKELETONS, parameter_number
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import constant_index, constant_size, pair_index, part_index, variable
from symattn.kernel.syntax.terms import Parameter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import (
    Flat,
    Found,
    flatten,
    occurrences,
    over,
    parameters,
    raised,
    term_of_poly,
)
from tests.kernel.build import d, i, j, k, letter, m, matrix, n, same, softmax, total

A, B, C = (matrix(letter(name, n, n)) for name in "ABC")
S = matrix(letter("S", n, n, "symmetric"))
P = matrix(letter("P", n, n, "positive"))
L, R = matrix(letter("L", n, k)), matrix(letter("R", k, n))
a, b = terms.parameter(Parameter("a")), terms.parameter(Parameter("b", True))
p, q, r, s = (variable(name, n) for name in "pqrs")
row, column = variable("row", n), variable("column", n)


fresh = Elaborator(prefix="f").fresh

TERMS = {
    "nothing": terms.number(0),
    "a number": terms.number(Fraction(-3, 7)),
    "an entry": A.at(i, j),
    "a delta": terms.delta(i, j),
    "a product of matrices": (A @ B @ C).at(i, j),
    "a sum with numbers": terms.add(A.at(i, j), terms.multiply(terms.number(Fraction(5, 2)), B.at(j, i))),
    "parameters and sizes": terms.multiply(a, terms.power(b, Fraction(-1, 2)), terms.cardinal(n * k)),
    "an exponential": terms.exponential((A @ B).at(i, j)),
    "a softmax": softmax(A @ B).at(i, j),
    "a logarithm": terms.logarithm(total(P)),
    "a reciprocal": terms.reciprocal(terms.add(a, A.at(i, j))),
    "a power of a sum": terms.power(terms.reciprocal(total(P)), 2),
    "the square of a sum": terms.power(total(A), 3),
    "a determinant": terms.determinant(row, column, terms.add(A.at(row, column), B.at(column, row))),
    "a place in a block": matrix(letter("W", n + k, n)).at(part_index((n, k), 1, variable("w", k)), j),
}


@pytest.mark.parametrize("name", TERMS)
def test_a_normal_form_is_written_as_a_term_that_has_it(name: str) -> None:
    poly = normal(TERMS[name])
    assert normal(term_of_poly(poly, fresh)) == poly


def test_a_fresh_name_is_asked_for_each_sum() -> None:
    asked: list[object] = []
    term_of_poly(normal((A @ B @ L).at(i, variable("w", k))), lambda size: asked.append(size) or fresh(size))
    assert sorted(map(str, asked)) == ["n", "n"]


def flat(term: Term) -> Flat:
    ((monomial, _),) = normal(term).items()
    return flatten(monomial, fresh)


def test_a_product_is_opened_into_its_entries() -> None:
    chain = flat((A @ B @ C).at(i, j))
    assert [SKELETONS[number].kind for number, _, _ in chain.atoms] == ["entry"] * 3
    assert len(chain.bound) == 2
    assert {v for _, places, _ in chain.atoms for v in places} == {i, j, *chain.bound}


def test_what_is_not_under_a_sum_binds_nothing() -> None:
    assert flat(terms.multiply(A.at(i, j), B.at(j, i))).bound == ()


def test_a_quotient_of_parameters_subtracts_exponents() -> None:
    one, other, third = (parameter_number(Parameter(name)) for name in "xyz")
    above, below = tuple(sorted([(one, 2), (other, 1)])), tuple(sorted([(other, 1), (third, 3)]))
    assert dict(over(above, below)) == {one: 2, third: -3}


def test_parameters_and_sizes_are_written_with_their_exponents() -> None:
    params = tuple(next(iter(normal(terms.multiply(terms.power(b, 3), terms.cardinal(k)))))[0])
    assert set(parameters(params)) == {terms.power(b, 3), terms.cardinal(k)}


def test_a_first_power_is_the_base_itself() -> None:
    assert raised(b, 1) is b
    assert raised(b, 2) == terms.power(b, 2)


def places(pattern: Term, target: Term) -> list[Found]:
    return list(occurrences(flat(pattern), flat(target)))


def at(found: Found, *variables: int) -> list[object]:
    return [found.values[v] for v in variables]


def test_an_entry_is_found_at_each_of_its_places() -> None:
    target = terms.multiply(A.at(i, j), A.at(j, i), B.at(i, i))
    assert sorted(at(found, p, q) for found in places(A.at(p, q), target)) == sorted([[i, j], [j, i]])


def test_what_is_left_is_the_other_factors() -> None:
    (found,) = places(B.at(p, q), terms.multiply(A.at(i, j), B.at(j, i)))
    assert found.rest == flat(A.at(i, j)).atoms


def test_a_product_is_found_inside_a_longer_one() -> None:
    target = flat((A @ B @ C).at(i, j))
    (found,) = occurrences(flat((A @ B).at(p, q)), target)
    (left,) = found.rest
    assert found.values[p] == i
    assert found.values[q] in left[1]


@pytest.mark.parametrize(
    ("pattern", "target"),
    [
        ((B @ A).at(p, q), (A @ B @ C).at(i, j)),
        ((A @ C).at(p, q), (A @ B @ C).at(i, j)),
        ((A @ B).at(p, q), terms.multiply(A.at(i, r), B.at(r, j))),
        (A.at(p, p), A.at(i, j)),
        (terms.multiply(A.at(p, q), A.at(p, q)), A.at(i, j)),
        (terms.multiply(A.at(p, q), B.at(q, r)), terms.multiply(A.at(i, j), B.at(i, j))),
        ((A.T @ A).at(p, q), (A @ A).at(i, j)),
    ],
    ids=["order", "apart", "not summed", "diagonal", "square", "other inner", "transposed"],
)
def test_it_is_not_found_where_it_is_not(pattern: Term, target: Term) -> None:
    assert not places(pattern, target)


def test_a_sum_is_not_found_where_its_variable_is_used_outside() -> None:
    inner = variable("c", n)
    thrice = terms.summation([inner], terms.multiply(A.at(i, inner), B.at(inner, j), C.at(inner, j)))
    assert not places((A @ B).at(p, q), thrice)


def test_a_power_may_be_part_of_a_higher_one() -> None:
    (found,) = places(terms.power(A.at(p, q), 2), terms.power(A.at(i, j), 5))
    assert [power for _, _, power in found.rest] == [3]


@pytest.mark.parametrize(("mine", "theirs"), [(3, 2), (2, -3), (-1, 2)])
def test_a_power_is_no_part_of_a_lower_one_or_of_an_inverse(mine: int, theirs: int) -> None:
    assert not places(terms.power(P.at(p, q), mine), terms.power(P.at(i, j), theirs))


def test_a_root_is_no_part_of_a_whole_power() -> None:
    half = terms.power(P.at(p, q), Fraction(1, 2))
    assert not places(half, P.at(i, j))
    assert places(half, terms.power(P.at(i, j), Fraction(1, 2)))


def test_an_entry_of_a_symmetric_matrix_is_found_both_ways() -> None:
    assert sorted(at(found, p, q) for found in places(S.at(p, q), S.at(i, j))) == sorted([[i, j], [j, i]])


@pytest.mark.parametrize(("facts", "ways"), [(("symmetric",), 2), ((), 1)])
def test_an_entry_in_a_block_is_found_both_ways_in_a_symmetric_matrix(facts: tuple[str, ...], ways: int) -> None:
    whole = matrix(letter("W", n + k, n + k, *facts))
    one, other, row_ = variable("one", n + k), variable("other", n + k), part_index((n, k), 0, r)
    column_ = part_index((n, k), 1, variable("u", k))
    found = places(whole.at(one, other), whole.at(row_, column_))
    expected = [[row_, column_], [column_, row_]][:ways]
    assert sorted([at(each, one, other) for each in found], key=repr) == sorted(expected, key=repr)


def test_an_index_may_be_a_place_in_a_block() -> None:
    wide = matrix(letter("W", n + k, n))
    there = part_index((n, k), 1, variable("w", k))
    (found,) = places(wide.at(variable("u", n + k), q), wide.at(there, j))
    assert found.values[variable("u", n + k)] == there


W = matrix(letter("W", n + k, m * d))
u, v, g, h = variable("u", k), variable("v", k), variable("g", m), variable("h", d)
x, y = variable("x", m), variable("y", d)
block, other_block = part_index((n, k), 1, u), part_index((n, k), 1, v)
heads, other_heads = pair_index(g, h), pair_index(x, y)


def test_a_place_in_a_block_and_one_of_a_pair_are_found_by_their_parts() -> None:
    (found,) = places(W.at(block, heads), W.at(other_block, other_heads))
    assert at(found, u, g, h) == [v, x, y]
    first = constant_index(0, d)
    (found,) = places(W.at(block, heads), W.at(other_block, pair_index(x, first)))
    assert at(found, u, g, h) == [v, x, first]


@pytest.mark.parametrize(
    "there",
    [
        W.at(part_index((n, k), 0, i), other_heads),
        W.at(variable("whole", n + k), other_heads),
        W.at(other_block, variable("whole", m * d)),
        W.at(other_block, constant_index(0, m * d)),
        W.at(constant_index(0, n + k), other_heads),
    ],
    ids=["another block", "no block", "no pair", "a constant, no pair", "a constant, no block"],
)
def test_a_place_in_a_block_is_not_found_elsewhere(there: Term) -> None:
    assert not places(W.at(block, heads), there)


@pytest.mark.parametrize("column_", [j, constant_index(0, n)], ids=["a variable", "a constant"])
def test_a_constant_is_found_at_itself_only(column_: object) -> None:
    three = constant_size(3)
    T = matrix(letter("T", three, n))
    (found,) = places(T.at(constant_index(1, three), q), T.at(constant_index(1, three), column_))
    assert found.values[q] == column_
    assert not places(T.at(constant_index(1, three), q), T.at(constant_index(2, three), column_))


def test_an_elaborator_gives_names_that_a_certificate_can_carry() -> None:
    e = Elaborator(prefix="s")
    term = term_of_poly(normal((A @ B).at(i, j)), e.fresh)
    assert same(term, (A @ B).at(i, j))
    assert e.count == 1
