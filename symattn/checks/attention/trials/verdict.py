"""Which mistake do wrong results look like, and would something wrong have passed?

A mistake is named only when what missed agrees with it within its own bounds at every sample; "none of these" is better
than a wrong name.  A pass counts only when zeros, the mean of the values and every variant that differs from the spec
lie outside of a bound at some sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from symattn.checks.attention.trials.calls import Called
from symattn.checks.attention.trials.comparing import Trial, allowed
from symattn.checks.attention.trials.problem import Problem
from symattn.checks.attention.trials.reference import Expected, plain_value
from symattn.checks.attention.trials.variants import Variant, variants
from symattn.errors import SymattnError
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.formats import FORMATS

__all__ = ["Power", "likely", "power"]

Array = Any
MOST_SHOWN = 3
SMALL = 600  # n m of a sample at which every variant is looked at
NONE = "it looks like none of the mistakes that are known here"
WRONG = (ArithmeticError, LookupError, TypeError, ValueError, SymattnError)


def likely(called: Called, kept: Contract, tried: Sequence[Trial]) -> str:
    """The mistakes that the results look like, in words."""
    failing = [trial for trial in tried if trial.missed]
    ordered = sorted(failing, key=lambda trial: trial.problem.seen.size) + [t for t in tried if not t.missed]
    alike = [each for each in variants(called.spec, called.backward) if _explains(each, called, kept, ordered)]
    whole = [each for each in alike if _explains(each, called, kept, ordered, each.parts)]
    found = [each.words for each in whole or alike][:MOST_SHOWN] or list(_coarser(kept, ordered))[:1]
    if not found and all(not np.isfinite(_missed_parts(trial)).all() for trial in failing):
        return _not_finite(failing[0])
    where = _where(failing)
    if found:
        return f"it looks like {', or '.join(found)}{where}"
    return f"{NONE}{where}"


def _missed_parts(trial: Trial) -> Array:
    return np.concatenate([trial.got.parts[name].ravel() for name in trial.missed])


def _where(failing: Sequence[Trial]) -> str:
    """Whether it is the gradients alone, or views in memory alone, that go wrong."""
    parts = {name for trial in failing for name in trial.missed}
    held = {trial.shape.held for trial in failing}
    words = "" if "out" in parts else f", in {'log-sum-exp' if parts == {'lse'} else 'the backward pass'} alone"
    apart = "" if len(failing) < 2 or "contiguous" in held or len(held) > 1 else f", for {held.pop()} tensors alone"
    return words + apart


def _not_finite(trial: Trial) -> str:
    if trial.shape.probe == "large":
        return "it looks like exp without subtracting the row's largest score: the result is not finite"
    some = trial.problem.hidden.any()
    return "the result is not a finite number" + (", in a sample with rows that see no key" if some else "")


def _explains(
    variant: Variant, called: Called, kept: Contract, tried: Sequence[Trial], also: Sequence[str] = ()
) -> bool:
    """Whether what missed is what the contract allows for the variant, at every sample; and so are results that did
    not miss, where `also` says so: a mistake of the backward pass alone leaves the output as it should be."""
    missed, certain = {name for trial in tried for name in trial.missed}, False
    for trial in tried:
        problem = _problem(variant, called, trial)
        if problem is None:
            if trial.missed:
                return False
            continue
        for name in missed | {name for name in also if name in trial.found}:
            found = _allowed(variant, problem, trial, kept, name)
            if found is None or found.misses(trial.got.parts[name]).any():
                return False
            certain = certain or (name in trial.missed and found.holds(trial.got.parts[name]))
    return certain  # where it overflows nothing is known of it


def _problem(variant: Variant, called: Called, trial: Trial) -> Problem | None:
    try:
        return variant.change(called.spec, trial.inputs)
    except WRONG:
        return None


def _allowed(variant: Variant, problem: Problem, trial: Trial, kept: Contract, name: str) -> Expected | None:
    one = replace(trial.got, parts={name: trial.got.parts[name]})
    try:
        found = allowed(problem, one, kept)[name]
    except WRONG:
        return None
    if variant.after is not None and variant.after.part == name:
        found = variant.after.of(problem, found)
    if name == "out" and trial.problem.hidden_rows == "never":  # who hides a whole row may return anything there
        found = replace(found, exact=_without(problem, found.exact, 0.0), bound=_without(problem, found.bound, np.inf))
    return found if found.exact.shape == trial.got.parts[name].shape else None


def _without(problem: Problem, entries: Array, value: float) -> Array:
    return np.where(problem.hidden[..., None], value, entries) if problem.hidden.any() else entries


def _coarser(kept: Contract, tried: Sequence[Trial]) -> Iterator[str]:
    """A lower precision on the way: another manner of the dtype, or a step in a coarser format."""
    looser = [Contract(kept.dtype, manner=manner) for manner in _looser(kept)]
    lower = [Contract(form.name) for form in FORMATS.values() if form.unit > kept.returned.unit]
    for contract in [*looser, *lower]:
        if all(_allows(trial, contract) for trial in tried) and any(_hides_nothing(trial, contract) for trial in tried):
            inside = f"a step in {contract.dtype}" if contract in lower else f"steps as {str(contract)!r} allows"
            yield f"{inside}, where {str(kept)!r} was promised"


def _looser(kept: Contract) -> tuple[str, ...]:
    return {"upcast": ("fused", "eager"), "fused": ("eager",)}.get(kept.manner, ())


def _allows(trial: Trial, contract: Contract) -> bool:
    """Whether a contract allows all results."""
    found = allowed(trial.problem, trial.got, contract)
    return not any(each.misses(trial.got.parts[name]).any() for name, each in found.items())


def _hides_nothing(trial: Trial, contract: Contract) -> bool:
    """Whether it allows what missed by bounds that are smaller than the values themselves."""
    found = allowed(trial.problem, trial.got, contract)
    return bool(trial.missed) and all(
        float(found[name].bound.max(initial=0.0)) < _largest(found[name].exact) for name in trial.missed
    )


def _largest(exact: Array) -> float:
    return float(np.abs(np.where(np.isfinite(exact), exact, 0.0)).max(initial=0.0))


@dataclass(frozen=True)
class Power:
    """What a pass tells: the wrong functions that would pass too, those that no sample shows, and how many are told."""

    passing: tuple[str, ...]
    unseen: tuple[str, ...]
    needed: tuple[str, ...]
    told: int


def power(called: Called, tried: Sequence[Trial]) -> Power:
    """Put everything wrong that is known here in the place of the function."""
    ordered = sorted(tried, key=lambda trial: trial.problem.seen.size)
    passing, unseen, told = list[str](), list[str](), 0
    for words, differs, out in _judged(called, ordered):
        told += out
        if differs and not out:
            passing.append(words)
        if not differs:
            unseen.append(words)
    must = {each.words for each in variants(called.spec, called.backward) if each.must}
    needed = [words for words in unseen if words in must]
    return Power(tuple(passing), tuple(unseen), tuple(needed), told)


def _judged(called: Called, ordered: Sequence[Trial]) -> Iterator[tuple[str, bool, bool]]:
    """For each impostor whether it differs somewhere, and whether it is told."""
    for words, part, value in (("zeros", "out", _nothing), ("the mean of all values", "out", _mean)):
        yield words, *_told((trial.found[part], value(trial)) for trial in ordered)
    for variant in variants(called.spec, called.backward):
        yield variant.words, *_told(_values(variant, called, ordered))


def _nothing(trial: Trial) -> Array:
    return np.zeros(trial.found["out"].exact.shape)


def _mean(trial: Trial) -> Array:
    problem = trial.problem
    values = np.where(np.isfinite(problem.v), problem.v, 0.0)[:, list(problem.reads)]
    return np.broadcast_to(values.mean(axis=2, keepdims=True), trial.found["out"].exact.shape)


def _told(pairs: Any) -> tuple[bool, bool]:
    differs = False
    for found, value in pairs:
        if found.exact.shape != value.shape:
            return True, True
        out, other = found.told_from(value)
        if out:
            return True, True
        differs = differs or other
    return differs, False


def _values(variant: Variant, called: Called, ordered: Sequence[Trial]) -> Iterator[tuple[Expected, Array]]:
    """The spec beside the variant, at the samples that are worth looking at: at long ones when it shows there."""
    differs = False
    for place, trial in enumerate(ordered):
        if place > 2 and trial.problem.seen[0, 0].size > SMALL and not (variant.long or differs):
            return
        problem = _problem(variant, called, trial)
        if problem is None:
            continue
        for name in (part for part in variant.parts if part in trial.found):
            value = _value(variant, problem, name)
            if value is not None:
                differs = differs or trial.found[name].told_from(value)[1]
                yield trial.found[name], value


def _value(variant: Variant, problem: Problem, name: str) -> Array | None:
    try:
        value = plain_value(problem, (name,))[name]
    except WRONG:
        return None
    if variant.after is None or variant.after.part != name:
        return value
    nothing = np.zeros(value.shape)
    return variant.after.of(problem, Expected(value, nothing, nothing)).exact
