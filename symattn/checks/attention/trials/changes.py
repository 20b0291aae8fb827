"""A mistake as data: the words for it, and how the problem changes for whoever makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.attention.trials.problem import Inputs, Problem, problem_of
from symattn.checks.attention.trials.reference import Expected
from symattn.numeric.bounds.rounding import quiet

__all__ = ["After", "Change", "Read", "Variant", "formed", "given", "said", "slipped"]

Array = Any
Change = Callable[[AttentionSpec, Inputs], Problem | None]
Read = Callable[[AttentionSpec, dict[str, Array]], dict[str, Array]]
"""How inputs beside queries, keys and values are read otherwise."""


@dataclass(frozen=True)
class After:
    """What is done to a result in the end: `move` its entries, multiply by `factor` and by the growth of the problem,
    subtract `shift`."""

    part: str
    move: Callable[[Array], Array] = lambda entries: entries
    factor: float = 1.0
    shift: Callable[[Problem], Array] | None = None

    @quiet
    def of(self, problem: Problem, found: Expected) -> Expected:
        factor = self.factor if problem.growth is None else self.factor * problem.growth[..., None]
        exact = factor * self.move(found.exact)
        exact = exact if self.shift is None else exact - self.shift(problem)
        blur, bound = (np.abs(factor) * self.move(each) for each in (found.blur, found.bound))
        return Expected(exact, blur, bound)


@dataclass(frozen=True)
class Variant:
    """A mistake: the words for it, and the problem that is solved then; None where it cannot be made.

    after    what is done to one result in the end
    parts    the results by which it is told
    must     whether a sample has to show it, because the spec sets that option
    long     whether it shows at long samples only
    """

    words: str
    change: Change
    after: After | None = None
    parts: tuple[str, ...] = ("out",)
    must: bool = False
    long: bool = False


def slipped(slip: Callable[[Problem], Problem | None]) -> Change:
    return lambda spec, inputs: slip(problem_of(spec, inputs))


def said(**options: Any) -> Change:
    """Another spec at the same inputs."""
    return lambda spec, inputs: problem_of(spec.but(**options), inputs)


def formed(**changes: Any) -> Change:
    """Another expression at the same inputs."""

    def change(spec: AttentionSpec, inputs: Inputs) -> Problem:
        problem = problem_of(spec, inputs)
        return problem.but(form=problem.form.but(**changes))

    return change


def given(read: Read) -> Change:
    """The same spec at inputs that are read otherwise."""
    return lambda spec, inputs: problem_of(spec, inputs.with_extras(**read(spec, dict(inputs.extras))))
