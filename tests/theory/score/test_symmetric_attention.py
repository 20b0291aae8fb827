"""Chapter 2, symmetric scores: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    Positive,
    T,
    diag,
    entry,
    exp,
    hadamard,
    log,
    logsumexp,
    matrix,
    rowsum,
    softmax,
    total,
    zeros,
)
from symattn.theory.score import symmetric_attention as ch
from tests.theory.chapter import chapter_tests

free = matrix("S", ch.n_one, ch.n_one)
D, P = rowsum(exp(free)), softmax(free)

NOT_DECIDED = {"symmetric_score_asymmetric_attention", "prevtoken_on_three_tokens"}
"""Not proved, but no counterexample is found either."""

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "symmetric_score_asymmetric_attention": (
        Exists(
            (ch.alone, ch.beside, ch.under),
            ch.symmetric_score_asymmetric_attention.says.claim,
            (zeros(1, 1), zeros(1, ch.m_one), zeros(ch.m_one, ch.m_one)),
        ),
        (),
    ),
    "symmetric_attention_iff": (Equal(ch.P, T(ch.P)), ()),
    "doubly_stochastic_iff": (ch.columns, ()),
    "detailed_balance": (Equal(diag(D) @ P, T(diag(D) @ P)), ()),
    "stationary_distribution": (Equal(T(D) @ P, T(D)), ()),
    "kolmogorov_hidden_symmetry": (ch.round_triangles, ()),
    "hidden_symmetry_of_scores": (ch.hidden_symmetry_of_scores.says.right, ()),
    "log_weights": (Equal(log(softmax(ch.L)), ch.L - logsumexp(T(ch.L)) @ ch.one.T), ()),
    "directionality_cycle_sum": (Equal(total(hadamard(ch.circle, free)), total(hadamard(T(ch.circle), free))), ()),
    "no_direction_on_a_circle": (AtMost(0, ch.margin), ch.no_direction_on_a_circle.given),
    "prevtoken_on_three_tokens": (
        Exists(
            ch.line,
            And(
                Positive(entry(ch.on_line, 1, 0) - entry(ch.on_line, 1, 2)),
                Positive(entry(ch.on_line, 2, 1) - entry(ch.on_line, 0, 0)),
            ),
            ch.prevtoken_on_three_tokens.says.witness,
        ),
        (),
    ),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)
