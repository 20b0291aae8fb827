"""The binary formats that numbers are stored in, and what rounding to one can lose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.errors import UnknownName, layout
from symattn.numeric.bounds.rounding import quiet

SINGLE = 2.0**-24  # the unit roundoff in which the libraries compute the functions of 16-bit numbers


@dataclass(frozen=True)
class Format:
    """A binary floating-point format.

    `unit` is u, half the distance from 1 to the next number: fl(a∘b) = (a∘b)(1 + δ), |δ| ≤ u, for + − × ÷ √ without
    underflow.  `least` is the least positive number, `normal` the least that has all its digits, `largest` the largest.
    `library` bounds the relative error of exp, log and powers: 4 ulp (an ulp is at most 2u) where a vectorised
    library computes them in the format itself; one rounding more where it computes them in float32.
    """

    name: str
    unit: float
    least: float
    normal: float
    largest: float

    @property
    def library(self) -> float:
        return 8 * self.unit if self.unit <= SINGLE else 1.25 * self.unit + 8 * SINGLE

    @property
    def flushed(self) -> float:
        """What an underflow can lose: float16 keeps its subnormal numbers everywhere, others may become 0."""
        return self.least if self.name == "float16" else self.normal

    @quiet
    def nearest(self, value: Any) -> Any:
        """float64 numbers rounded to the format, each still a float64; infinite beyond the largest."""
        if self.name != "bfloat16":
            return np.asarray(value, dtype=np.float64).astype(self.name).astype(np.float64)
        wide = np.asarray(value, dtype=np.float64)
        digits = np.maximum(np.frexp(wide)[1], -125) - 8  # the place of the last digit; subnormal below 2**-126
        near = np.ldexp(np.rint(np.ldexp(wide, -digits)), digits)
        return np.where(np.abs(near) > self.largest, np.copysign(np.inf, wide), near)

    def holds(self, value: Any) -> Any:
        """Whether each float64 is a number of the format."""
        return self.nearest(value) == value


def _binary(name: str, digits: int, exponent: int) -> Format:
    """A format with so many binary digits, whose largest number is just below 2**exponent."""
    normal = 2.0 ** (2 - exponent)
    return Format(
        name, 2.0**-digits, normal * 2.0 ** (1 - digits), normal, (2 - 2.0 ** (1 - digits)) * 2.0 ** (exponent - 1)
    )


FORMATS = {
    each.name: each
    for each in (
        _binary("float64", 53, 1024),
        _binary("float32", 24, 128),
        _binary("float16", 11, 16),
        _binary("bfloat16", 8, 128),
    )
}


def named(name: str) -> Format:
    """The format with this name.

    Raises    UnknownName, which lists those that there are
    """
    if name not in FORMATS:
        raise UnknownName(layout(f"no format of numbers is called {name!r}", note=f"accepted: {', '.join(FORMATS)}"))
    return FORMATS[name]
