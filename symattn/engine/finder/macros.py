"""Engine, the finder: laws that follow from those of the kernel, as the steps that show them.

Each is a list of (law, arguments, factor), which together take left - right away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symattn.engine.finder.naming import Names
from symattn.kernel.plain.checking import Evidence
from symattn.kernel.syntax.terms import (
    Term,
    add,
    exponential,
    logarithm,
    multiply,
    negative,
    number,
    power,
    reciprocal,
    subtract,
)

Steps = list[tuple[str, tuple[Any, ...], Term]]
Proves = Callable[[Term, Names], Evidence]
ONE = number(1)


def log_power(base: Term, exponent: Any, names: Names, proves: Proves) -> Steps:
    """log x^c = c log x, for x > 0."""
    return _log(power(base, exponent), multiply(number(exponent), logarithm(base)), names, proves)


def log_product(x: Term, y: Term, names: Names, proves: Proves) -> Steps:
    """log(x y) = log x + log y, for x, y > 0."""
    return _log(multiply(x, y), add(logarithm(x), logarithm(y)), names, proves)


def _log(x: Term, y: Term, names: Names, proves: Proves) -> Steps:
    """log x = y, where x = exp y is shown by exp(c log z) = z^c."""
    proof = proves(subtract(x, exponential(y)), names)
    return [("alike", ("log", x, exponential(y), *proof), ONE), ("log_exp", (y,), ONE)]


def own_reciprocal(x: Term) -> Steps:
    """1/x = x, when x x = x: r = r r (1/r) = r r x = x/(x x) = r x = r x x = x x r = x, for r = 1/x."""
    r, square = reciprocal(x), multiply(x, x)
    return [
        ("regular", (r,), number(-1)),
        ("reciprocal_twice", (x,), multiply(r, r)),
        ("reciprocal_product", (x, x), negative(x)),
        ("alike", ("reciprocal", square, x, (("squared", (x,), (), ONE),), ()), x),
        ("squared", (x,), negative(r)),
        ("regular", (x,), ONE),
    ]
