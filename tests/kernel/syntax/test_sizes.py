"""Sizes are polynomials in one canonical form; an index exists in every value of its size or is refused."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.errors import KernelError
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    ZERO_SIZE,
    Size,
    SizeSymbol,
    Variable,
    constant_index,
    constant_size,
    fresh,
    never_less,
    pair_index,
    part_index,
    place,
    replace_in,
    size_of,
    surplus,
    symbol_size,
    variable,
    variable_name,
    variables_of,
)
from tests.kernel.build import i, j, k, m, n, z


def test_equal_polynomials_are_equal_sizes() -> None:
    assert (n + m) * (n + m) == n * n + n * m + m * n + m * m
    assert n + n != n * n
    assert constant_size(2) * n == n + n
    assert str(constant_size(2) * n + constant_size(1)) == "1 + 2*n"


def test_the_same_name_with_another_minimum_is_another_size() -> None:
    assert symbol_size("n", 2) != n


def test_the_least_value_is_taken_at_the_least_values_of_the_symbols() -> None:
    assert (symbol_size("a", 2) * symbol_size("b", 3) + constant_size(1)).minimum == 7
    assert (z * n).minimum == 0


def test_only_a_size_without_symbols_has_a_constant_value() -> None:
    assert constant_size(3).constant == 3
    assert constant_size(0).constant == 0
    assert n.constant is None


@pytest.mark.parametrize(
    "terms",
    [
        (((SizeSymbol("n"),), 0),),
        (((SizeSymbol("n"),), -1),),
        (((SizeSymbol("n"),), True),),
        (((SizeSymbol("n"),), 1), ((), 1)),
        (((SizeSymbol("n"),), 1), ((SizeSymbol("n"),), 2)),
        (((SizeSymbol("n"), SizeSymbol("m")), 1),),
        ((("n",), 1),),
        [((SizeSymbol("n"),), 1)],
    ],
)
def test_a_size_out_of_canonical_form_is_refused(terms: Any) -> None:
    with pytest.raises(KernelError, match="canonical"):
        Size(terms)


@pytest.mark.parametrize("minimum", [-1, -2, True, 0.5, None])
def test_a_minimum_is_a_natural_number(minimum: Any) -> None:
    """With n >= -2 the size n n would have the minimum 4, and n = 0 would still be admitted."""
    with pytest.raises(KernelError, match="natural numbers"):
        SizeSymbol("n", minimum)


def test_a_constant_index_exists_for_every_value_of_its_size() -> None:
    assert size_of(constant_index(1, n + m)) == n + m
    for value, size in ((1, n), (0, z), (-1, n), (2, n + m)):
        with pytest.raises(KernelError, match="does not exist"):
            constant_index(value, size)


def test_a_part_index_fits_its_block() -> None:
    assert size_of(part_index((n, m), 0, i)) == n + m
    for which in (1, 2, -1):
        with pytest.raises(KernelError, match="block"):
            part_index((n, m), which, i)


def test_a_cut_of_a_cut_is_one_cut() -> None:
    """And no cut at all is the place itself; so n + 1 and 1 + n meet."""
    inside = place(n, i, m)
    assert place(k, inside, ONE_SIZE) == ("part", k + n, i, m + ONE_SIZE)
    assert place(ZERO_SIZE, i, ZERO_SIZE) is i
    assert place(ONE_SIZE, constant_index(1, constant_size(3)), n) == constant_index(2, n + constant_size(4))
    assert part_index((ONE_SIZE, n, ONE_SIZE), 1, i) == place(ONE_SIZE, i, ONE_SIZE)
    for before, inner, after in ((k, inside, ONE_SIZE), (ONE_SIZE, constant_index(0, n), k)):
        assert size_of(place(before, inner, after)) == before + size_of(inner) + after


def test_a_size_is_seen_to_be_never_less() -> None:
    """By the least values of its symbols, and not where one of them may be less."""
    q_ = symbol_size("q", 2)
    for large, small in ((n + m, n), (q_, constant_size(2)), (n * m, n), (q_ * n, n + n), (n, n), (z, ZERO_SIZE)):
        assert never_less(large, small)
    for large, small in ((n, m), (n, constant_size(2)), (z, ONE_SIZE), (n * z, n), (n + n, n * n), (q_ * m, n + m)):
        assert not never_less(large, small)
    assert surplus(n + m, m) == n
    assert surplus(n, ONE_SIZE) is None


def test_a_pair_belongs_to_the_product_of_sizes() -> None:
    assert size_of(pair_index(i, constant_index(0, m))) == n * m


def test_a_variable_is_its_name_and_size() -> None:
    assert variable("i", n) is i
    assert variable("i", m) != i
    assert variable_name(i) == "i"
    assert fresh(n) != fresh(n)


@pytest.mark.parametrize(("name", "size"), [(1, n), ("i", "n"), ("i", None), (["i"], n)])
def test_a_variable_of_no_size_is_refused(name: Any, size: Any) -> None:
    with pytest.raises((KernelError, TypeError)):
        variable(name, size)


@pytest.mark.parametrize(
    "index",
    [
        -1,
        0,
        True,
        pytest.param(Variable(-1), id="a variable below the table"),
        pytest.param(Variable(10**9), id="a variable above the table"),
        "i",
        ("const", 5, n),
        ("const", 0.0, n),
        pytest.param(("const", False, n), id="a truth value as a place"),
        pytest.param(("const", Variable(0), n), id="a variable as a place"),
        ("const", 0, "n"),
        ("part", (n, m), 0, i),
        ("part", n, i),
        ("part", n, i, 0),
        ("part", 1, i, m),
        ("part", n, m, i),
        pytest.param(("part", n, Variable(-1), m), id="a part of no index"),
        ("pair", i),
        ("pair", i, -1),
        ("triple", i, i, i),
    ],
)
def test_a_forged_index_has_no_size(index: Any) -> None:
    """A plain number is no variable: -1 would name whichever variable is newest, and change its size."""
    with pytest.raises(KernelError):
        size_of(index)


def test_variables_are_found_and_replaced_at_any_depth() -> None:
    index = pair_index(part_index((n, m), 0, i), constant_index(0, k))
    assert variables_of(index) == (i,)
    assert replace_in(index, lambda v: j) == pair_index(part_index((n, m), 0, j), constant_index(0, k))


class Fake:
    """Anything that has terms, as a size has."""

    terms = (((), -1),)
    minimum, constant = 1, 1


class Lying(Size):
    """A size that is equal to whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = Size.__hash__


@pytest.mark.parametrize("size", [Fake(), Lying((((), 5),))], ids=["duck", "subclass"])
def test_a_size_is_a_size_and_nothing_that_looks_like_one(size: Any) -> None:
    two = constant_size(2)
    first = constant_index(0, two)
    for index in (("const", 0, size), ("part", size, first, two), ("part", two, first, size)):
        with pytest.raises(KernelError):
            size_of(index)


def test_a_variable_is_a_variable_and_nothing_that_looks_like_one() -> None:
    class Other(Variable):
        pass

    with pytest.raises(KernelError, match="not an index"):
        size_of(Other(variable("i", n)))
