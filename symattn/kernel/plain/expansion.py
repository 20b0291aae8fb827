"""A term written out as a sum of monomials, with every sum that it contains in front.

Only what needs no choice is done: products distribute and bring their sums along under fresh names, a delta on a bound
index substitutes, a bound index that nothing uses gives its size, exps multiply by adding what they are of.  Nothing is
brought into an order; `comparison` compares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from symattn.errors import KernelError
from symattn.kernel.plain.monomials import Before, Delta, Entry, Factor, Factors, Function, Monomial, Monomials, Places
from symattn.kernel.plain.places import FIRST, Sides, agreeing, ordered
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.plain.slopes import slope
from symattn.kernel.syntax.sizes import Index, Size, SizeSymbol, fresh, need, replace_in, size_of, variables_of
from symattn.kernel.syntax.terms import Parameter, Term, exponential, logarithm, multiply, number, reciprocal

EXPANSION = 100_000
"""How many monomials one product may produce."""


@lru_cache(maxsize=1024)
def written(term: Term) -> tuple[Monomial, ...]:
    """The monomials of a term, once for all who ask soon after each other."""
    return tuple([m for a in term.args for m in written(a)] if term.kind == "add" else expand(term))


def expand(term: Term, places: Places | None = None) -> Monomials:
    """The monomials of a term, in which index variables stand for other indices."""
    at, args = places or {}, term.args
    match term.kind:
        case "number":
            return [Monomial(args[0] if args[0].denominator > 1 else args[0].numerator)] if args[0] else []
        case "parameter":
            return [Monomial(powers=((args[0], 1),))]
        case "cardinal":
            return counted(args[0])
        case "entry":
            return [Monomial(factors=(Entry(args[0], tuple([moved_index(i, at) for i in args[1:]])),))]
        case "delta" | "before" as kind:
            return _alone(_compared(Delta if kind == "delta" else Before, args, at))
        case "add":
            return [m for a in args for m in expand(a, at)]
        case "multiply":
            return product(expand(a, at) for a in args)
        case "sum":
            if any(size_of(v).constant == 0 for v in args[0]):
                return []
            new = {v: fresh(size_of(v)) for v in args[0]}
            every = expand(args[1], {**at, **new})
            return [n for m in every for n in closed(m._replace(bound=(*m.bound, *new.values())))]
        case "exp" | "log" | "reciprocal" | "cos" | "sin" as kind:
            inside = written_inside(args[0], *[at.get(v, v) for v in args[0].free])
            return [Monomial(exponent=inside)] if kind == "exp" else _alone(applied(Function(kind, (), inside)))
        case "determinant":
            new = {v: fresh(size_of(v)) for v in args[:2]}
            return _alone(applied(Function("determinant", tuple(new.values()), tuple(expand(args[2], new)))))
        case "power":
            return _power(args[0], args[1], at)
        case "derivative":
            return expand(slope(args[0], args[1], args[2:]), at)
    raise KernelError(f"not a term: {term.kind}")


def _alone(factors: Factors | None) -> Monomials:
    return [] if factors is None else [Monomial(factors=factors)]


def _compared(kind: type[Delta | Before], sides: Sides, at: Places) -> Factors | None:
    """What is left of a comparison of two indices, each moved."""
    left_over = (agreeing if kind is Delta else ordered)(*(moved_index(i, at) for i in sides))
    return None if left_over is None else tuple([kind(*pair) for pair in left_over])


@lru_cache(maxsize=20_000)
def written_inside(term: Term, *indices: Index) -> tuple[Monomial, ...]:
    """What stands inside of functions, once for the same indices: what it binds is bound nowhere outside."""
    return tuple(expand(term, dict(zip(term.free, indices, strict=True))))


def _power(base: Term, exponent: Fraction, at: Places) -> Monomials:
    """`x^p`: a product for whole numbers p, and `exp(p log x)` for others, where x is seen to be positive."""
    if (symbol := any_power(base)) is not None:
        return [Monomial(powers=((symbol, exponent),) if exponent else ())]
    if exponent.denominator == 1:
        base = base if exponent > 0 else reciprocal(base)
        need(abs(exponent) <= EXPANSION, f"the power {exponent} is too high to be multiplied out")
        return product(expand(base, at) for _ in range(abs(exponent.numerator)))
    need(visibly_positive(base), f"the power {exponent} of something that is not seen to be positive")
    return expand(exponential(multiply(number(exponent), logarithm(base))), at)


def any_power(base: Term) -> Parameter | SizeSymbol | None:
    """The positive parameter, or the size symbol that is at least 1, which the term is: it has all rational powers."""
    match base.args:
        case (Parameter(_, True) as parameter,):
            return parameter
        case (Size((((symbol,), 1),)),) if symbol.minimum >= 1:
            return symbol
    return None


def counted(size: Size) -> Monomials:
    """A size as a number."""
    return [Monomial(coefficient, tuple(Counter(symbols).items())) for symbols, coefficient in size.terms]


def product(parts: Iterable[Monomials]) -> Monomials:
    total, *others = [*parts] or [[Monomial()]]
    for part in others:
        count = len(total) * len(part)
        need(count <= EXPANSION, f"a product of sums would have {count} terms: {EXPANSION} are too many")
        total = _gathered([_joined(a, b) for a in total for b in part])
    return total


def _gathered(monomials: Monomials) -> Monomials:
    """Equal products of numbers alone, which commute, as one: a power of a sum of two has as many as it is high."""
    found: dict[object, Monomial] = {}
    for m in monomials:
        key = id(m) if m.bound or m.factors or m.exponent else frozenset(m.powers)
        found[key] = m._replace(coefficient=m.coefficient + found[key].coefficient) if key in found else m
    return [m for m in found.values() if m.coefficient]


def _joined(a: Monomial, b: Monomial) -> Monomial:
    """Of two monomials that were expanded apart from each other, so that no bound name is in both."""
    need(set(a.bound).isdisjoint(b.bound), "a bound name occurs twice")
    powers, coefficient = dict(a.powers), a.coefficient * b.coefficient
    for symbol, more in b.powers:
        powers[symbol] = powers.get(symbol, 0) + more
    both = tuple([power for power in powers.items() if power[1]]) if b.powers else a.powers
    return Monomial(coefficient, both, a.bound + b.bound, a.factors + b.factors, a.exponent + b.exponent)


def applied(function: Function) -> tuple[Function] | None:
    """The function, if it is not 1/0, which is 0."""
    return (function,) if function.inside or function.kind != "reciprocal" else None


def moved_index(index: Index, places: Places) -> Index:
    """The index with variables replaced; a size of exactly 1 has one index only."""
    return replace_in(replace_in(index, lambda v: places.get(v, v)), lambda v: FIRST if size_of(v).constant == 1 else v)


def moved(monomial: Monomial, places: Places) -> Monomials:
    """The monomial with free variables replaced.  What it binds has names that occur nowhere else: none is captured."""
    factors: list[Factor] = []
    for factor in monomial.factors:
        there: Factors | None
        match factor:
            case Entry(letter, indices):
                there = (Entry(letter, tuple([moved_index(i, places) for i in indices])),)
            case Delta() | Before():
                there = _compared(type(factor), factor, places)
            case Function(kind, bound, inside):
                there = applied(Function(kind, bound, moved_all(inside, places)))
        if there is None:
            return []
        factors += there
    return closed(monomial._replace(factors=tuple(factors), exponent=moved_all(monomial.exponent, places)))


def moved_all(monomials: Iterable[Monomial], places: Places) -> tuple[Monomial, ...]:
    return tuple([n for m in monomials for n in ([m] if m.free.isdisjoint(places) else moved(m, places))])


def closed(monomial: Monomial) -> Monomials:
    """`sum_v delta_vi f(v) = f(i)`, and the sum over an index that nothing uses is its size."""
    for at, factor in enumerate(monomial.factors):
        if type(factor) is Delta:
            for here, there in (factor, (factor.right, factor.left)):
                if type(here) is not tuple and here in monomial.bound and here not in variables_of(there):
                    bound = tuple([v for v in monomial.bound if v != here])
                    others = monomial.factors[:at] + monomial.factors[at + 1 :]
                    return moved(monomial._replace(bound=bound, factors=others), {here: there})
    if set(monomial.bound) <= monomial.uses:
        return [monomial]
    rest = monomial._replace(bound=tuple([v for v in monomial.bound if v in monomial.uses]))
    return product([[rest], *(counted(size_of(v)) for v in monomial.bound if v not in monomial.uses)])
