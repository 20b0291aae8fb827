"""Chapter 1, the order of tokens: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Exists, Not, matrix, softmax
from symattn.theory.embedding import order as ch
from tests.theory.chapter import chapter_tests

any_square, two_rows = matrix("Pi", ch.n, ch.n), matrix("Pi", 2, 2)

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
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
