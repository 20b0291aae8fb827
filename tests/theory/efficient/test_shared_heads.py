"""Chapter 7: what is stated about shared heads is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import And, AtMost, Equal, Rank, attention, inner, stack_heads, sum_heads
from symattn.proof import decide
from symattn.theory.efficient import shared_heads as ch
from tests.theory.chapter import chapter_tests

own_keys = ch.family("K", ch.H, ch.d, ch.k)
own = stack_heads(ch.Qs[ch.h] @ own_keys[ch.h].T, ch.h)

NOT_DECIDED = {"mla_not_gqa"}
"""Queries and keys of one form twice would have to be found."""

NEAR_MISSES: dict[str, Any] = {
    "gqa_exactness_keys": Rank(own) <= ch.k,
    "gqa_exactness_values": Rank(ch.maps) <= ch.v,
    "gqa_in_mla": Equal(ch.gqa_in_mla.says.left, attention(ch.X, ch.Q, ch.Q, ch.V, ch.tau)),
    "mla_not_gqa": ch.Not(
        And(
            Equal(ch.first, ch.vstack(ch.Q_1, ch.Q_2) @ ch.shared.T),
            Equal(ch.first, ch.vstack(ch.Q_3, ch.Q_4) @ ch.shared.T),
        )
    ),
    "reformer_shared": AtMost(ch.length * inner(ch.a, ch.b), ch.length * inner(ch.a, ch.a)),
}
"""Keys of each head's own, another key, one form twice, or keys of any length."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)


def test_the_mean_of_the_keys_makes_other_forms() -> None:
    """Folklore says that mean-pooled keys turn heads into a group: already where all keys are multiples of one."""
    mean = sum_heads(own_keys[ch.h], ch.h) / ch.H
    assert decide(Equal(own, stack_heads(ch.Qs[ch.h] @ mean.T, ch.h))).status == "refuted"
