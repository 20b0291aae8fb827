"""Singular values and factors: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, normsquared
from symattn.theory.rank import singular_values as ch
from tests.theory.chapter import chapter_tests

Q, K, s = ch.Q, ch.K, ch.s

NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "nuclear_norm_bound": (AtMost(ch.nuclear, ch.norms), ch.given[2]),
    "nuclear_norm_attained": (ch.nuclear_norm_attained.says, ()),
    "balanced_iff_least": (Equal(Q.T @ Q, K.T @ K), Equal(normsquared(Q), normsquared(K))),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
