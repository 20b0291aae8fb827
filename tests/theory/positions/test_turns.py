"""Chapter 6: what is stated about the rotary embedding is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.language import AtMost, Equal, T, cos, hadamard, ones, rowsum, sin, total
from symattn.numeric import FLOAT64, evaluate, sample
from symattn.proof import decide
from symattn.theory.positions import turns as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "cos_at_most_one": AtMost(cos(ch.angles) + sin(ch.angles), ones(ch.n, ch.m)),
    "sinusoid_turns": Equal(ch.wave(ch.s + ch.r), ch.turned(ch.wave(ch.s), -ch.r)),
    "sinusoid_products": Equal(total(ch.wave(ch.s) @ T(ch.wave(ch.r))), total(cos((ch.s + ch.r) * ch.theta))),
    "rope_adds": Equal(ch.turned(ch.turned(ch.A, ch.t), ch.u), ch.turned(ch.A, ch.t - ch.u)),
    "rope_by_difference": Equal(
        ch.turned(ch.q, ch.s) @ T(ch.turned(ch.kappa, ch.r)), ch.turned(ch.q, ch.s + ch.r) @ T(ch.kappa)
    ),
    "rope_moves": Equal(ch.turned(ch.A, ch.later) @ T(ch.turned(ch.B, ch.t)), ch.scores(ch.t)),
    "rope_keeps_lengths": Equal(rowsum(hadamard(ch.turned(ch.A, ch.t), ch.A)), rowsum(hadamard(ch.A, ch.A))),
}
"""The angle taken back, or added instead of subtracted; only one side that moves; and a sum that is more than 1."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_the_rotary_embedding_turns_every_plane_by_position_times_frequency() -> None:
    """Against complex numbers: plane j of row i is multiplied by exp(i t_i θ_j)."""
    rotary = ch.turned(ch.A, ch.t)
    at = sample(rotary, sizes={ch.n: 3, ch.p: 2}, kind="normal")
    first, second, t, theta = (np.asarray(at.values[letter], dtype=float) for letter in (*ch.A.args, ch.t, ch.theta))
    expected = (first + 1j * second) * np.exp(1j * t @ theta)
    got = evaluate(rotary, at, FLOAT64)
    assert (np.abs(got.value - np.hstack([expected.real, expected.imag])) <= got.radius).all()


def test_a_score_is_not_that_of_any_other_difference() -> None:
    claim = Equal(ch.turned(ch.q, ch.s) @ T(ch.turned(ch.kappa, ch.r)), ch.turned(ch.q, ch.r - ch.s) @ T(ch.kappa))
    assert decide(claim).status == "refuted"
