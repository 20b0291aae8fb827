"""Chapter 2, the room of symmetric heads: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Iff, zeros
from symattn.theory.score import symmetric_locus as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "symmetric_locus_kernel": (
        Iff(Equal(ch.made, zeros(ch.wide, ch.wide)), Equal(ch.dK, ch.dQ @ ch.M)),
        ch.independent,
    ),
    "symmetric_locus_image": (Equal(ch.far @ (ch.N - ch.N.T) @ ch.far.T, zeros(ch.wide, ch.wide)), ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
