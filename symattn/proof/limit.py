"""A limit on the time that a decision may take, on every system and without a second process.

A timer interrupts the main thread between two steps of Python.  One long step of C (a huge integer product) ends first.
Seconds are those of the processor, so that an answer does not depend on what else the machine does; and what is done
once in a process, and kept, is `free`, so that it does not depend on who was asked before.
"""

from __future__ import annotations

import _thread
import gc
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from symattn.errors import Undecided

ENDED = "no answer within"
"""How the reason begins where there was no time left."""
AGAIN = 0.05
"""Seconds between two interruptions."""
LEAST = 0.001
"""Seconds between two looks at the time."""
SWALLOWING = {"_compare", "convert", "from_float"}
"""What mpmath has a bare `except` in: it takes an interruption for an operand of a foreign type."""


class _Meter:
    """The seconds that are charged: those of the processor without what was free."""

    def __init__(self) -> None:
        self.given = 0.0
        self.since: float | None = None

    def seconds(self) -> float:
        since = self.since
        return (time.process_time() if since is None else since) - self.given


_meter = _Meter()


def charged_seconds() -> float:
    """The seconds of the processor so far that are charged to whoever has a limit."""
    return _meter.seconds()


@contextmanager
def free() -> Iterator[None]:
    """The block, such as loading what all later questions use too, for which every clock stands still.

    Assumes: the main thread, as a limit does; in another one nothing is charged anyway.
    """
    if _meter.since is not None or not _interruptible():
        yield
        return
    _meter.since = start = time.process_time()
    try:
        yield
    finally:
        _meter.given += time.process_time() - start
        _meter.since = None


def _interruptible() -> bool:
    return threading.current_thread() is threading.main_thread()


def kept(seconds: float) -> float | None:
    """The limit where it can be kept, in the main thread; elsewhere None, so that an answer is not refused for it."""
    return seconds if _interruptible() else None


class _TimeUp(BaseException):
    """Raised in the main thread; no handler for errors may swallow it, so it is not an Exception."""

    def __init__(self, clock: _Clock) -> None:
        super().__init__()
        self.clock = clock


class _Clock:
    """The state that the timer and the handler share: whether the time is up, and whether anybody still waits.

    It rings until it is stopped, since an interruption may come where nobody can hear it.  Nobody waits for its thread,
    neither to begin nor to end: that would take longer than most questions.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self.armed = True
        self.end = charged_seconds() + seconds
        self.over = threading.Event()
        self.ringing = threading.Lock()

    def start(self) -> None:
        _thread.start_new_thread(self.run, ())

    def run(self) -> None:
        while self.armed and (left := self.end - charged_seconds()) > 0:
            self.over.wait(max(left, LEAST))  # in which no more than that is worked
        while self.rings():
            self.over.wait(AGAIN)

    def rings(self) -> bool:
        """Whether it is armed; then the main thread is interrupted."""
        with self.ringing:
            if self.armed:
                self.expired = True
                _thread.interrupt_main()
            return self.armed

    def stop(self) -> None:
        """From here on it does not ring."""
        with self.ringing:
            self.armed = False
        self.over.set()


def _unheard(frame: FrameType | None) -> bool:
    """Whether an exception would be lost: in a callback of Python, which prints it and goes on, and in mpmath; or
    would end what is free, which is done to its end."""
    if _meter.since is not None:
        return True
    collecting = [getattr(callback, "__code__", None) for callback in gc.callbacks]
    while frame is not None:
        code = frame.f_code
        if code.co_name == "__del__" or code.co_filename.endswith(("weakref.py", "_weakrefset.py")):
            return True
        if code in collecting:
            return True
        if code.co_name in SWALLOWING and frame.f_globals.get("__name__", "").startswith("mpmath."):
            return True
        frame = frame.f_back
    return False


@contextmanager
def time_limit(seconds: float | None, *, promised: float | None = None) -> Iterator[None]:
    """Ends the block with Undecided when it takes more than `seconds` of the processor; None means no limit.

    promised    the seconds that are told, where the block has a part of them

    Assumes: the main thread, the only one that can be interrupted.
    Raises: Undecided("no answer within 60 s"); at once when a limit is asked for in another thread.
    """
    if seconds is None:
        yield
        return
    if not _interruptible():
        what = "a time limit works in the main thread only"
        raise Undecided(what, reason=what)
    clock = _Clock(seconds)
    previous = signal.getsignal(signal.SIGINT)

    def interrupted(number: int, frame: FrameType | None) -> None:
        if clock.expired:
            if clock.armed and not _unheard(frame):
                raise _TimeUp(clock)
        elif callable(previous):
            previous(number, frame)
        elif previous != signal.SIG_IGN:
            raise KeyboardInterrupt

    # the handler is ours for the time of the block, since a shell may have started us with interrupts ignored
    signal.signal(signal.SIGINT, interrupted)
    try:
        try:
            clock.start()
            yield
        finally:
            clock.armed = False  # from here on `interrupted` does nothing
    except _TimeUp as end:
        clock.armed = False
        if end.clock is not clock:
            raise
        what = f"{ENDED} {seconds if promised is None else promised:g} s"
        raise Undecided(what, reason=what) from None
    finally:
        clock.stop()
        # this call runs a pending `interrupted` first
        signal.signal(signal.SIGINT, signal.default_int_handler if previous is None else previous)
