"""Chapter 1: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    Not,
    Positive,
    concat_heads,
    hstack,
    identity,
    matrix,
    ones,
    row,
    rowsum,
    softmax,
    stack_heads,
    sum_heads,
    vstack,
    zeros,
)
from symattn.theory.embedding import context as ch
from tests.theory.chapter import chapter_tests

any_square = matrix("Pi", ch.n, ch.n)
c, m_any = row("c", ch.N), matrix("Pi", ch.m, ch.m)
one_word = matrix("G", 1, 1)
two_rows = matrix("Pi", 2, 2)

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
    "feed_forward_is_positionwise": (
        Equal(ch.feed_forward(vstack(ch.x, ch.y)), ch.feed_forward(vstack(ch.y, ch.x))),
        (),
    ),
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
    "softmax_permuted": (Equal(softmax(ch.Pi @ ch.S @ ch.Pi), ch.Pi @ softmax(ch.S) @ ch.Pi.T), ()),
    "permutation_equivariance": (Equal(ch.attend(any_square @ ch.X), any_square @ ch.attend(ch.X)), ()),
    "layer_equivariance": (Equal(ch.layer(ch.Pi @ ch.X), ch.Pi.T @ ch.layer(ch.X)), ()),
    "depth_equivariance": (Equal(ch.layer(ch.Xp), ch.Pi @ ch.layer(ch.X)), ()),
    "first_two_are_exchangeable": (Equal(ch.third_token(ch.x_s, ch.y_s), ch.third_token(ch.x_s, ch.x_s)), ()),
    "shift_needs_position": (
        Exists((ch.x_s, ch.y_s), Not(Equal(ch.third_token(ch.x_s, ch.y_s), ch.third_token(ch.y_s, ch.x_s)))),
        (),
    ),
    "other_token_is_equivariant": (Equal(ch.flip @ (two_rows @ ch.pair), two_rows @ (ch.flip @ ch.pair)), ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
