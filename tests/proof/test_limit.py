"""The time limit: it ends what takes too long, and leaves the process as it was."""

from __future__ import annotations

import _thread
import gc
import signal
import threading
import time

import pytest
from mpmath import iv

from symattn.errors import Undecided
from symattn.proof.limit import _Clock, free, time_limit

SHORT = 0.05


def _forever() -> None:
    while True:
        sum(range(100))


def _working(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_block_that_takes_too_long_is_undecided() -> None:
    with pytest.raises(Undecided, match=r"no answer within 0\.05 s"), time_limit(SHORT):
        _forever()


def test_seconds_are_those_of_the_processor() -> None:
    """Whoever waits, as on a busy machine, has not had the time."""
    with time_limit(4 * SHORT):
        time.sleep(8 * SHORT)


def test_what_is_free_is_not_charged() -> None:
    with time_limit(4 * SHORT), free():
        _working(8 * SHORT)


def test_after_what_is_free_the_clock_goes_on() -> None:
    def loading_first() -> None:
        with free(), free():
            _working(2 * SHORT)
        _forever()

    with pytest.raises(Undecided), time_limit(SHORT):
        loading_first()


def test_what_is_free_is_done_to_its_end() -> None:
    """Half a module that was loaded would be worse than an answer that comes late."""
    done = []

    def loading_first() -> None:
        with free():
            _working(4 * SHORT)
            done.append("loaded")
        _forever()

    with pytest.raises(Undecided), time_limit(SHORT):
        loading_first()
    assert done == ["loaded"]


def test_a_mistake_in_what_is_free_leaves_the_clock_going() -> None:
    with pytest.raises(ValueError, match="broken"), free():
        raise ValueError("broken")
    with pytest.raises(Undecided), time_limit(SHORT):
        _forever()


def test_the_limit_cannot_be_swallowed_by_a_handler_for_errors() -> None:
    def stubborn() -> None:
        while True:
            try:
                _forever()
            except Exception:  # noqa: BLE001
                continue

    with pytest.raises(Undecided), time_limit(SHORT):
        stubborn()


def _busy(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


class _Slow:
    """Takes its time where Python prints an exception and goes on."""

    def __del__(self) -> None:
        _busy(4 * SHORT)


def _slowly_forgotten() -> None:
    while True:
        _Slow()
        _busy(4 * SHORT)


def test_an_interruption_that_python_would_swallow_comes_again() -> None:
    with pytest.raises(Undecided), time_limit(SHORT):
        _slowly_forgotten()


def _slowly_collected() -> None:
    while True:
        gc.collect()
        _busy(4 * SHORT)


def test_an_interruption_while_garbage_is_collected_comes_again() -> None:
    def callback(phase: str, info: dict[str, int]) -> None:
        _busy(4 * SHORT)

    gc.callbacks.append(callback)
    try:
        with pytest.raises(Undecided), time_limit(SHORT):
            _slowly_collected()
    finally:
        gc.callbacks.remove(callback)


def _comparing() -> None:
    one = iv.mpf(1)
    while True:
        assert one < 2
        assert one == 1


def test_an_interruption_that_mpmath_would_swallow_comes_again() -> None:
    """It would answer that these cannot be compared, or are not equal."""
    for _ in range(10):
        with pytest.raises(Undecided), time_limit(SHORT):
            _comparing()


def test_a_block_that_ends_in_time_is_not_disturbed_later() -> None:
    with time_limit(SHORT):
        answer = 1
    time.sleep(2 * SHORT)
    assert answer == 1


def test_timers_that_nobody_waits_for_end_by_themselves() -> None:
    before = _thread._count()
    for _ in range(50):
        with time_limit(1000.0):
            pass
    end = time.monotonic() + 10
    while _thread._count() > before and time.monotonic() < end:
        time.sleep(SHORT)
    assert _thread._count() <= before


def test_a_clock_that_was_stopped_does_not_ring() -> None:
    clock = _Clock(0.0)
    clock.stop()
    clock.run()
    assert not clock.expired


def test_no_limit_is_no_timer() -> None:
    before = _thread._count()
    with time_limit(None):
        assert _thread._count() == before


@pytest.mark.parametrize("handler", [signal.SIG_IGN, signal.SIG_DFL, signal.default_int_handler])
def test_it_works_and_restores_whatever_handler_there_was(handler: signal.Handlers) -> None:
    previous = signal.signal(signal.SIGINT, handler)
    try:
        with pytest.raises(Undecided), time_limit(SHORT):
            _forever()
        assert signal.getsignal(signal.SIGINT) == handler
    finally:
        signal.signal(signal.SIGINT, previous)


def test_the_outer_of_two_limits_ends_both_blocks() -> None:
    with pytest.raises(Undecided, match=r"0\.05 s"), time_limit(SHORT), time_limit(60):
        _forever()


def test_a_keyboard_interrupt_of_the_user_stays_one() -> None:
    # a shell may have started the tests with interrupts ignored
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), time_limit(60):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_is_told_that_it_cannot_have_a_limit() -> None:
    told: list[str] = []

    def work() -> None:
        try:
            with time_limit(1):
                pass
        except Undecided as error:
            told.append(error.reason)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert told == ["a time limit works in the main thread only"]
