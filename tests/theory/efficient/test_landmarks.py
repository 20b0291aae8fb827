"""Chapter 7: what is stated about landmarks is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import And, Iff, Positive, Rank
from symattn.proof import decide
from symattn.theory.efficient import landmarks as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "linformer_shape": And(Rank(ch.P @ ch.F) <= ch.r, Positive(ch.P @ ch.F)),
    "nystrom_exact_iff": Iff(ch.SKELETON, Rank(ch.N) <= ch.q),
}
"""The mixed values in the place of the weights, or U' and V' that undo nothing."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_attention_itself_need_not_have_low_rank() -> None:
    """Folklore says that Linformer shows it: but r mixed keys say nothing of the weights over all of them."""
    whole = ch.softmax(ch.tau * ch.A @ ch.B.T)
    assert decide(Rank(whole) <= ch.r).status == "refuted"


def test_a_skeleton_is_not_exact_in_general() -> None:
    assert (
        decide(
            ch.SKELETON.xreplace({ch.a: ch.q, ch.b: ch.q, ch.U: ch.one, ch.V: ch.one, ch.U1: ch.one, ch.V1: ch.one})
        ).status
        == "refuted"
    )
