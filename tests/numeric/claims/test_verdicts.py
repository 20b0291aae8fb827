"""How judgements combine: a bound that is not exceeded proves nothing, and undecided never becomes decided."""

from __future__ import annotations

import pytest

from symattn.numeric.arithmetic import Truth
from symattn.numeric.claims.verdicts import Judgement, Outcome, implied, negated, same_truth, worst

TRUE, AGREES, UNKNOWN, FALSE = (
    Judgement(truth, truth.value) for truth in (Truth.TRUE, Truth.CONSISTENT, Truth.UNKNOWN, Truth.FALSE)
)


@pytest.mark.parametrize(
    ("judgements", "truth"),
    [
        ([], Truth.TRUE),
        ([TRUE, TRUE], Truth.TRUE),
        ([TRUE, AGREES], Truth.CONSISTENT),
        ([AGREES, UNKNOWN], Truth.UNKNOWN),
        ([UNKNOWN, FALSE, TRUE], Truth.FALSE),
    ],
)
def test_all_of_several_is_as_bad_as_the_worst(judgements: list[Judgement], truth: Truth) -> None:
    assert worst(judgements).truth is truth


def test_the_worst_residual_for_its_bound_is_reported() -> None:
    near, far = Judgement(Truth.CONSISTENT, "near", 1.0, 100.0), Judgement(Truth.CONSISTENT, "far", 1.0, 2.0)
    assert worst([near, far, TRUE]).detail == "far"


@pytest.mark.parametrize(
    ("judgement", "truth"),
    [(TRUE, Truth.FALSE), (FALSE, Truth.TRUE), (UNKNOWN, Truth.UNKNOWN), (AGREES, Truth.UNKNOWN)],
)
def test_agreement_within_a_bound_neither_shows_nor_denies_a_difference(judgement: Judgement, truth: Truth) -> None:
    assert negated(judgement).truth is truth


@pytest.mark.parametrize(
    ("left", "right", "truth"),
    [
        (TRUE, TRUE, Truth.TRUE),
        (FALSE, FALSE, Truth.TRUE),
        (TRUE, FALSE, Truth.FALSE),
        (FALSE, TRUE, Truth.FALSE),
        (AGREES, TRUE, Truth.CONSISTENT),
        (AGREES, AGREES, Truth.CONSISTENT),
        (AGREES, FALSE, Truth.UNKNOWN),
        (UNKNOWN, TRUE, Truth.UNKNOWN),
    ],
)
def test_iff_compares_truths(left: Judgement, right: Judgement, truth: Truth) -> None:
    assert same_truth(left, right).truth is truth


@pytest.mark.parametrize(
    ("hypothesis", "conclusion", "truth"),
    [
        (TRUE, TRUE, Truth.TRUE),
        (TRUE, FALSE, Truth.FALSE),
        (TRUE, AGREES, Truth.CONSISTENT),
        (AGREES, TRUE, Truth.CONSISTENT),
        (AGREES, FALSE, Truth.UNKNOWN),
        (UNKNOWN, TRUE, Truth.UNKNOWN),
        (FALSE, FALSE, Truth.TRUE),
    ],
)
def test_an_implication_is_refuted_only_under_a_certain_hypothesis(
    hypothesis: Judgement, conclusion: Judgement, truth: Truth
) -> None:
    assert implied(hypothesis, conclusion).truth is truth


def test_a_vacuous_implication_is_no_test_and_is_named_in_a_conjunction() -> None:
    vacuous = implied(FALSE, TRUE)
    assert not vacuous.tested
    assert not worst([vacuous, vacuous]).tested
    both = worst([TRUE, vacuous])
    assert both.tested
    assert "vacuous" in both.detail


def test_an_outcome_is_no_truth_value() -> None:
    outcome = Outcome(None, None, None, "", "exact", False)
    with pytest.raises(TypeError, match="holds"):
        bool(outcome)
