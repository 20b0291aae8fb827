"""What is known of cos and sin, and what is not: no sign, no zero, nothing of half an angle."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.kernel import replay
from symattn.language import (
    And,
    AtMost,
    Equal,
    Implies,
    Partial,
    Positive,
    cos,
    exp,
    log,
    matrix,
    scalar,
    sin,
    sizes,
    total,
)
from symattn.proof import decide, prove

x, y = scalar("x"), scalar("y")
n = sizes("n")
S, A = matrix("S", n, n, skew=True), matrix("A", n, n)
PROVED: dict[str, Any] = {
    "the angle 0": Equal(cos(x - x) + sin(0 * x), 1),
    "a sum": Equal(sin(x + y), sin(x) * cos(y) + cos(x) * sin(y)),
    "a sign": Equal(cos(x - y), cos(y - x)),
    "a skew entry": Equal(sin(S), -sin(S.T)),
    "a multiple": Equal(cos(5 * x), 16 * cos(x) ** 5 - 20 * cos(x) ** 3 + 5 * cos(x)),
    "a multiple of a part": Equal(cos(3 * x / 2), 4 * cos(x / 2) ** 3 - 3 * cos(x / 2)),
    "a longer multiple of a part": Equal(sin(7 * x / 4), sin(3 * x / 4 + x / 2 + x / 4 + x / 4)),
    "on the circle": Equal((cos(x) + sin(x)) ** 2, 1 + sin(2 * x)),
    "under a sum": Equal(total(sin(A - A.T)), 0),
    "a slope": Equal(Partial(sin(x * x), x), 2 * x * cos(x**2)),
    "a slope of a slope": Equal(Partial(Partial(cos(x), x), x), -cos(x)),
    "a large multiple as it stands": Equal(cos(13 * x), cos(-13 * x)),
    "an upper bound": AtMost(cos(x), 1),
    "a lower bound": AtMost(-1, cos(x)),
    "a bound of a product": AtMost(cos(x) * sin(y), 1),
    "a bound of a sum of entries": AtMost(total(cos(A)), n**2),
    "a bound under exp": AtMost(exp(sin(x)), exp(1)),
}
MISSES: dict[str, Any] = {
    "a sum with the other sign": Equal(cos(x + y), cos(x) * cos(y) + sin(x) * sin(y)),
    "a positive cosine": Positive(cos(x)),
    "a cosine that is never negative": AtMost(0, cos(x)),
    "an even sine": Equal(sin(-x), sin(x)),
    "an odd cosine": Equal(cos(-x), -cos(x)),
    "a positive sum with 1": Positive(1 + cos(x)),
    "a sine below its angle": AtMost(sin(x), x),
    "a bound that is too low": AtMost(cos(x) + sin(y), 1),
    "a bound of a product with what may be negative": AtMost(y * cos(x), y),
    "a bound that is never attained": Positive(1 - cos(x)),
    "a small sine": AtMost(2 * sin(x), 1),
    "a square of 1": Equal(cos(x) ** 2, 1),
    "a square with the other sign": Equal(sin(x) ** 2, 1 + cos(x) ** 2),
    "fourth powers on the circle": Equal(cos(x) ** 4 + sin(x) ** 4, 1),
    "a double angle with the other sign": Equal(cos(2 * x), cos(x) ** 2 + sin(x) ** 2),
    "a sine of a sum with the other sign": Equal(sin(x + y), sin(x) * cos(y) - cos(x) * sin(y)),
    "a sum of cosines": Equal(cos(x + y), cos(x) + cos(y)),
    "the next multiple": Equal(cos(13 * x), cos(12 * x)),
    "an even sine of a large multiple": Equal(sin(13 * x), sin(-13 * x)),
    "an angle by its cosine": Implies(Equal(cos(x), cos(y)), Equal(x, y)),
    "an angle by its turn": Implies(And(Equal(cos(x), cos(y)), Equal(sin(x), sin(y))), Equal(x, y)),
    "an exp of the log of a cosine": Equal(exp(log(cos(x))), cos(x)),
    "a cancelled sum with 1": Equal((1 + cos(x)) / (1 + cos(x)), 1),
    "a product as if it were a sum": Equal(cos(x * y), cos(x) * cos(y)),
    "a cancelled cosine": Equal(cos(x) / cos(x), 1),
    "a cancelled square": Equal(sin(x) ** 2 / sin(x) ** 2, 1),
    "a slope with the other sign": Equal(Partial(cos(x), x), sin(x)),
}


@pytest.mark.parametrize("what", PROVED)
def test_an_identity_of_angles_is_found_and_replayed(what: str) -> None:
    theorem = prove(PROVED[what])
    assert replay(theorem.kernel) == theorem.kernel


@pytest.mark.parametrize("what", MISSES)
def test_a_slip_is_not_proved(what: str) -> None:
    assert decide(MISSES[what]).status != "proved"
