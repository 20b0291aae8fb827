"""Layer proof: a limit on the time that a decision may take, on every system and without a second process.

A timer interrupts the main thread between two steps of Python.  One long step of C (a huge integer product) ends first.
"""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..errors import Undecided


class _TimeUp(BaseException):
    """Raised in the main thread; no handler for errors may swallow it, so it is not an Exception."""

    def __init__(self, clock: _Clock) -> None:
        super().__init__()
        self.clock = clock


class _Clock:
    """The state that the timer and the handler share: whether the time is up, and whether anybody still waits."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self.armed = True
        self.timer = threading.Timer(seconds, self.ring)
        self.timer.daemon = True

    def ring(self) -> None:
        self.expired = True
        _thread.interrupt_main()

    def stop(self) -> None:
        self.armed = False
        self.timer.cancel()
        self.timer.join()


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Ends the block with Undecided when it takes longer than `seconds`; None means no limit.

    Assumes: the main thread, the only one that can be interrupted.
    Raises: Undecided("no answer within 60 s"); at once when a limit is asked for in another thread.
    """
    if seconds is None:
        yield
        return
    if threading.current_thread() is not threading.main_thread():
        what = "a time limit works in the main thread only"
        raise Undecided(what, reason=what)
    clock = _Clock(seconds)
    previous = signal.getsignal(signal.SIGINT)

    def interrupted(number: int, frame: FrameType | None) -> None:
        if clock.expired:
            if clock.armed:
                clock.armed = False
                raise _TimeUp(clock)
        elif callable(previous):
            previous(number, frame)
        elif previous != signal.SIG_IGN:
            raise KeyboardInterrupt

    # the handler is ours for the time of the block, since a shell may have started us with interrupts ignored
    signal.signal(signal.SIGINT, interrupted)
    try:
        clock.timer.start()
        yield
    except _TimeUp as end:
        if end.clock is not clock:
            raise
        what = f"no answer within {seconds:g} s"
        raise Undecided(what, reason=what) from None
    finally:
        clock.stop()
        # this call runs a pending `interrupted` first, which does nothing any more
        signal.signal(signal.SIGINT, signal.default_int_handler if previous is None else previous)
