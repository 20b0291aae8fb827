"""An equality with parts under letters of their own, as `elaborate.values` states it.  Nothing here is trusted.

The letters stay what they are for as long as that will do.  Letters that are equal, perhaps up to a permutation of rows
or columns, become one, the innermost first; only then is one after the other written out, the cheapest first.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from symattn.engine import rules
from symattn.engine.normal import is_zero, normal
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, terms_of
from symattn.kernel.syntax.letters import INVERTIBLE, inverted
from symattn.kernel.syntax.sizes import size_of, variable
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.values import Named
from symattn.proof.search import by_adjoints
from symattn.proof.search.equations.derived import equation_of, filled, swapped

WRITTEN_OUT = 400
"""With more products than this no letter is written out any more."""


def prove(named: Named) -> Proof | None:
    """The formula of `named`, or None where this does not find it."""
    assumed = rules.assume((), named.hypothesis)
    facts = {v.letter: rules.project((assumed,), which) for which, v in enumerate(named.definitions)}
    try:
        search = by_adjoints.prove if named.loss is not None else _folded
        found = search(named, facts)
    except KernelError:
        return None
    if found is None:
        return None
    inner = rules.discharge((found,), named.hypothesis)
    return rules.generalise((inner,), tuple(facts))


def _folded(named: Named, facts: dict[Letter, Proof]) -> Proof | None:
    """The conclusion with letters that are equal as one, and with what is then still needed written out."""
    known = terms.symbols(*terms_of(named.formula))
    turns = sorted((a for a in known if isinstance(a, Letter) and a.facts & INVERTIBLE), key=lambda a: a.name)
    likenesses = _Likenesses(turns)
    equal: dict[Letter, Proof] = {}
    different: dict[Letter, Proof] = {}
    for letter, fact in facts.items():
        here = _Rewriting(equation_of(fact)).each(equal).forwards(fact)
        same = likenesses.found(here, list(different.values()))
        (equal if same else different)[letter] = same or here
    goal = _Rewriting(named.conclusion).each(equal)
    while not _holds(goal.now):
        cheapest = _cheapest(goal.now, different)
        if cheapest is None:
            return None
        goal.step(cheapest, different[cheapest])
    return goal.backwards(rules.identity((), goal.now))


def _holds(equation: Equation) -> bool:
    return is_zero(terms.subtract(equation.left, equation.right))


def _cheapest(goal: Equation, facts: dict[Letter, Proof]) -> Letter | None:
    """The letter in the goal whose part has the fewest products."""
    used = [a for a in facts if a in terms.symbols(goal.left, goal.right)]
    if not used or len(normal(terms.subtract(goal.left, goal.right))) > WRITTEN_OUT:
        return None
    return min(used, key=lambda a: len(normal(equation_of(facts[a]).right)))


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


Way = tuple[Letter | None, Letter | None, bool]
"""What stands before a letter and after it, and whether the letter is transposed."""


class _Likenesses:
    """Ways in which a letter may be another one: transposed, and between letters that have an inverse."""

    def __init__(self, turns: list[Letter]) -> None:
        sides = [None, *(b for a in turns for b in (a, inverted(a)))]
        self.ways: list[Way] = [*product(sides, sides, (False, True))]

    def found(self, fact: Proof, others: list[Proof]) -> Proof | None:
        """The letter as one of the others.  The way that served last is tried first: layers are alike."""
        for way in list(self.ways):
            for other in others[::-1]:
                same = _alike(fact, other, way)
                if same is not None:
                    self.ways.remove(way)
                    self.ways.insert(0, way)
                    return same
        return None


def _alike(fact: Proof, other: Proof, way: Way) -> Proof | None:
    """`Y = A Z B`, when the part of Y is A (part of Z) B; with Zᵀ for Z where it is transposed."""
    one, two = equation_of(fact), equation_of(other)
    before, after, turned = way
    if len(one.indices) != 2 or len(two.indices) != 2:
        return None
    (i, j), inner = one.indices, two.indices[::-1] if turned else two.indices
    if not (_fits(before, i, inner[0]) and _fits(after, inner[1], j)):
        return None
    k, l = (variable(f"like {n}", size_of(v)) for n, v in enumerate(inner))
    factor = terms.multiply(_entry(before, i, k), _entry(after, l, j))
    places = tuple(zip(inner, (k, l), strict=True))

    def whole(body: Term) -> Term:
        return terms.summation((k, l), terms.multiply(factor, terms.reindex(body, dict(places))))

    if not is_zero(terms.subtract(one.right, whole(two.right))):
        return None
    ordered = tuple((v, dict(places)[v]) for v in two.indices)
    same = tuple((v, v) for v in one.indices)
    uses = (0, same, (), terms.number(1)), (1, ordered, (k, l), terms.negative(factor))
    return rules.combine((fact, other), replace(one, right=whole(two.left)), uses)


def _fits(letter: Letter | None, row: int, column: int) -> bool:
    sizes = (size_of(row), size_of(column))
    return sizes[0] == sizes[1] if letter is None else letter.sizes == sizes


def _entry(letter: Letter | None, row: int, column: int) -> Term:
    return terms.delta(row, column) if letter is None else terms.entry(letter, row, column)
