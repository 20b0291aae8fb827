"""Proof: counterexamples.  Whole numbers at the smallest sizes first, checked by evaluating the SymPy statement itself.

With exp or log in the statement the two sides are enclosed in intervals, and a counterexample counts only when these
are disjoint.  The kernel has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import sympy

from symattn import language as lang
from symattn.errors import LanguageError, SymattnError
from symattn.numeric import Exact, Intervals, Outcome, Sample, sample, witness
from symattn.numeric.claims import EXPONENTIALS

SPREAD = 3
"""Each size is tried from its minimum up to this much more."""
DRAWS = 6
TRIALS = 400


@dataclass(frozen=True)
class Counterexample:
    """Sizes and values at which a claim fails, and how it fails there."""

    sizes: dict[Any, int]
    values: dict[Any, Any]
    detail: str

    def __str__(self) -> str:
        sizes = [f"{size}={number}" for size, number in self.sizes.items()]
        values = [f"{letter} = {_shown(value)}" for letter, value in self.values.items()]
        return ", ".join(sizes + values) + f": {self.detail}"


def _shown(value: Any) -> str:
    array = np.asarray(value)
    return str(array.item()) if array.ndim == 0 else str(_plain(array.tolist())).replace("'", "")


def _plain(nested: Any) -> Any:
    return [_plain(x) for x in nested] if isinstance(nested, list) else str(nested)


def find(claim: Any, given: tuple[Any, ...] = ()) -> Counterexample | None:
    """The smallest counterexample that a bounded search finds, or None."""
    subject = lang.Implies(given[0] if len(given) == 1 else lang.And(*given), claim) if given else claim
    formal = any(isinstance(node, EXPONENTIALS) for node in sympy.preorder_traversal(subject))
    arithmetic = Intervals() if formal else Exact()
    for tried, drawn in enumerate(_samples(subject)):
        if tried >= TRIALS:
            return None
        outcome = _outcome(subject, drawn, arithmetic)
        if outcome is not None and outcome.holds is False and outcome.certain:
            small, outcome = _shrink(subject, drawn, outcome, arithmetic)
            return Counterexample(dict(small.sizes), dict(small.values), outcome.detail)
    return None


def _outcome(subject: Any, drawn: Sample, arithmetic: Any) -> Outcome | None:
    try:
        return witness(subject, drawn, arithmetic)
    except SymattnError:
        return None


def _samples(subject: Any) -> Iterator[Sample]:
    """Sizes by their sum, a few draws for each."""
    wanted = lang.sizes_of(subject)
    ranges = [range(s.minimum, max(s.minimum, 1) + SPREAD) for s in wanted]
    for numbers in sorted(product(*ranges), key=lambda n: (sum(n), max(n, default=0), n)):
        for seed in range(DRAWS):
            try:
                yield sample(subject, sizes=dict(zip(wanted, numbers, strict=True)), seed=seed)
            except LanguageError:
                break


def _shrink(subject: Any, drawn: Sample, outcome: Outcome, arithmetic: Any) -> tuple[Sample, Outcome]:
    """Put 0, then 1, wherever the claim still fails."""
    for letter in drawn.values:
        if getattr(letter, "facts", None):
            continue
        for place in np.ndindex(np.shape(drawn.values[letter])):
            for small in (0, 1):
                array = np.array(drawn.values[letter], dtype=object)
                if array[place] == small:
                    break
                array[place] = small
                smaller = _with(subject, drawn, letter, array)
                again = _outcome(subject, smaller, arithmetic) if smaller else None
                if smaller is not None and again is not None and again.holds is False and again.certain:
                    drawn, outcome = smaller, again
                    break
    return drawn, outcome


def _with(subject: Any, drawn: Sample, letter: Any, array: Any) -> Sample | None:
    try:
        return sample(subject, sizes=drawn.sizes, seed=drawn.seed, values={**drawn.values, letter: array})
    except SymattnError:
        return None
