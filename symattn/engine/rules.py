"""Engine: the rules of the kernel, called as if it looked for steps itself.

The normal form says at once what is not equal; only where it says equal are steps looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from symattn.engine.finder import find
from symattn.engine.normal import is_zero, rational_value
from symattn.errors import KernelError
from symattn.kernel import rules
from symattn.kernel.formulas import Equation, Formula, NonNegative, RankAtMost
from symattn.kernel.inequalities import gap
from symattn.kernel.logic import Use, left_over, must_be, nowhere
from symattn.kernel.plain import Proof
from symattn.kernel.rank_rules import unlike_transpose
from symattn.kernel.rules import (
    apply,
    assume,
    at_size,
    both_ways,
    conjoin,
    det_of_blocks,
    det_of_product,
    det_of_transpose,
    discharge,
    eliminate,
    generalise,
    induction,
    one_way,
    other_side,
    project,
    quadratic,
    rank_by_factors,
    rank_cancel,
    rank_chain,
    rank_factors,
    regular,
    rewrite,
    root,
    semidefinite,
    specialise,
    split,
    square_root,
    substitute,
    tangent,
    too_large,
    vanish,
    witness,
)
from symattn.kernel.terms import Term, number, subtract
from symattn.kernel.theorem import Theorem

__all__ = [
    "apply",
    "assume",
    "at_size",
    "both_ways",
    "bound",
    "combine",
    "conjoin",
    "contradict",
    "det_of_blocks",
    "det_of_product",
    "det_of_transpose",
    "discharge",
    "eliminate",
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
    "root",
    "semidefinite",
    "specialise",
    "split",
    "square_root",
    "substitute",
    "tangent",
    "too_large",
    "vanish",
    "witness",
]

NOTHING: Proof = ((), ())


def shown(term: Term, otherwise: str) -> Proof:
    """How the term is seen to be zero."""
    if not is_zero(term):
        raise KernelError(otherwise)
    return find(term)


def finding(rule: Callable[..., Theorem], steps: Callable[..., tuple[Any, ...]]) -> Callable[..., Theorem]:
    """The rule, called without the last of its data: `steps(premises, *data)` finds them."""

    def applied(premises: Iterable[Theorem] = (), *data: Any) -> Theorem:
        premises = tuple(premises)
        try:
            found = steps(premises, *data)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise KernelError(f"{rule.__name__} cannot use these premises and data: {error}") from error
        return rule(premises, *found)

    applied.__name__, applied.__doc__ = rule.__name__, rule.__doc__
    return applied


def _identity(premises: tuple[Theorem, ...], claim: Equation) -> tuple[Any, ...]:
    must_be(claim, Equation, "identity")
    difference = subtract(claim.left, claim.right)
    return claim, NOTHING if nowhere(claim) else shown(difference, "the two sides have different normal forms")


def _combine(premises: tuple[Theorem, ...], claim: Equation, uses: tuple[Use, ...]) -> tuple[Any, ...]:
    rest = left_over(premises, claim, uses)
    return claim, uses, shown(rest, "the sides do not differ by this combination of the premises")


def _bound(
    premises: tuple[Theorem, ...], claim: NonNegative, term: Term, uses: tuple[Use, ...] = ()
) -> tuple[Any, ...]:
    rest = gap(premises, claim, term, uses)
    return claim, term, uses, shown(rest, "the claim is not this combination of the term shown and the premises")


def _rank_of_transpose(premises: tuple[Theorem, ...], claim: RankAtMost) -> tuple[Any, ...]:
    return claim, shown(unlike_transpose(claim), "the first matrix is not the transpose of the second")


def _contradict(premises: tuple[Theorem, ...], hypothesis: Formula) -> tuple[Any, ...]:
    (premise,) = premises
    said = must_be(premise.conclusion, Equation, "contradict")
    difference = subtract(said.left, said.right)
    value = rational_value(difference)
    if not value:
        raise KernelError("the sides of the premise do not differ by a number other than 0")
    return hypothesis, value, find(subtract(difference, number(value)))


identity = finding(rules.identity, _identity)
combine = finding(rules.combine, _combine)
bound = finding(rules.bound, _bound)
rank_of_transpose = finding(rules.rank_of_transpose, _rank_of_transpose)
contradict = finding(rules.contradict, _contradict)
