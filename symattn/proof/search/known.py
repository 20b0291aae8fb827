"""What a proof may use.  Hypotheses and theorems are taken apart once, and what follows at a glance is added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import chain, islice, product
from typing import Any

from symattn import language as lang
from symattn.engine import rules
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import formulas
from symattn.kernel.syntax.formulas import (
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Iff,
    Implies,
    NonNegative,
    RankAtMost,
    Semidefinite,
    Symbol,
)
from symattn.kernel.syntax.sizes import ONE_SIZE, Size
from symattn.kernel.syntax.terms import Letter, symbols
from symattn.proof.elaborate.claims import array
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations import derived, inverses
from symattn.proof.search.existence import words
from symattn.proof.search.rewording import reworded

INSTANCES = 16

_TURNED = object()
"""Marks an equation that was made by turning another one round, so that it is not turned back."""


@dataclass
class Known:
    """What may be used: equations and bounds, taken out of the hypotheses, and the claims that they came from.

    `offers` are implications, taken at the hints, whose hypotheses may be worth a proof.
    """

    facts: list[Proof] = field(default_factory=list)
    claims: list[tuple[Any, Proof]] = field(default_factory=list)
    opened: list[Proof] = field(default_factory=list)
    hints: tuple[Any, ...] = ()
    offers: list[Proof] = field(default_factory=list)

    def with_fact(self, e: Elaborator, theorem: Proof, claim: Any = None) -> Known:
        more = Known(list(self.facts), list(self.claims), list(self.opened), self.hints, list(self.offers))
        more._take(e, theorem, claim)
        more._chain(e)
        return more

    def with_facts(self, e: Elaborator, theorems: Iterable[Proof]) -> Known:
        return reduce(lambda known, theorem: known.with_fact(e, theorem), theorems, self)

    def without(self, fact: Proof) -> Known:
        """What is known but an implication and its converse, by which one would go round in a circle."""
        said = fact.conclusion
        back = Implies(said.conclusion, said.hypothesis) if isinstance(said, Implies) else None
        return replace(self, facts=[f for f in self.facts if f is not fact and f.conclusion != back])

    def letters(self) -> set[Letter]:
        """The matrices that the facts are about."""
        terms_ = (t for f in self.facts for t in formulas.terms_of(f.conclusion))
        return {s for s in symbols(*terms_) if isinstance(s, Letter)}

    def arrays(self, e: Elaborator, shape: tuple[Size, ...]) -> list[Array]:
        """Hints and short products of known letters that have the shape; () for a scalar."""
        given = [array(e, h) if shape else Array((), e.scalar(h)) for h in self.hinted(e, shape)]
        return [*given, *words(e, self.letters(), shape)] if shape else given

    def hinted(self, e: Elaborator, shape: tuple[Size, ...]) -> list[Any]:
        """The hints that have the shape; () for a scalar."""
        return [h for h in self.hints if (e.shape(h) if h.is_Matrix else ()) == shape]

    def along(self, e: Elaborator, direction: Letter, near: Iterable[Symbol]) -> list[Proof]:
        """What is known for all rows, at the direction and at its products with known letters."""
        letters = {*self.letters(), *(s for s in near if isinstance(s, Letter)), direction}
        found = []
        for theorem in self.facts:
            said = theorem.conclusion
            if isinstance(said, ForAll) and isinstance(said.body, NonNegative) and _one_row(said.symbols):
                rows = (a for a in words(e, letters, _shape(said.symbols[0])) if direction in symbols(a.body))
                found += [rules.specialise((theorem,), ((said.symbols[0], a),)) for a in islice(rows, INSTANCES)]
        return found

    def at_columns(self, e: Elaborator, near: Iterable[Symbol]) -> list[Proof]:
        """Bounds that hold for all rows or columns, at those of the letters that are near, whichever of them it is."""
        letters = sorted((s for s in {*near} if isinstance(s, Letter) and len(s.sizes) == 2), key=lambda s: s.name)
        found = []
        for theorem in self.facts:
            said = theorem.conclusion
            if isinstance(said, ForAll) and isinstance(said.body, NonNegative) and len(said.symbols) == 1:
                if not _declared(said.symbols[0]):
                    arrays = chain.from_iterable(derived.lines(e, letter, said.symbols[0]) for letter in letters)
                    new = (((said.symbols[0], a),) for a in islice(arrays, INSTANCES))
                    found += [rules.specialise((theorem,), values) for values in new]
        return found

    def _take(self, e: Elaborator, theorem: Proof, claim: Any) -> None:
        formula = theorem.conclusion
        self.facts.append(theorem)
        if isinstance(claim, lang.Claim):
            self.claims.append((claim, theorem))
        if isinstance(formula, And):
            parts = claim.args if isinstance(claim, lang.And) else [None] * len(formula.parts)
            for which, part in enumerate(parts):
                self._take(e, rules.project((theorem,), which), part)
        elif isinstance(formula, ForAll):
            instances = derived.basis_instance(e, theorem), derived.pair_instance(e, theorem)
            self.facts += [instance for instance in instances if instance is not None]
            self._instances(e, theorem, claim)
        elif isinstance(formula, Exists):
            self.opened.append(theorem)
            self._take(e, rules.assume((), formula.body), claim.claim if claim is not None else None)
        elif isinstance(formula, Iff):
            for forward in (True, False):
                self.facts.append(rules.one_way((theorem,), forward))
        elif isinstance(formula, RankAtMost):
            self._take(e, _factored(e, theorem), None)
        elif isinstance(formula, Semidefinite):
            direction = Letter(e.unused("v"), (ONE_SIZE, formula.matrix.sizes[0]))
            self._take(e, rules.quadratic((theorem,), direction), None)
        elif isinstance(formula, Equation) and claim is not _TURNED:
            for turned in inverses.other_sides(theorem):
                self._take(e, turned, _TURNED)

    def _instances(self, e: Elaborator, theorem: Proof, claim: Any) -> None:
        """What holds for all, at the hints; a second `there is` of the same letters is left out."""
        bound = theorem.conclusion.symbols
        choices = [self.hinted(e, _shape(s)) if not _declared(s) else [] for s in bound]
        for values in islice(product(*choices), INSTANCES):
            arrays = [array(e, v) if v.is_Matrix else Array((), e.scalar(v)) for v in values]
            instance = rules.specialise((theorem,), tuple(zip(bound, arrays, strict=True)))
            new = set(instance.conclusion.symbols) if isinstance(instance.conclusion, Exists) else set()
            self.offers += [instance] if isinstance(instance.conclusion, Implies) else []
            if not any(new & set(some.conclusion.symbols) for some in self.opened):
                put = dict(zip(claim.variables, values, strict=True)) if claim is not None else {}
                self._take(e, instance, claim.claim.xreplace(put) if claim is not None else None)

    def _chain(self, e: Elaborator) -> None:
        """What follows by an implication from a fact that says its hypothesis, in whatever words, and so on."""
        before = 0
        while before < (before := len(self.facts)):
            for said, implication in [(f.conclusion, f) for f in self.facts if isinstance(f.conclusion, Implies)]:
                if not any(f.conclusion == said.conclusion for f in self.facts):
                    found = (reworded(f, said.hypothesis) for f in list(self.facts))
                    fact = next((f for f in found if f is not None), None)
                    if fact is not None:
                        self._take(e, rules.apply((implication, fact)), None)

    def close(self, theorem: Proof) -> Proof:
        """Give back what was assumed of a witness."""
        for some in reversed(self.opened):
            if isinstance(some.conclusion, Exists) and some.conclusion.body in theorem.hypotheses:
                theorem = rules.eliminate((some, theorem))
        return theorem


def _shape(symbol: Symbol) -> tuple[Size, ...]:
    return symbol.sizes if isinstance(symbol, Letter) else ()


def _one_row(symbols: tuple[Symbol, ...]) -> bool:
    return len(symbols) == 1 and _shape(symbols[0])[:1] == (ONE_SIZE,) and not _declared(symbols[0])


def _declared(symbol: Symbol) -> bool:
    return bool(symbol.facts) if isinstance(symbol, Letter) else symbol.positive


def _factored(e: Elaborator, theorem: Proof) -> Proof:
    """`rank A <= rank B` as `A = L B R` for some L, R with names of their own."""
    a, b = theorem.conclusion.lower, theorem.conclusion.upper
    left = Letter(e.unused("left"), (a.sizes[0], b.sizes[0]))
    right = Letter(e.unused("right"), (b.sizes[1], a.sizes[1]))
    return rules.rank_factors((theorem,), left, right)
