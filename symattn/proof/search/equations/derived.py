"""Equations from normal forms alone, and what is made of known ones.  `reduction` combines them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from symattn.engine import rules
from symattn.engine.derived import mirrored
from symattn.engine.normal import is_zero
from symattn.engine.reading import is_long
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.logic import Use
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, ForAll, NonNegative, Symbol
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, size_of, variable
from symattn.kernel.syntax.substitution import instantiate
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator


def equation_of(theorem: Proof) -> Equation:
    """What the theorem concludes.

    Raises    KernelError when that is not an equation
    """
    if not isinstance(theorem.conclusion, Equation):
        raise KernelError(f"not an equation: {theorem.conclusion}")
    return theorem.conclusion


def use(which: int, said: Sequence[int], places: Sequence[Index], factor: Term | None = None) -> Use:
    """The premise of this number at these places, for the indices that it is about, times the factor."""
    return which, tuple(zip(said, places, strict=True)), (), terms.number(1) if factor is None else factor


def identity(goal: Equation) -> Proof | None:
    empty = any(size_of(v).constant == 0 for v in goal.indices)
    rest = rules.difference(goal)
    return rules.identity((), goal) if empty or (not is_long(rest) and rules.vanishes(rest)) else None


def adapt(theorem: Proof, goal: Equation) -> Proof:
    """The theorem in the words of the goal: the same indices, sides with the same normal forms."""
    if theorem.conclusion == goal:
        return theorem
    return rules.combine((theorem,), goal, (use(0, equation_of(theorem).indices, goal.indices),))


def swapped(theorem: Proof) -> Proof:
    """`a = b` as `b = a`."""
    equation = equation_of(theorem)
    turned = Equation(equation.indices, equation.right, equation.left)
    return rules.combine((theorem,), turned, (use(0, equation.indices, equation.indices, terms.number(-1)),))


def meetings(facts: list[Proof]) -> Iterator[Proof]:
    """`b = c` from every pair of facts `a = b` and `a = c`."""
    for one, other in combinations([f for f in facts if isinstance(f.conclusion, Equation)], 2):
        first, second = equation_of(one), equation_of(other)
        here = first.indices
        if [size_of(v) for v in here] == [size_of(v) for v in second.indices]:
            goal = Equation(here, first.right, moved(second.right, dict(zip(second.indices, here, strict=True))))
            try:
                yield rules.combine(
                    (one, other), goal, (use(0, here, here, terms.number(-1)), use(1, second.indices, here))
                )
            except KernelError:
                continue


def filled(pattern: Equation, hole: Letter, content: Array) -> Equation:
    """The equation with an array in the place of a letter."""
    found = instantiate(pattern, {hole: content})
    if not isinstance(found, Equation):
        raise KernelError(f"not an equation: {found}")
    return found


def put_in(goal: Equation, there: Proof, equal: Callable[[Equation], Proof]) -> Proof:
    """The goal from what `equal` proves: the goal with the right side of an equation in the place of its left side."""
    said = equation_of(there)
    hole = Letter("hole", tuple(map(size_of, said.indices)))
    new = {said.left: terms.entry(hole, *said.indices)}
    pattern = Equation(goal.indices, replaced(goal.left, new), replaced(goal.right, new))
    rest = equal(filled(pattern, hole, Array(said.indices, said.right)))
    return rules.rewrite((mirrored((there,)), rest), pattern, hole)


def replaced(term: Term, by: Mapping[Term, Term]) -> Term:
    """The term with others in the places of some of its parts."""
    if term in by:
        return by[term]
    return terms.rebuild(term, lambda part: replaced(part, by)) if term.below else term


def moved(term: Term, places: Mapping[int, Index]) -> Term:
    """The term at these places, its bound variables renamed out of their way."""
    return terms.reindex(term, places)


def basis_instance(e: Elaborator, theorem: Proof) -> Proof | None:
    """`for all x. l = r`, or `b >= 0`, at every basis matrix at once: each bound letter becomes a product of deltas."""
    formula = theorem.conclusion
    if not isinstance(formula, ForAll) or not isinstance(formula.body, Equation | NonNegative):
        return None
    if not all(isinstance(s, Letter) and not s.facts for s in formula.symbols):
        return None
    new = []
    for number, letter in enumerate(formula.symbols):
        indices = tuple(variable(f"at{number}{k}", size) for k, size in enumerate(letter.sizes))  # type: ignore[union-attr]
        chosen = tuple(e.fresh(size) for size in letter.sizes)  # type: ignore[union-attr]
        deltas = [terms.delta(a, b) for a, b in zip(chosen, indices, strict=True)]
        new.append((letter, Array(indices, terms.multiply(*deltas), chosen)))
    try:
        return rules.specialise((theorem,), tuple(new))
    except KernelError:  # under a determinant no index can be left open
        return None


def pair_instance(e: Elaborator, theorem: Proof) -> Proof | None:
    """`for all x. l = r` at `x = e_a + e_b`, for one row or column x: what a form says of pairs of places.

    Where x enters no more than once, the places by themselves say as much.
    """
    formula = theorem.conclusion
    if not isinstance(formula, ForAll) or not isinstance(formula.body, Equation) or len(formula.symbols) != 1:
        return None
    (letter,) = formula.symbols
    if not isinstance(letter, Letter) or letter.facts or ONE_SIZE not in letter.sizes or len(letter.sizes) != 2:
        return None
    indices = tuple(variable(f"at{k}", size) for k, size in enumerate(letter.sizes))
    along = 1 if letter.sizes[0] == ONE_SIZE else 0
    chosen = tuple(e.fresh(letter.sizes[along]) for _ in range(2))
    value = terms.add(*(terms.delta(place, indices[along]) for place in chosen))
    try:
        if _is_linear(e, formula.body, letter):
            return None
        return rules.specialise((theorem,), ((letter, Array(indices, value, chosen)),))
    except KernelError:
        return None


def _is_linear(e: Elaborator, said: Equation, letter: Letter) -> bool:
    body = terms.subtract(said.left, said.right)
    for _ in range(2):
        body = terms.derivative(body, letter, *(e.fresh(size) for size in letter.sizes))
    return is_zero(body)


def lines(e: Elaborator, letter: Letter, line: Symbol) -> Iterator[Array]:
    """The rows and columns of a matrix, as what a row or a column may be."""
    if not isinstance(line, Letter) or len(line.sizes) != 2 or ONE_SIZE not in line.sizes:
        return
    indices = tuple(variable(f"line{k}", size) for k, size in enumerate(line.sizes))
    along = 1 if line.sizes[0] == ONE_SIZE else 0
    for side, size in enumerate(letter.sizes):
        if size == line.sizes[along] and letter.sizes[1 - side] != ONE_SIZE:
            other = e.fresh(letter.sizes[1 - side])
            places = (indices[along], other) if side == 0 else (other, indices[along])
            yield Array(indices, terms.entry(letter, *places), (other,))
