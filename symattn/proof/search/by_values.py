"""An equality with parts under letters of their own, as `elaborate.values` states it.  Nothing here is trusted.

The letters stay what they are for as long as that will do.  Letters that are equal, perhaps up to a permutation of rows
or columns, become one, the innermost first; only then is one after the other written out, the cheapest first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from math import prod

from symattn.engine import rules
from symattn.engine.normal import is_zero, normal
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, terms_of
from symattn.kernel.syntax.letters import INVERTIBLE
from symattn.kernel.syntax.sizes import variable
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.values import Named
from symattn.proof.search import by_adjoints
from symattn.proof.search.equations.derived import equation_of, filled, swapped
from symattn.proof.search.likenesses import Likenesses

WRITTEN_OUT = 400
"""With more products than this no letter is written out any more."""
DEEPER, MOST = 3, 20_000
"""How many times what is in a function counts, and how many products a goal may have before anybody multiplies out."""


def prove(named: Named, worth: Callable[[], bool] = lambda: True) -> Proof | None:
    """The formula of `named`, or None where this does not find it; `worth` is asked before a letter is written out."""
    assumed = rules.assume((), named.hypothesis)
    facts = {v.letter: rules.project((assumed,), which) for which, v in enumerate(named.definitions)}
    try:
        found = by_adjoints.prove(named, facts) if named.loss is not None else _folded(named, facts, worth)
    except KernelError:
        return None
    if found is None:
        return None
    inner = rules.discharge((found,), named.hypothesis)
    return rules.generalise((inner,), tuple(facts))


def _folded(named: Named, facts: dict[Letter, Proof], worth: Callable[[], bool]) -> Proof | None:
    """The conclusion with letters that are equal as one, and with what is then still needed written out."""
    known = terms.symbols(*terms_of(named.formula))
    turns = sorted((a for a in known if isinstance(a, Letter) and a.facts & INVERTIBLE), key=lambda a: a.name)
    likenesses = Likenesses(turns)
    equal: dict[Letter, Proof] = {}
    different: dict[Letter, Proof] = {}
    for letter, fact in _plain_first(facts, turns):
        here = _Rewriting(equation_of(fact)).each(equal).forwards(fact)
        same = likenesses.found(here, _itself(here, turns) or list(different.values()))
        (equal if same else different)[letter] = same or here
    goal = _Rewriting(named.conclusion).each(equal)
    once = {v.letter: different[v.letter] for v in named.values[::-1] if not v.shared and v.letter in different}
    while not _holds(goal.now):
        cheapest = _first(goal.now, once) or _cheapest(goal.now, different)
        if cheapest is None or not worth():
            return None
        goal.step(cheapest, different[cheapest])
        if _products(goal.now.left, {}) + _products(goal.now.right, {}) > MOST:
            return None
    return goal.backwards(rules.identity((), goal.now))


def _plain_first(facts: dict[Letter, Proof], turns: Collection[Letter]) -> list[tuple[Letter, Proof]]:
    """What has no turn in it before what has, so that each layer is likened to one in the same way."""
    turned: set[object] = set(turns)
    for letter, fact in facts.items():
        if not turned.isdisjoint(terms.symbols(equation_of(fact).right)):
            turned.add(letter)
    return sorted(facts.items(), key=lambda pair: pair[0] in turned)


def _itself(fact: Proof, turns: Collection[Letter]) -> list[Proof]:
    """That a letter is itself, where the fact says that another one is this one with turns around it."""
    parts = [*terms.walk(equation_of(fact).right)]
    others = {part.args[0] for part in parts if part.kind == "entry" and part.args[0] not in turns}
    if len(others) != 1 or not {part.kind for part in parts} <= {"sum", "multiply", "entry", "delta"}:
        return []
    (letter,) = others
    indices = tuple(variable(f"itself {n}", size) for n, size in enumerate(letter.sizes))
    entry = terms.entry(letter, *indices)
    return [rules.identity((), Equation(indices, entry, entry))]


def _holds(equation: Equation) -> bool:
    return is_zero(terms.subtract(equation.left, equation.right))


def _first(goal: Equation, facts: dict[Letter, Proof]) -> Letter | None:
    used = terms.symbols(goal.left, goal.right)
    return next((letter for letter in facts if letter in used), None)


def _cheapest(goal: Equation, facts: dict[Letter, Proof]) -> Letter | None:
    """The letter in the goal whose part has the fewest products; of those that have as few, the outermost."""
    used = [a for a in reversed(facts) if a in terms.symbols(goal.left, goal.right)]
    if not used or len(normal(terms.subtract(goal.left, goal.right))) > WRITTEN_OUT:
        return None
    return min(used, key=lambda a: len(normal(equation_of(facts[a]).right)))


def _products(term: Term, known: dict[Term, int]) -> int:
    """About how many products it has when it is multiplied out, also inside of functions."""
    if term not in known:
        known[term] = min(_counted(term, [_products(part, known) for part in term.below]), MOST + 1)
    return known[term]


def _counted(term: Term, below: list[int]) -> int:
    match term.kind:
        case "add":
            return sum(below)
        case "multiply":
            return prod(below)
        case "power" if term.args[1] > 0:
            return int(below[0] ** min(int(term.args[1]) + 1, WRITTEN_OUT))
        case "sum" | "power":
            return below[0]
        case "entry" | "derivative":
            return max(below, default=1)
    return DEEPER * max(below) if below else 1


class _Rewriting:
    """An equation in which letters are replaced one after the other by what they are proved to be."""

    def __init__(self, equation: Equation) -> None:
        self.now = equation
        self.steps: list[tuple[Equation, Letter, Proof]] = []

    def each(self, facts: dict[Letter, Proof]) -> _Rewriting:
        for letter, fact in facts.items():
            if letter in terms.symbols(self.now.left, self.now.right):
                self.step(letter, fact)
        return self

    def step(self, letter: Letter, fact: Proof) -> None:
        said = equation_of(fact)
        self.steps.append((self.now, letter, fact))
        self.now = filled(self.now, letter, Array(said.indices, said.right))

    def forwards(self, proof: Proof) -> Proof:
        """What the equation has become, from a proof of what it was."""
        for pattern, letter, fact in self.steps:
            proof = rules.rewrite((fact, proof), pattern, letter)
        return proof

    def backwards(self, proof: Proof) -> Proof:
        """What the equation was, from a proof of what it has become."""
        for pattern, letter, fact in reversed(self.steps):
            proof = rules.rewrite((swapped(fact), proof), pattern, letter)
        return proof
