"""Formulas are closed and well formed; replacing letters captures nothing and loses no fact."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.errors import KernelError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import (
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Iff,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
    free_symbols,
    identity_array,
)
from symattn.kernel.syntax.sizes import constant_size, variable
from symattn.kernel.syntax.substitution import instantiate
from symattn.kernel.syntax.terms import Letter, Parameter, Term, entry, multiply, number, parameter, renamed, summation
from tests.kernel.build import array, d, i, inverse, j, letter, matrix, n, number_equation

A, B, R = letter("A", n, n), letter("B", n, n), letter("R", n, d)
x, y = Letter("x", (n,)), Letter("y", (n,))
t = Parameter("t")
zero, one = number(0), number(1)
TRUE = number_equation(one, one)
about_x = Equation((i,), entry(x, i), zero)


@pytest.mark.parametrize(
    "indices", [(), (i,), (i, i), (i, j, j), (i, 1), (0, 1), (i, ("const", 0, n))], ids=list("abcdefg")
)
def test_every_index_of_a_formula_is_bound_once(indices: tuple) -> None:
    for make in (Array, NonNegative, lambda at, body: Equation(at, body, zero)):
        with pytest.raises(KernelError):
            make(indices, entry(A, i, j))


def test_a_term_that_no_constructor_made_is_in_no_formula() -> None:
    forged = Term("entry", (A, i, j), frozenset({i, j}))
    for make in (Array, NonNegative, lambda at, body: Equation(at, body, zero)):
        with pytest.raises(KernelError, match="not a term of the kernel"):
            make((i, j), forged)


@pytest.mark.parametrize("strict", [0, 1, None, "", 1.0])
def test_a_bound_is_strict_or_it_is_not(strict: Any) -> None:
    with pytest.raises(KernelError, match="strict"):
        NonNegative((), one, strict)


class Several(tuple):
    """A tuple that is equal to everything."""

    __hash__ = tuple.__hash__

    def __eq__(self, other: object) -> bool:
        return True


def test_indices_and_parts_are_plain_tuples() -> None:
    """0 = 1 for all indices of an empty size; with `Several` indices that was the same as 0 = 1."""
    nowhere = variable("i", constant_size(0))
    for indices in (Several((nowhere,)), Several(), frozenset({nowhere}), [nowhere], ""):
        for make in (Array, NonNegative, lambda at, body: Equation(at, body, one)):
            with pytest.raises((KernelError, TypeError)):
                make(indices, zero)
        with pytest.raises((KernelError, TypeError)):
            Array((), zero, indices)
    for parts in (Several((TRUE,)), Several(), [TRUE], ""):
        with pytest.raises(KernelError, match="not formulas"):
            And(parts)


class Agreeable:
    """Equal to everything, so that it could stand for any hypothesis."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class Equality(Equation):
    """A subclass, whose fields could change between two looks at them."""


MISFITS: dict[str, Any] = {
    "text": "1 = 1",
    "term": one,
    "letter": A,
    "nothing": None,
    "equal to all": Agreeable(),
    "subclass": Equality((), one, one),
}


@pytest.mark.parametrize("misfit", MISFITS.values(), ids=MISFITS)
def test_connectives_stand_on_formulas_only(misfit: Any) -> None:
    for make in (
        Not,
        lambda f: And((TRUE, f)),
        lambda f: Implies(f, TRUE),
        lambda f: Implies(TRUE, f),
        lambda f: Iff(f, TRUE),
        lambda f: ForAll((x,), f),
        lambda f: Exists((x,), f),
        lambda f: instantiate(f, {}),
    ):
        with pytest.raises(KernelError):
            make(misfit)


@pytest.mark.parametrize("bound", [(inverse(letter("M", n, n, "invertible")),), ("x",), (n,), [x], x], ids=str)
def test_only_letters_and_parameters_are_quantified(bound: Any) -> None:
    for quantifier in (ForAll, Exists):
        with pytest.raises(KernelError, match="not letters"):
            quantifier(bound, TRUE)


def test_rank_and_semidefiniteness_are_about_matrices() -> None:
    column, wide = Array((i,), entry(x, i)), array(matrix(R))
    for bad in (column, one, TRUE, Array((i, j), entry(A, i, j), (variable("c", d),))):
        with pytest.raises((KernelError, AttributeError)):
            RankAtMost(bad, wide)
        with pytest.raises((KernelError, AttributeError)):
            Semidefinite(bad)
    with pytest.raises(KernelError, match="square"):
        Semidefinite(wide)
    assert RankAtMost(wide, identity_array(d)).upper.sizes == (d, d)


def test_free_symbols_are_those_that_no_quantifier_binds() -> None:
    formula = ForAll((x,), Implies(about_x, Equation((i,), entry(y, i), parameter(t))))
    assert free_symbols(formula) == {y, t}


def test_letters_are_replaced_all_at_once() -> None:
    product = Equation((i, j), multiply(entry(A, i, j), entry(B, j, i)), zero)
    swapped = instantiate(product, {A: array(matrix(B)), B: array(matrix(A))})
    assert swapped == Equation((i, j), multiply(entry(B, i, j), entry(A, j, i)), zero)


def test_a_replacement_is_evaluated_where_the_letter_stood() -> None:
    found = instantiate(Equation((i,), entry(A, i, i), zero), {A: Array((i, j), multiply(entry(x, j), entry(y, i)))})
    assert found == Equation((i,), multiply(entry(x, i), entry(y, i)), zero)


def test_bound_indices_of_a_replacement_give_way() -> None:
    gram = Array((i, j), summation([variable("l", d)], multiply(*(entry(R, at, variable("l", d)) for at in (i, j)))))
    inner = summation([variable("l", n)], entry(A, variable("l", n), variable("l", n)))
    found = instantiate(Equation((), inner, zero), {A: gram})
    assert found.left.args[0] == (variable("l", n),)
    row_sums = Array((i,), summation([j], entry(A, i, j)))
    moved = instantiate(Equation((j,), entry(x, j), zero), {x: row_sums})
    other = variable("j'", n)
    assert moved == Equation((j,), summation([other], entry(A, j, other)), zero)


def test_a_replacement_has_the_sizes_of_the_letter() -> None:
    for wrong in (array(matrix(R)), array(matrix(R).T), Array((i,), entry(x, i)), Array((), one)):
        with pytest.raises(KernelError, match="sizes"):
            instantiate(Equation((i, j), entry(A, i, j), zero), {A: wrong})


@pytest.mark.parametrize(
    "fact", ["symmetric", "skew", "orthogonal", "permutation", "invertible", "idempotent", "mask", "positive"]
)
def test_a_fact_is_not_lost(fact: str) -> None:
    claim = Equation((i, j), entry(letter("F", n, n, fact), i, j), zero)
    same_fact = array(matrix(letter("G", n, n, fact)))
    assert instantiate(claim, {letter("F", n, n, fact): same_fact}).left is entry(letter("G", n, n, fact), i, j)
    other = "mask" if fact == "invertible" else "invertible"
    for wrong in (
        array(matrix(A)),
        array(matrix(letter("G", n, n, other))),
        array(matrix(letter("G", n, n, fact)).T),
        Array((i, j), multiply(one, entry(letter("G", n, n, fact), i, j))),
        identity_array(n),
    ):
        with pytest.raises(KernelError, match="not known to be"):
            instantiate(claim, {letter("F", n, n, fact): wrong})


def test_the_inverse_of_a_letter_with_the_facts_is_not_the_letter() -> None:
    F = letter("F", n, n, "invertible", "positive", "symmetric")
    with pytest.raises(KernelError, match="not known to be"):
        instantiate(Equation((i, j), entry(F, i, j), zero), {F: array(matrix(inverse(F)))})


def test_a_positive_parameter_is_replaced_by_a_positive_one() -> None:
    s = Parameter("s", True)
    claim = number_equation(parameter(s), one)
    assert instantiate(claim, {s: Array((), parameter(Parameter("r", True)))}).left is parameter(Parameter("r", True))
    for wrong in (parameter(t), number(-1), number(1), multiply(parameter(s), parameter(s))):
        with pytest.raises(KernelError, match="not known to be"):
            instantiate(claim, {s: Array((), wrong)})


def test_an_inverse_goes_with_its_letter() -> None:
    M, N = letter("M", n, n, "invertible"), letter("N", n, n, "invertible", "symmetric")
    claim = Equation((i, j), entry(inverse(M), i, j), entry(M, i, j))
    assert instantiate(claim, {M: array(matrix(N))}) == Equation((i, j), entry(inverse(N), i, j), entry(N, i, j))


@pytest.mark.parametrize(
    "symbol", [inverse(letter("M", n, n, "invertible")), "A", n, Agreeable()], ids=lambda s: type(s).__name__
)
def test_only_letters_and_parameters_are_replaced(symbol: Any) -> None:
    with pytest.raises((KernelError, AttributeError)):
        instantiate(about_x, {symbol: array(matrix(A))})


def test_no_letter_is_captured_by_a_quantifier() -> None:
    claim = ForAll((y,), Equation((i,), entry(x, i), entry(y, i)))
    with pytest.raises(KernelError, match="bound where it would go"):
        instantiate(claim, {x: Array((i,), entry(y, i))})
    slope = terms.derivative(one, y, i)
    with pytest.raises(KernelError, match="bound where it would go"):
        instantiate(claim, {x: Array((i,), slope)})
    assert instantiate(claim, {y: Array((i,), entry(x, i))}) == claim


def test_a_derivative_is_not_taken_at_something_else() -> None:
    slope = Equation((i, j), terms.derivative(multiply(entry(x, i), entry(y, i)), y, j), zero)
    for new in ({y: Array((i,), entry(x, i))}, {x: Array((i,), entry(y, i))}, {y: Array((i,), zero)}):
        with pytest.raises(KernelError, match="cannot be taken"):
            instantiate(slope, new)
    assert instantiate(slope, {x: Array((i,), one)}) == Equation(
        (i, j), terms.derivative(multiply(one, entry(y, i)), y, j), zero
    )


def test_an_index_left_open_becomes_an_index_of_the_equation() -> None:
    c = variable("c", n)
    chosen = Array((i,), terms.delta(i, c), (c,))
    claim = Equation((j,), summation([i], multiply(entry(x, i), entry(A, i, j))), zero)
    opened = instantiate(claim, {x: chosen})
    assert opened.indices == (j, c)
    for formula in (ForAll((y,), claim), Not(claim), And((claim,)), Equation((c,), entry(x, c), zero)):
        with pytest.raises(KernelError, match="left open"):
            instantiate(formula, {x: chosen})


def test_an_index_left_open_is_not_captured_by_a_sum() -> None:
    c = variable("c", n)
    claim = Equation((), summation([c], multiply(entry(x, c), entry(y, c))), zero)
    opened = instantiate(claim, {x: Array((i,), terms.delta(i, c), (c,))})
    other = variable("c'", n)
    assert opened == Equation((c,), summation([other], multiply(terms.delta(other, c), entry(y, other))), zero)


def test_what_a_sum_binds_takes_a_name_that_is_free_inside() -> None:
    first, second = variable("i'", n), variable("i''", n)
    taken = summation([i], multiply(entry(A, i, first), summation([first], entry(A, i, first))))
    body = multiply(entry(A, second, first), summation([first], entry(A, second, first)))
    assert renamed(taken, frozenset({i})) == ((second,), body)
    assert renamed(taken, frozenset({j})) == taken.args
