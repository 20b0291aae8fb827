"""Sizes: a minimum is part of a size, and sizes are compared as polynomials."""

from __future__ import annotations

import pickle

import pytest

from symattn.errors import LanguageError
from symattn.language import Size, is_size, lower_bound, same_size, sizes
from symattn.language.trees.unevaluated import add, multiply, raise_to


def test_a_size_with_another_minimum_is_another_size() -> None:
    assert Size("n", 1) != Size("n", 2)
    assert Size("n", 1) == Size("n", 1)
    assert len({Size("n", 1), Size("n", 2), Size("n", 1)}) == 2


def test_a_size_keeps_its_minimum_when_pickled() -> None:
    n = pickle.loads(pickle.dumps(Size("n", 3)))
    assert n == Size("n", 3)
    assert n.minimum == 3


def test_several_names_give_sizes_in_order_with_the_common_minimum() -> None:
    n, d = sizes("n d", min=2)
    assert (n.name, d.name) == ("n", "d")
    assert (n.minimum, d.minimum) == (2, 2)


def test_one_name_gives_one_size_that_is_positive() -> None:
    assert sizes("k") == Size("k", 1)
    assert sizes("k").is_positive


def test_a_size_that_may_be_empty_is_not_positive_for_sympy() -> None:
    assert not sizes("n", min=0).is_positive


@pytest.mark.parametrize("minimum", [-1, 1.5, "1"])
def test_a_minimum_is_a_whole_number(minimum: object) -> None:
    with pytest.raises(LanguageError, match="whole number"):
        Size("n", minimum)


def test_sizes_are_compared_as_polynomials() -> None:
    heads, k = sizes("H k")
    assert same_size(heads * (k + 1), heads * k + heads)
    assert not same_size(heads * (k + 1), heads * k + 1)


def test_the_lower_bound_of_a_polynomial_is_its_value_at_the_minima() -> None:
    n, k = Size("n", 2), Size("k", 3)
    assert lower_bound(n * k + 1) == 7
    assert lower_bound(n - 1) == 1
    assert lower_bound(5) == 5


def test_a_size_that_is_not_evaluated_has_the_lower_bound_of_its_value() -> None:
    n, k = Size("n", 2), Size("k", 3)
    assert lower_bound(add(n, k)) == 5
    assert lower_bound(multiply(n, add(k, add(n, 1)))) == 12
    assert lower_bound(add(n, multiply(-1, k))) is None
    assert lower_bound(multiply(n, raise_to(k, -1), k)) is None
    assert is_size(add(n, k))
    assert not is_size(add(n, -3))
    assert not is_size(add(n, multiply(-1, k)))


def test_a_size_that_shrinks_as_a_letter_grows_has_no_lower_bound() -> None:
    n, k = Size("n", 2), Size("k", 3)
    assert lower_bound(n - k) is None
    assert lower_bound(n / 2) is None
