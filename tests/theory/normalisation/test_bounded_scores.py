"""Chapter 10, scores that cannot grow: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, ForAll, Positive, identity, log, reciprocal, total
from symattn.theory.normalisation import bounded_scores as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "qknorm_logit_bound": AtMost(ch.s, ch.g * ch.one),
    "qknorm_weights": Equal(ch.weight, reciprocal(1 + ch.m) * identity(1)),
    "qknorm_entropy": Equal(ch.entropy, log(ch.n)),
    "rmsnorm_logit_bound": AtMost(total(ch.tau * ch.q @ ch.key.T) ** 2, ch.k),
    "softcap": Equal(ch.cap(ch.t), ch.t),
    "softcap_keeps_order": Positive(ch.cap(ch.r) - ch.cap(ch.t)),
    "softcap_shift_false": ForAll(ch.t, Equal(ch.cap(ch.t + ch.c), ch.cap(ch.t) + ch.c)),
}
"""Queries and keys of any length, weights that are all equal, a cap that does nothing, and the folklore itself."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
