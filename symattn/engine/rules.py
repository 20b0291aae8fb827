"""Engine: the rules of the kernel, called as if it looked for steps itself, and those that are derived from them.

The normal form says at once what is not equal; only where it says equal are steps looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from symattn.engine.derived import (
    NOTHING,
    both_ways,
    contradict,
    derived,
    one_way,
    quadratic,
    regular,
    semidefinite,
    square_root,
    substitute,
    vanish,
)
from symattn.engine.finder import Stuck, find
from symattn.engine.normal import is_zero, normal
from symattn.engine.normal.cuts import left_to_places
from symattn.engine.probing import is_nowhere_near_zero
from symattn.engine.ranks import rank_by_factors, rank_chain, rank_factors, rank_of_transpose, too_large
from symattn.errors import KernelError
from symattn.kernel import rules
from symattn.kernel.plain.checking import Evidence
from symattn.kernel.proofs import Proof
from symattn.kernel.rules import (
    apply,
    assume,
    at_size,
    cases,
    chain,
    conjoin,
    det_of_blocks,
    det_of_product,
    det_of_transpose,
    differentiate,
    discharge,
    eliminate,
    fold,
    for_positive,
    generalise,
    induction,
    other_side,
    project,
    rank_cancel,
    rewrite,
    rising,
    root,
    specialise,
    split,
    tangent,
    unfold,
    witness,
)
from symattn.kernel.rules.logic import Use, left_over, must_be, nowhere
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.terms import Term, number, walk

__all__ = [
    "apply",
    "assume",
    "at_size",
    "both_ways",
    "bound",
    "cases",
    "chain",
    "combine",
    "conjoin",
    "contradict",
    "det_of_blocks",
    "det_of_product",
    "det_of_transpose",
    "differentiate",
    "discharge",
    "eliminate",
    "fold",
    "for_positive",
    "generalise",
    "identity",
    "induction",
    "one_way",
    "other_side",
    "project",
    "quadratic",
    "rank_by_factors",
    "rank_cancel",
    "rank_chain",
    "rank_factors",
    "rank_of_transpose",
    "regular",
    "rewrite",
    "rising",
    "root",
    "semidefinite",
    "specialise",
    "split",
    "square_root",
    "substitute",
    "tangent",
    "too_large",
    "unfold",
    "vanish",
    "witness",
]

ZERO = number(0)


def shown(term: Term, otherwise: str) -> Evidence:
    """How the term is seen to be zero."""
    if not vanishes(term):
        raise KernelError(otherwise)
    return find(term)


def vanishes(term: Term) -> bool:
    """Is the term zero, as far as its normal form tells, or the steps that look at indices in every order?"""
    if is_zero(term):
        return True
    by_places = any(part.kind == "before" for part in walk(term)) or left_to_places(normal(term))
    if by_places and not is_nowhere_near_zero(term):
        with suppress(Stuck):
            return bool(find(term))
    return False


def difference(claim: Equation) -> Term:
    """What has to be zero for the claim: the very term for which the kernel asks, so that it is written out once."""
    must_be(claim, Equation)
    return left_over((), claim, ZERO, ())


def finding(rule: Callable[..., Proof], steps: Callable[..., tuple[Any, ...]]) -> Callable[..., Proof]:
    """The rule, called without the last of its data: `steps(premises, *data)` finds them."""

    def applied(premises: Iterable[Proof] = (), *data: Any) -> Proof:
        premises = tuple(premises)
        try:
            found = steps(premises, *data)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise KernelError(f"{rule.__name__} cannot use these premises and data: {error}") from error
        return rule(premises, *found)

    applied.__name__, applied.__doc__ = rule.__name__, rule.__doc__
    return applied


def _combine(premises: tuple[Proof, ...], claim: Equation, uses: tuple[Use, ...]) -> tuple[Any, ...]:
    must_be(claim, Equation)
    rest = left_over(premises, claim, ZERO, uses)
    return claim, ZERO, uses, shown(rest, "the sides do not differ by this combination of the premises")


def _bound(premises: tuple[Proof, ...], claim: NonNegative, term: Term, uses: tuple[Use, ...] = ()) -> tuple[Any, ...]:
    must_be(claim, NonNegative)
    rest = left_over(premises, claim, term, uses)
    return claim, term, uses, shown(rest, "the claim is not this combination of the term shown and the premises")


combine = finding(rules.combine, _combine)
bound = finding(rules.combine, _bound)


@derived
def identity(claim: Equation) -> Proof:
    """|- left = right, when steps show that left - right is 0, or there are no indices for which to compare them."""
    rest = difference(claim)
    proof = NOTHING if nowhere(claim) else shown(rest, "the two sides have different normal forms")
    return rules.combine((), claim, ZERO, (), proof)
