"""What is positive as it is written and not when it is multiplied out, in functions and under derivatives."""

from __future__ import annotations

import pytest

from symattn import decide
from symattn.kernel import replay

ROWS = "x:1*n y:1*n e:positive |- "
FAR, WIDE = "(normsquared(x - y) + e)", "(var(x, ddof=0) + e)"

EQUATIONS = {
    "a root below": f"1/sqrt{FAR} == sqrt{FAR}/{FAR}",
    "log of a square": f"log({FAR}**2) == 2*log{FAR}",
    "root of a square": f"sqrt({FAR}**2) == {FAR}",
    "log of a quotient": f"log({FAR}/(normsquared(y) + e)) == log{FAR} - log(normsquared(y) + e)",
    "root of a product": f"sqrt(normsquared(x) + e)*sqrt{FAR} == sqrt((normsquared(x) + e)*{FAR})",
    "derivative of a root": f"Gradient(sqrt{FAR}, y) == (y - x)/sqrt{FAR}",
    "derivative of a log": f"Gradient(log{FAR}, x) == 2*(x - y)/{FAR}",
    "derivative of a quotient": f"Gradient(1/{FAR}, x) == -2*(x - y)/{FAR}**2",
    "derivative of a deviation": f"Gradient(sqrt{WIDE}, x) == (x - mean(x))/n/sqrt{WIDE}",
    "Jacobian of layer norm": "Jacobian(layernorm(x, eps=e), x).T == Jacobian(layernorm(x, eps=e), x)",
}
BOUNDS = {
    "a share": f"normsquared(x - y)/{FAR} <= 1",
    "less than all": f"normsquared(x - y)/{FAR} < 1",
    "a quotient": f"1/{WIDE} <= 1/e",
    "a logarithm": f"log(e) <= log{FAR}",
    "log(1 + x) <= x": "log(1 + normsquared(x - y)) <= normsquared(x - y)",
    "length after layer norm": "normsquared(layernorm(x, eps=e)) <= n",
}
NEAR_MISSES = {
    "the sign of a slope": f"Gradient(sqrt{FAR}, y) == (x - y)/sqrt{FAR}",
    "twice a slope": f"Gradient(log{FAR}, x) == (x - y)/{FAR}",
    "another root": f"1/sqrt{FAR} == sqrt{FAR}/(normsquared(x + y) + e)",
    "log of a sum": f"log(normsquared(x) + e + {FAR}) == log(normsquared(x) + e) + log{FAR}",
    "a share turned round": f"1 <= normsquared(x - y)/{FAR}",
    "the other way": f"1/e <= 1/{WIDE}",
    "too short": "normsquared(layernorm(x, eps=e)) <= 1",
}


@pytest.mark.parametrize("name", [*EQUATIONS, *BOUNDS])
def test_it_is_proved(name: str) -> None:
    theorem = decide(ROWS + (EQUATIONS | BOUNDS)[name], timeout=20).theorem
    assert theorem is not None
    assert replay(theorem.kernel).hypotheses == ()


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_misses_are_refuted(name: str) -> None:
    assert decide(ROWS + NEAR_MISSES[name], timeout=20).status == "refuted"


def test_what_may_be_zero_gets_no_letter() -> None:
    """|x - y|² is 0 for equal rows, where 1/0 = 0."""
    claim = "x:1*n y:1*n |- normsquared(x - y)/normsquared(x - y) == 1"
    assert decide(claim, timeout=20).status == "refuted"
