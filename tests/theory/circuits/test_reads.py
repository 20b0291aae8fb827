"""How often a head reads: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import PSD, Equal, Rank, T, head, hstack, identity, softmax, vstack, zeros
from symattn.theory.circuits import reads as ch
from tests.theory.chapter import chapter_tests

turned = vstack(hstack(zeros(ch.d, ch.d), identity(ch.d)), hstack(-identity(ch.d), zeros(ch.d, ch.d)))
form = ch.Q @ ch.R.T

NEAR_MISSES: dict[str, Any] = {
    "two_reads_always": Equal(
        head(ch.X, ch.Q, ch.K, ch.V, ch.O, ch.tau), softmax(ch.X @ ch.Q @ T(ch.keys)) @ ch.values @ ch.O
    ),
    "two_reads_suffice": Rank(hstack(form, ch.R @ ch.A)) <= ch.k,
    "one_read_with_a_core": Rank(hstack(form, form.T)) <= ch.k,
    "one_read_without_a_core": PSD(ch.R @ ch.C @ ch.R.T),
    "one_read_with_signs": Equal(ch.read @ turned @ ch.read.T, T(ch.read @ turned @ ch.read.T)),
    "reads_of_two_subspaces_add_up": ch.reads_of_two_subspaces_add_up.says,
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
