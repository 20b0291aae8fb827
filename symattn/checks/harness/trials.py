"""One sample, what a function returned there, and what it should have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.checks.harness.reference import Target
from symattn.checks.harness.samples import Case
from symattn.numeric.bounds.rounding import quiet

__all__ = ["Trial"]

Array = Any


@dataclass(frozen=True, eq=False)
class Trial:
    """What was got at a case, and what it is compared with."""

    case: Case
    got: Array
    target: Target

    @property
    def missed(self) -> bool:
        return bool(self.target.misses(self.got).any())

    def place(self) -> tuple[int, int]:
        """The entry that is furthest outside its bound."""
        return _worst(self.got, self.target)


@quiet
def _worst(got: Array, target: Target) -> tuple[int, int]:
    distance = np.abs(got - target.value) / target.bound
    outside = np.where(target.misses(got), np.where(np.isnan(distance), np.inf, distance), -1)
    row, column = np.unravel_index(int(np.argmax(outside)), outside.shape)
    return int(row), int(column)
