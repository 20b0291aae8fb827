"""The determinant as a factor without indices: equal entries make it equal, and nothing is seen that is false."""

from __future__ import annotations

import contextlib

import pytest

from symattn.engine.normal import normal
from symattn.engine.normal.determinants import LEIBNIZ
from symattn.errors import KernelError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import ONE_SIZE, constant_size, size_of, variable
from symattn.kernel.syntax.substitution import instantiate
from symattn.kernel.syntax.terms import Letter, Term, add, delta, determinant, entry, multiply, number
from tests.kernel.build import Matrix, d, i, identity, letter, m, matrix, n, same, z
from tests.kernel.model import Model, NoValue

A, B, S = letter("A", n, n), letter("B", n, n), letter("S", n, n, "symmetric")
R, t = letter("R", z, z), terms.parameter(terms.Parameter("t"))


def det(a: Matrix, row: str = "i", column: str = "j") -> Term:
    p, q = variable(row, a.rows), variable(column, a.columns)
    return determinant(p, q, a.at(p, q))


def test_it_does_not_depend_on_the_names_of_its_indices() -> None:
    assert same(det(matrix(A)), det(matrix(A), "u", "v"))
    assert same(det(matrix(A)), det(matrix(A), "j", "i"))
    assert same(det(matrix(A) @ matrix(B)), det(matrix(A) @ matrix(B), "row", "column"))
    assert same(det(matrix(A)), det(matrix(A), "column", "row"))


def test_a_transpose_is_not_seen_to_have_the_same_one() -> None:
    """A rule says so; the normal form does not, unless the letter is symmetric."""
    assert not same(det(matrix(A)), det(matrix(A).T))
    assert same(det(matrix(S)), det(matrix(S).T))


@pytest.mark.parametrize("size", [n, z, n + d, constant_size(0), constant_size(2), constant_size(5)], ids=str)
def test_that_of_the_identity_is_1(size) -> None:
    assert same(det(identity(size)), number(1))


def test_small_ones_are_written_out() -> None:
    for count, sign in ((0, 1), (1, 1), (2, 1), (3, 1)):
        size = constant_size(count)
        assert same(det(identity(size).scaled(number(2))), number(sign * 2**count))
    two = constant_size(2)
    C = letter("C", two, two)
    at = [[entry(C, terms_index(a, two), terms_index(b, two)) for b in (0, 1)] for a in (0, 1)]
    cross = terms.subtract(multiply(at[0][0], at[1][1]), multiply(at[0][1], at[1][0]))
    assert same(det(matrix(C)), cross)
    one = letter("D", ONE_SIZE, ONE_SIZE)
    assert same(det(matrix(one)), entry(one, terms_index(0, ONE_SIZE), terms_index(0, ONE_SIZE)))


def terms_index(value: int, size):
    return ("const", value, size)


FALSE_OF_NUMBERS = {
    "of nothing at an empty size": (det(matrix(R).scaled(number(0))), number(0)),
    "of nothing": (det(matrix(A).scaled(number(0))), number(0)),
    "a sum": (det(matrix(A) + matrix(B)), add(det(matrix(A)), det(matrix(B)))),
    "a multiple": (det(matrix(A).scaled(t)), multiply(t, det(matrix(A)))),
    "another letter": (det(matrix(A)), det(matrix(B))),
    "entry by entry": (det(matrix(A) * matrix(B)), multiply(det(matrix(A)), det(matrix(B)))),
    "another size": (det(identity(n).scaled(t)), det(identity(m).scaled(t))),
    "the trace": (det(matrix(A)), terms.summation([i], entry(A, i, i))),
}


@pytest.mark.parametrize("claim", FALSE_OF_NUMBERS.values(), ids=FALSE_OF_NUMBERS)
def test_what_is_false_of_numbers_is_not_seen(claim) -> None:
    assert not same(*claim)


def test_the_entries_may_know_no_other_index() -> None:
    """Otherwise the determinants of a family would be one number."""
    other = variable("k", n)
    for row, column, body in (
        (i, variable("q", n), entry(A, i, other)),
        (i, i, entry(A, i, i)),
        (i, variable("q", d), number(1)),
        (i, 3, number(1)),
    ):
        with pytest.raises(KernelError):
            determinant(row, column, body)


def test_an_open_index_of_an_array_does_not_slip_into_the_entries() -> None:
    """With B_pq := A_iq the determinant of B would become that of A: i is meant to stay open."""
    p, q = variable("p", n), variable("q", n)
    said = Equation((), determinant(i, variable("j", n), entry(B, i, variable("j", n))), number(0))
    for open_index in (i, variable("k", n)):
        with pytest.raises(KernelError, match="left open"):
            instantiate(said, {B: Array((p, q), entry(A, open_index, q), (open_index,))})


def test_a_letter_inside_is_replaced() -> None:
    said = Equation((), det(matrix(B)), number(0))
    p, q = variable("p", n), variable("q", n)
    assert instantiate(said, {B: Array((p, q), entry(A, q, p))}).left is det(matrix(A).T)
    inner = Array((p, q), terms.summation([i], multiply(entry(A, p, i), entry(A, i, q))))
    assert same(instantiate(said, {B: inner}).left, det(matrix(A) @ matrix(A)))


def test_it_has_a_derivative_in_an_invertible_letter_only() -> None:
    j, S = variable("j", n), letter("S", n, n, "invertible")
    slope = terms.multiply(det(matrix(S)), entry(inverted(S), j, i))
    assert same(terms.derivative(det(matrix(S)), S, i, j), slope)
    with pytest.raises(KernelError, match="own letter only"):
        normal(terms.derivative(det(matrix(S) @ matrix(S)), S, i, j))
    with pytest.raises(KernelError, match="no inverse"):
        normal(terms.derivative(det(matrix(A)), A, i, variable("j", n)))
    assert same(terms.derivative(det(matrix(A)), letter("C", n, n), i, variable("j", n)), number(0))


def test_it_is_not_taken_for_positive() -> None:
    size = det(matrix(A))
    assert not same(multiply(size, terms.reciprocal(size)), number(1))
    root = terms.power(size, number(1).args[0] / 2)
    assert not same(multiply(root, root), size)


MIXED = {
    "product": det(matrix(A) @ matrix(B).T + matrix(S)),
    "sum around": terms.summation([i], multiply(entry(A, i, i), det(matrix(A)), delta(i, i))),
    "power": terms.power(det(matrix(A) + identity(n)), 3),
    "inside exp": terms.exponential(multiply(number(12), det(matrix(S)))),
    "inside another": det(matrix(A).scaled(det(matrix(B)))),
    "reciprocal": terms.reciprocal(det(matrix(A) @ matrix(A))),
    "empty": add(det(matrix(R)), t),
    "sum of sizes": det(identity(n + z).scaled(t)),
}


@pytest.mark.parametrize("term", MIXED.values(), ids=MIXED)
@pytest.mark.parametrize(
    "sizes", [{"n": 1, "z": 0}, {"n": 2, "z": 1}, {"n": 3, "z": 2}, {"n": LEIBNIZ + 1, "z": 3}], ids=str
)
def test_a_normal_form_has_the_value_of_its_term(term: Term, sizes: dict[str, int]) -> None:
    for seed in range(4):
        model = Model(seed, sizes)
        with contextlib.suppress(NoValue):
            assert model.term(term, {}) == model.poly(normal(term), {}.__getitem__)


def test_its_variables_are_those_of_one_size() -> None:
    skeletons = normal(det(matrix(A)))
    assert all(not indices for _, factors in skeletons for _, indices, _ in factors)
    assert size_of(i) == n


def test_inverse_letters_inside_stay_apart() -> None:
    M = letter("M", n, n, "invertible")
    inverse = Letter("M", (n, n), M.facts, True)
    assert not same(det(matrix(M)), det(Matrix(n, n, lambda a, b: entry(inverse, a, b))))
