"""Chapter 2, queries that are keys: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import PSD, AtMost, Exists, Positive, entry, matrix
from symattn.theory.score import tied_attention as ch
from tests.theory.chapter import chapter_tests

x, y, score, K = ch.x, ch.y, ch.score, matrix("K", ch.d, ch.k)

NOT_DECIDED = {"tied_qk_self_attention_false"}
"""Not proved, but no counterexample is found either."""

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "tied_qk_psd": (PSD(ch.Q @ K.T), ()),
    "tied_pair_bound": (AtMost(2 * score(x, y), score(x, x) + score(x, x)), ()),
    "tied_cauchy_schwarz": (AtMost(score(x, y) ** 2, score(x, x)), ()),
    "tied_qk_self_attention_false": (
        Exists(
            (ch.X_2, ch.Q_2),
            Positive(entry(ch.gram, 0, 1) - entry(ch.gram, 0, 0)),
            (ch.i_0.T @ ch.d_0, ch.d_0.T @ ch.k_0),
        ),
        (),
    ),
    "unit_keys_attend_to_self": (ch.unit_keys_attend_to_self.says, ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)
