"""Deep equalities by letters for their parts: each layer is looked at once, and what is false is not proved."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

import symattn as sa
from symattn.proof.elaborate.values import named
from symattn.proof.search import by_values

n, d, k = sa.sizes("n d k", min=1)
X, G = sa.matrix("X", n, d), sa.matrix("G", n, d)
P = sa.matrix("P", n, n, permutation=True)
DEPTH = 8
Q = [sa.matrix(f"Q{layer}", d, k) for layer in range(DEPTH)]
K = [sa.matrix(f"K{layer}", d, k) for layer in range(DEPTH)]
M = [sa.matrix(f"M{layer}", d, d) for layer in range(DEPTH)]


def stack(inputs: Any, depth: int) -> Any:
    here = inputs
    for layer in range(depth):
        here = here + sa.softmax(here @ Q[layer] @ K[layer].T @ here.T) @ here @ M[layer]
    return here


def chain(inputs: Any, depth: int) -> Any:
    """The same without a sum: each layer has the one before it as a run of factors."""
    here = inputs
    for layer in range(depth):
        here = sa.softmax(here @ Q[layer] @ K[layer].T @ here.T) @ here @ M[layer]
    return here


LAYERS = pytest.mark.parametrize("layers", [stack, chain])


def found(claim: Any) -> Any:
    short = named(claim)
    assert short is not None
    theorem = by_values.prove(short)
    assert theorem is None or (theorem.conclusion == short.formula and not theorem.hypotheses)
    return theorem


@LAYERS
def test_deep_layers_do_with_permuted_rows_what_they_do(layers: Any) -> None:
    assert found(sa.Equal(layers(P @ X, DEPTH), P @ layers(X, DEPTH)))


@LAYERS
@pytest.mark.parametrize(
    "both",
    [
        lambda one, two: (one + G, P @ two + G),
        lambda one, two: (2 * one, one + P @ two),
        lambda one, two: ((one + G) @ M[0], P @ two @ M[0] + G @ M[0]),
        lambda one, two: (one.T @ one, two.T @ two),
        lambda one, two: (one @ one.T, P @ two @ two.T @ P.T),
        lambda one, two: (sa.softmax(one), P @ sa.softmax(two)),
    ],
    ids=["plus", "twice", "times", "columns", "rows", "softmax"],
)
def test_what_is_made_of_deep_layers_is_permuted_with_them(layers: Any, both: Any) -> None:
    assert found(sa.Equal(*both(layers(P @ X, 4), layers(X, 4))))


@LAYERS
@pytest.mark.parametrize(
    "wrong",
    [
        lambda layers: P.T @ layers(X, 3),
        lambda layers: layers(X, 3),
        lambda layers: P @ layers(X, 2),
        lambda layers: P @ layers(P @ X, 3),
    ],
    ids=["back", "not permuted", "a layer less", "permuted twice"],
)
def test_what_is_not_so_is_not_found(layers: Any, wrong: Any) -> None:
    assert found(sa.Equal(layers(P @ X, 3), wrong(layers))) is None


def test_letters_are_written_out_when_they_have_to_be() -> None:
    A, B = (sa.matrix(name, n, n) for name in "AB")
    both = A + B
    whole = both @ both @ both
    apart = sum((a @ b @ c for a in (A, B) for b in (A, B) for c in (A, B)), sa.zeros(n, n))
    claim = sa.Equal(whole @ sa.exp(whole + whole), apart @ sa.exp(2 * whole))
    assert sa.prove(claim)
    assert sa.decide(sa.Equal(whole @ sa.exp(whole + whole), apart @ sa.exp(3 * whole))).status == "refuted"


def test_a_high_power_of_a_sum_is_itself_and_not_its_neighbour() -> None:
    both = sa.matrix("A", n, n) + sa.matrix("B", n, n)
    left = right = both
    for _ in range(31):
        left, right = sympy.MatMul(left, both, evaluate=False), sympy.MatMul(both, right, evaluate=False)
    assert found(sa.Equal(left, right))
    assert found(sa.Equal(left, sympy.MatMul(right, both, evaluate=False))) is None


def power(base: Any, exponent: int) -> Any:
    return sympy.MatPow(base, exponent, evaluate=False)


def test_a_power_stays_a_power_and_is_not_its_neighbour() -> None:
    A, B, C = (sa.matrix(name, n, n) for name in "ABC")
    one, other = power(A + B, 64), power(B + A, 64)
    assert found(sa.Equal(one, one))
    assert found(sa.Equal(sympy.MatMul(one, C, evaluate=False) + A, A + sympy.MatMul(other, C, evaluate=False)))
    for wrong in (power(A + B, 63), power(A + C, 64), power(A + 2 * B, 64)):
        assert found(sa.Equal(one, wrong)) is None
        assert sa.decide(sa.Equal(one, wrong)).status == "refuted"


def test_a_power_of_a_sum_of_numbers_stays_one_too() -> None:
    a, b, c = (sa.scalar(name) for name in "abc")
    assert sa.prove(sa.Equal((a + b + c) ** 64 * (a + b + c), (a + b + c) ** 65))
    for wrong in ((a + b + c) ** 64, (a + b) ** 65, (a + b - c) ** 65):
        assert sa.decide(sa.Equal((a + b + c) ** 64 * (a + b + c), wrong)).status == "refuted"


def expanded(exponent: int) -> Any:
    """(a + b)^p written out."""
    a, b = (sa.scalar(name) for name in "ab")
    return sum((sympy.binomial(exponent, k) * a**k * b ** (exponent - k) for k in range(exponent + 1)), sympy.S.Zero)


def test_a_high_power_of_a_sum_of_numbers_is_its_expansion_and_nothing_near_it() -> None:
    a, b = (sa.scalar(name) for name in "ab")
    assert sa.prove(sa.Equal((a + b) ** 64, expanded(64)))
    assert sa.prove(sa.Equal((a + b) ** 64, expanded(63) * (a + b)))
    for wrong in (expanded(64) + a**31 * b**33, expanded(63) * (a - b), expanded(64) - b**64):
        assert sa.decide(sa.Equal((a + b) ** 64, wrong)).status == "refuted"


def test_what_is_too_long_to_be_multiplied_out_is_refused_with_its_length() -> None:
    A, one = sa.matrix("A", n, n), sa.identity(n)
    powers = [int(sympy.binomial(64, k)) * sympy.MatPow(A, k, evaluate=False) for k in range(1, 65)]
    answer = sa.decide(sa.Equal(power(A + one, 64), sum(powers, one)))
    assert answer.status == "undecided"
    assert "more than 10^19 terms: 100000 are too many" in answer.reason


@LAYERS
@pytest.mark.parametrize("letter", [Q[0], Q[-1], K[3], M[0], M[-1], X])
def test_a_gradient_through_eight_layers(layers: Any, letter: Any) -> None:
    loss = sa.inner(G, layers(X, DEPTH))
    assert found(sa.Equal(sa.Gradient(loss, letter), sa.gradient(loss, letter)))


@LAYERS
@pytest.mark.parametrize("letter", [Q[0], M[1], X])
def test_a_gradient_that_is_wrong_is_not_found(layers: Any, letter: Any) -> None:
    loss = sa.inner(G, layers(X, 3))
    right = sa.gradient(loss, letter)
    assert found(sa.Equal(sa.Gradient(loss, letter), right))
    for wrong in (2 * right, right + letter, -right, sa.gradient(sa.inner(G, layers(X, 2)), letter)):
        assert found(sa.Equal(sa.Gradient(loss, letter), wrong)) is None


def test_a_gradient_without_the_way_through_one_layer_is_refuted() -> None:
    """The value of the last layer taken as a constant."""
    last, here = stack(X, 3), sa.matrix("H", n, d)
    frozen = sa.gradient(sa.inner(G, stack(X, 2) + here), Q[0])
    assert found(sa.Equal(sa.Gradient(sa.inner(G, last), Q[0]), frozen)) is None
    assert sa.decide(sa.Equal(sa.Gradient(sa.inner(G, last), Q[0]), frozen)).status == "refuted"


def test_a_gradient_in_a_scale_of_all_layers() -> None:
    tau, here = sa.scalar("tau", positive=True), X
    for layer in range(4):
        here = here + sa.softmax(tau * here @ Q[layer] @ K[layer].T @ here.T) @ here @ M[layer]
    assert sa.gradient(sa.inner(G, here), tau) is not None


def test_a_perceptron_with_exponentials() -> None:
    here = X
    for layer in range(DEPTH):
        here = sa.exp(here @ M[layer])
    assert tuple(sa.gradient(sa.inner(G, here), M[0]).shape) == (d, d)
