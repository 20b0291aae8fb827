"""Witnesses for `there is`, and the places where a false equation shows itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import islice, product
from typing import Any

from symattn.engine import rules
from symattn.engine.normal import normal, rational_value
from symattn.engine.reading import EMPTY
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.definitions import sandwich
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, Exists, ForAll, Formula, RankAtMost, identity_array
from symattn.kernel.syntax.sizes import Size, constant_index, size_of, variable
from symattn.kernel.syntax.terms import Letter
from symattn.proof.elaborate.claims import value
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import term_of_poly
from symattn.proof.search.equations.derived import adapt, equation_of, swapped
from symattn.proof.search.equations.factorisations import through
from symattn.proof.search.equations.positive_factors import primitive

LIMIT = 256


def candidates(
    e: Elaborator, claim: Any, goal: Exists, arrays: Callable[[Elaborator, tuple[Size, ...]], list[Array]]
) -> Iterator[tuple[tuple[Array, ...], Any]]:
    """The stated witness; without one, products of known letters, the matrices with a single 1, and zero."""
    given = claim.witness if claim is not None else None
    if given is not None:
        stated = tuple(value(e, v, w) for v, w in zip(claim.variables, given, strict=True))
        yield stated, claim.claim.xreplace(dict(zip(claim.variables, given, strict=True)))
        return
    known = [_from(e, s, arrays) for s in goal.symbols]
    choices = [[*k, *_usual(s)] for k, s in zip(known, goal.symbols, strict=True)]
    for places in islice(sorted(product(*(range(len(c)) for c in choices)), key=lambda p: (sum(p), p)), LIMIT):
        yield tuple(c[p] for c, p in zip(choices, places, strict=True)), None


def _from(e: Elaborator, symbol: Any, arrays: Callable[[Elaborator, tuple[Size, ...]], list[Array]]) -> list[Array]:
    declared = symbol.facts if isinstance(symbol, Letter) else symbol.positive
    return [] if declared else arrays(e, symbol.sizes if isinstance(symbol, Letter) else ())


def _usual(symbol: Any) -> Iterator[Array]:
    if not isinstance(symbol, Letter):
        yield from (Array((), terms.number(c)) for c in (1, 0))
        return
    indices = tuple(variable(f"w{k}", size) for k, size in enumerate(symbol.sizes))
    for places in product(*(_constants(size) for size in symbol.sizes)):
        deltas = [terms.delta(constant_index(p, s), i) for p, s, i in zip(places, symbol.sizes, indices, strict=True)]
        yield Array(indices, terms.multiply(*deltas))
    yield Array(indices, terms.number(0))


def _constants(size: Size) -> list[int]:
    return list(range(min(size.minimum, 2)))


def contradiction(e: Elaborator, fact: Proof) -> Proof | None:
    """`H |- l = r` with numbers l and r that differ, from an equation or a universal equation."""
    formula = fact.conclusion
    if isinstance(formula, Equation):
        return _at_constants(e, fact)
    if isinstance(formula, ForAll) and isinstance(formula.body, Equation):
        for arrays in islice(product(*(list(_usual(s)) for s in formula.symbols)), LIMIT):
            try:
                at = rules.specialise((fact,), tuple(zip(formula.symbols, arrays, strict=True)))
            except KernelError:
                continue
            found = _at_constants(e, at)
            if found is not None:
                return found
    return None


def absurd(
    facts: Iterable[Proof], prove: Callable[[Equation], Proof | None], fresh: Callable[[Size], int]
) -> Proof | None:
    """`H |- c = 0` for a number c that is not 0: a fact says c + x = 0, and x = 0 is proved."""
    for fact in facts:
        said = fact.conclusion
        if isinstance(said, Equation) and not said.indices:
            poly = dict(normal(terms.subtract(said.left, said.right)))
            constant = poly.pop(EMPTY, 0)
            rest = prove(Equation((), term_of_poly(poly, fresh), terms.number(0))) if constant and poly else None
            if rest is not None:
                uses = (0, (), (), terms.number(1)), (1, (), (), terms.number(-1))
                number = terms.number(Fraction(constant))
                return rules.combine((fact, rest), Equation((), number, terms.number(0)), uses)
    return None


def too_large(formula: Formula) -> Proof | None:
    """`not (A B = 1)` where the identity is larger than the size between A and B."""
    if not isinstance(formula, Equation) or len(formula.indices) != 2:
        return None
    assumed = rules.assume((), formula)
    for fact in (assumed, swapped(assumed)):
        unit, product_ = equation_of(fact).left, equation_of(fact).right
        if unit.kind != "delta" or set(unit.args) != set(formula.indices):
            continue
        large = size_of(formula.indices[0])
        for small in {size_of(v) for t in terms.walk(product_) if t.kind == "sum" for v in t.args[0]}:
            claim = RankAtMost(identity_array(large), identity_array(small))
            for left, right in through(*formula.indices, product_, small):
                whole = sandwich(claim.lower.indices, left, claim.upper, right)
                try:
                    step = adapt(fact, Equation(claim.lower.indices, claim.lower.body, whole))
                    return rules.too_large((rules.rank_by_factors((step,), claim, left, right),), formula)
                except KernelError:
                    continue
    return None


def _at_constants(e: Elaborator, fact: Proof) -> Proof | None:
    equation = equation_of(fact)
    sizes = [size_of(v) for v in equation.indices]
    for places in product(*(_constants(size) for size in sizes)):
        mapping = {v: constant_index(p, s) for v, p, s in zip(equation.indices, places, sizes, strict=True)}
        left, right = (terms.reindex(t, mapping) for t in (equation.left, equation.right))
        unit, whole = primitive(terms.subtract(left, right), e.fresh)
        if value_ := rational_value(whole):
            apart = Equation((), terms.number(value_), terms.number(0))
            return rules.combine((fact,), apart, ((0, tuple(mapping.items()), (), unit),))
    return None


LONGEST = 3
MOST = 60

Step = tuple[Letter, bool]
"""A letter, and whether it is transposed."""


def words(e: Elaborator, letters: Iterable[Letter], shape: tuple[Size, ...]) -> Iterator[Array]:
    """Products of at most three of the letters or their transposes that have the shape, shortest first."""
    steps = [
        (letter, turned)
        for letter in sorted(set(letters), key=lambda a: a.name)
        if len(letter.sizes) == 2
        for turned in (False, True)
    ]
    yield from islice((_array(e, w) for w in _chains(steps, shape)), MOST)


def _ends(step: Step) -> tuple[Size, ...]:
    return step[0].sizes[::-1] if step[1] else step[0].sizes


def _chains(steps: list[Step], shape: tuple[Size, ...]) -> Iterator[list[Step]]:
    chains = [[s] for s in steps if _ends(s)[0] == shape[0]]
    for _ in range(LONGEST):
        yield from (c for c in chains if _ends(c[-1])[1] == shape[1])
        chains = [[*c, s] for c in chains for s in steps if _ends(c[-1])[1] == _ends(s)[0]]


def _array(e: Elaborator, word: list[Step]) -> Array:
    i, j = variable("i", _ends(word[0])[0]), variable("j", _ends(word[-1])[1])
    inner = [e.fresh(_ends(step)[1]) for step in word[:-1]]
    places = [i, *inner, j]
    entries = [
        terms.entry(letter, *((b, a) if turned else (a, b)))
        for (letter, turned), a, b in zip(word, places[:-1], places[1:], strict=True)
    ]
    return Array((i, j), terms.summation(inner, terms.multiply(*entries)))
