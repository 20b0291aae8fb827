"""The samples at which numbers look at a statement, one after the other.

A theorem may name values for some letters under which its hypotheses hold; each is tried at general sizes and then at
the edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sympy

from symattn.errors import LanguageError, ShapeError
from symattn.language import And, ElementwiseLog, Implies, Size
from symattn.numeric.arithmetics.exact import EXACT
from symattn.numeric.arithmetics.interval import Intervals
from symattn.numeric.claims.at_a_sample import witness
from symattn.numeric.claims.verdicts import Outcome
from symattn.numeric.samples.samples import degenerate, sample

__all__ = ["outcomes", "under"]

Instance = Mapping[Any, Any]


def under(given: Iterable[Any], says: Any) -> Any:
    """The claim under its hypotheses, as one claim."""
    given = tuple(given)
    if not given:
        return says
    return Implies(given[0] if len(given) == 1 else And(*given), says)


def outcomes(claim: Any, instances: Iterable[Instance] = ()) -> Iterator[Outcome]:
    """What exact numbers say of the claim, sample by sample; intervals of 100 bits where it has a logarithm."""
    arithmetic = Intervals() if claim.has(sympy.log, ElementwiseLog) else EXACT
    for instance in tuple(instances) or ({},):
        subject, values = _at_sizes(claim, instance)
        named = [subject, *values.values()]
        for seed, sizes in enumerate([None, *degenerate(named)]):
            try:
                yield witness(subject, sample(named, sizes=sizes, seed=seed), arithmetic, substitution=values)
            except (LanguageError, ShapeError):
                # no matrix of this size has the declared facts, or the values do not fit it
                continue


def _at_sizes(claim: Any, instance: Instance) -> tuple[Any, dict[Any, Any]]:
    """The claim with the sizes of the instance put in, and the values of its letters at these sizes."""
    sizes = {key: value for key, value in instance.items() if isinstance(key, Size)}
    return claim.xreplace(sizes), {key.xreplace(sizes): value for key, value in instance.items() if key not in sizes}
