"""What is at least 0 and at most 0, itself or added up, is 0.  `search` tries it; `each_vanishes` takes weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Expr

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import KernelError, TheoremError
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import use
from symattn.proof.verdict import Theorem

Prover = Callable[[NonNegative], Proof | None]


def each_vanishes(theorem: Theorem, claim: lang.Equal, *, weight: Expr | int | None = None) -> Theorem:
    """From `total(w ∘ x ∘ x) = 0`, or ≤ 0, with positive weights w, that A = B, where x = A - B.

    theorem    that the weighted sum is 0, or at most 0
    claim      Equal(A, B)
    weight     w, a matrix of the shape of A, or a scalar for scalars; 1 when absent

    >>> n, d = sizes("n d")
    >>> A, B = matrix("A", n, d), matrix("B", n, d)
    >>> near = Equal(normsquared(A - B), 0)
    >>> print(sa.proof.each_vanishes(prove(near, given=near), Equal(A, B)))
    for all n, d, normsquared(A - B) = 0: A = B  (over the real numbers)

    Raises    TheoremError when the theorem does not say that, or a weight is not seen to be positive
    """
    goal = formula_of(claim)
    e = Elaborator(prefix="s")
    try:
        if not isinstance(goal, Equation):
            raise KernelError("the claim is no single equation")
        factor = terms.number(1) if weight is None else _weight(e, weight, goal)
        found = by_squares(goal, lambda least: at_most_zero(theorem.kernel, least), factor)
    except KernelError as error:
        raise TheoremError(f"{theorem}\n    does not show {lang.text(claim)}: {error}") from None
    if found is None:
        raise TheoremError(f"{theorem}\n    is not that the squares behind {lang.text(claim)} sum to 0")
    return Theorem(claim, theorem.given, found)


def _weight(e: Elaborator, weight: Any, goal: Equation) -> Term:
    return e.entry(weight, *goal.indices) if goal.indices else e.scalar(weight)


def at_most_zero(known: Proof | None, least: NonNegative) -> Proof | None:
    """`-x >= 0` from a theorem that says so, or that x = 0, in whatever words."""
    if known is None:
        return None
    factor = terms.number(-1 if isinstance(known.conclusion, Equation) else 1)
    try:
        return rules.bound((known,), least, terms.number(0), ((0, (), (), factor),))
    except KernelError:
        return None


def by_squares(goal: Equation, prove: Prover, weight: Term | None = None) -> Proof | None:
    """The goal, when it can be proved that the weighted squares of its differences sum to at most 0.

    Raises    KernelError when the weight is not visibly positive
    """
    weight, zero = weight or terms.number(1), terms.number(0)
    if not visibly_positive(weight):
        raise KernelError("the weight is not seen to be positive")
    indices, gap = goal.indices, terms.subtract(goal.left, goal.right)
    square = terms.multiply(weight, terms.power(gap, 2))
    least = prove(NonNegative((), terms.negative(terms.summation(indices, square))))
    if least is None:
        return None
    each = rules.vanish((rules.bound((), NonNegative(indices, square), square), least), indices)
    bare = Equation(indices, terms.power(gap, 2), zero)
    each = rules.combine((each,), bare, (use(0, indices, indices, terms.reciprocal(weight)),))
    root = rules.square_root((each,), Equation(indices, gap, zero))
    return rules.combine((root,), goal, (use(0, indices, indices),))


def by_bounds(goal: Equation, prove: Prover) -> Proof | None:
    """The goal, when one side is proved to be at least the other, and no more, entry by entry or added up."""
    sides = (goal.left, goal.right), (goal.right, goal.left)
    for left, right in sides:
        gap = terms.subtract(left, right)
        above = prove(NonNegative(goal.indices, gap))
        if above is None:
            continue
        for over in dict.fromkeys(((), goal.indices)):
            rest = tuple(v for v in goal.indices if v not in over)
            below = prove(NonNegative(rest, terms.negative(terms.summation(over, gap))))
            if below is not None:
                zero = rules.vanish((above, below), over)
                number = terms.number(1 if left is goal.left else -1)
                return rules.combine((zero,), goal, (use(0, goal.indices, goal.indices, number),))
    return None
