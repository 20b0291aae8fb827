"""Integers modulo a prime: the same identities, and a refusal of order and exponentials."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symattn.language import PSD, AtMost, Equal, Positive, Rank, T, exp, inverse, log, matrix, scores, sizes, softmax
from symattn.numeric import Modular, NotExact, evaluate, sample, witness
from symattn.numeric.arithmetic import OneByOne
from symattn.numeric.arithmetics.modular import Residues

n, d, k = sizes("n d k", min=1)
X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
M = matrix("M", k, k, invertible=True)


@pytest.mark.parametrize("prime", [2, 3, 101, 2**31 - 1])
def test_an_identity_of_matrices_holds_modulo_every_prime(prime: int) -> None:
    claim = Equal(T(scores(X, Q, K)), scores(X, K, Q))
    outcome = witness(claim, sample(claim), Modular(prime))
    assert (outcome.holds, outcome.residual, outcome.certain) == (True, 0, True)


def test_a_false_identity_fails_and_counts_the_entries_that_differ() -> None:
    claim = Equal(Q @ K.T, K @ Q.T)
    outcome = witness(claim, sample(claim, sizes={d: 2, k: 1}, values={Q: [[1], [0]], K: [[0], [1]]}), Modular(5))
    assert (outcome.holds, outcome.residual, outcome.detail) == (False, 2, "entry (0,1) is 1, but 0")


def test_two_halves_are_one_and_one_over_zero_is_zero() -> None:
    modular = Modular(7)
    half = modular.lift(np.array([[Fraction(1, 2)]], dtype=object))
    assert modular.add(half, half).tolist() == [[1]]
    assert modular.reciprocal(modular.lift(np.array([[3, 0]]))).tolist() == [[5, 0]]


def test_a_half_has_no_residue_modulo_two() -> None:
    with pytest.raises(NotExact, match="1/2 has no residue modulo 2"):
        Modular(2).lift(np.array([[Fraction(1, 2)]], dtype=object))


def test_the_rank_can_fall_modulo_a_prime() -> None:
    A = matrix("A", 2, 2)
    at = sample(A, values={A: [[1, 2], [3, 1]]})
    assert evaluate(Rank(A), at, Modular(5)).tolist() == [[1]]
    assert evaluate(Rank(A), at, Modular(7)).tolist() == [[2]]


def test_an_inverse_is_one_modulo_the_prime() -> None:
    modular, A = Modular(11), np.array([[2, 1], [1, 3]])
    inverse_of = modular.inverse(modular.lift(A))
    assert modular.matmul(inverse_of, modular.lift(A)).tolist() == [[1, 0], [0, 1]]
    with pytest.raises(NotExact, match="no inverse"):
        Modular(5).inverse(Modular(5).lift(A))
    assert witness(Equal(M @ inverse(M) @ K.T, K.T), sample(K @ M), modular).holds is True


@pytest.mark.parametrize("claim", [AtMost(Q, Q), Positive(Q), PSD(Q @ Q.T)], ids=str)
def test_claims_of_order_are_undecided(claim: object) -> None:
    outcome = witness(claim, sample(claim), Modular())
    assert outcome.holds is None
    assert "no order" in outcome.detail


@pytest.mark.parametrize("expr", [exp(Q), log(Q), softmax(Q)], ids=str)
def test_exponentials_are_refused(expr: object) -> None:
    with pytest.raises(NotExact, match="there is no"):
        evaluate(expr, sample(expr), Modular())


PRIMES = (2, 3, 101)


@pytest.mark.parametrize("verb", ["add", "multiply", "matmul"])
def test_several_primes_at_once_have_the_residues_of_each(verb: str) -> None:
    rng, several = np.random.default_rng(0), Residues(PRIMES)
    left, right = rng.integers(-200, 200, (2, 4, 4))
    residues, _ = several.enclose(getattr(several, verb)(several.lift(left), several.lift(right)))
    for found, prime in zip(residues, PRIMES, strict=True):
        alone = Modular(prime)
        assert found.tolist() == getattr(alone, verb)(alone.lift(left), alone.lift(right)).tolist()


def test_a_fraction_has_residues_unless_a_prime_divides_its_denominator() -> None:
    several = Residues((3, 101))
    half = several.lift(np.array([[Fraction(1, 2)]], dtype=object))
    assert several.enclose(half)[0].ravel().tolist() == [2, 51]
    with pytest.raises(NotExact, match="no residue"):
        several.lift(np.array([[Fraction(1, 3)]], dtype=object))


@pytest.mark.parametrize("verb", ["reciprocal", "inverse", "rank", "positive_semidefinite"])
def test_several_primes_at_once_make_no_field(verb: str) -> None:
    several = Residues(PRIMES)
    with pytest.raises(OneByOne):
        getattr(several, verb)(several.lift(np.eye(2, dtype=int)))
