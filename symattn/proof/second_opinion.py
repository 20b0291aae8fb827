"""What the kernel proved, put to numbers at a few small sizes before anybody is told.

The numbers come from the SymPy statement itself and share no code with the kernel.  They can only disagree where one of
the two is wrong, which is a fault of this package: `Contradiction` says so, with all that a report needs.  They say
nothing of what exists, since another witness may serve, nor where no sample meets the hypotheses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from symattn import language as lang
from symattn.errors import Contradiction
from symattn.proof.refute.attempts import Sizes
from symattn.proof.refute.counterexample import Counterexample, first_failure
from symattn.proof.verdict import Theorem

DIFFERENT = 2
"""Where sizes that differ start."""


_of_a_whole: ContextVar[bool] = ContextVar("a step of what is put to numbers", default=False)


@contextmanager
def steps_of_a_whole() -> Iterator[None]:
    """What is proved in here is not put to numbers: it is used for something that is, with `confirm_whole`."""
    token = _of_a_whole.set(True)
    try:
        yield
    finally:
        _of_a_whole.reset(token)


def is_a_step() -> bool:
    """Whether what is judged now is a step of something that is put to numbers itself."""
    return _of_a_whole.get()


def confirm(theorem: Theorem) -> Theorem:
    """The theorem, when it is a step of something that is put to numbers itself, or no sample contradicts it.

    Raises    Contradiction with the sample and the certificate
    """
    return theorem if is_a_step() else confirm_whole(theorem)


def confirm_whole(theorem: Theorem) -> Theorem:
    """The theorem, when no sample contradicts it.

    Raises    Contradiction with the sample and the certificate
    """
    failure = first_failure(theorem.claim, theorem.given, _samples)
    if failure is not None:
        raise Contradiction(_message(theorem, failure), theorem=theorem, counterexample=failure)
    return theorem


def _samples(sizes: tuple[Any, ...]) -> Iterator[tuple[Sizes, tuple[str, ...]]]:
    """The least sizes, with fractions and with nothing but 0, and then three sizes that differ, the others least."""
    yield {s: s.minimum for s in sizes}, ("integers", "halves", "nothing")
    yield (
        {s: max(s.minimum, DIFFERENT + k) for k, s in enumerate(sizes[:3])} | {s: max(s.minimum, 1) for s in sizes[3:]},
        ("integers",),
    )


def _message(theorem: Theorem, failure: Counterexample) -> str:
    return "\n".join(
        [
            "the kernel proves what numbers refute: one of the two is wrong, and nothing is proved",
            f"    claim        {lang.text(theorem.claim)}",
            *(f"    given        {lang.text(claim)}" for claim in theorem.given),
            f"    numbers      {failure}",
            f"    certificate  {json.dumps(theorem.certificate(), separators=(',', ':'))}",
            "  this is a fault of symattn: please report it with the lines above",
        ]
    )
