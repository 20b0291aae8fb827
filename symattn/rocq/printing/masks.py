"""Which masks are seen to hold 0 and 1 alone."""

from __future__ import annotations

from typing import Any

__all__ = ["holds_zeros_and_ones"]

_ALWAYS = {"Before", "Shift", "OneMatrix", "ZeroMatrix", "Identity", "Unit"}
_WHEN_PARTS_DO = {"Hadamard", "HadamardProduct", "HStack", "VStack", "T", "Transpose"}


def holds_zeros_and_ones(mask: Any) -> bool:
    """Whether every entry is 0 or 1 whatever its letters are.

    Such a mask has no letter that a derivative could be taken in, and a row in which it hides all is 0 near any scores,
    so that its derivative is the 0 that dual numbers give it.
    """
    name = type(mask).__name__
    if name == "Matrix":
        return bool(mask.facts & {"mask", "permutation"})
    return name in _ALWAYS or (name in _WHEN_PARTS_DO and all(map(holds_zeros_and_ones, mask.args)))
