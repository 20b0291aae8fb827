"""Induction heads: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Exists, Not, T, exp, unit, zeros
from symattn.theory.circuits import induction as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "mass_of_matches": (ch.mass_of_matches.says, ch.ABOVE),
    "induction_head_exact": ch.induction_head_exact.says,
    "induction_head_scores": Equal(
        ch.beta * ch.query @ ch.reads_token @ ch.reads_token.T @ T(ch.below_X), ch.induction_head_scores.says.right
    ),
    "induction_needs_a_first_token": AtMost(
        ch.m * exp(ch.beta) / (ch.m * exp(ch.beta) + ch.r), ch.share
    ),  # what m matches among m + r keys would have without the first token
    "one_layer_nope_no_induction": Equal(ch.after(ch.x_b, ch.x_d), ch.after(ch.x_b, ch.x_b)),
    "one_layer_gives_one_answer": Exists(
        (ch.x_b, ch.x_d),
        Not(Equal(ch.after(ch.x_b, ch.x_d), ch.after(ch.x_d, ch.x_b))),
        (unit(ch.d, 0), zeros(1, ch.d)),
    ),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
