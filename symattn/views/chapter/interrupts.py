"""What a script imports first: from then on an interrupt is one word, also while NumPy and SymPy are still loading."""

from __future__ import annotations

import sys
from types import TracebackType

__all__: list[str] = []


def _said(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _said
