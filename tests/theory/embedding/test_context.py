"""Chapter 1, what a token reads: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import And, Equal, ForAll, Iff, Not, Positive, matrix, ones, rowsum, softmax, vstack, zeros
from symattn.theory.embedding import context as ch
from tests.theory.chapter import chapter_tests

m_any = matrix("Pi", ch.m, ch.m)

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "attention_is_weighted_sum": (
        And(Positive(ch.weights @ ch.stacked @ ch.V), Equal(rowsum(ch.weights), ones(1, 1))),
        (),
    ),
    "context_dependence_iff": (Iff(ch.constant, Equal(ch.W, zeros(ch.d, ch.d))), ()),
    "contexts_differ_almost_always": (
        ForAll((ch.Y, ch.another), Not(Equal(ch.read(ch.x, ch.Y), ch.read(ch.x, ch.another)))),
        ch.contexts_differ_almost_always.given,
    ),
    "alone_reads_itself": (Equal(softmax(ch.x @ ch.W @ ch.y.T) @ ch.y @ ch.V, ch.x @ ch.V), ()),
    "context_order_is_invisible": (Equal(ch.read(ch.x, m_any @ ch.Y), ch.read(ch.x, ch.Y)), ()),
    "repetition_is_invisible": (Equal(ch.read(ch.x, vstack(ch.Z, ch.Z)), ch.read(ch.x, ch.Z)), ()),
    "other_context_same_output": (Equal(ch.read(ch.x, vstack(ch.y, ch.Z)), ch.read(ch.x, vstack(ch.z, ch.Z))), ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
