"""What a failed assertion is.  Misuse is another matter: that raises the errors of the package."""

from __future__ import annotations

from collections.abc import Iterable

from symattn.errors import Undecided, layout

__all__ = ["CheckFailed", "CheckUndecided", "failed"]


class CheckFailed(AssertionError):
    """The function or the matrix that was tested is certainly not what it should be."""


class CheckUndecided(CheckFailed, Undecided):
    """Nothing is certain: the error bound is too wide to tell right from wrong, so the test does not pass."""

    def __init__(self, message: str, *, reason: str = "") -> None:
        Undecided.__init__(self, message, reason=reason)


def failed(what: str, pairs: Iterable[tuple[str, str]] = (), note: str = "") -> CheckFailed:
    """The failure with the layout that all messages of the package have."""
    return CheckFailed(layout(what, pairs, note))
