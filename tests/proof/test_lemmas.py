"""Theorems with hypotheses serve where these are given or assumed; bounds combine with factors that are >= 0."""

from __future__ import annotations

from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Iff,
    Implies,
    Jacobian,
    Rank,
    diag,
    matrix,
    ones,
    row,
    scalar,
    sizes,
    softmax,
    total,
    zeros,
)
from symattn.proof import decide, prove

n = sizes("n", min=1)
s, t = row("s", n), row("t", n)
A, B, C = matrix("A", n, n), matrix("B", n, n), matrix("C", n, n)
r = scalar("r", positive=True)
lemma = prove(Equal(A @ C, B @ C), Equal(A, B))


def test_a_lemma_serves_inside_an_implication_that_assumes_its_hypothesis() -> None:
    assert decide(Implies(Equal(A, B), Equal(A @ C, B @ C)), using=[lemma]).status == "proved"


def test_a_lemma_whose_hypothesis_nobody_grants_proves_nothing() -> None:
    verdict = decide(Equal(A @ C, B @ C), using=[lemma])
    assert verdict.status == "refuted"


def test_a_lemma_proves_one_direction_and_not_the_other() -> None:
    assert decide(Iff(Equal(A, B), Equal(A @ C, B @ C)), using=[lemma]).status == "refuted"


def test_a_theorem_is_a_part_of_a_claim_in_the_same_terms() -> None:
    parts = Rank(A @ B) <= Rank(B), Equal(A @ zeros(n, n), zeros(n, n))
    proved = prove(parts[0])
    assert prove(And(parts[1], parts[0]), using=[proved]).kernel.conclusion.parts[1] == proved.kernel.conclusion


def test_known_bounds_are_summed_with_factors_that_are_not_negative() -> None:
    at_most = AtMost(A, r * ones(n, n))
    assert decide(AtMost(total(A), n**2 * r), at_most).status == "proved"
    assert decide(AtMost(n**2 * r, total(A)), at_most).status == "refuted"
    assert decide(AtMost(-total(A), -(n**2) * r), at_most).status == "refuted"


def test_a_hint_shows_a_matrix_as_a_sum_of_squares() -> None:
    p = softmax(s)
    assert decide(PSD(Jacobian(p, s)), hints=(diag(p) - p.T @ p,)).status == "proved"
    assert decide(PSD(-Jacobian(p, s)), hints=(diag(p) - p.T @ p,)).status == "refuted"
