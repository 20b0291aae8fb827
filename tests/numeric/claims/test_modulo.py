"""Several primes at once: what is said modulo each of them is what `witness` says there."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Rational

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Gradient,
    Iff,
    Implies,
    Not,
    RankAtLeast,
    RankAtMost,
    determinant,
    exp,
    hadamard,
    identity,
    inner,
    inverse,
    matrix,
    ones,
    reciprocal,
    row,
    scalar,
    sizes,
    total,
    zeros,
)
from symattn.numeric import Modular, sample, witness
from symattn.numeric.claims.at_a_sample import modulo

n = sizes("n", min=2)
A, B, C = matrix("A", n, n), matrix("B", n, n), matrix("C", n, n)
U, x, t = matrix("U", n, n, invertible=True), row("x", n), scalar("t")
one, none = ones(1, 1), zeros(1, 1)

CLAIMS = {
    "an identity": Equal((A @ B).T, B.T @ A.T),
    "modulo 2 only": Equal(A + A, zeros(n, n)),
    "modulo 3 only": Equal((A + B) ** 3, A**3 + B**3),
    "modulo 6": Equal(6 * A, zeros(n, n)),
    "nowhere": Equal(A @ B, B @ A),
    "fractions": Equal(A * Rational(1, 2) + A * Rational(1, 2), A),
    "a determinant": Equal(determinant(A @ B), determinant(A) * determinant(B)),
    "a known inverse": Equal(inverse(U) @ U, identity(n)),
    "a hypothesis that holds modulo some": Implies(Equal(2 * one, none), Equal(A, -A)),
    "a hypothesis that fails somewhere": Implies(Equal(3 * one, none), Equal(A, -A)),
    "either way": Iff(Equal(total(A) * one, none), Equal(2 * total(A) * one, none)),
    "and": And(Equal(A, A), Equal(2 * A, A + A)),
    "not": Not(Equal(A + identity(n), A)),
    "not, and it fails modulo 2": Not(Equal(A + 2 * identity(n), A)),
    "a witness": Exists(B, Equal(A @ B, A @ C), witness=(C,)),
    "a linear system": Exists(B, Equal(2 * B, A)),
    "for all": ForAll(x, Equal(x @ A @ x.T, x @ A.T @ x.T)),
    "for all, modulo 2": ForAll(x, Equal(x @ (A + A.T) @ x.T, none)),
    "ranks": And(RankAtMost(A, n), RankAtLeast(2 * identity(n), n)),
    "a reciprocal": Equal(hadamard(A, reciprocal(A), A), A),
    "a gradient": Equal(Gradient(inner(A, A), A), 2 * A),
    "an order": AtMost(normal := hadamard(A, A), normal),
    "an exponential": Equal(exp(t) * A, A * exp(t)),
}


def told(outcome: Any) -> tuple[Any, ...]:
    return outcome.holds, outcome.residual, outcome.bound, outcome.detail, outcome.arithmetic, outcome.certain


@pytest.mark.parametrize("primes", [(2, 3, 2**31 - 1), (3, 7), (2,), (5,), ()], ids=str)
@pytest.mark.parametrize("name", CLAIMS)
def test_every_prime_is_told_what_it_is_told_alone(name: str, primes: tuple[int, ...]) -> None:
    for seed in range(3):
        at = sample([CLAIMS[name]], sizes={n: 3}, seed=seed)
        together = modulo(CLAIMS[name], at, primes)
        assert list(map(told, together)) == [told(witness(CLAIMS[name], at, Modular(prime))) for prime in primes]


@pytest.mark.parametrize("value", [A @ B, 2 * A, A + zeros(n, n)], ids=str)
def test_the_values_of_letters_are_put_in(value: Any) -> None:
    claim, primes = Implies(Equal(C, A @ B), Equal(C @ C, A @ B @ A @ B)), (2, 3)
    at = sample([claim, value])
    together = modulo(claim, at, primes, substitution={C: value})
    alone = [witness(claim, at, Modular(prime), substitution={C: value}) for prime in primes]
    assert list(map(told, together)) == list(map(told, alone))
