"""Chapter 2, which comparisons are forms: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Exists, ForAll, Implies, Not, Rank, row
from symattn.theory.score import comparisons as ch
from tests.theory.chapter import chapter_tests

W, score = ch.W, ch.score
x = row("x", ch.W.shape[0])

NOT_DECIDED = {"onehot_comparison_universal"}
"""Not proved, but no counterexample is found either."""

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "equality_is_not_bilinear": (ForAll(W, Not(Equal(score(x, x), 1))), ()),
    "onehot_comparison_universal": (ch.onehot_comparison_universal.says, ()),
    "independent_tokens_needed": (Rank(ch.X_w) >= ch.n, ()),
    "all_scores_iff_independent": (ForAll(ch.scores, Exists(ch.W_0, Equal(ch.X_0 @ ch.W_0 @ ch.X_0.T, ch.scores))), ()),
    "reachable_scores": (Implies(Equal(ch.C @ ch.M @ ch.C.T, ch.C @ ch.N @ ch.C.T), Equal(ch.M, ch.N)), ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)
