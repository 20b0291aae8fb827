"""Kernel, beside the rules: a replay in a process of its own, which is ended when its time is up."""

from __future__ import annotations

from multiprocessing import get_context
from typing import Any

from symattn.errors import SymattnError
from symattn.kernel.certificate import read
from symattn.kernel.printing import shown

REFUSED, UNDECIDED = 1, 3


def within(seconds: float, content: Any) -> tuple[int, str]:
    """Exit code and text: 0 and the theorem, 1 and why the certificate is refused, or 3."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(content, sender), daemon=True)
    worker.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            return UNDECIDED, f"no answer within {seconds:g} s"
        answer: tuple[int, str] = receiver.recv()
        return answer
    except EOFError:
        return REFUSED, "the replay ended without an answer"
    finally:
        worker.kill()
        worker.join()


def _work(content: Any, sender: Any) -> None:
    try:
        sender.send((0, shown(read(content))))
    except (SymattnError, MemoryError, RecursionError) as error:
        sender.send((REFUSED, f"refused: {str(error) or type(error).__name__}"))
