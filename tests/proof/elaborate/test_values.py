"""Parts of an equality under letters: it says the same as without them, and nothing is confused with anything."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.engine.normal import is_zero
from symattn.errors import TheoremError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.substitution import replace_symbols
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.elaborate.values import Named, named
from symattn.proof.verdict import Theorem

n, d = sa.sizes("n d", min=1)
X, Y, W = sa.matrix("X", n, d), sa.matrix("Y", n, d), sa.matrix("W", d, d)


def stack(inputs: Any, depth: int, weights: Any = W) -> Any:
    here = inputs
    for _ in range(depth):
        here = here + sa.softmax(here @ weights @ here.T) @ here
    return here


def unfolded(short: Named, term: Term) -> Term:
    """The term with every letter written as what it stands for."""
    for value in reversed(short.values):
        if value.letter in terms.symbols(term):
            term = replace_symbols(term, {value.letter: Array(value.equation.indices, value.body)})
    return term


@pytest.mark.parametrize(
    "claim",
    [
        sa.Equal(stack(X, 2), stack(Y, 2)),
        sa.Equal(sa.T(stack(X, 2)) @ stack(X, 2), sa.T(stack(X, 2)) @ Y),
        sa.Equal(sa.exp(sa.exp(sa.exp(X @ W) @ W) @ W) @ sa.exp(sa.exp(X @ W) @ W).T, X @ X.T),
        sa.Equal(
            sa.total((X + Y) @ W @ (X + Y).T @ (X + Y) @ (X + Y).T @ (X + Y) @ W @ (X + Y).T @ (X + Y) @ (X + Y).T),
            sa.total(X),
        ),
    ],
)
def test_with_every_part_in_its_place_it_says_what_the_claim_says(claim: Any) -> None:
    short, said = named(claim), formula_of(claim)
    assert short is not None
    assert short.values
    assert isinstance(said, Equation)
    assert short.conclusion.indices == said.indices
    for mine, whole in zip((short.conclusion.left, short.conclusion.right), (said.left, said.right), strict=True):
        assert is_zero(terms.subtract(unfolded(short, mine), whole))


def test_each_letter_is_defined_once_by_letters_from_before_it() -> None:
    short = named(sa.Equal(sa.Gradient(sa.total(stack(X, 3)), W), sa.zeros(d, d)))
    assert short is not None
    assert short.tangents
    known = {symbol for value in short.definitions for symbol in terms.symbols(value.body)}
    seen: set[Any] = known - {value.letter for value in short.definitions}
    for value in short.definitions:
        assert terms.symbols(value.body) <= seen
        assert value.letter not in seen
        seen.add(value.letter)


def test_a_sum_its_transpose_and_a_longer_sum_that_begins_with_it_share_one_letter() -> None:
    claim = sa.Equal(stack(X, 3), sa.T(sa.T(stack(X, 3))))
    short = named(claim)
    assert short is not None
    assert [value.shared for value in short.values] == [True, True, False]


def test_a_letter_of_the_claim_is_not_taken_for_one_of_a_part() -> None:
    taken = sa.matrix("value 0", n, d)
    short = named(sa.Equal(stack(X, 3), taken))
    assert short is not None
    assert "value 0" not in {value.letter.name for value in short.values}
    assert sa.decide(sa.Equal(stack(X, 3), taken + X), timeout=5).status != "proved"


def test_what_is_short_has_no_letters() -> None:
    assert named(sa.Equal((X + Y) @ W, X @ W + Y @ W)) is None


@pytest.mark.parametrize(
    "claim",
    [
        sa.Equal(sa.vstack(stack(X, 2), Y), sa.vstack(stack(X, 2), Y)),
        sa.Equal(2 * sa.Gradient(sa.total(stack(X, 2)), W), sa.zeros(d, d)),
        sa.Equal(sa.Gradient(sa.total(stack(X, 2)), W), sa.Gradient(sa.total(stack(X, 2)), W)),
        sa.Implies(sa.Equal(X, Y), sa.Equal(stack(X, 2), stack(Y, 2))),
    ],
)
def test_blocks_other_derivatives_and_other_claims_have_none(claim: Any) -> None:
    assert named(claim) is None


def test_a_proof_of_one_claim_is_none_of_another() -> None:
    claim = sa.Equal(stack(X, 3), stack(X, 2) + sa.softmax(stack(X, 2) @ W @ stack(X, 2).T) @ stack(X, 2))
    proof, short = sa.prove(claim).kernel, named(claim)
    assert short is not None
    assert proof.conclusion == short.formula
    with pytest.raises(TheoremError, match="of something else"):
        Theorem(sa.Equal(stack(X, 3), stack(X, 2)), (), proof)
