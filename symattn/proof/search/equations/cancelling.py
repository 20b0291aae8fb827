"""An equation with inverses, multiplied by what they are inverses of: `M⁻¹ A = A N⁻¹` is `A N = M A`.

There it meets the equations that say what M and N are, as in the push-through identity and in Woodbury's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.kernel.theorem import Theorem
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import moved

TRIES = 12


def multiplied(e: Elaborator, goal: Equation, prove: Callable[[Equation], Theorem | None]) -> Theorem | None:
    """The goal from `left · goal · right = 0`, for invertible letters on either side or on one."""
    if len(goal.indices) != 2:
        return None
    for left, right in islice(_sides(goal), TRIES):
        found = prove(_times(e, goal, left, right))
        try:
            if found is not None:
                return _divided(e, goal, left, right, found)
        except KernelError:
            continue
    return None


def _sides(goal: Equation) -> Iterator[tuple[Letter | None, Letter | None]]:
    inverses = {t.args[0] for t in terms.walk(goal.left, goal.right) if t.kind == "entry" and t.args[0].inverse}
    letters = [inverted(s) for s in sorted(inverses, key=lambda s: s.name)]
    choices = [[None, *(a for a in letters if a.sizes[0] == size_of(v))] for v in goal.indices]
    yield from ((left, right) for left, right in product(*choices) if left is not None or right is not None)


def _times(e: Elaborator, goal: Equation, left: Letter | None, right: Letter | None) -> Equation:
    """`left (L - R) right = 0`."""
    i, j = goal.indices
    p, q = e.fresh(size_of(i)), e.fresh(size_of(j))
    body = moved(terms.subtract(goal.left, goal.right), {i: p, j: q})
    whole = terms.summation((p, q), terms.multiply(_entry(left, i, p), body, _entry(right, q, j)))
    return Equation(goal.indices, whole, terms.number(0))


def _divided(e: Elaborator, goal: Equation, left: Letter | None, right: Letter | None, found: Theorem) -> Theorem:
    i, j = goal.indices
    p, q = e.fresh(size_of(i)), e.fresh(size_of(j))
    before, after = (None if letter is None else inverted(letter) for letter in (left, right))
    factor = terms.multiply(_entry(before, i, p), _entry(after, q, j))
    return rules.combine((found,), goal, ((0, ((i, p), (j, q)), (p, q), factor),))


def _entry(letter: Letter | None, i: int, j: int) -> Term:
    return terms.delta(i, j) if letter is None else terms.entry(letter, i, j)
