"""Chapter 5, rotary positions: what gradients keep is kept plane by plane, and no more of the balance is."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.language import Equal, Gradient, T, zeros
from symattn.proof import decide
from symattn.theory.gradients import rotary_balance as ch
from tests.theory.chapter import chapter_tests

Q, K = ch.Q, ch.K
first, second = ch.gradients(ch.of_output)
wrong_side = ch.by_planes(first, ch.quarter(Q)) - ch.by_planes(second, ch.quarter(K))

NEAR_MISSES: dict[str, Any] = {
    "rope_balance": Equal(ch.by_planes(ch.dQ, ch.quarter(Q)), zeros(1, ch.p)),
    "rope_balance_of_head": Equal(wrong_side, zeros(1, ch.p)),
    "rope_balance_kept": (Equal(ch.balance(*ch.step), ch.balance(Q, K)), ch.GIVEN.args[0]),
}
"""That Q may turn alone; that Q and K may turn against each other; and that a step conserves the balance exactly."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("pair", [(0, 0), (0, 1)])
def test_the_law_of_all_gauges_fails_where_positions_turn(pair: tuple[int, int]) -> None:
    """Qᵀ dQ = (Kᵀ dK)ᵀ, block by block: what holds without positions."""
    a, b = pair
    full = Equal(Q[a].T @ Gradient(ch.of_output, Q[b]), T(K[b].T @ Gradient(ch.of_output, K[a])))
    assert decide(full).status == "refuted"


def test_a_single_coordinate_of_a_plane_keeps_nothing() -> None:
    half = ch.ones(1, ch.d) @ (ch.hadamard(Q[0], first[0]) - ch.hadamard(K[0], second[0]))
    assert decide(Equal(half, zeros(1, ch.p))).status == "refuted"
