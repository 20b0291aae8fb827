"""Is a term zero?  The steps that show it are given; here they are checked and none is looked for.

A step is a law at some arguments, times something, summed over some indices.  The term less all steps is written out by
`expansion`, and what comes out must add up to nothing by `comparison`, under the order of bound indices that is given.
So what is believed is: expansion keeps values, renaming keeps values, and each law is true.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symattn.errors import KernelError
from symattn.kernel.plain.comparison import Orders, vanish
from symattn.kernel.plain.expansion import written
from symattn.kernel.plain.laws import LAWS, declared, function
from symattn.kernel.plain.order import Sides
from symattn.kernel.syntax.sizes import need
from symattn.kernel.syntax.terms import (
    Letter,
    Term,
    add,
    determinant,
    entry,
    genuine,
    multiply,
    number,
    reciprocal,
    reindex,
    subtract,
    summation,
)

Step = tuple[str, tuple[Any, ...], tuple[int, ...], Term]
"""Name of a law, its arguments, the variables summed over, and what it is multiplied by."""
Evidence = tuple[tuple[Step, ...], Orders]


def holds(term: Term, steps: tuple[Step, ...], orders: Orders) -> bool:
    """term = sum over steps of (sum over variables of factor (left - right)), and so it is 0, for all that is free.

    No step may use a free variable that the term does not have: there might be no index for it to stand for.
    """
    genuine([term])
    need(type(steps) is tuple and type(orders) is tuple, "steps and orders are tuples")
    total = add(term, *(_applied(*step) for step in steps))
    need(total.free <= term.free, "a step uses an index that is bound nowhere")
    return vanish(written(total), orders, term.free)


def _applied(law: str, arguments: tuple[Any, ...], variables: tuple[int, ...], factor: Term) -> Term:
    known = LAWS.get(law) or CONDITIONAL.get(law)
    if known is None:
        raise KernelError(f"there is no law {law!r}")
    left, right = known(*arguments)
    return summation(variables, multiply(number(-1), factor, subtract(left, right)))


def alike(kind: str, left: Term, right: Term, steps: tuple[Step, ...], orders: Orders) -> Sides:
    """F(x) = F(y), when x = y."""
    need(holds(subtract(left, right), steps, orders), "the arguments are not shown to be equal")
    return function(kind, left), function(kind, right)


def same_entries(row: int, column: int, left: Term, right: Term, steps: tuple[Step, ...], orders: Orders) -> Sides:
    """det A = det B, when A_ij = B_ij."""
    need(holds(subtract(left, right), steps, orders), "the entries are not shown to be equal")
    return determinant(row, column, left), determinant(row, column, right)


def inverse(x: Term, y: Term, steps: tuple[Step, ...], orders: Orders) -> Sides:
    """1/x = y, when x y = 1."""
    need(holds(subtract(multiply(x, y), number(1)), steps, orders), "the product is not shown to be 1")
    return reciprocal(x), y


def alternating(letter: Letter, v: int, w: int, x: Term, steps: tuple[Step, ...], orders: Orders) -> Sides:
    """sum_vw A_vw x = 0, for skew A, when x stays the same as v and w change places."""
    declared(letter, "skew")
    need(holds(subtract(x, reindex(x, {v: w, w: v})), steps, orders), "what is left is not shown to be symmetric")
    return summation((v, w), multiply(entry(letter, v, w), x)), number(0)


CONDITIONAL: dict[str, Callable[..., Sides]] = {
    law.__name__: law for law in (alike, same_entries, inverse, alternating)
}
"""The laws that hold when something else does, which the step then shows as well."""
