"""Proof: equations, from normal forms alone or with hypotheses.  `search` calls it.

The difference of the two sides is reduced: wherever a product contains a side of a hypothesis, the hypothesis takes it
away, until nothing is left.  The steps taken become one use of the kernel's rule `combine`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from symattn.errors import KernelError
from symattn.kernel import rules, terms
from symattn.kernel.formulas import Array, Equation, ForAll
from symattn.kernel.normal import cleared, is_zero, normal
from symattn.kernel.sizes import constant_index, size_of, variable
from symattn.kernel.terms import Letter, Term
from symattn.kernel.theorem import Theorem
from symattn.proof.elaborate import Elaborator
from symattn.proof.reify import Flat, flatten, occurrences, parameters, term_of_factor

STEPS, CHOICES = 8, 3


def identity(goal: Equation) -> Theorem | None:
    return rules.identity((), goal) if is_zero(terms.subtract(goal.left, goal.right)) else None


def adapt(theorem: Theorem, goal: Equation) -> Theorem:
    """The theorem in the words of the goal: the same indices, sides with the same normal forms."""
    places = tuple(zip(theorem.conclusion.indices, goal.indices, strict=True))
    return rules.combine((theorem,), goal, ((0, places, (), terms.number(1)),))


def swapped(theorem: Theorem) -> Theorem:
    """`a = b` as `b = a`."""
    equation = theorem.conclusion
    turned = Equation(equation.indices, equation.right, equation.left)
    places = tuple((v, v) for v in equation.indices)
    return rules.combine((theorem,), turned, ((0, places, (), terms.number(-1)),))


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


@dataclass
class _Step:
    use: rules.Use
    taken: Term


def reduce(e: Elaborator, goal: Equation, facts: list[Theorem]) -> Theorem | None:
    """The goal as a combination of the facts, found by taking one fact away at a time."""
    facts = [f for f in facts if isinstance(f.conclusion, Equation)]
    steps = _descend(e, terms.subtract(goal.left, goal.right), facts, STEPS, set())
    if steps is None:
        return None
    try:
        return rules.combine(tuple(facts), goal, tuple(s.use for s in steps))
    except KernelError:
        return None


def _descend(e: Elaborator, rest: Term, facts: list[Theorem], depth: int, seen: set) -> list[_Step] | None:
    poly = normal(rest)
    if not poly or not cleared(poly):
        return []
    key = frozenset(poly.items())
    if depth == 0 or key in seen:
        return None
    seen.add(key)
    for monomial, coefficient in sorted(poly.items(), key=lambda item: (-len(item[0][1]), repr(item))):
        target = flatten(monomial, e.fresh)
        for step in islice(_steps(e, target, coefficient, facts), CHOICES):
            below = _descend(e, terms.subtract(rest, step.taken), facts, depth - 1, seen)
            if below is not None:
                return [step, *below]
    return None


def _steps(e: Elaborator, target: Flat, coefficient, facts: list[Theorem]):
    for which, fact in enumerate(facts):
        equation = fact.conclusion
        difference = terms.subtract(equation.left, equation.right)
        for monomial, weight in normal(difference).items():
            pattern = flatten(monomial, e.fresh)
            if not pattern.atoms:
                continue
            for found in occurrences(pattern, target):
                free = [v for v in equation.indices if v not in found.values]
                if all(size_of(v).minimum >= 1 for v in free):  # what the product does not mention may be anything
                    values = {**found.values, **{v: constant_index(0, size_of(v)) for v in free}}
                    inner = {found.values[v] for v in pattern.bound}
                    bound = tuple(v for v in target.bound if v not in inner)
                    ratio = terms.number(terms.Fraction(coefficient) / terms.Fraction(weight))
                    params = [*parameters(target.params), *(terms.power(p, -1) for p in parameters(pattern.params))]
                    factor = terms.multiply(ratio, *params, *(term_of_factor(a, e.fresh) for a in found.rest))
                    places = tuple((v, values[v]) for v in equation.indices)
                    value = terms.reindex(rules.refresh(difference, frozenset(found.values.values())), dict(places))
                    yield _Step((which, places, bound, factor), terms.summation(bound, terms.multiply(factor, value)))


__all__ = ["adapt", "basis_instance", "identity", "reduce", "swapped"]
