"""Sums over indices: what renames, contracts, falls apart, cancels, and what must not."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from symattn.engine.normal import normal, sums
from symattn.engine.normal.polynomial import variables_in
from symattn.errors import KernelError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import constant_index, constant_size, part_index
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    cardinal,
    entry,
    exponential,
    multiply,
    number,
    summation,
)
from tests.kernel.build import (
    equal,
    i,
    identity,
    index,
    inverse,
    j,
    letter,
    m,
    matrix,
    n,
    same,
    softmax,
    total,
    trace,
    z,
)

a, b, c, e = (index(n) for _ in range(4))
zero, one = number(0), number(1)
x, y = Letter("x", (n,)), Letter("y", (n,))
A, B = letter("A", n, n), letter("B", n, n)


def test_an_unused_index_gives_its_size() -> None:
    assert same(summation([a, index(m)], entry(x, i)), multiply(cardinal(n), cardinal(m), entry(x, i)))
    assert same(summation([index(constant_size(0))], one), zero)
    assert same(summation([index(constant_size(1))], entry(x, i)), entry(x, i))
    assert not same(summation([index(z)], one), one)


def test_sums_distribute_and_factor() -> None:
    both = summation([a, b], multiply(entry(x, a), entry(y, b)))
    assert same(both, multiply(summation([a], entry(x, a)), summation([a], entry(y, a))))
    assert same(terms.power(summation([a], entry(x, a)), 2), summation([a, b], multiply(entry(x, a), entry(x, b))))
    assert not same(both, summation([a], multiply(entry(x, a), entry(y, a))))


def test_a_delta_under_a_sum_renames() -> None:
    assert same(summation([a], multiply(terms.delta(a, i), entry(A, a, a))), entry(A, i, i))
    assert equal(matrix(A) @ identity(n) @ matrix(B), matrix(A) @ matrix(B))
    inside = part_index((n, n), 0, i)
    w, v = Letter("w", (n + n,)), index(n + n)
    assert same(summation([v], multiply(terms.delta(v, inside), entry(w, v))), entry(w, inside))


def test_a_delta_between_a_place_and_a_bound_index_is_kept() -> None:
    """Whether i lies in the first block is not known."""
    w, place = Letter("w", (n + n,)), index(n + n)
    kept = summation([a], terms.delta(place, part_index((n, n), 0, a)))
    assert not same(kept, one)
    assert not same(multiply(kept, entry(w, place)), entry(w, place))


@pytest.mark.parametrize(
    ("fact", "other", "value"),
    [
        ("invertible", "inverse", "delta"),
        ("orthogonal", "transpose", "delta"),
        ("permutation", "transpose", "delta"),
        ("idempotent", "itself", "letter"),
    ],
)
def test_declared_facts_contract(fact: str, other: str, value: str) -> None:
    M = letter("M", n, n, fact)
    second = {
        "inverse": matrix(inverse(M)) if fact != "idempotent" else None,
        "transpose": matrix(M).T,
        "itself": matrix(M),
    }
    product = matrix(M) @ second[other]
    assert equal(product, identity(n) if value == "delta" else matrix(M))
    assert not equal(matrix(M) @ matrix(letter("N", n, n)), identity(n))
    assert not equal(matrix(letter("M", n, n)) @ matrix(letter("M", n, n)).T, identity(n))


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_an_idempotent_contracts_whatever_its_indices_are_called(order: tuple[int, ...]) -> None:
    F = letter("F", n, n, "idempotent")
    p, q, r = ((a, b, c)[o] for o in order)
    assert same(summation([q], multiply(entry(F, p, q), entry(F, q, r))), entry(F, p, r))
    assert not same(summation([q], multiply(entry(F, p, q), entry(F, r, q))), entry(F, p, r))


def test_a_shared_index_that_is_used_elsewhere_does_not_contract() -> None:
    M = letter("M", n, n, "invertible")
    thrice = summation([a], multiply(entry(M, i, a), entry(inverse(M), a, j), entry(x, a)))
    assert not same(thrice, multiply(terms.delta(i, j), entry(x, i)))


def test_inverses_of_different_letters_do_not_contract() -> None:
    M, S = letter("M", n, n, "invertible"), letter("M", n, n, "invertible", "symmetric")
    assert not equal(matrix(M) @ matrix(inverse(S)), identity(n))
    assert not equal(matrix(inverse(M)) @ matrix(inverse(M)), identity(n))
    assert equal(matrix(S).T @ matrix(inverse(S)), identity(n))


def test_a_permutation_is_a_change_of_indices() -> None:
    R = matrix(letter("R", n, n, "permutation"))
    X = matrix(letter("X", n, m))
    assert same(summation([a], R.at(i, a)), one)
    assert equal(softmax(R @ X), R @ softmax(X))
    assert not equal(softmax(matrix(A) @ X), matrix(A) @ softmax(X))
    place = summation([a], multiply(R.at(i, a), entry(x, a)))
    for function in (terms.exponential, terms.reciprocal, terms.logarithm, lambda t: terms.power(t, -2)):
        moved = summation([a], multiply(R.at(i, a), function(entry(x, a))))
        assert same(function(place), moved)
        assert not same(function(place), summation([a], multiply(R.at(a, i), function(entry(x, a)))))


def test_sums_at_one_row_of_a_permutation_meet() -> None:
    R = letter("R", n, n, "permutation", "symmetric")
    at_x, at_y = (summation([a], multiply(entry(R, i, a), entry(w, a))) for w in (x, y))
    assert same(multiply(at_x, at_y), summation([a], multiply(entry(R, i, a), entry(x, a), entry(y, a))))
    other = summation([a], multiply(entry(R, j, a), entry(y, a)))
    assert not same(multiply(at_x, other), multiply(at_x, at_y))


def test_a_sum_over_a_row_and_an_entry_of_a_symmetric_permutation_meet() -> None:
    """Entry and sum once knew the row from different sides, and joined each other for ever."""
    R = letter("R", n, n, "permutation", "symmetric")
    row = summation([a], multiply(entry(R, i, a), entry(x, a)))
    for p, q in ((i, j), (j, i), (c, i), (i, c)):
        other = q if p == i else p
        assert same(multiply(entry(R, p, q), row), multiply(entry(R, p, q), entry(x, other)))


def cycle(letters: list[Letter]) -> Term:
    product = matrix(letters[0])
    for one_more in letters[1:]:
        product = product @ matrix(one_more)
    return trace(product)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 6, 7])
def test_an_odd_power_of_a_skew_matrix_has_no_trace(length: int) -> None:
    """The sum is its own negative: a reflection of the cycle reverses every edge."""
    skew = letter("K", n, n, "skew")
    assert same(cycle([skew] * length), zero) == (length % 2 == 1)
    assert not same(cycle([A] * length), zero)


def test_a_skew_form_vanishes_and_a_symmetric_one_does_not() -> None:
    skew, symmetric = letter("K", n, n, "skew"), letter("S", n, n, "symmetric")

    def form(symbol: Letter, *ends: Letter) -> Term:
        return summation([a, b], multiply(entry(ends[0], a), entry(symbol, a, b), entry(ends[1], b)))

    assert same(form(skew, x, x), zero)
    assert not same(form(skew, x, y), zero)
    assert not same(form(symbol := symmetric, x, x), zero)
    assert same(form(symbol, x, y), form(symbol, y, x))
    both = multiply(entry(skew, a, b), entry(symmetric, a, b))
    assert same(summation([a, b], both), zero)
    assert not same(summation([a, b], terms.power(both, 2)), zero)


def test_a_product_of_two_skew_forms_may_be_turned_together() -> None:
    skew, other = letter("K", n, n, "skew"), letter("L", n, n, "skew")
    assert same(
        summation([a, b], multiply(entry(skew, a, b), entry(other, a, b))),
        summation([a, b], multiply(entry(skew, b, a), entry(other, b, a))),
    )
    assert same(cycle([skew, other, skew]), zero)
    assert not same(cycle([skew, other, skew, other]), zero)


def test_a_tensor_on_the_edges_of_a_tetrahedron_is_canonical() -> None:
    corners = [a, b, c, e]

    def tetrahedron(*symbols: Letter) -> set[tuple]:
        forms = set()
        for order in permutations(corners):
            pairs = [(p, q) for s, p in enumerate(order) for q in order[s + 1 :]]
            factors = [entry(symbol, *pair) for symbol, pair in zip(symbols * 6, pairs, strict=False)]
            forms.add(tuple(normal(summation(order[::-1], multiply(*factors))).items()))
        return forms

    assert len(tetrahedron(letter("S", n, n, "symmetric"))) == 1
    (skew,) = tetrahedron(letter("K", n, n, "skew"))
    assert skew == ()
    assert len(tetrahedron(A)) == 1


def test_a_sum_depends_on_its_free_indices_up_to_its_symmetries() -> None:
    gram = summation([a], multiply(entry(A, i, a), entry(A, j, a)))
    assert same(gram, summation([a], multiply(entry(A, j, a), entry(A, i, a))))
    assert not same(gram, summation([a], multiply(entry(A, a, i), entry(A, a, j))))
    product = summation([a], multiply(entry(A, i, a), entry(A, a, j)))
    assert not same(product, summation([a], multiply(entry(A, j, a), entry(A, a, i))))


def test_gram_powers_are_canonical() -> None:
    gram = matrix(A) @ matrix(A).T
    assert same(trace(gram @ gram @ gram), total((gram @ matrix(A)) * (gram @ matrix(A))))
    assert not same(trace(gram @ gram), terms.power(trace(gram), 2))


def test_a_normaliser_meets_the_sum_that_it_divides() -> None:
    tau = terms.parameter(Parameter("tau", True))

    def whole(at: int) -> Term:
        v = index(n)
        return summation([v], terms.exponential(multiply(tau, entry(A, at, v))))

    ratio = summation([b], multiply(terms.exponential(multiply(tau, entry(A, i, b))), terms.reciprocal(whole(i))))
    assert same(ratio, one)
    other = summation([b], multiply(terms.exponential(multiply(tau, entry(A, i, b))), terms.reciprocal(whole(j))))
    assert not same(other, one)
    twice = summation([a, b], multiply(terms.exponential(multiply(tau, entry(A, a, b))), terms.power(whole(a), -2)))
    assert same(twice, summation([a], terms.reciprocal(whole(a))))


def test_a_constant_index_is_not_summed() -> None:
    e0 = constant_index(0, n)
    assert not same(summation([a], entry(A, e0, a)), multiply(cardinal(n), entry(A, e0, e0)))


def _fraction(over: int, below: int) -> Term:
    """`exp(A_i,over) / (sum_c exp(A_ic) + exp(B_i,below))`: the summand of the denominator above it."""
    g = exponential(entry(A, i, over))
    whole = summation([c], exponential(entry(A, i, c)))
    return multiply(g, terms.reciprocal(terms.add(whole, exponential(entry(B, i, below)))))


def test_a_denominator_meets_the_sum_in_it_when_it_does_not_know_the_index() -> None:
    rest = terms.reciprocal(terms.add(summation([c], exponential(entry(A, i, c))), exponential(entry(B, i, j))))
    without = terms.subtract(one, multiply(exponential(entry(B, i, j)), rest))
    assert same(summation([a], _fraction(a, j)), without)


def test_a_denominator_that_knows_the_index_stays_under_the_sum() -> None:
    """Taking it out let the index escape, and 0 = 1 be proved."""
    inside = summation([a], _fraction(a, a))
    assert set(variables_in(normal(inside))) <= inside.free
    for left in (j, a, b):
        rest = terms.reciprocal(terms.add(summation([c], exponential(entry(A, i, c))), exponential(entry(B, i, left))))
        assert not same(inside, terms.subtract(one, multiply(exponential(entry(B, i, left)), rest)))


def test_an_index_that_comes_out_of_its_sum_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever rewriting did it: nothing is left of the result."""
    before = sums._piece_equal_to

    def careless(wanted: Any, atoms: Any, bound: Any) -> Any:
        return before(wanted, atoms, sorted({v for _, places, _ in atoms for v in places} - {i, j}))

    monkeypatch.setattr(sums, "_piece_equal_to", careless)
    with pytest.raises(KernelError, match="an index came out of the sum that binds it"):
        normal(multiply(number(7), summation([b], _fraction(b, b))))
