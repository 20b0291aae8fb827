"""Letters that are one another, up to a transpose and to letters that have an inverse.  Nothing here is trusted.

Layers are alike: what is proved of the letters of one is a lemma about any letters, and of the next layer an instance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from symattn.engine import rules
from symattn.engine.normal import is_zero
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import size_of, variable
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.search.equations.derived import equation_of

Way = tuple[Letter | None, Letter | None, bool]
"""What stands before a letter and after it, and whether the letter is transposed."""
Renaming = dict[Letter, Letter]


class Likenesses:
    """Ways in which a letter may be another one, and what they have served for."""

    def __init__(self, turns: list[Letter]) -> None:
        sides = [None, *(b for a in turns for b in (a, inverted(a)))]
        self.ways: list[Way] = [*product(sides, sides, (False, True))]
        self.turns = frozenset(turns)
        self.lemmas: list[_Lemma] = []

    def found(self, fact: Proof, others: list[Proof]) -> Proof | None:
        """The letter as one of the others.  The way that served last is tried first, and before it what it proved."""
        near = [other for other in others[::-1] if self._of(fact) == self._of(other)]
        for lemma, other in product(self.lemmas, near):
            if (found := lemma.of(fact, other)) is not None:
                return found
        for way, other in product(list(self.ways), near):
            new = _alike(equation_of(fact), equation_of(other), way)
            if new is not None:
                self.ways.remove(way)
                self.ways.insert(0, way)
                self.lemmas.append(new)
                return new.of(fact, other)
        return None

    def _of(self, fact: Proof) -> frozenset[terms.Letter | terms.Parameter]:
        """What a letter is made of, beside what may stand around it."""
        return terms.symbols(equation_of(fact).right) - self.turns


@dataclass(frozen=True)
class _Lemma:
    """For all letters: if `one` and `two` are so, then the letter of the first is that of the second."""

    proof: Proof
    letters: tuple[Letter, ...]
    one: Equation
    two: Equation

    def of(self, fact: Proof, other: Proof) -> Proof | None:
        """The lemma for the letters of two facts that differ from its own in nothing but these."""
        new: Renaming = {}
        said = equation_of(fact), equation_of(other)
        if not all(_renamed(mine, theirs, new) for mine, theirs in zip((self.one, self.two), said, strict=True)):
            return None
        arrays = tuple((letter, _entries(new.get(letter, letter))) for letter in self.letters)
        try:
            instance = rules.specialise((self.proof,), arrays) if arrays else self.proof
            return rules.apply((rules.apply((instance, fact)), other))
        except KernelError:
            return None


def _entries(letter: Letter) -> Array:
    indices = tuple(variable(f"of {n}", size) for n, size in enumerate(letter.sizes))
    return Array(indices, terms.entry(letter, *indices))


def _renamed(mine: Equation, theirs: Equation, new: Renaming) -> bool:
    """Whether the equation becomes the other one by other letters, of which nothing is declared."""
    if mine.indices != theirs.indices:
        return False
    seen, waiting = set[tuple[Term, Term]](), [(mine.left, theirs.left), (mine.right, theirs.right)]
    while waiting:
        pair = waiting.pop()
        if pair in seen:
            continue
        seen.add(pair)
        one, other = pair
        if one.kind != other.kind or len(one.args) != len(other.args):
            return False
        for a, b in zip(one.args, other.args, strict=True):
            if isinstance(a, Term) and isinstance(b, Term):
                waiting.append((a, b))
            elif not _same(a, b, new):
                return False
    return True


def _same(a: object, b: object, new: Renaming) -> bool:
    if isinstance(a, Letter) and isinstance(b, Letter) and not a.facts and not b.facts and a.sizes == b.sizes:
        return new.setdefault(a, b) == b
    return a == b


def _alike(one: Equation, two: Equation, way: Way) -> _Lemma | None:
    """`Y = A Z B`, when the part of Y is A (part of Z) B; with Zᵀ for Z where it is transposed."""
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
    found = rules.combine((rules.assume((), one), rules.assume((), two)), replace(one, right=whole(two.left)), uses)
    return _lemma(found, one, two)


def _lemma(found: Proof, one: Equation, two: Equation) -> _Lemma:
    proof = rules.discharge((rules.discharge((found,), two),), one)
    letters = _open(terms.symbols(one.left, one.right, two.left, two.right))
    return _Lemma(rules.generalise((proof,), letters) if letters else proof, letters, one, two)


def _open(symbols: Iterable[object]) -> tuple[Letter, ...]:
    return tuple(sorted((a for a in symbols if isinstance(a, Letter) and not a.facts), key=lambda a: a.name))


def _fits(letter: Letter | None, row: int, column: int) -> bool:
    sizes = (size_of(row), size_of(column))
    return sizes[0] == sizes[1] if letter is None else letter.sizes == sizes


def _entry(letter: Letter | None, row: int, column: int) -> Term:
    return terms.delta(row, column) if letter is None else terms.entry(letter, row, column)
