"""Claims: they never evaluate, bind their variables, and are not truth values."""

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
    RankAtLeast,
    RankAtMost,
    at_most,
    exp,
    family,
    matrix,
    row,
    scalar,
    sizes,
    total,
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


def test_a_matrix_is_not_compared_with_a_scalar() -> None:
    with pytest.raises(LanguageError, match="total"):
        Equal(x @ x.T, t)


def test_comparing_a_rank_makes_a_claim() -> None:
    assert (Rank(Q) <= k) == RankAtMost(Q, k)
    assert (Rank(Q) >= 1) == RankAtLeast(Q, 1)
    assert (Rank(Q) < k) == RankAtMost(Q, k - 1)
    assert (Rank(Q) > k) == RankAtLeast(Q, k + 1)
    assert (3 >= Rank(Q)) == RankAtMost(Q, 3)  # noqa: SIM300


def test_ranks_are_compared_with_ranks() -> None:
    assert (Rank(Q @ K.T) <= Rank(Q)).bound == Rank(Q)
    assert (Rank(W) >= Rank(Q) + Rank(K) - k).bound == Rank(Q) + Rank(K) - k


def test_a_rank_is_compared_with_a_scalar_only() -> None:
    with pytest.raises(LanguageError, match="needs a scalar"):
        RankAtMost(Q, x @ x.T)


def test_at_most_takes_a_rank_on_either_side() -> None:
    assert at_most(Rank(Q), k) == RankAtMost(Q, k)
    assert at_most(k, Rank(Q)) == RankAtLeast(Q, k)
    assert at_most(Q, K) == AtMost(Q, K)


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


def test_bound_letters_are_not_free() -> None:
    assert ForAll((x, y), Equal(x @ W @ y.T, y @ W @ x.T)).free_symbols == {W}
    assert Exists((Q, K), Equal(W, Q @ K.T)).letters == (W,)


def test_a_letter_may_be_free_beside_being_bound() -> None:
    assert And(PSD(W), ForAll(W, PSD(W))).letters == (W,)
    assert Implies(ForAll(x, Equal(x, x)), Equal(x, y)).letters == (x, y)


def test_a_substitution_reaches_free_letters_only() -> None:
    claim = And(PSD(W), ForAll(W, PSD(W)))
    assert claim.xreplace({W: Q @ K.T}) == And(PSD(Q @ K.T), ForAll(W, PSD(W)))


def test_a_substitution_is_not_captured_by_a_quantifier() -> None:
    claim = ForAll(x, Equal(x @ W, y)).xreplace({y: x @ W})
    (bound,) = claim.variables
    assert bound != x
    assert bound.shape == x.shape
    assert claim.claim == Equal(bound @ W, x @ W)


@pytest.mark.parametrize(
    "letter", [scalar("s", positive=True), matrix("B", d, d, symmetric=True), family("F", 2, d, d)]
)
def test_a_renamed_variable_keeps_what_is_known_of_it(letter: object) -> None:
    use = letter[0] if hasattr(letter, "heads") else letter
    claim = ForAll(letter, And(Equal(t * use, t * use), Equal(y, y)))
    hidden = total(use) if use.is_Matrix else use
    (bound,) = claim.xreplace({t: hidden + t}).variables
    assert bound != letter
    assert getattr(bound, "args", ())[1:] == letter.args[1:]  # type: ignore[attr-defined]
    assert bound.assumptions0 == letter.assumptions0  # type: ignore[attr-defined]


def test_a_witness_is_outside_of_what_is_bound() -> None:
    claim = Exists(Q, Equal(Q, 2 * K), witness=2 * Q)
    assert claim.free_symbols == {Q, K}
    assert claim.letters == (K, Q)
    changed = claim.xreplace({Q: K})
    assert (changed.claim, changed.witness) == (Equal(Q, 2 * K), (2 * K,))


def test_renaming_a_variable_leaves_the_witness_alone() -> None:
    changed = Exists(Q, Equal(Q, K), witness=2 * Q).xreplace({K: Q})
    (bound,) = changed.variables
    assert bound != Q
    assert (changed.claim, changed.witness) == (Equal(bound, Q), (2 * Q,))


def test_every_variable_has_one_witness() -> None:
    assert Exists((Q, K), Equal(Q, K), witness=(K, K)).witness == (K, K)
    assert Exists(Q, Equal(Q, K)).witness is None
    with pytest.raises(LanguageError, match="2 variables but 1 witnesses"):
        Exists((Q, K), Equal(Q, K), witness=(K,))


def test_only_letters_are_bound() -> None:
    with pytest.raises(LanguageError, match="binds letters"):
        ForAll(Q @ K.T, PSD(W))


def test_a_rank_is_a_whole_number_for_sympy() -> None:
    assert Rank(Q).is_integer
    assert Rank(Q).is_nonnegative
