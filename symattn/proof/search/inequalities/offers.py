"""Bounds that always hold, or follow at once from known ones, and are worth a column of the linear program.

exp(x) >= 1 + x          at the differences of what stands under exp and of logarithms, at the goal and at known bounds
sum of f >= f            for every sum of what is visibly >= 0
n >= least n             for every size
1 + c, 1 - c >= 0        for every cosine and every sine c
1 - z >= 0               for every z that is 0 or 1: a comparison of two places, an entry of a mask
a b >= 0                 for two known bounds
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, islice, permutations

from symattn.engine import rules
from symattn.engine.derived import at_least, product
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_nonnegative, visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import NonNegative, terms_of
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator

ARGUMENTS, BOUNDS = 4, 5


def offers(e: Elaborator, goal: NonNegative, known: Iterable[Proof]) -> Iterator[list[Proof]]:
    """Such bounds for what the goal and the known bounds speak of, those first that help most often."""
    bounds = [fact for fact in known if isinstance(fact.conclusion, NonNegative)]
    said = [goal, *(fact.conclusion for fact in bounds)]
    inside = list(dict.fromkeys(terms.walk(*(t for formula in said for t in terms_of(formula)))))
    sizes = list(_sizes(inside))
    turns = list(_turns(inside))
    first = [*sizes, *turns, *_marks(inside), *_summands(e, inside)]
    if any(term.kind in ("exp", "log") for term in inside):
        yield [*first, *_tangents([terms.negative(goal.body), *(t for f in said[: BOUNDS + 1] for t in terms_of(f))])]
        yield list(_tangents(_gaps(inside)))
    elif first:
        yield first
    yield list(_products([*bounds[:BOUNDS], *sizes[:BOUNDS], *turns[:BOUNDS]]))


def _products(bounds: list[Proof]) -> Iterator[Proof]:
    for pair in combinations_with_replacement(bounds, 2):
        try:
            yield product(pair)
        except KernelError:
            continue


def _sizes(inside: Iterable[Term]) -> Iterator[Proof]:
    sizes = (term.args[0] for term in inside if term.kind == "cardinal")
    symbols = (symbol for size in sizes for several, _ in size.terms for symbol in several)
    for symbol in dict.fromkeys(s for s in symbols if s.minimum >= 1):
        yield at_least((), symbol)


def _turns(inside: Iterable[Term]) -> Iterator[Proof]:
    """2 (1 - c) = (1 - c)² + s², where c and s are the cosine and the sine of one angle, or the other way round."""
    one = terms.number(1)
    for term in inside:
        if term.kind in ("cos", "sin"):
            (angle,) = term.below
            other = terms.sine(angle) if term.kind == "cos" else terms.cosine(angle)
            for c in (term, terms.negative(term)):
                side = terms.subtract(one, c)
                squares = terms.add(terms.power(side, 2), terms.power(other, 2))
                said = NonNegative(tuple(sorted(term.free)), side)
                yield rules.bound((), said, terms.multiply(terms.number(Fraction(1, 2)), squares))


def _marks(inside: Iterable[Term]) -> Iterator[Proof]:
    """1 - z = (1 - z)²."""
    marks = (t for t in inside if t.kind == "before" or (t.kind == "entry" and "mask" in t.args[0].known))
    for z in islice(marks, ARGUMENTS):
        rest = terms.subtract(terms.number(1), z)
        yield rules.bound((), NonNegative(tuple(sorted(z.free)), rest), terms.power(rest, 2))


def _summands(e: Elaborator, inside: Iterable[Term]) -> Iterator[Proof]:
    """Each summand of a sum is at most the sum: the others have the factor 1 - delta, which is a square."""
    for term in inside:
        if term.kind == "sum" and visibly_nonnegative(term.args[1]):
            bound, body = term.args
            here = {v: e.fresh(size_of(v)) for v in bound}
            agree = terms.multiply(*(terms.delta(v, there) for v, there in here.items()))
            others = terms.multiply(body, terms.power(terms.subtract(terms.number(1), agree), 2))
            one = terms.reindex(body, here)
            said = NonNegative((*sorted(term.free), *here.values()), terms.subtract(term, one))
            try:
                yield rules.bound((), said, terms.summation(bound, others))
            except KernelError:
                continue


def _tangents(arguments: Iterable[Term]) -> Iterator[Proof]:
    for x in dict.fromkeys(arguments):
        yield rules.tangent((), tuple(sorted(x.free)), x)


def _gaps(inside: Iterable[Term]) -> Iterator[Term]:
    """The differences of what stands under exp, of logarithms, and of 0."""
    under = [*filter(_is_logarithm, inside), *(term.args[0] for term in inside if term.kind == "exp")]
    arguments = [terms.number(0), *islice(dict.fromkeys(under), ARGUMENTS)]
    yield from (terms.subtract(one, other) for one, other in permutations(arguments, 2))
    logarithms = [term for term in arguments if term.kind == "log"]
    yield from (terms.negative(terms.add(one, other)) for one, other in combinations(logarithms, 2))


def _is_logarithm(term: Term) -> bool:
    """Of what is seen to be positive, which exp gives back."""
    return term.kind == "log" and visibly_positive(term.args[0])
