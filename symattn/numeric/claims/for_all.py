"""A claim for all values of letters, at the values that `quantifiers` has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from symattn.numeric.arithmetic import Truth
from symattn.numeric.claims.forms import for_all_values
from symattn.numeric.claims.points import at_points
from symattn.numeric.claims.quantifiers import assignment, trials
from symattn.numeric.claims.verdicts import Judgement, worst
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import letter_shape

Judge = Callable[[Walk], list[Judgement]]


def at_all_values(claim: Any, walk: Walk, judge: Judge) -> Judgement:
    """The judgement of a ForAll; `judge` gives that of the claim inside, for each value of a walk."""
    shapes = [letter_shape(variable, walk.sample.sizes) for variable in claim.variables]
    decided = for_all_values(claim, walk, shapes)
    if decided is not None and decided.truth is Truth.TRUE:
        return decided
    tried, decisive = trials(claim.variables, claim.claim, shapes, walk.sample.seed)
    judgements = []
    for values, judgement in zip(tried, at_points(claim, tried, walk, judge), strict=True):
        if judgement.truth is Truth.FALSE:
            return replace(judgement, detail=f"at {assignment(claim.variables, values)}: {judgement.detail}")
        judgements.append(judgement)
    if decided is not None:
        return decided
    tested = [judgement for judgement in judgements if judgement.tested]
    result = worst(tested or judgements)
    settles = "which decide it for all" if decisive else "which do not decide it for all"
    truth = Truth.CONSISTENT if result.truth is Truth.TRUE and not decisive else result.truth
    return replace(result, truth=truth, detail=f"{result.detail}, at {len(tested)} values, {settles}")
