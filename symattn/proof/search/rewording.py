"""A theorem as a formula that says the same in other words.  `search` looks for it first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.inequalities import quadratic_form
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import (
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Implies,
    NonNegative,
    Semidefinite,
    Symbol,
    free_symbols,
)
from symattn.kernel.syntax.sizes import ONE_SIZE, size_of, variable
from symattn.kernel.syntax.substitution import instantiate
from symattn.kernel.syntax.terms import Letter, Parameter
from symattn.proof.search.equations.derived import adapt, use

Leaf = Callable[[Proof, Formula], Proof]


def reworded(theorem: Proof, goal: Formula) -> Proof | None:
    """The theorem, if it is the goal or says the same with other names of what is bound, and in other terms."""
    try:
        return in_words(theorem, goal, _alike)
    except KernelError:
        return None


def in_words(theorem: Proof, goal: Formula, leaf: Leaf) -> Proof:
    """The theorem as the goal, part by part; `leaf` does the parts that are not made of parts.

    Raises    KernelError when what is bound differs
    """
    said = theorem.conclusion
    match said, goal:
        case _ if said == goal:
            return theorem
        case And(parts), And(wanted) if len(parts) == len(wanted):
            each = (rules.project((theorem,), which) for which in range(len(parts)))
            return rules.conjoin([in_words(fact, part, leaf) for fact, part in zip(each, wanted, strict=True)])
        case Implies(), Implies():
            assumed = in_words(rules.assume((), goal.hypothesis), said.hypothesis, leaf)
            inner = in_words(rules.apply((theorem, assumed)), goal.conclusion, leaf)
            return rules.discharge((inner,), goal.hypothesis)
        case ForAll(old), ForAll(new) if _sizes(old) == _sizes(new):
            at = rules.specialise((theorem,), tuple(zip(old, map(itself, new), strict=True)))
            return rules.generalise((in_words(at, goal.body, leaf),), new)
        case Exists(old), Exists(new) if _sizes(old) == _sizes(new):
            same = tuple(map(itself, old))
            body = instantiate(goal.body, dict(zip(new, same, strict=True)))
            there = rules.witness((in_words(rules.assume((), said.body), body, leaf),), goal, same)
            return rules.eliminate((theorem, there))
    return leaf(theorem, goal)


def _alike(theorem: Proof, goal: Formula) -> Proof:
    """An equation, a bound or a form whose terms have the same normal forms."""
    match theorem.conclusion, goal:
        case Equation(said), Equation(here) if _sizes(said) == _sizes(here):
            return adapt(theorem, goal)
        case NonNegative(said), NonNegative(here) if _sizes(said) == _sizes(here):
            return rules.bound((theorem,), goal, terms.number(0), (use(0, said, here),))
        case Semidefinite(said), Semidefinite(here) if said.sizes == here.sizes:
            return _same_form(theorem, goal)
    raise KernelError("the theorem and the goal are not of one form")


def _same_form(theorem: Proof, goal: Semidefinite) -> Proof:
    """Symmetric again, and of the same form along each row."""
    (i, j), body = goal.matrix.indices, goal.matrix.body
    names = {s.name for f in (*theorem.hypotheses, theorem.conclusion, goal) for s in free_symbols(f)}
    direction = Letter(next(n for k in count(1) if (n := f"v{k}") not in names), (ONE_SIZE, size_of(i)))
    opened = rules.quadratic((theorem,), direction)
    mirror = adapt(rules.project((opened,), 0), Equation((i, j), body, terms.reindex(body, {i: j, j: i})))
    along = rules.specialise((rules.project((opened,), 1),), ((direction, itself(direction)),))
    form = NonNegative((), quadratic_form(goal.matrix, direction))
    return rules.semidefinite(
        (mirror, rules.bound((along,), form, terms.number(0), (use(0, (), ()),))), goal, direction
    )


def _sizes(bound: tuple[Symbol | int, ...]) -> list[object]:
    return [size_of(v) if isinstance(v, int) else v.sizes if isinstance(v, Letter) else () for v in bound]


def itself(symbol: Symbol) -> Array:
    """A letter or a parameter, as what replaces another one."""
    if isinstance(symbol, Parameter):
        return Array((), terms.parameter(symbol))
    places = tuple(variable(f"place{k}", size) for k, size in enumerate(symbol.sizes))
    return Array(places, terms.entry(symbol, *places))
