"""Kernel, second floor: a term written out as a sum of monomials, with every sum that it contains in front.

Only what needs no choice is done: products distribute and bring their sums along under fresh names, a delta on a bound
index substitutes, a bound index that nothing uses gives its size, exps multiply by adding what they are of.  Nothing is
brought into an order; `comparison` compares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from symattn.errors import KernelError
from symattn.kernel.signs import visibly_positive
from symattn.kernel.sizes import (
    ONE_SIZE,
    Index,
    Size,
    SizeSymbol,
    constant_index,
    fresh,
    replace_in,
    size_of,
    variables_of,
)
from symattn.kernel.slopes import slope
from symattn.kernel.terms import Letter, Parameter, Term, exponential, logarithm, multiply, number, reciprocal

Number = int | Fraction
Places = Mapping[int, Index]
EXPANSION = 100_000
"""How many monomials one product may produce."""


class Entry(NamedTuple):
    letter: Letter
    places: tuple[Index, ...]


class Delta(NamedTuple):
    left: Index
    right: Index


class Function(NamedTuple):
    """`log`, `reciprocal`, or the `determinant` of a matrix in the two indices that it binds."""

    kind: str
    bound: tuple[int, ...]
    inside: tuple[Monomial, ...]


class Monomial(NamedTuple):
    """`coefficient * powers * sum over bound of (factors * exp(exponent))`.

    Only positive parameters, and sizes that are at least 1, have other than natural powers.
    """

    coefficient: Number = 1
    powers: tuple[tuple[Parameter | SizeSymbol, Number], ...] = ()
    bound: tuple[int, ...] = ()
    factors: tuple[Factor, ...] = ()
    exponent: tuple[Monomial, ...] = ()


Factor: TypeAlias = Entry | Delta | Function
Monomials = list[Monomial]


def expand(term: Term, places: Places | None = None) -> Monomials:
    """The monomials of a term, in which index variables stand for other indices."""
    at, args = places or {}, term.args
    match term.kind:
        case "number":
            return [Monomial(args[0])] if args[0] else []
        case "parameter":
            return [Monomial(powers=((args[0], 1),))]
        case "cardinal":
            return counted(args[0])
        case "entry":
            return [Monomial(factors=(Entry(args[0], tuple([moved_index(i, at) for i in args[1:]])),))]
        case "delta":
            agree = agreeing(moved_index(args[0], at), moved_index(args[1], at))
            return [] if agree is None else [Monomial(factors=agree)]
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
        case "exp":
            return [Monomial(exponent=tuple(expand(args[0], at)))]
        case "log" | "reciprocal":
            return applied(Function(term.kind, (), tuple(expand(args[0], at))))
        case "determinant":
            new = {v: fresh(size_of(v)) for v in args[:2]}
            return applied(Function("determinant", tuple(new.values()), tuple(expand(args[2], new))))
        case "power":
            return _power(args[0], args[1], at)
        case "derivative":
            return expand(slope(args[0], args[1], args[2:]), at)
    raise KernelError(f"not a term: {term.kind}")


def _power(base: Term, exponent: Fraction, at: Places) -> Monomials:
    """`x^p`: a product for whole numbers p, and `exp(p log x)` for others, where x is seen to be positive."""
    symbol = any_power(base)
    if symbol is not None:
        return [Monomial(powers=((symbol, exponent),) if exponent else ())]
    if exponent.denominator == 1:
        base = base if exponent > 0 else reciprocal(base)
        if abs(exponent) > EXPANSION:
            raise KernelError(f"the power {exponent} is too high to be multiplied out")
        return product(expand(base, at) for _ in range(abs(exponent.numerator)))
    if not visibly_positive(base):
        raise KernelError(f"the power {exponent} of something that is not seen to be positive")
    return expand(exponential(multiply(number(exponent), logarithm(base))), at)


def any_power(base: Term) -> Parameter | SizeSymbol | None:
    """The positive parameter, or the size symbol that is at least 1, which the term is: it has all rational powers."""
    if base.kind == "parameter" and base.args[0].positive:
        return base.args[0]  # type: ignore[no-any-return]
    if base.kind == "cardinal" and base.args[0].minimum >= 1:
        match base.args[0].terms:
            case (((symbol,), 1),):
                return symbol  # type: ignore[no-any-return]
    return None


def counted(size: Size) -> Monomials:
    """A size as a number."""
    return [Monomial(coefficient, tuple(Counter(symbols).items())) for symbols, coefficient in size.terms]


def product(parts: Iterable[Monomials]) -> Monomials:
    total = [Monomial()]
    for part in parts:
        if len(total) * len(part) > EXPANSION:
            raise KernelError(f"a product of sums would have {len(total) * len(part)} terms: {EXPANSION} are too many")
        total = [_joined(a, b) for a in total for b in part]
    return total


def _joined(a: Monomial, b: Monomial) -> Monomial:
    """Of two monomials that were expanded apart from each other, so that no bound name is in both."""
    if not set(a.bound).isdisjoint(b.bound):
        raise KernelError("a bound name occurs twice")
    powers = dict(a.powers)
    for symbol, exponent in b.powers:
        powers[symbol] = powers.get(symbol, 0) + exponent
    return Monomial(
        a.coefficient * b.coefficient,
        tuple([(symbol, exponent) for symbol, exponent in powers.items() if exponent]),
        a.bound + b.bound,
        a.factors + b.factors,
        a.exponent + b.exponent,
    )


def applied(function: Function) -> Monomials:
    """The function as a monomial; 1/0 is 0."""
    return [Monomial(factors=(function,))] if function.inside or function.kind != "reciprocal" else []


def moved_index(index: Index, places: Places) -> Index:
    """The index with variables replaced; a size of exactly 1 has one index only."""
    there = replace_in(index, lambda v: places.get(v, v))
    return replace_in(there, lambda v: constant_index(0, ONE_SIZE) if size_of(v) == ONE_SIZE else v)


def agreeing(left: Index, right: Index) -> tuple[Delta, ...] | None:
    """The deltas that say that two indices agree, as far as their form does not tell; None when they never do."""
    if left == right:
        return ()
    if isinstance(left, tuple) and isinstance(right, tuple):
        if left[0] == right[0] == "const":
            return None
        if left[0] == right[0] == "part" and left[1] == right[1]:
            return agreeing(left[3], right[3]) if left[2] == right[2] else None
        if left[0] == right[0] == "pair" and [size_of(i) for i in left[1:]] == [size_of(i) for i in right[1:]]:
            outer, inner = agreeing(left[1], right[1]), agreeing(left[2], right[2])
            return None if outer is None or inner is None else outer + inner
    return (Delta(left, right),)


def moved(monomial: Monomial, places: Places) -> Monomials:
    """The monomial with free variables replaced.  What it binds has names that occur nowhere else: none is captured."""
    factors: list[Factor] = []
    for factor in monomial.factors:
        match factor:
            case Entry(letter, indices):
                factors.append(Entry(letter, tuple([moved_index(i, places) for i in indices])))
            case Delta(left, right):
                agree = agreeing(moved_index(left, places), moved_index(right, places))
                if agree is None:
                    return []
                factors += agree
            case Function(kind, bound, inside):
                there = applied(Function(kind, bound, moved_all(inside, places)))
                if not there:
                    return []
                factors += there[0].factors
    return closed(monomial._replace(factors=tuple(factors), exponent=moved_all(monomial.exponent, places)))


def moved_all(monomials: Iterable[Monomial], places: Places) -> tuple[Monomial, ...]:
    return tuple([n for m in monomials for n in moved(m, places)])


def closed(monomial: Monomial) -> Monomials:
    """`sum_v delta_vi f(v) = f(i)`, and the sum over an index that nothing uses is its size."""
    for at, factor in enumerate(monomial.factors):
        if type(factor) is Delta:
            for here, there in (factor, (factor.right, factor.left)):
                if isinstance(here, int) and here in monomial.bound and here not in variables_of(there):
                    bound = tuple([v for v in monomial.bound if v != here])
                    others = monomial.factors[:at] + monomial.factors[at + 1 :]
                    return moved(monomial._replace(bound=bound, factors=others), {here: there})
    if not monomial.bound:
        return [monomial]
    used = free_in(monomial._replace(bound=()))
    unused = [v for v in monomial.bound if v not in used]
    if not unused:
        return [monomial]
    rest = monomial._replace(bound=tuple([v for v in monomial.bound if v in used]))
    return product([[rest], *(counted(size_of(v)) for v in unused)])


def free_in(*monomials: Monomial) -> set[int]:
    """The variables that the monomials use and do not bind."""
    free: set[int] = set()
    for m in monomials:
        free |= free_in(*m.exponent).union(*map(free_in_factor, m.factors)) - set(m.bound)
    return free


def free_in_factor(factor: Factor) -> set[int]:
    if isinstance(factor, Function):
        return free_in(*factor.inside) - set(factor.bound)
    indices: tuple[Index, ...] = factor.places if isinstance(factor, Entry) else factor
    return {v for index in indices for v in variables_of(index)}
