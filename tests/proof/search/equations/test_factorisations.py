"""Factors that are worth trying for `A = L B R` are factors; where a product cannot be cut there are none."""

from __future__ import annotations

import pytest

from symattn.engine.normal import is_zero
from symattn.kernel.rules.definitions import sandwich
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, RankAtMost, identity_array
from symattn.kernel.syntax.sizes import Size, variable
from symattn.kernel.syntax.terms import Term
from symattn.proof.search.equations.factorisations import factorisations, flat, side_of, summed, through
from tests.kernel.build import Matrix, array, d, equation, i, identity, j, k, letter, m, matrix, n, same

A, B, C = (matrix(letter(name, n, n)) for name in "ABC")
L, R, M = matrix(letter("L", n, k)), matrix(letter("R", k, n)), matrix(letter("M", k, k))
W = matrix(letter("W", n, d))
c, e, g = variable("c", k), variable("e", k), variable("g", n)


def entries(found: Array) -> Matrix:
    """The array as a matrix."""

    def at(a: object, b: object) -> Term:
        return terms.reindex(found.body, dict(zip(found.indices, (a, b), strict=True)))

    return Matrix(*found.sizes, at)


def product(pair: tuple[Array, Array]) -> Matrix:
    return entries(pair[0]) @ entries(pair[1])


def agree(one: Matrix, other: Matrix) -> bool:
    a, b = variable("x1", one.rows), variable("x2", one.columns)
    return same(one.at(a, b), other.at(a, b))


def cuts(whole: Matrix, size: Size) -> list[tuple[Array, Array]]:
    return list(through(i, j, whole.at(i, j), size))


def test_a_product_is_its_factors_and_its_bound_variables() -> None:
    body = terms.summation(
        [c], terms.multiply(L.at(i, c), terms.summation([e], terms.multiply(M.at(c, e), R.at(e, j))))
    )
    factors, bound = flat(body)
    assert factors == [L.at(i, c), M.at(c, e), R.at(e, j)]
    assert bound == [c, e]


def test_what_is_no_product_is_one_factor() -> None:
    whole = terms.add(A.at(i, j), B.at(i, j))
    assert flat(whole) == ([whole], [])


def test_two_sums_over_one_variable_are_not_taken_apart() -> None:
    once = terms.summation([c], terms.multiply(L.at(i, c), R.at(c, j)))
    factors, bound = flat(terms.multiply(once, once))
    assert (len(factors), bound) == (4, [])


def test_a_product_is_cut_where_the_size_is() -> None:
    (found,) = cuts(A @ L @ R @ B, k)
    assert agree(entries(found[0]), A @ L)
    assert agree(entries(found[1]), R @ B)


def test_a_product_is_cut_at_every_place_of_the_size() -> None:
    found = cuts(L @ M @ R, k)
    assert len(found) == 2
    assert all(agree(product(pair), L @ M @ R) for pair in found)
    assert sum(agree(entries(left), L) for left, _ in found) == 1


def test_a_product_is_not_cut_elsewhere() -> None:
    assert cuts(A @ B @ C, k) == []
    assert cuts(A + L @ R, k) == []


def test_a_cut_that_leaves_both_indices_on_one_side_is_none() -> None:
    body = terms.summation([c], terms.multiply(L.at(i, c), R.at(c, j), A.at(i, j)))
    assert list(through(i, j, body, k)) == []


@pytest.mark.parametrize("end", [i, j], ids=["left", "right"])
def test_a_product_about_a_third_index_is_not_cut(end: int) -> None:
    body = terms.summation([c], terms.multiply(L.at(i, c), R.at(c, j), A.at(g, end)))
    assert list(through(i, j, body, k)) == []


def test_what_hangs_on_the_cut_alone_is_on_one_side_only() -> None:
    body = terms.summation([c], terms.multiply(L.at(i, c), M.at(c, c), R.at(c, j)))
    (found,) = through(i, j, body, k)
    assert agree(product(found), Matrix(n, n, lambda a, b: terms.reindex(body, {i: a, j: b})))


def test_factors_hang_together_by_what_is_bound() -> None:
    factors = [R.at(e, j), M.at(c, e), L.at(i, c), A.at(g, g)]
    assert side_of(factors, [c, e, g], i, None) == [L.at(i, c), M.at(c, e), R.at(e, j)]
    assert side_of(factors, [c, e, g], i, e) == [L.at(i, c), M.at(c, e)]
    assert side_of(factors, [e, g], i, None) == [L.at(i, c)]


def test_a_side_is_summed_over_what_is_its_own() -> None:
    assert same(summed([c, e], [L.at(i, c), M.at(c, e)], e, i), (L @ M).at(i, e))
    assert summed([c], [], c, i) == terms.number(1)


def test_a_side_that_is_about_a_third_index_is_none() -> None:
    assert summed([c], [L.at(i, c), R.at(c, j)], c, i) is None


def tried(lower: Matrix, upper: Array, *facts: Equation) -> list[tuple[Array, Array]]:
    """What is tried, all of which has shapes that fit."""
    goal = RankAtMost(array(lower), upper)
    found = list(factorisations(goal, list(facts)))
    for left, right in found:
        assert (left.sizes[0], right.sizes[1]) == (lower.rows, lower.columns)
        assert (left.sizes[1], right.sizes[0]) == upper.sizes
    return found


def fits(lower: Matrix, upper: Array, pair: tuple[Array, Array]) -> bool:
    whole = array(lower)
    return is_zero(terms.subtract(whole.body, sandwich(whole.indices, pair[0], upper, pair[1])))


def works(lower: Matrix, upper: Array) -> bool:
    return any(fits(lower, upper, pair) for pair in tried(lower, upper))


def test_a_rank_at_most_a_size_cuts_the_product_there() -> None:
    (found,) = tried(A @ L @ R, identity_array(k))
    assert fits(A @ L @ R, identity_array(k), found)


def test_a_matrix_has_at_most_the_rank_of_its_rows_and_of_its_columns() -> None:
    assert works(W, identity_array(n))
    assert works(W, identity_array(d))
    assert not works(W, identity_array(m))


def test_known_products_of_the_shape_are_cut_too() -> None:
    found = tried(A, identity_array(k), equation(A, L @ R), equation(M @ R, R))
    assert len(found) == 1
    assert agree(product(found[0]), L @ R)


def test_both_sides_of_what_is_known_are_cut() -> None:
    assert len(tried(A, identity_array(k), equation(L @ R, B))) == 1
    assert len(tried(A, identity_array(k), equation(L @ R, L @ M @ R))) == 3


def test_a_matrix_is_between_the_identities_of_a_matrix_of_its_shape() -> None:
    assert fits(A, array(A), tried(A, array(B))[0])


def test_the_rank_of_a_product_is_at_most_that_of_each_factor() -> None:
    for factor in (A, L, M, R):
        assert works(A @ L @ M @ R, array(factor))
    assert not works(A @ L @ M @ R, array(B))


def test_the_rank_of_a_product_is_at_most_that_of_some_of_its_factors() -> None:
    assert works(A @ L @ M @ R, array(L @ M))
    assert works(A @ L @ M @ R, array(A @ L))
    assert works(A @ L @ M @ R, array(A @ L @ M @ R))
    assert not works(A @ L @ M @ R, array(A @ L @ R))


def test_a_transposed_factor_is_found_as_it_stands() -> None:
    assert works(A @ R.T @ R, array(R.T))
    assert not works(A @ R.T @ L.T, array(R))


def test_what_is_no_product_of_entries_has_no_factors() -> None:
    assert tried(A @ L @ M @ R, array(L + L)) == []
    assert tried(L, identity_array(m)) == []


def test_the_identity_as_a_bound_is_the_identity_as_a_factor() -> None:
    (left, right), *_ = tried(W, identity_array(n))
    assert agree(entries(left), identity(n))
    assert agree(entries(right), W)
