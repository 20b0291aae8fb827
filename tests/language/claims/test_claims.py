"""Claims: they never evaluate, and are not truth values."""

from __future__ import annotations

import pickle

import pytest
from sympy import Eq, Integer

from symattn.errors import LanguageError
from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Not,
    Positive,
    Rank,
    exp,
    matrix,
    ones,
    row,
    scalar,
    sizes,
    total,
    trace,
    zeros,
)

d, k = sizes("d k")
Q, K, W = matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
x, y = row("x", d), row("y", d)
t = scalar("t")

CLAIMS = [
    Equal(Q, K),
    Equal(total(Q), t),
    AtMost(Q, K),
    Positive(exp(Q)),
    PSD(W),
    Rank(Q @ K.T) <= k,
    Rank(Q) >= Rank(K),
    Not(Equal(Q, K)),
    And(PSD(W), Equal(Q, K)),
    Implies(Equal(Q, K), PSD(Q @ K.T)),
    Iff(Equal(W, W.T), ForAll((x, y), Equal(x @ W @ y.T, y @ W @ x.T))),
    Exists((Q, K), Equal(W, Q @ K.T)),
    Exists(Q, Equal(Q, K), witness=K),
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_is_rebuilt_from_its_arguments_and_from_a_pickle(claim: object) -> None:
    assert claim.func(*claim.args) == claim  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(claim)) == claim
    assert hash(pickle.loads(pickle.dumps(claim))) == hash(claim)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_is_not_a_truth_value(claim: object) -> None:
    with pytest.raises(TypeError, match="decide"):
        bool(claim)


def test_a_claim_does_not_evaluate_even_when_it_is_plain() -> None:
    assert Equal(Q, Q).args == (Q, Q)
    assert Equal(Integer(1), Integer(2)).args == (1, 2)
    assert Not(Not(PSD(W))).claim == Not(PSD(W))
    assert Equal(Q, K).doit() == Equal(Q, K)


def test_the_order_of_sides_and_of_parts_is_kept() -> None:
    assert Equal(Q, K) != Equal(K, Q)
    assert And(PSD(W), Equal(Q, K)).args == (PSD(W), Equal(Q, K))


def test_a_number_beside_a_matrix_stands_in_every_entry() -> None:
    assert Equal(Q, t) == Equal(Q, t * ones(d, k))
    assert AtMost(0, Q) == AtMost(zeros(d, k), Q)


def test_a_1x1_matrix_beside_a_number_is_a_number() -> None:
    assert Equal(x @ x.T, t) == Equal(trace(x @ x.T), t)


def test_a_square_matrix_and_a_number_can_mean_two_things() -> None:
    with pytest.raises(LanguageError, match=r"(?s)t\*ones\(d, d\).*t\*identity\(d\)"):
        Equal(W, t)
    assert Equal(W, 0) == Equal(W, zeros(d, d))


@pytest.mark.parametrize(("value", "said"), [(W == W.T, "False: write Equal"), (t <= 1, "write at_most")])
def test_what_python_or_sympy_compared_at_once_is_named(value: object, said: str) -> None:
    with pytest.raises(LanguageError, match=said):
        And(value)


def test_operators_build_our_connectives() -> None:
    a, b = Equal(Q, K), PSD(W)
    assert (a & b) == And(a, b)
    assert (b & a) == And(b, a)
    assert (~a) == Not(a)
    assert (a >> b) == Implies(a, b)
    assert (a << b) == Implies(b, a)


@pytest.mark.parametrize("combine", [lambda a, b: a | b, lambda a, b: a ^ b], ids=["or", "xor"])
def test_there_is_no_or(combine: object) -> None:
    with pytest.raises(LanguageError, match="no `or`"):
        combine(Equal(Q, K), PSD(W))  # type: ignore[operator]


@pytest.mark.parametrize(
    "build",
    [Not, And, lambda c: Implies(c, c), lambda c: Iff(c, c), lambda c: ForAll(x, c)],
    ids=["Not", "And", "Implies", "Iff", "ForAll"],
)
@pytest.mark.parametrize("part", [W, True, Eq(t, 1), t < 1], ids=["matrix", "bool", "Eq", "Less"])
def test_only_claims_are_combined(build: object, part: object) -> None:
    with pytest.raises(LanguageError, match="takes claims"):
        build(part)  # type: ignore[operator]
