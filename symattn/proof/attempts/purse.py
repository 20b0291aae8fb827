"""One purse of time for everything that is tried, so that a decision ends when it was promised.

Whoever comes takes half of what is left and the last one all of it: none can starve the others, and what is soon done
leaves the rest more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from symattn.proof.limit import charged_seconds, time_limit

PART = 0.5


class Purse:
    """Seconds of the processor for all that is tried together; None means no limit.

    >>> purse = Purse(2.0)
    >>> with purse.spend(PART):
    ...     pass
    >>> 1.9 < purse.left < 2.0
    True
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.left = seconds

    @contextmanager
    def spend(self, part: float = 1.0) -> Iterator[None]:
        """The block, with at most this part of what is left.

        Raises    Undecided when that is too little; at once when a limit is asked for outside of the main thread
        """
        with self.charged(), time_limit(None if self.left is None else part * self.left, promised=self.seconds):
            yield

    @contextmanager
    def charged(self) -> Iterator[None]:
        """The block, for as long as it takes, whose time is then missing."""
        start = charged_seconds()
        try:
            yield
        finally:
            if self.left is not None:
                self.left = max(0.0, self.left - (charged_seconds() - start))
