"""Constructors check types, and nothing else makes a term."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symattn.errors import KernelError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import SizeSymbol, constant_index, variable
from symattn.kernel.syntax.terms import (
    FACTS,
    Letter,
    Parameter,
    Term,
    entry,
    multiply,
    number,
    reindex,
    summation,
    symbols,
)
from tests.kernel.build import d, i, inverse, j, letter, n

A, B = letter("A", n, n), letter("B", n, d)
x, t = Letter("x", (n,)), Parameter("t")
p = variable("p", d)


def test_equal_terms_are_one_object() -> None:
    assert terms.add(entry(A, i, j), number(1)) is terms.add(entry(A, i, j), number(1))
    assert entry(A, i, j) is not entry(A, j, i)


def test_a_term_knows_its_free_variables() -> None:
    assert summation([j], terms.multiply(entry(A, i, j), entry(x, j))).free == {i}
    assert terms.derivative(number(1), A, i, j).free == {i, j}


@pytest.mark.parametrize("indices", [(i,), (i, j, i), (i, p), (p, i), (i, ("const", 1, n)), (i, -1), (i, 3), ()])
def test_an_entry_takes_an_index_of_each_size(indices: tuple) -> None:
    with pytest.raises(KernelError):
        entry(A, *indices)


def test_a_delta_compares_indices_of_one_size() -> None:
    with pytest.raises(KernelError, match="cannot be compared"):
        terms.delta(i, p)


@pytest.mark.parametrize("bound", [(i, i), (3,), (-1,), (("const", 0, n),), ("i",), (True,)])
def test_a_sum_binds_different_variables(bound: tuple) -> None:
    with pytest.raises(KernelError):
        summation(bound, number(1))


MAKERS: dict[str, Any] = {
    "add": lambda a: terms.add(a, number(1)),
    "multiply": lambda a: terms.multiply(number(1), a),
    "sum": lambda a: summation([i], a),
    "empty sum": lambda a: summation([], a),
    "power": lambda a: terms.power(a, 2),
    "exp": terms.exponential,
    "log": terms.logarithm,
    "reciprocal": terms.reciprocal,
    "derivative": lambda a: terms.derivative(a, A, i, j),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(Term("entry", (A, i, p), frozenset({i, p})), id="false shape"),
        pytest.param(Term("number", (Fraction(1),), frozenset()), id="not interned"),
        pytest.param(Term("sum", ((i,), 1), frozenset()), id="no term below"),
        pytest.param(1, id="number"),
        pytest.param("x", id="text"),
    ],
)
def test_a_term_that_no_constructor_made_is_refused(make: Any, forged: Any) -> None:
    with pytest.raises(KernelError, match="not a term of the kernel"):
        make(forged)


def test_a_term_that_was_changed_is_refused() -> None:
    changed = entry(letter("Changed", n, n), i, j)
    was, changed.args = changed.args, (A, i, j)
    with pytest.raises(KernelError, match="not a term of the kernel"):
        terms.exponential(changed)
    changed.args = was


@pytest.mark.parametrize("value", [1.5, True, "1", None])
def test_only_exact_numbers_are_terms(value: Any) -> None:
    with pytest.raises(KernelError):
        number(value)
    with pytest.raises(KernelError):
        terms.power(number(2), value)


MISFITS: dict[str, Any] = {
    "a letter as a parameter": lambda: terms.parameter(A),
    "a size as a parameter": lambda: terms.parameter(SizeSymbol("n")),
    "a symbol as a size": lambda: terms.cardinal(SizeSymbol("n")),
    "a number as a size": lambda: terms.cardinal(2),
    "a parameter as a letter": lambda: entry(t),
    "a derivative by a size": lambda: terms.derivative(number(1), SizeSymbol("n")),
    "a derivative by an entry of a parameter": lambda: terms.derivative(number(1), t, i),
    "a derivative by a whole letter": lambda: terms.derivative(number(1), A),
    "a derivative by an entry that does not exist": lambda: terms.derivative(number(1), A, i, p),
}


@pytest.mark.parametrize("make", MISFITS.values(), ids=MISFITS)
def test_a_symbol_of_another_kind_is_refused(make: Any) -> None:
    """A letter as a parameter would be a number with free indices once it is replaced."""
    with pytest.raises(KernelError):
        make()


@pytest.mark.parametrize(
    "fields",
    [
        {"inverse": 2},
        {"inverse": "yes"},
        {"inverse": None},
        {"facts": ("invertible",)},
        {"facts": {"invertible"}},
        {"facts": frozenset({"big"})},
        {"sizes": [n, n]},
        {"sizes": (n, SizeSymbol("n"))},
        {"sizes": (n, 3)},
        {"name": 5},
    ],
    ids=str,
)
def test_the_fields_of_a_letter_have_their_kinds(fields: dict) -> None:
    """`inverse=2` would differ from `inverse=True`, and M^-1 M^-1 would contract."""
    with pytest.raises(KernelError):
        Letter(**{"name": "M", "sizes": (n, n), "facts": frozenset({"invertible"}), "inverse": True, **fields})


@pytest.mark.parametrize("fields", [("t", 1), ("t", "yes"), (3, True)], ids=str)
def test_the_fields_of_a_parameter_have_their_kinds(fields: tuple) -> None:
    with pytest.raises(KernelError):
        Parameter(*fields)


@pytest.mark.parametrize("fact", sorted(FACTS - {"mask", "positive"}))
def test_a_fact_about_square_matrices_is_refused_of_others(fact: str) -> None:
    with pytest.raises(KernelError, match="not square"):
        letter("R", n, d, fact)


@pytest.mark.parametrize(
    "facts", ["skew invertible", "skew symmetric", "positive mask", "positive orthogonal", "skew mask"]
)
def test_facts_that_no_matrix_has_at_every_size_are_refused(facts: str) -> None:
    """From a letter that cannot exist everything follows."""
    with pytest.raises(KernelError, match="at once"):
        letter("F", n, n, *facts.split())


def test_only_what_is_invertible_has_an_inverse() -> None:
    assert inverse(letter("P", n, n, "permutation")).inverse
    for fact in ("symmetric", "idempotent", "mask", "positive"):
        with pytest.raises(KernelError, match="no inverse"):
            inverse(letter("M", n, n, fact))


def test_an_inverse_has_neither_the_signs_nor_the_zeros_of_its_letter() -> None:
    assert inverse(letter("M", n, n, "positive", "invertible", "symmetric")).known == {"invertible", "symmetric"}
    assert letter("M", n, n, "mask").known == {"mask"}


@pytest.mark.parametrize("fact", ["symmetric", "mask", "orthogonal", "idempotent"])
def test_the_entries_of_a_letter_with_facts_do_not_vary_freely(fact: str) -> None:
    with pytest.raises(KernelError, match="do not vary freely"):
        terms.derivative(number(1), letter("S", n, n, fact), i, j)


@pytest.mark.parametrize("fact", ["positive", "invertible"])
def test_what_stays_true_nearby_lets_entries_vary_freely(fact: str) -> None:
    assert terms.derivative(number(1), letter("S", n, n, fact), i, j)


def test_symbols_are_found_below_everything() -> None:
    M = letter("M", n, n, "invertible")
    body = terms.exponential(summation([j], terms.multiply(terms.parameter(t), entry(inverse(M), i, j))))
    assert symbols(terms.derivative(body, A, i, j)) == {M, t, A}


def test_reindexing_replaces_all_variables_at_once() -> None:
    assert reindex(entry(A, i, j), {i: j, j: i}) is entry(A, j, i)
    assert reindex(entry(A, i, i), {i: constant_index(0, n)}) is entry(A, constant_index(0, n), constant_index(0, n))


def test_reindexing_leaves_bound_variables_alone() -> None:
    whole = summation([j], entry(A, i, j))
    assert reindex(whole, {j: i}) is whole
    assert reindex(terms.add(whole, entry(x, j)), {j: i}) is terms.add(whole, entry(x, i))


def test_reindexing_moves_the_place_of_a_derivative_too() -> None:
    term = terms.derivative(entry(A, i, j), A, i, i)
    assert reindex(term, {i: j}) is terms.derivative(entry(A, j, j), A, j, j)


def test_an_index_is_never_captured() -> None:
    other, third = variable("j'", n), variable("j''", n)
    assert reindex(summation([j], entry(A, i, j)), {i: j}) is summation([other], entry(A, j, other))
    both = summation([j, other], multiply(entry(A, i, j), entry(A, j, other)))
    assert reindex(both, {i: j}) is summation([third, other], multiply(entry(A, j, third), entry(A, third, other)))
    inner = summation([j], multiply(entry(A, i, j), summation([other], entry(A, j, other))))
    moved = summation([third], entry(A, other, third))
    assert reindex(inner, {i: j}) is summation([other], multiply(entry(A, j, other), moved))


def test_an_index_is_replaced_by_one_of_its_size() -> None:
    with pytest.raises(KernelError):
        reindex(entry(A, i, j), {i: p})
