"""The column convention as theorems: each restated claim is proved, or refused by the name of its theorem."""

from __future__ import annotations

from itertools import pairwise

import pytest

import symattn as sa
from symattn.errors import ExportError
from symattn.proof.elaborate.claims import statement as statement_formula
from symattn.views.columns.restatement import in_columns

DIRECT = ["head_symmetric_iff", "tied_qk_psd", "permutation_equivariance", "key_bias_dead", "stationary_distribution"]
HELPED = ["rank_sylvester", "pair_asymmetry_of_heads", "mixing_is_unique", "skew_rank_inertia", "scores_up_to_rows"]


@pytest.mark.parametrize("name", DIRECT + HELPED)
def test_the_restated_claim_replays_from_nothing(name: str, statements: dict[str, sa.Statement]) -> None:
    theorem = in_columns(statements[name]).theorem
    replayed = sa.replay(theorem.certificate())
    assert replayed.conclusion == statement_formula({}, theorem.claim)


@pytest.mark.parametrize("name", DIRECT + HELPED)
def test_it_rests_on_nothing_but_the_restated_hypotheses(name: str, statements: dict[str, sa.Statement]) -> None:
    restated = in_columns(statements[name])
    stated = [statement_formula({}, claim) for claim in restated.given]
    assert len(stated) == len(statements[name].given)
    assert all(used in stated for used in restated.theorem.kernel.hypotheses)


def test_no_restated_claim_is_weaker_than_the_theorem_by_being_trivial(statements: dict[str, sa.Statement]) -> None:
    for name in ("detailed_balance", "head_symmetric_iff", "permutation_equivariance"):
        says = in_columns(statements[name]).says
        assert len(set(says.args)) == len(says.args)


def test_every_line_of_a_calculation_is_proved(statements: dict[str, sa.Statement]) -> None:
    statement = statements["permutation_equivariance"]
    lines = in_columns(statement, statement.derivation()).lines
    assert len(lines) >= 3
    for (above, _), (below, reason) in pairwise(lines):
        assert reason
        assert sa.decide(sa.Equal(above, below)).status == "proved"


def test_a_hypothesis_given_as_a_reason_is_restated_too(statements: dict[str, sa.Statement]) -> None:
    statement = statements["scores_of_equal_weights"]
    reasons = [reason for _, reason in in_columns(statement, statement.derivation()).lines]
    assert "softmax(sᵀ) = softmax(tᵀ)" in reasons


@pytest.mark.parametrize("name", ["softmax_jacobian", "lse_gradient_convex"])
def test_what_has_no_column_form_is_named(name: str, statements: dict[str, sa.Statement]) -> None:
    with pytest.raises(ExportError, match=f"{name} has no column convention"):
        in_columns(statements[name])
