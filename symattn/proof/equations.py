"""Proof: equations from normal forms alone, and the same equation in other words.  `reduction` uses known equations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from symattn.errors import KernelError
from symattn.kernel import formulas, rules, terms
from symattn.kernel.formulas import Array, Equation, ForAll, Formula, NonNegative
from symattn.kernel.normal import is_zero
from symattn.kernel.sizes import Index, Size, part_index, size_of, variable, variables_of
from symattn.kernel.terms import Letter, Term
from symattn.kernel.theorem import Theorem
from symattn.proof.elaborate import Elaborator


def identity(goal: Equation) -> Theorem | None:
    return rules.identity((), goal) if is_zero(terms.subtract(goal.left, goal.right)) else None


def adapt(theorem: Theorem, goal: Equation) -> Theorem:
    """The theorem in the words of the goal: the same indices, sides with the same normal forms."""
    places = tuple(zip(theorem.conclusion.indices, goal.indices, strict=True))
    return rules.combine((theorem,), goal, ((0, places, (), terms.number(1)),))


def reworded(theorem: Theorem, goal: Formula) -> Theorem | None:
    """The theorem, if it is the goal or an equation or a bound that says the same in other words."""
    said = theorem.conclusion
    kinds = Equation | NonNegative
    if said == goal or type(said) is not type(goal) or not isinstance(said, kinds) or not isinstance(goal, kinds):
        return theorem if said == goal else None
    if [size_of(v) for v in said.indices] != [size_of(v) for v in goal.indices]:
        return None
    try:
        if isinstance(goal, Equation):
            return adapt(theorem, goal)
        places = tuple(zip(said.indices, goal.indices, strict=True))
        return rules.bound((theorem,), goal, terms.number(0), ((0, places, (), terms.number(1)),))
    except KernelError:
        return None


def swapped(theorem: Theorem) -> Theorem:
    """`a = b` as `b = a`."""
    equation = theorem.conclusion
    turned = Equation(equation.indices, equation.right, equation.left)
    places = tuple((v, v) for v in equation.indices)
    return rules.combine((theorem,), turned, ((0, places, (), terms.number(-1)),))


def split_at(goal: Equation) -> tuple[int, tuple[Size, ...]] | None:
    """An index of the goal that some delta compares with a place in one part of a split size."""
    for term in terms.walk(goal.left, goal.right):
        if term.kind == "delta":
            for here, there in (term.args, term.args[::-1]):
                if here in goal.indices and isinstance(here, int) and isinstance(there, tuple) and there[0] == "part":
                    return here, there[1]
    return None


def in_parts(e: Elaborator, goal: Equation, prove: Callable[[Equation], Theorem]) -> Theorem | None:
    """The goal for each part of a split index, and so for the whole index."""
    found = split_at(goal)
    if found is None:
        return None
    index, sizes = found
    places = tuple(e.fresh(size) for size in sizes)
    premises = []
    for which, place in enumerate(places):
        part = {index: part_index(sizes, which, place)}
        indices = tuple(place if v == index else v for v in goal.indices)
        premises.append(prove(Equation(indices, *(terms.reindex(side, part) for side in (goal.left, goal.right)))))
    return rules.split(premises, goal, index, places)


def meetings(facts: list[Theorem]) -> Iterator[Theorem]:
    """`b = c` from every pair of facts `a = b` and `a = c`."""
    for one, other in combinations([f for f in facts if isinstance(f.conclusion, Equation)], 2):
        first, second = one.conclusion, other.conclusion
        if [size_of(v) for v in first.indices] == [size_of(v) for v in second.indices]:
            places = tuple(zip(second.indices, first.indices, strict=True))
            same = tuple((v, v) for v in first.indices)
            uses = ((0, same, (), terms.number(-1)), (1, places, (), terms.number(1)))
            try:
                yield rules.combine((one, other), Equation(first.indices, first.right, _moved(second, places)), uses)
            except KernelError:
                continue


def _moved(equation: Equation, places: tuple[tuple[int, Index], ...]) -> Term:
    moving = frozenset(w for _, index in places for w in variables_of(index))
    return terms.reindex(formulas.refresh(equation.right, moving), dict(places))


def basis_instance(e: Elaborator, theorem: Theorem) -> Theorem | None:
    """`for all x. l = r` at every basis matrix at once: each bound letter becomes a product of deltas."""
    formula = theorem.conclusion
    if not isinstance(formula, ForAll) or not isinstance(formula.body, Equation):
        return None
    if not all(isinstance(s, Letter) and not s.facts for s in formula.symbols):
        return None
    new = []
    for number, letter in enumerate(formula.symbols):
        indices = tuple(variable(f"at{number}{k}", size) for k, size in enumerate(letter.sizes))  # type: ignore[union-attr]
        chosen = tuple(e.fresh(size) for size in letter.sizes)  # type: ignore[union-attr]
        deltas = [terms.delta(a, b) for a, b in zip(chosen, indices, strict=True)]
        new.append((letter, Array(indices, terms.multiply(*deltas), chosen)))
    return rules.specialise((theorem,), tuple(new))
