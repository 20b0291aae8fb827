"""The matrix: each assertion against each mutant and each right variant, killed or spared."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from symattn.checks import CheckFailed, assert_computes
from tests.mutants.others import trials
from tests.mutants.right import NUMPY, Variant, jax_variants, torch_variants
from tests.mutants.subjects import SUBJECTS
from tests.mutants.wrong import MUTANTS, Mutant, framework_mutants

BRIEFLY = ("float32",)


@dataclass(frozen=True)
class Row:
    """One trial: what was tried, what had to come out and what did, and the message of a failure."""

    assertion: str
    name: str
    wrong: bool
    killed: bool
    message: str
    says: str = ""

    @property
    def right(self) -> bool:
        return self.wrong == self.killed and self.says in self.message

    def __str__(self) -> str:
        mark = "" if self.right else "   WRONG"
        what = "mutant" if self.wrong else "right "
        return f"{self.assertion:26}  {what}  {'killed' if self.killed else 'spared'}  {self.name}{mark}"


def rows(*, frameworks: bool, only_frameworks: bool = False, brief: bool = False) -> Iterator[Row]:
    """Every mutant and every right variant, those of torch and JAX too, or only those, when they are asked for.

    `brief` leaves out dtypes of JAX, which compiles each function anew for every shape.
    """
    of_numpy = not only_frameworks
    variants = [*(NUMPY if of_numpy else ()), *((*torch_variants(), *jax_variants()) if frameworks else ())]
    for variant in variants:
        for dtype in BRIEFLY if brief and variant.framework == "jax" else variant.dtypes:
            yield _computes(variant.name, variant, dtype, wrong=False)
    for mutant in [*(MUTANTS if of_numpy else ()), *(framework_mutants() if frameworks else ())]:
        yield _computes(mutant.name, mutant, mutant.dtype, wrong=True)
    for trial in trials() if of_numpy else ():
        message = _failure(trial.call)
        yield Row(trial.assertion, trial.name, trial.wrong, message is not None, message or "")


def _computes(name: str, what: Variant | Mutant, dtype: str, *, wrong: bool) -> Row:
    expr = SUBJECTS[what.subject]
    contract = what.contract(dtype) if isinstance(what, Variant) else None
    message = _failure(lambda: assert_computes(what.fn, expr, dtype=dtype, framework=what.framework, contract=contract))
    return Row(
        "assert_computes", f"{name}, {dtype}", wrong, message is not None, message or "", getattr(what, "says", "")
    )


def _failure(call: Callable[[], Any]) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy tells of overflows, which are the point of some mutants
        try:
            call()
        except CheckFailed as failure:
            return str(failure)
    return None
