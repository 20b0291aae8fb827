"""One sample: what a function returned there, beside what it should have returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from symattn.checks.attention.trials.calls import Called, Got
from symattn.checks.attention.trials.problem import Inputs, Problem, problem_of
from symattn.checks.attention.trials.reference import Expected, expected
from symattn.checks.attention.trials.sizes import Shape
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.formats import named
from symattn.numeric.bounds.rounding import outward, quiet

__all__ = ["Trial", "allowed", "trial"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

Array = Any


@dataclass(frozen=True, eq=False)
class Trial:
    """A sample with what came of it."""

    shape: Shape
    inputs: Inputs
    problem: Problem
    got: Got
    found: Mapping[str, Expected]

    @cached_property
    def missed(self) -> tuple[str, ...]:
        """The results that are not allowed."""
        return tuple(name for name, each in self.found.items() if each.misses(self.got.parts[name]).any())

    @property
    def decides(self) -> bool:
        """Whether a wrong result could be told in some entry."""
        return any(np.isfinite(each.bound).any() for each in self.found.values())

    @property
    def share(self) -> float:
        """The largest share of its bound that an error takes."""
        return max((_share(each, self.got.parts[name]) for name, each in self.found.items()), default=0.0)

    def place(self, name: str) -> tuple[int, ...]:
        """The entry that is furthest outside its bound."""
        found, got = self.found[name], self.got.parts[name]
        return _worst(found, got)


@quiet
def _share(found: Expected, got: Array) -> float:
    shares = np.abs(got - found.exact) / found.bound
    known = np.isfinite(shares)
    return float(np.where(known, shares, 0.0).max(initial=0.0))


@quiet
def _worst(found: Expected, got: Array) -> tuple[int, ...]:
    distance = np.abs(got - found.exact) / found.bound
    outside = np.where(found.misses(got), np.where(np.isnan(distance), np.inf, distance), -1)
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(outside)), outside.shape))


def trial(called: Called, inputs: Inputs, shape: Shape, kept: Contract, *, twice: bool) -> Trial:
    """Call the function, and work out what it should have returned."""
    got = called.at(inputs, shape, twice=twice)
    problem = problem_of(called.spec, inputs)
    return Trial(shape, inputs, problem, got, allowed(problem, got, kept))


def allowed(problem: Problem, got: Got, kept: Contract) -> dict[str, Expected]:
    """What each result may be; a log-sum-exp that is stored in 16 bits rounds once more."""
    found = expected(problem, kept, tuple(got.parts))
    if "lse" in found and got.dtypes["lse"] != "float32" and kept.returned != kept.stored:
        form, lse = named(got.dtypes["lse"]), found["lse"]
        size = np.where(np.isfinite(lse.exact), np.abs(lse.exact), 0.0)
        bound = outward(lse.bound + form.unit * (size + lse.bound) + form.flushed, 4)
        found["lse"] = replace(lse, bound=bound)
    return found
