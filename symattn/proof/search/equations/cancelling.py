"""An equation multiplied by invertible letters: `M⁻¹ A = A N⁻¹` is `A N = M A`, and x = 0 where A x = 0.

There it meets the equations that say what M and N are, as in the push-through identity and in Woodbury's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, product, zip_longest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.letters import INVERTIBLE, inverted
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import moved

TRIES = 12


def multiplied(
    e: Elaborator, goal: Equation, known: Iterable[Letter], prove: Callable[[Equation], Proof | None]
) -> Proof | None:
    """The goal from `left · goal · right = 0`, for invertible letters on either side or on one.

    Those of which the inverse is written come first, and without any the letters that are known.
    """
    if len(goal.indices) != 2:
        return None
    inverses = {t.args[0] for t in terms.walk(goal.left, goal.right) if t.kind == "entry" and t.args[0].inverse}
    letters = {inverted(a) for a in inverses} or {a for a in known if a.facts & INVERTIBLE}
    # the other way round it is the transpose, and the letters those of Mᵀ
    turns = [[(*turn, *pair) for pair in _sides(turn, letters)] for turn in (goal.indices, goal.indices[::-1])]
    tries = chain.from_iterable(zip_longest(*turns))
    for i, j, left, right in islice(filter(None, tries), TRIES):
        found = prove(_times(e, goal, (i, left), (j, right)))
        try:
            if found is not None:
                return _divided(e, goal, (i, left), (j, right), found)
        except KernelError:
            continue
    return None


Side = tuple[int, Letter | None]
"""An index of the goal, and what its side is multiplied by."""


def _sides(turn: tuple[int, ...], letters: Iterable[Letter]) -> Iterator[tuple[Letter | None, Letter | None]]:
    ordered = sorted(letters, key=lambda a: a.name)
    choices = [[None, *(a for a in ordered if a.sizes[0] == size_of(v))] for v in turn]
    yield from ((left, right) for left, right in product(*choices) if left is not None or right is not None)


def _times(e: Elaborator, goal: Equation, first: Side, second: Side) -> Equation:
    """`left (L - R) right = 0`."""
    (i, left), (j, right) = first, second
    p, q = e.fresh(size_of(i)), e.fresh(size_of(j))
    body = moved(terms.subtract(goal.left, goal.right), {i: p, j: q})
    whole = terms.summation((p, q), terms.multiply(_entry(left, i, p), body, _entry(right, q, j)))
    return Equation((i, j), whole, terms.number(0))


def _divided(e: Elaborator, goal: Equation, first: Side, second: Side, found: Proof) -> Proof:
    (i, left), (j, right) = first, second
    p, q = e.fresh(size_of(i)), e.fresh(size_of(j))
    before, after = (None if letter is None else inverted(letter) for letter in (left, right))
    factor = terms.multiply(_entry(before, i, p), _entry(after, q, j))
    return rules.combine((found,), goal, ((0, ((i, p), (j, q)), (p, q), factor),))


def _entry(letter: Letter | None, i: int, j: int) -> Term:
    return terms.delta(i, j) if letter is None else terms.entry(letter, i, j)
