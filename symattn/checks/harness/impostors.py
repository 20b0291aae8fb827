"""Would something else pass too?  A pass that zeros would get, or attention without its scale, says nothing.

An impostor is told apart by one sample at which it certainly lies outside the bound, or cannot be formed.  One that is
the formula itself at every sample, as far as float64 sees, is none.  The likeliest to be told cheaply come first, and
no sample is looked at once an impostor is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from symattn.checks.harness.attention_parts import is_attention
from symattn.checks.harness.diagnosis import WRONG, at_numbers
from symattn.checks.harness.failures import CheckUndecided
from symattn.checks.harness.reference import target
from symattn.checks.harness.trials import Trial
from symattn.errors import layout
from symattn.language.mistakes import mistakes
from symattn.language.shapes.shapes import check
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.formats import SINGLE, named
from symattn.numeric.bounds.rounding import quiet
from symattn.numeric.evaluation.walk import Walk

__all__ = ["need_told", "untold"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

MOST_SHOWN = 3

Array = Any
Impostor = tuple[str, Any]
"""The words for it, and what it computes; None computes zeros."""


def need_told(name: str, expr: Any, tried: Sequence[Trial]) -> None:
    """Raises    CheckUndecided when something else would pass at every sample too, with a contract that tells it"""
    left = untold(expr, tried, [("zeros", None), *mistakes(expr)])
    if not left:
        return
    kept = tried[0].target.kept
    words = list(dict.fromkeys(words for words, _ in left))
    more = f", and {len(words) - MOST_SHOWN} more" if len(words) > MOST_SHOWN else ""
    reason = f"{', or '.join(words[:MOST_SHOWN])}{more} would pass at every sample too"
    pairs = [("contract", str(kept)), ("would pass too", "; ".join(words[:MOST_SHOWN]) + more), *_bound_of(tried[0])]
    note = _advice(expr, tried, left)
    raise CheckUndecided(layout(f"nothing can be said about {name} in {kept.dtype}", pairs, note), reason=reason)


def untold(expr: Any, tried: Sequence[Trial], impostors: Sequence[Impostor]) -> list[Impostor]:
    """The impostors that no sample tells from the formula, although they are not it."""
    found: list[Impostor] = []
    for impostor in impostors:
        if not any(impostor[1] == other for _, other in found) and _passes(impostor[1], tried):
            found.append(impostor)
    return found


def _passes(wrong: Any, tried: Sequence[Trial]) -> bool:
    """Whether it would pass at every sample and differs somewhere."""
    differs = False
    for trial in tried:
        value, radius = _value(wrong, trial)
        if value is None:
            return False
        told, other = _told(trial, value, radius)
        if told:
            return False
        differs = differs or other
    return differs


@quiet
def _told(trial: Trial, value: Array, radius: Array) -> tuple[bool, bool]:
    """Whether the impostor certainly lies outside a bound, and whether it certainly is not the formula."""
    found = trial.target
    away = np.abs(value - found.value) * (1 - 2.0**-51) - radius
    if (away > found.bound).any():
        return True, True
    apart = np.abs(value - found.rough.value) * (1 - 2.0**-51) - radius
    return False, bool((apart > found.rough.radius).any())


def _value(wrong: Any, trial: Trial) -> tuple[Array | None, Array]:
    """What the impostor is at a sample, and the error of that; None where it cannot be formed or has another shape."""
    shape = trial.target.value.shape
    if wrong is None:
        return np.zeros(shape), np.zeros(shape)
    try:
        at, fixed = at_numbers(wrong, trial.case.at)
        check(fixed)
        ball = Walk(at, FLOAT64).value(fixed)
    except WRONG:
        return None, np.zeros(shape)
    return (ball.value, ball.radius) if ball.value.shape == shape else (None, np.zeros(shape))


def _bound_of(trial: Trial) -> Iterator[tuple[str, str]]:
    """How wide the bound is at the first sample, beside the values."""
    size, bound = np.abs(trial.target.value), trial.target.bound
    if size.size:
        yield "bound", f"{float(np.median(bound)):.2g} in the middle, for values up to {float(size.max()):.2g}"


def _advice(expr: Any, tried: Sequence[Trial], left: Sequence[Impostor]) -> str:
    """The first contract under which every impostor is told, if there is one."""
    kept = tried[0].target.kept
    for stricter in _stricter(expr, kept):
        again = [replace(trial, target=target(expr, trial.case.at, stricter)) for trial in tried]
        if not untold(expr, again, left):
            return f"contract={str(stricter)!r} would tell, if the function keeps it"
    finer = ", or a finer dtype" if kept.dtype != "float64" else ""
    return f"no contract that is known here would tell: take other sizes, inputs or probes{finer}"


def _stricter(expr: Any, kept: Contract) -> list[Contract]:
    """Contracts of the same dtype that promise more, the one that is kept most often first."""
    dtype, known = kept.dtype, list[Contract]()
    if named(dtype).unit > SINGLE:
        known = [Contract(dtype, "float32"), Contract(dtype, manner="upcast")]
        known.insert(0 if is_attention(expr) else 1, Contract(dtype, manner="fused"))
    return [each for each in (*known, replace(kept, summation="pairwise")) if each != kept]
