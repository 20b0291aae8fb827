"""What a failed assertion is.  Misuse is another matter: that raises the errors of the package."""

from __future__ import annotations

from collections.abc import Iterable

from symattn.errors import Undecided, layout

__all__ = ["CheckFailed", "CheckUndecided", "failed"]


class CheckFailed(AssertionError):
    """The function or the matrix that was tested is certainly not what it should be.

    >>> import numpy as np
    >>> sa.checks.assert_rank_at_most(np.eye(3), 1)
    Traceback (most recent call last):
        ...
    symattn.checks.harness.failures.CheckFailed: the rank of the scores is more than 1
        ...
    """


class CheckUndecided(CheckFailed, Undecided):
    """Nothing is certain: the error bound is too wide to tell right from wrong, so the test does not pass.

    message    what is shown
    reason     why nothing is certain

    >>> import numpy as np
    >>> symmetric = np.array([[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.25, 0.25, 0.5]])
    >>> sa.checks.assert_not_symmetric_score(symmetric)
    Traceback (most recent call last):
        ...
    symattn.checks.harness.failures.CheckUndecided: these weights do not tell whether the scores are symmetric
        ...
    """

    def __init__(self, message: str, *, reason: str = "") -> None:
        Undecided.__init__(self, message, reason=reason)


def failed(what: str, pairs: Iterable[tuple[str, str]] = (), note: str = "") -> CheckFailed:
    """The failure with the layout that all messages of the package have."""
    return CheckFailed(layout(what, pairs, note))
