"""Kernel, beside the rules: a replay in a process of its own, which is ended when its time is up."""

from __future__ import annotations

from multiprocessing import TimeoutError, get_context
from typing import Any

from symattn.errors import SymattnError
from symattn.kernel.certificate import read
from symattn.kernel.printing import shown

REFUSED, UNDECIDED = 1, 3


def within(seconds: float, content: Any) -> tuple[int, str]:
    """Exit code and text: 0 and the theorem, 1 and why the certificate is refused, or 3."""
    with get_context("spawn").Pool(1) as worker:  # which is ended on the way out
        try:
            return worker.apply_async(_replayed, [content]).get(seconds)
        except TimeoutError:
            return UNDECIDED, f"no answer within {seconds:g} s"


def _replayed(content: Any) -> tuple[int, str]:
    try:
        return 0, shown(read(content))
    except (SymattnError, MemoryError, RecursionError) as error:
        return REFUSED, f"refused: {str(error) or type(error).__name__}"
