"""Letters that are given to be equal to something, out of everything: what is left is proved for what they equal.

The search uses an equation wherever it finds its one side.  A number that is 1, or a matrix that is Q Qᵀ, may no longer
be found where functions, forms and ranks are of it; it is replaced here as it stands, by the kernel's rule `rewrite`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, ForAll, Formula, Implies, Symbol, free_symbols
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.substitution import filled
from symattn.kernel.syntax.terms import Letter, Term, symbols
from symattn.proof.attempts.case import Case
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import equation_of, swapped
from symattn.proof.search.known import Known
from symattn.proof.search.search import search
from symattn.proof.verdict import Verdict


@dataclass(frozen=True)
class _Value:
    """A letter, the equation that says what it is equal to, and a hole of the same sizes."""

    symbol: Symbol
    places: tuple[Any, ...]
    equation: Proof
    hole: Letter

    def holed(self, formula: Formula) -> Formula:
        """The formula with the hole in the place of the letter."""
        return self._with(formula, terms.entry(self.hole, *equation_of(self.equation).indices))

    def put_in(self, formula: Formula) -> Formula:
        """The formula with the value in the place of the letter."""
        return self._with(formula, equation_of(self.equation).right)

    def _with(self, formula: Formula, body: Term) -> Formula:
        return filled(formula, {self.symbol: Array(self.places, body)})  # type: ignore[no-any-return]

    def of_facts(self, facts: Iterable[Proof]) -> Iterator[Proof]:
        """The facts of the value; without those that say nothing more, and those of derivatives in what is replaced."""
        for fact in facts:
            if self.symbol not in free_symbols(fact.conclusion):
                yield fact
                continue
            with suppress(KernelError):
                moved = rules.rewrite((self.equation, fact), self.holed(fact.conclusion), self.hole)
                said = moved.conclusion
                if not isinstance(said, Equation) or said.left is not said.right:
                    yield moved

    def back(self, below: Proof, goal: Formula) -> Proof:
        """The goal, from the one with the value."""
        return rules.rewrite((swapped(self.equation), below), self.holed(goal), self.hole)


def with_given_values(case: Case) -> Verdict | None:
    """A proof without the letters that are given to be equal to something."""
    b = case.begun
    found = _proved(b.e, b.goal, case.known)
    found = None if found is None else case.known.close(found)
    if found is None or found.conclusion != b.goal or any(h not in b.stated for h in found.hypotheses):
        return None
    return case.proved(found)


def _proved(e: Elaborator, goal: Formula, known: Known, *, replaced: bool = False) -> Proof | None:
    """The goal with every such letter replaced, one after the other, and found by the search; None where there is none.

    Raises    NoProof, KernelError
    """
    if isinstance(goal, ForAll):
        inner = _proved(e, goal.body, known, replaced=replaced)
        return None if inner is None else rules.generalise((known.close(inner),), goal.symbols)
    if isinstance(goal, Implies):
        more = known.with_fact(e, rules.assume((), goal.hypothesis))
        inner = _proved(e, goal.conclusion, more, replaced=replaced)
        return None if inner is None else rules.discharge((more.close(inner),), goal.hypothesis)
    value = next((v for fact in known.facts if (v := _value(e, fact)) and v.symbol in free_symbols(goal)), None)
    if value is None:
        return search(e, None, goal, known) if replaced else None
    facts = [*value.of_facts(known.facts)]
    below = _proved(e, value.put_in(goal), Known(facts, hints=known.hints), replaced=True)
    return None if below is None else value.back(below, goal)


def _value(e: Elaborator, fact: Proof) -> _Value | None:
    """What the fact says of a letter: that the letter, which is in nothing else there, is equal to something."""
    said = fact.conclusion
    if isinstance(said, Equation):
        for one, other, turned in ((said.left, said.right, False), (said.right, said.left, True)):
            symbol, places = _alone(one, said.indices)
            if symbol is not None and symbol not in symbols(other):
                hole = Letter(e.unused("hole"), tuple(map(size_of, said.indices)))
                return _Value(symbol, places, swapped(fact) if turned else fact, hole)
    return None


def _alone(side: Term, indices: tuple[int, ...]) -> tuple[Symbol | None, tuple[Any, ...]]:
    """The number that the side is, or the matrix of which nothing is declared and of which it is any entry."""
    symbol, *places = side.args
    if side.kind == "parameter" and not indices:
        return symbol, ()
    if side.kind == "entry" and not symbol.facts and symbol == symbol.plain:
        if len(places) == len(indices) and {*places} == {*indices}:
            return symbol, tuple(places)
    return None, ()
