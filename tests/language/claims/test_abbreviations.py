"""Abbreviations: a letter where the part occurs and nowhere else, and the part again where the letter is."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.language import family, folded, index, scores, unfolded
from symattn.theory import catalogue
from tests.views.alike import alike

n, d, H = sa.sizes("n d H", min=1)
tau = sa.scalar("tau", positive=True)
X, G = sa.matrix("X", n, d), sa.matrix("G", n, d)
Q, K, V = (sa.matrix(name, d, d) for name in "QKV")
S, P, dP, W = sa.matrix("S", n, n), sa.matrix("P", n, n), sa.matrix("dP", n, n), sa.matrix("W", d, d)
weights = sa.softmax(scores(X, Q, K, tau))


@pytest.mark.parametrize(
    ("expr", "pairs", "short"),
    [
        (weights @ X @ V, {P: weights}, "P X V"),
        ((weights @ X).T @ G, {P: weights}, "Xᵀ Pᵀ G"),
        (2 * tau * X @ Q @ K.T @ X.T, {S: tau * X @ Q @ K.T @ X.T}, "2 S"),
        (X @ K @ Q.T @ X.T, {W: Q @ K.T}, "X Wᵀ Xᵀ"),
        (2 * Q @ Q @ X.T, {W: 2 * Q}, "W Q Xᵀ"),
        (X + G + X @ V, {sa.matrix("Y", n, d): X + G}, "Y + X V"),
        (sa.hadamard(sa.hadamard(X, G), X), {sa.matrix("Y", n, d): sa.hadamard(X, G)}, "Y ∘ X"),
        (sa.hadamard(X, G, X), {sa.matrix("Y", n, d): sa.hadamard(X, G)}, "X ∘ G ∘ X"),
        (sa.total(weights) ** 2, {sa.scalar("t"): sa.total(weights)}, "t²"),
        (weights, {W: Q @ K.T, P: weights}, "P"),
        (X @ Q, {W: Q @ K.T}, "X Q"),
    ],
)
def test_a_part_is_written_as_its_letter(expr: Any, pairs: dict[Any, Any], short: str) -> None:
    found = folded(expr, tuple(pairs.items()))
    assert sa.text(found) == short
    assert alike(unfolded(found, tuple(pairs.items()))) == alike(expr)


def test_a_part_with_a_bound_letter_is_left_alone() -> None:
    bound = sa.ForAll(X, sa.Equal(weights @ X, X))
    assert folded(bound, [(P, weights)]) == bound


def test_a_letter_of_every_head_is_one_under_their_sum() -> None:
    h = index("h", H)
    Qh, Ph = family("Q", H, d, d)[h], family("P", H, n, n)[h]
    part = sa.softmax(X @ Qh @ X.T)
    assert sa.text(folded(sa.sum_heads(part @ X, h), [(Ph, part)])) == "Σ_h P[h] X"


def test_what_the_catalogue_prints_short_unfolds_to_what_is_judged() -> None:
    abbreviated = [statement for statement in catalogue().values() if statement.where]
    assert len(abbreviated) > 10
    for statement in abbreviated:
        for claim in (statement.says, *statement.given):
            short = folded(claim, statement.where)
            assert alike(unfolded(short, statement.where)) == alike(claim), statement.name


def test_letters_of_a_definition_are_those_from_before_it() -> None:
    for statement in catalogue().values():
        before: list[Any] = []
        for definition, (letter, part) in zip(statement.definitions, statement.where, strict=True):
            assert alike(unfolded(definition.right, before)) == alike(part), statement.name
            before.append((letter, part))
