"""Chapter 1, a word alone: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    ForAll,
    Iff,
    Not,
    concat_heads,
    hstack,
    identity,
    row,
    stack_heads,
    sum_heads,
    vstack,
    zeros,
)
from symattn.theory.embedding import words as ch
from tests.theory.chapter import chapter_tests

c, y = row("c", ch.N), row("y", ch.d)

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "onehot_row_pick": (
        Equal(hstack(zeros(1, ch.a), 2 * identity(1), zeros(1, ch.b)) @ vstack(ch.A, ch.w, ch.B), ch.w),
        (),
    ),
    "embedding_is_linear": (
        Equal(
            concat_heads(ch.share[ch.word], ch.word) @ stack_heads(ch.vectors[ch.word], ch.word),
            sum_heads(ch.vectors[ch.word], ch.word),
        ),
        (),
    ),
    "onehot_determines": (Iff(Equal(c @ ch.E, c @ ch.F), Equal(ch.E, ch.F)), ()),
    "positionwise_blind": (
        ForAll(ch.G, Not(And(Equal(ch.first @ ch.G, ch.first), Equal(ch.second @ ch.G, ch.first)))),
        (),
    ),
    "feed_forward_is_positionwise": (Equal(ch.feed_forward(vstack(ch.x, y)), ch.feed_forward(vstack(y, ch.x))), ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
