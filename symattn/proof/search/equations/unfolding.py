"""A known equation used inside functions.  Wherever a product contains its one side, the other takes its place.

The equations are used one after the other, first all towards their shorter sides, then all towards their longer ones
(which unfolds what a letter is defined to be).  The kernel's rule `rewrite` checks each step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce

from symattn.engine import rules
from symattn.engine.normal import normal
from symattn.engine.reading import EMPTY, SKELETONS, Factor, Poly, argument_of, is_open_sum
from symattn.errors import KernelError
from symattn.kernel.plain.laws import FUNCTIONS, function
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.sizes import ONE_SIZE, constant_index, size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import Flat, flatten, occurrences, parameters, raised, term_of_factor
from symattn.proof.search.equations.derived import adapt, equation_of, filled, swapped

ONLY = constant_index(0, ONE_SIZE)


@dataclass(frozen=True)
class _Step:
    """`goal` follows from `easier`, by the equation `fact` in the holes of the pattern.

    There is its left side in `goal`, or its right one where it is turned.
    """

    goal: Equation
    easier: Equation
    pattern: Equation
    hole: Letter
    fact: Proof
    turned: bool

    def climb(self, below: Proof) -> Proof:
        exact = adapt(below, self.easier)
        back = self.fact if self.turned else swapped(self.fact)
        return adapt(rules.rewrite((back, exact), self.pattern, self.hole), self.goal)


@dataclass
class Unfolding:
    """A goal in which every fact is used: all towards their shorter sides, and all towards their longer ones."""

    e: Elaborator
    goal: Equation
    facts: list[Proof]

    @cached_property
    def _shorter(self) -> list[_Step]:
        return self._steps(shorten=True)

    @cached_property
    def _longer(self) -> list[_Step]:
        return self._steps(shorten=False)

    def _steps(self, *, shorten: bool) -> list[_Step]:
        steps: list[_Step] = []
        for fact in self.facts:
            step = _step(self.e, steps[-1].easier if steps else self.goal, fact, shorten)
            steps += [step] if step else []
        return steps

    def proof(self, prove: Callable[[Equation], Proof | None]) -> Proof | None:
        """The goal from the one that is left when every fact has been used, if that can be proved."""
        for shorten in (True, False):
            steps = self._shorter if shorten else self._longer
            below = prove(steps[-1].easier) if steps else None
            try:
                if below is not None:
                    return reduce(lambda theorem, step: step.climb(theorem), reversed(steps), below)
            except KernelError:
                continue
        return None


def _step(e: Elaborator, goal: Equation, fact: Proof, shorten: bool) -> _Step | None:
    if not isinstance(fact.conclusion, Equation):
        return None
    as_stated = _length(e, fact.conclusion.left) >= _length(e, fact.conclusion.right)
    said, turned = equation_of(fact), as_stated != shorten
    said = Equation(said.indices, said.right, said.left) if turned else said
    pattern = _pattern(e, said.left)
    if pattern is None or not {v for v in said.indices if size_of(v) != ONE_SIZE} <= set(_variables(pattern)):
        return None
    e.count += 1
    hole = Letter(f"hole{e.count}", tuple(size_of(v) for v in said.indices))
    holes = _Holes(e, pattern, said.indices, hole)
    try:
        holed = Equation(goal.indices, holes.fill(normal(goal.left)), holes.fill(normal(goal.right)))
        easier = filled(holed, hole, Array(said.indices, said.right))
    except KernelError:
        return None
    return _Step(goal, easier, holed, hole, fact, turned) if holes.used else None


def _length(e: Elaborator, side: Term) -> int:
    return sum(len(flatten(monomial, e.fresh).atoms) for monomial in normal(side))


def _pattern(e: Elaborator, side: Term) -> Flat | None:
    """The side as one product without numbers, in which some letter occurs."""
    poly = normal(side)
    if list(poly.values()) != [1] or EMPTY in poly:
        return None
    ((params, factors),) = poly
    flat = flatten((params, factors), e.fresh)
    return flat if not params and any(SKELETONS[s].kind != "delta" for s, _, _ in flat.atoms) else None


def _variables(flat: Flat) -> list[int]:
    return [v for _, places, _ in flat.atoms for v in places]


class _Holes:
    """Turns a normal form into a term with the hole wherever the pattern was."""

    def __init__(self, e: Elaborator, pattern: Flat, indices: tuple[int, ...], hole: Letter) -> None:
        self.e, self.pattern, self.indices, self.hole = e, pattern, indices, hole
        self.used = False

    def fill(self, poly: Poly) -> Term:
        summands = []
        for (params, factors), coefficient in poly.items():
            product = self._product(flatten((params, factors), self.e.fresh))
            summands.append(terms.multiply(terms.number(Fraction(coefficient)), *parameters(params), product))
        return terms.add(*summands) if summands else terms.number(0)

    def _product(self, flat: Flat) -> Term:
        parts, atoms, bound = [], flat.atoms, flat.bound
        while (found := next(occurrences(self.pattern, Flat((), atoms, bound)), None)) is not None:
            self.used = True
            parts.append(terms.entry(self.hole, *(found.values.get(v, ONLY) for v in self.indices)))
            inner = {found.values[v] for v in self.pattern.bound}
            atoms, bound = found.rest, tuple(v for v in bound if v not in inner)
        parts += [self._factor(atom) for atom in atoms]
        return terms.summation(bound, terms.multiply(*parts) if parts else terms.number(1))

    def _factor(self, factor: Factor) -> Term:
        number, places, power = factor
        kind = SKELETONS[number].kind
        if kind in FUNCTIONS:
            base = function(kind, self.fill(argument_of((number, places, 1))))
        elif kind == "sum" and not is_open_sum(factor):
            base = self.fill({((), ((number, places, 1),)): 1})
        else:
            return term_of_factor(factor, self.e.fresh)
        return raised(base, power)
