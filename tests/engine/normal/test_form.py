"""Equal terms have the same normal form, for all sizes; unequal ones do not."""

from __future__ import annotations

import pytest

from symattn.engine.normal import normal, rational_value
from symattn.errors import KernelError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import constant_size, symbol_size
from symattn.kernel.syntax.terms import Letter, Parameter, number, parameter
from tests.kernel.build import (
    Matrix,
    attention,
    d,
    equal,
    gradient,
    i,
    identity,
    index,
    inverse,
    j,
    k,
    letter,
    matrix,
    n,
    ones,
    same,
    softmax,
    total,
    trace,
)

Xl, Ql, Kl, Vl = letter("X", n, d), letter("Q", d, k), letter("K", d, k), letter("V", d, k)
X, Q, K, V = map(matrix, (Xl, Ql, Kl, Vl))
tau = parameter(Parameter("tau", True))
S = (X @ Q @ K.T @ X.T).scaled(tau)
P = softmax(S)
G = matrix(letter("G", n, k))
one = number(1)


def test_the_transpose_of_the_scores_exchanges_query_and_key() -> None:
    assert equal(S.T, (X @ K @ Q.T @ X.T).scaled(tau))
    assert not equal(S.T, S)


def test_products_are_associative() -> None:
    factors = [matrix(letter(f"A{f}", n, n)) for f in range(12)]
    left, right = factors[0], factors[-1]
    for f in factors[1:]:
        left = left @ f
    for f in factors[-2::-1]:
        right = f @ right
    assert equal(left, right)
    assert not equal(left, factors[1] @ factors[0])


def test_a_trace_is_cyclic() -> None:
    around = Q @ K.T
    assert same(trace(around @ around @ around), trace(K.T @ Q @ (K.T @ Q @ (K.T @ Q))))
    assert not same(trace(around @ around), trace(around @ around.T))


def test_an_invertible_gauge_cancels() -> None:
    M = letter("M", k, k, "invertible")
    assert equal((Q @ matrix(M)) @ (K @ matrix(inverse(M)).T).T, Q @ K.T)
    assert not equal((Q @ matrix(M)) @ (K @ matrix(inverse(M))).T, Q @ K.T)


def test_softmax_does_not_see_a_shift_of_rows() -> None:
    c = Letter("c", (n,))
    rows = Matrix(n, n, lambda a, b: terms.add(S.at(a, b), terms.entry(c, a)))
    columns = Matrix(n, n, lambda a, b: terms.add(S.at(a, b), terms.entry(c, b)))
    assert equal(softmax(rows), P)
    assert not equal(softmax(columns), P)


def test_the_rows_of_softmax_sum_to_one() -> None:
    assert equal(P @ ones(n, n), ones(n, n))
    assert not equal(ones(n, n) @ P, ones(n, n))


def test_an_empty_row_of_softmax_need_not_sum_to_one() -> None:
    z = symbol_size("z", 0)
    assert not equal(softmax(matrix(letter("S", n, z))) @ ones(z, n), ones(n, n))


def test_the_order_of_summation_does_not_matter() -> None:
    y = Letter("y", (n,))
    weighted = terms.multiply(P.at(i, j), terms.entry(y, i))
    assert same(terms.summation([j], terms.summation([i], weighted)), terms.summation([i], terms.entry(y, i)))


def test_attention_commutes_with_permutations_of_its_tokens() -> None:
    R = matrix(letter("R", n, n, "permutation"))
    A = matrix(letter("R", n, n))
    assert equal(attention(R @ X, Q, K, V, tau), R @ attention(X, Q, K, V, tau))
    assert not equal(attention(A @ X, Q, K, V, tau), A @ attention(X, Q, K, V, tau))


def backward() -> tuple[Matrix, Matrix]:
    """The derivatives of the loss by the weights and by the scores."""
    weights = G @ (X @ V).T
    by_row = (P * weights) @ ones(n, n)
    return weights, P * (weights - by_row)


@pytest.mark.parametrize("by", ["Q", "K", "V", "X"])
def test_the_gradients_of_attention_are_those_of_the_literature(by: str) -> None:
    loss, scores = total(G * (P @ X @ V)), backward()[1]
    W = Q @ K.T
    expected = {
        "Q": (X.T @ scores @ X @ K).scaled(tau),
        "K": (X.T @ scores.T @ X @ Q).scaled(tau),
        "V": X.T @ P.T @ G,
        "X": (scores @ X @ W.T + scores.T @ X @ W).scaled(tau) + P.T @ G @ V.T,
    }[by]
    found = gradient(loss, {"Q": Ql, "K": Kl, "V": Vl, "X": Xl}[by])
    assert equal(found, expected)
    assert not equal(found, expected.scaled(tau))


def test_the_derivative_by_the_scale_is_a_sum_over_the_scores() -> None:
    loss, raw = total(G * (P @ X @ V)), X @ Q @ K.T @ X.T
    assert same(terms.derivative(loss, Parameter("tau", True)), total(backward()[1] * raw))


def test_a_derivative_by_one_entry_is_a_delta() -> None:
    a, b = index(n), index(d)
    found = terms.derivative(X.at(i, b), Xl, a, b)
    assert same(found, terms.delta(i, a))
    assert same(terms.derivative(one, Xl, a, b), number(0))


@pytest.mark.parametrize("make", [terms.reciprocal, terms.logarithm])
def test_what_may_vanish_has_no_derivative(make) -> None:
    x = Letter("x", ())
    with pytest.raises(KernelError, match="may vanish"):
        normal(terms.derivative(make(terms.entry(x)), x))
    fine = terms.add(terms.exponential(terms.entry(x)), one)
    assert normal(terms.derivative(make(fine), x))


def test_equality_with_denominators_is_decided_by_cross_multiplication() -> None:
    x, y = (terms.exponential(terms.entry(Letter(name, ()))) for name in "xy")
    both = terms.add(terms.reciprocal(terms.add(x, one)), terms.reciprocal(terms.add(y, one)))
    joined = terms.multiply(terms.reciprocal(terms.add(x, one)), terms.reciprocal(terms.add(y, one)))
    assert same(both, terms.multiply(terms.add(x, y, number(2)), joined))
    assert not same(both, terms.multiply(terms.add(x, y, number(1)), joined))


def test_a_number_is_recognised_for_all_sizes() -> None:
    minus = terms.negative(terms.cardinal(n))
    assert rational_value(terms.add(trace(identity(n)), minus, number(3))) == 3
    assert rational_value(number(0)) == 0
    assert rational_value(terms.cardinal(n)) is None
    assert rational_value(terms.cardinal(constant_size(2) * constant_size(3))) == 6


def test_a_normal_form_that_was_handed_out_may_be_changed() -> None:
    term = terms.add(S.at(i, j), one)
    normal(term).clear()
    assert not same(term, number(0))


def test_letters_of_one_name_but_other_facts_are_different() -> None:
    assert not equal(matrix(letter("A", n, n)), matrix(letter("A", n, n, "symmetric")))
    assert not equal(matrix(letter("A", n, n, "symmetric", "mask")), matrix(letter("A", n, n, "symmetric")))
