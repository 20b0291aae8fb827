"""Quantifiers bind their variables: nothing from outside reaches them, and nothing inside is free."""

from __future__ import annotations

import pytest

from symattn.errors import LanguageError
from symattn.language import PSD, And, Equal, Exists, ForAll, Implies, family, matrix, row, scalar, sizes, total

d, k = sizes("d k")
Q, K, W = matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
x, y = row("x", d), row("y", d)
t = scalar("t")


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
