"""A theorem at its samples: general sizes first, then the edges, for each of the values that meet its hypotheses.

An instance gives values to some letters, and numbers to some sizes, under which the hypotheses hold; without any the
one instance is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import sympy

from symattn.errors import LanguageError, ShapeError
from symattn.language import ElementwiseLog, Recurrence, Size, letters_of, sizes_of
from symattn.language.trees.sharing import share
from symattn.numeric.arithmetics.exact import EXACT
from symattn.numeric.arithmetics.interval import INTERVALS
from symattn.numeric.claims.at_a_sample import witness
from symattn.numeric.claims.verdicts import Outcome
from symattn.numeric.evaluation.room import refuse_large
from symattn.numeric.samples.samples import Sample, degenerate, sample

__all__ = ["Draw", "Instance", "Place", "at_instance", "outcomes", "places"]

USUAL = 12
"""No size that a sample chooses is larger."""

Instance = Mapping[Any, Any]
Draw = tuple[int, str]
"""A seed, and the kind of entries."""


class Place(NamedTuple):
    """The claim at the sizes of an instance, the values of its letters, a sample, and whether its sizes are general."""

    subject: Any
    values: dict[Any, Any]
    at: Sample
    general: bool


def places(
    claim: Any,
    instances: Iterable[Instance],
    draws: Iterable[Draw],
    *,
    edges: Draw,
    sizes: Mapping[str, int] | None = None,
    most: int | None = None,
    strict: bool = True,
) -> Iterator[Place]:
    """The claim at every draw and, from the seed of `edges` on, at degenerate sizes, for each instance.

    sizes     numbers for some sizes, by name; these count as general
    most      how many entries a matrix may have
    strict    whether a draw that cannot be made is an error; at degenerate sizes it never is

    Raises    LanguageError when no matrix has the declared facts, or when there are too many entries
    """
    draws, sizes = list(draws), dict(sizes or {})
    for instance in tuple(instances) or ({},):
        subject, values = _read(claim, tuple(instance.items()))
        values = dict(values)
        parts = [subject, *values.values()]
        known = dict.fromkeys(size for part in parts for size in sizes_of(part))
        wanted = {size: sizes[size.name] for size in known if size.name in sizes}
        if most is not None:
            refuse_large(parts, {**{size: max(USUAL, size.minimum) for size in known}, **wanted}, most)
        for seed, kind in draws:
            at = _drawn(parts, wanted, seed, kind, strict=strict)
            if at is not None:
                yield Place(subject, values, at, bool(wanted) or _is_general(at))
        for number, numbers in enumerate(degenerate(parts), 1):
            at = _drawn(parts, numbers, edges[0] + number, edges[1], strict=False)
            if at is not None:
                yield Place(subject, values, at, False)


def outcomes(claim: Any, instances: Iterable[Instance] = ()) -> Iterator[Outcome]:
    """What exact numbers say of the claim, sample by sample; intervals of 100 bits where it has a logarithm."""
    arithmetic = INTERVALS if claim.has(sympy.log, ElementwiseLog) else EXACT
    for subject, values, at, _ in places(claim, instances, [(0, "integers")], edges=(0, "integers"), strict=False):
        try:
            yield witness(subject, at, arithmetic, substitution=values)
        except (LanguageError, ShapeError):
            continue  # the values do not fit


def at_instance(claim: Any, instance: Instance) -> tuple[Any, dict[Any, Any]]:
    """The claim with the sizes of the instance put in, and the values of its letters at these sizes.

    A letter of a value is renamed where the claim means another letter by that name.
    """
    numbers = {key: value for key, value in instance.items() if isinstance(key, Size)}
    subject = claim.xreplace(numbers)
    values = {key.xreplace(numbers): _at(value, numbers) for key, value in instance.items() if key not in numbers}
    return subject, {key: _apart(value, subject) for key, value in values.items()}


@lru_cache(maxsize=64)  # several witnesses ask about one claim
def _read(claim: Any, instance: tuple[tuple[Any, Any], ...]) -> tuple[Any, Mapping[Any, Any]]:
    subject, values = at_instance(claim, dict(instance))
    share(subject, *values.values())
    return subject, values


def _at(value: Any, numbers: dict[Any, Any]) -> Any:
    """The states that a recurrence makes with so many steps; any other value was written for these sizes."""
    return value.xreplace(numbers) if isinstance(value, Recurrence) else value


def _apart(value: Any, subject: Any) -> Any:
    taken = {letter.name: letter for letter in letters_of(subject, bound_too=True)}
    clashing = [a for a in letters_of(value) if taken.get(a.name, a) != a]
    return value.xreplace({a: a.renamed(f"{a.name}''") for a in clashing})


def _drawn(parts: list[Any], sizes: Mapping[Any, int], seed: int, kind: str, *, strict: bool) -> Sample | None:
    try:
        return sample(parts, sizes=sizes, seed=seed, kind=kind)
    except (LanguageError, ShapeError):
        if strict:
            raise
        return None  # no matrix of this size has the declared facts, so the statement says nothing there


def _is_general(at: Sample) -> bool:
    """All sizes differ and none is 0 or 1: agreement at special sizes alone is no agreement."""
    sizes = list(at.sizes.values())
    return len(set(sizes)) == len(sizes) and min(sizes, default=2) >= 2
