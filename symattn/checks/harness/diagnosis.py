"""Which mistake a wrong result looks like.

A mistake explains a result when every entry of it, at every failing sample, is what the contract allows for somebody
who computes the mistaken formula; the bounds are those of that formula.  Nothing is scored or ranked by closeness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
from sympy import Integer

from symattn.checks.harness.arrays import rounded
from symattn.checks.harness.reference import Target, target
from symattn.checks.harness.trials import Trial
from symattn.errors import SymattnError
from symattn.language import BilinearMap, Family, Matrix, Softmax
from symattn.language.mistakes import but_last, causal, mistakes, opposite
from symattn.language.shapes.shapes import check
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.formats import FORMATS
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import Sample

__all__ = ["WRONG", "at_numbers", "likely"]

MOST_TRIALS = 5  # failing samples that a mistake must explain
MOST_SHOWN = 3
UNSHIFTED = "it looks like exp without subtracting the row's largest score"

WRONG = (ArithmeticError, AttributeError, IndexError, NotImplementedError, TypeError, ValueError, SymattnError)


def likely(expr: Any, failing: Sequence[Trial]) -> list[str]:
    """The mistakes that the failing samples look like, in words; the advice when none does."""
    general = [trial for trial in failing if not trial.case.degenerate] or list(failing)
    judged = [trial for trial in general if np.isfinite(trial.got).all()][:MOST_TRIALS]
    if not judged:
        return [_not_a_number(expr, general[0])]
    kept = judged[0].target.kept
    found = _mistaken(expr, judged, kept)[:MOST_SHOWN] or list(_coarser(expr, judged))[:1]
    for looser in _looser(kept)[-1:] if not found else ():
        found = [f"{words}, in steps that round to {kept.dtype}" for words in _mistaken(expr, judged, looser)]
    if not found:
        return ["it looks like none of the mistakes that are known here"]
    return ["it looks like " + ", or ".join(found[:MOST_SHOWN])]


def _mistaken(expr: Any, judged: Sequence[Trial], kept: Contract) -> list[str]:
    """The mistakes that explain every one of the results, under a contract."""
    found: dict[str, None] = {}
    for words, wrong in mistakes(expr):
        if words not in found and _explains(wrong, judged, kept):
            found[words] = None
    return list(found)


def _explains(wrong: Any, judged: Sequence[Trial], kept: Contract) -> bool:
    """Whether each result is allowed for the mistaken formula; where another contract was meant, one also tells."""
    tells = False
    for trial in judged:
        found = _mistaken_target(wrong, trial, kept)
        if found is None or not found.holds(trial.got):
            return False
        tells = tells or kept == trial.target.kept or _tells(found)
    return tells


def _mistaken_target(wrong: Any, trial: Trial, kept: Contract) -> Target | None:
    """What the contract allows for the mistaken formula; None where it cannot be formed or has another shape."""
    try:
        at, fixed = at_numbers(wrong, trial.case.at)
        check(fixed)
        if tuple(map(int, fixed.shape if fixed.is_Matrix else (1, 1))) != trial.got.shape:
            return None
        return target(fixed, at, kept)
    except WRONG:
        return None  # the mistake cannot be made at these sizes


def at_numbers(expr: Any, at: Sample) -> tuple[Sample, Any]:
    """The sample and the expression with numbers for sizes, so that what fits there fits."""
    numbers = {size: Integer(number) for size, number in at.sizes.items()}

    def fixed(letter: Any) -> Any:
        return letter.xreplace(numbers) if isinstance(letter, Matrix | Family | BilinearMap) else letter

    values = {fixed(letter): value for letter, value in at.values.items()}
    extra = {opposite(letter): 1 - value for letter, value in values.items() if "mask" in getattr(letter, "facts", ())}
    for rows, columns in product(set(numbers.values()), repeat=2):
        extra[causal(rows, columns)] = np.tril(np.ones((int(rows), int(columns))))
        extra[but_last(rows, columns)] = np.ones((int(rows), 1)) * (np.arange(int(columns)) < int(columns) - 1)
    inverses = {fixed(letter): value for letter, value in at.inverses.items()}
    return replace(at, values=values | extra, inverses=inverses), expr.xreplace(numbers)


def _coarser(expr: Any, judged: Sequence[Trial]) -> Iterator[str]:
    """A lower precision on the way: the coarsest whose numbers the results are, else the finest that explains them."""
    here = judged[0].target.kept.returned
    for looser in _looser(judged[0].target.kept):
        if _explains(expr, judged, looser):
            yield f"steps that round to {here.name} on the way, which contract={str(looser)!r} allows"
    lower = sorted((form for form in FORMATS.values() if form.unit > here.unit), key=lambda form: form.unit)
    for form in reversed(lower):
        held = all((rounded(trial.got, form.name) == trial.got).all() for trial in judged)
        if held and all(target(expr, trial.case.at, Contract(form.name)).holds(trial.got) for trial in judged):
            yield f"a result in {form.name}, where {here.name} was promised"
    for form in lower:
        if all(_explains_roughly(expr, trial, Contract(form.name)) for trial in judged):
            yield f"a step in {form.name}, where {here.name} was promised"


def _looser(kept: Contract) -> list[Contract]:
    """Contracts of the same dtype that promise less than one whose steps are in float32."""
    dtype = kept.dtype
    if kept.stored == kept.returned:
        return []
    some = [Contract(dtype, manner="fused")] if kept.manner == "upcast" else []
    return [*some, Contract(dtype)]


def _explains_roughly(expr: Any, trial: Trial, kept: Contract) -> bool:
    """Whether a coarser contract explains the result by a bound that does not hide the value itself."""
    found = target(expr, trial.case.at, kept)
    return found.holds(trial.got) and _tells(found)


def _tells(found: Target) -> bool:
    """Whether the bound is smaller than the values themselves."""
    return float(found.bound.max(initial=0.0)) < float(np.abs(found.value).max(initial=0.0))


def _not_a_number(expr: Any, trial: Trial) -> str:
    """What a result that is not finite comes from, where the scores say it."""
    for node in expr.atoms(Softmax) if hasattr(expr, "atoms") else ():
        try:
            scores = Walk(trial.case.at, FLOAT64).value(node.scores).value
        except SymattnError:
            continue
        highest = float(scores.max(initial=0.0)) if scores.size else 0.0
        tops = float(scores.max(axis=-1).min(initial=0.0)) if scores.size else 0.0
        form = trial.target.kept.stored
        if highest > np.log(form.largest):
            return f"{UNSHIFTED}: exp({highest:.3g}) is beyond {form.name}"
        if tops < np.log(form.least):
            return f"{UNSHIFTED}: the largest of a row is exp({tops:.3g}) = 0"
        if node.mask is not None:
            return "it looks like -inf in a row that the mask hides entirely: such a row is 0 here, since 1/0 = 0"
    return "the result is not a finite number, although the exact value is"
