"""Known equations and bounds, made ready for `reduction`: without denominators, and block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from symattn.engine.normal import normal
from symattn.engine.reading import Number
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, Formula, NonNegative
from symattn.kernel.syntax.sizes import Index, part_index, size_of, variables_of
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import Flat, cuts, flatten, is_part
from symattn.proof.search.equations.derived import moved
from symattn.proof.search.equations.positive_factors import primitive


@dataclass(frozen=True)
class Fact:
    """A known equation, times a positive unit: its difference, and the products in it that may be taken away."""

    which: int
    places: tuple[tuple[int, Index], ...]
    indices: tuple[int, ...]
    unit: Term
    difference: Term
    patterns: tuple[tuple[Flat, Number], ...]
    longest: tuple[tuple[Flat, Number], ...]
    is_bound: bool = False
    written: dict[tuple[Index, ...], tuple[Term, Term]] = field(default_factory=dict, compare=False, repr=False)

    def at(self, values: Mapping[int, Index]) -> tuple[Term, Term]:
        """The difference and the unit where the indices have these values; a search comes to the same ones again."""
        here = tuple([values[v] for v in self.indices])
        if here not in self.written:
            places = dict(zip(self.indices, here, strict=True))
            self.written[here] = moved(self.difference, places), moved(self.unit, places)
        return self.written[here]


def bound_facts(e: Elaborator, which: int, said: Formula) -> Iterator[Fact]:
    if isinstance(said, Equation):
        yield from facts_of(e, which, said)
    elif isinstance(said, NonNegative):
        below = Equation(said.indices, said.body, terms.number(0))
        yield from (replace(fact, is_bound=True) for fact in facts_of(e, which, below))


def as_written(e: Elaborator, fact: Fact) -> Fact:
    """The fact with its denominators."""
    whole = terms.multiply(fact.difference, terms.reciprocal(fact.unit))
    return replace(fact, unit=terms.number(1), difference=whole, patterns=_patterns(whole, e), longest=(), written={})


def facts_of(e: Elaborator, which: int, equation: Equation) -> Iterator[Fact]:
    """The equation, block by block where an index runs over blocks."""
    difference = terms.subtract(equation.left, equation.right)
    choices = [_blocks(e, v, difference) or [v] for v in equation.indices]
    for indices in product(*choices):
        yield _fact(which, tuple(zip(equation.indices, indices, strict=True)), difference, e)


def _blocks(e: Elaborator, v: int, body: Term) -> list[Index]:
    """The index in each block, when the term splits its size."""
    inside = (a for t in terms.walk(body) if t.kind in ("delta", "entry") for a in t.args if isinstance(a, tuple))
    sizes = cuts(filter(is_part, inside)).get(size_of(v), ())
    return [part_index(sizes, k, e.fresh(size)) for k, size in enumerate(sizes)]


def _fact(which: int, places: tuple[tuple[int, Index], ...], whole: Term, e: Elaborator) -> Fact:
    unit, difference = primitive(terms.reindex(whole, dict(places)), e.fresh)
    usable = _patterns(difference, e)
    most = max((_length(p) for p, _ in usable), default=0)
    longest = tuple((p, c) for p, c in usable if _length(p) == most)
    indices = tuple(w for _, index in places for w in variables_of(index))
    return Fact(which, places, indices, unit, difference, usable, longest if len(longest) == 1 else ())


def _patterns(difference: Term, e: Elaborator) -> tuple[tuple[Flat, Number], ...]:
    """The products in it that may be taken away."""
    found = ((flatten(m, e.fresh), c) for m, c in normal(difference).items())
    return tuple((flat, c) for flat, c in found if flat.atoms or flat.params)


def _length(flat: Flat) -> Number:
    return sum(power if power > 0 else -power for _, _, power in flat.atoms)
