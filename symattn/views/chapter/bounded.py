"""Numbers of a chapter that no rounding has touched: what both ends of an interval agree on."""

from __future__ import annotations

from typing import Any

from symattn.errors import ExportError, layout

__all__ = ["rounded"]


def rounded(value: Any, digits: int = 3) -> float:
    """The number that both ends of an interval round to.

    value     an interval of `mpmath.iv`, which bounds all that was rounded on the way to it
    digits    how many behind the point

    >>> from mpmath import iv
    >>> rounded(1 / (1 + iv.exp(1)))
    0.269

    Raises    ExportError when the ends round to different numbers
    """
    low, high = (round(float(end), digits) for end in (value.a, value.b))
    if low != high:
        raise ExportError(layout(f"an interval is too wide for {digits} digits", note=str(value)))
    return low
