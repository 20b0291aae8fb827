"""Engine, the finder: monomials written as terms again, opened up, and taken to pieces.

Steps are made of these terms: they are the same for monomials that are equal up to the names of what they bind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from symattn.engine.finder.naming import Names, factor_text, order, text
from symattn.engine.finder.turning import loose_order
from symattn.kernel.plain.expansion import moved
from symattn.kernel.plain.monomials import (
    Before,
    Delta,
    Entry,
    Factor,
    Function,
    Monomial,
    Number,
    free_in,
    free_in_factor,
)
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import Size, SizeSymbol, size_of, variable
from symattn.kernel.syntax.terms import Term

MARK = "_"
"""How the names begin that bound variables get; goals use other names."""


class Opened(NamedTuple):
    """A monomial without its binder: the variables, which have names of their own now, and what all are called.

    `swap` renames the variables so that the monomial becomes its negative, but for turned letters.
    """

    variables: tuple[int, ...]
    body: Monomial
    names: Names
    swap: dict[int, int] | None


def opened(monomial: Monomial, names: Names, *, loose: bool = False) -> Opened:
    if not monomial.bound:
        return Opened((), monomial, names, None)
    bound, swap = loose_order(monomial, names) if loose else (order(monomial, names), None)
    new, inner = named(bound, names)
    (body,) = moved(monomial._replace(bound=()), dict(new))
    swap = swap and {new[v]: new[w] for v, w in swap.items() if v in new and w in new}
    return Opened(tuple(new.values()), body, inner, swap)


def named(bound: tuple[int, ...], names: Names) -> tuple[dict[int, int], Names]:
    """Variables with names of their own, and what all are called then."""
    new: dict[int, int] = {v: variable(f"{MARK}{len(names) + at}", size_of(v)) for at, v in enumerate(bound)}
    return new, {**names, **{v: f"b{len(names) + at}" for at, v in enumerate(new.values())}}


def term_of(monomials: Iterable[Monomial], names: Names) -> Term:
    """The sum of the monomials, in an order that only depends on what they are."""
    parts = [*monomials]
    if len(parts) > 1:
        parts.sort(key=lambda m: text(m, names))
    return terms.add(*[one_term(m, names) for m in parts]) if parts else terms.number(0)


def one_term(monomial: Monomial, names: Names) -> Term:
    variables, body, inner, _ = opened(monomial, names)
    parts = [terms.number(Fraction(body.coefficient))] if body.coefficient != 1 else []
    for symbol, exponent in sorted(body.powers, key=lambda power: power[0].name):
        base = terms.cardinal(Size((((symbol,), 1),))) if isinstance(symbol, SizeSymbol) else terms.parameter(symbol)
        parts.append(base if exponent == 1 else terms.power(base, Fraction(exponent)))
    factors = sorted(body.factors, key=lambda f: factor_text(f, inner)) if len(body.factors) > 1 else body.factors
    parts += [_factor_term(f, inner) for f in factors]
    if body.exponent:
        parts.append(terms.exponential(term_of(body.exponent, inner)))
    return terms.summation(variables, terms.multiply(*parts) if parts else terms.number(1))


def _factor_term(factor: Factor, names: Names) -> Term:
    match factor:
        case Entry(letter, places):
            return terms.entry(letter, *places)
        case Delta(left, right):
            return terms.delta(left, right)
        case Before(left, right):
            return terms.before(left, right)
        case Function("log", _, inside):
            return terms.logarithm(term_of(inside, names))
        case Function("reciprocal" | "cos" | "sin" as kind, _, inside):
            return terms.CONSTRUCTORS[kind](term_of(inside, names))
        case Function(_, (row, column), inside):
            new, inner = named((row, column), names)
            body = term_of([n for m in inside for n in moved(m, dict(new))], inner)
            return terms.determinant(new[row], new[column], body)
    raise AssertionError(factor)


Pieces = dict[str, tuple[Monomial, Number]]
"""What a monomial is a product of, by its text, each with its power."""


def pieces(monomial: Monomial, names: Names) -> Pieces:
    """Its parts that hang together by bound indices; exps of different things are apart, with their powers."""
    atoms: list[tuple[Monomial, set[int]]] = [
        *((Monomial(factors=(f,)), free_in_factor(f)) for f in monomial.factors),
        *((Monomial(exponent=(x,)), free_in(x)) for x in monomial.exponent),
    ]
    bound, groups = set(monomial.bound), list[tuple[Monomial, set[int]]]()
    for atom, free in atoms:
        group, touched, apart = atom, free & bound, []
        for other, more in groups:
            if more & touched:
                group = Monomial(factors=other.factors + group.factors, exponent=other.exponent + group.exponent)
                touched |= more
            else:
                apart.append((other, more))
        groups = [*apart, (group, touched)]
    found: Pieces = {}
    for group, touched in groups:
        power: Number = 1
        if not touched and group.exponent:
            (x,) = group.exponent
            power, group = x.coefficient, Monomial(exponent=(x._replace(coefficient=1),))
        group = group._replace(bound=tuple([v for v in monomial.bound if v in touched]))
        key = text(group, names)
        found[key] = (group, power + (found[key][1] if key in found else 0))
    return found


def power_term(piece: Monomial, power: Number, names: Names) -> Term:
    """The piece as often as its power says; an exp can have any power."""
    if piece.exponent and not piece.bound:
        (x,) = piece.exponent
        return one_term(Monomial(exponent=(x._replace(coefficient=power),)), names)
    return one_term(piece, names) if power == 1 else terms.power(one_term(piece, names), Fraction(power))


def without(monomial: Monomial, *factors: Factor) -> Monomial:
    rest = list(monomial.factors)
    for factor in factors:  # a delta is equal to a comparison of the same two indices, both being pairs
        del rest[next(at for at, f in enumerate(rest) if type(f) is type(factor) and f == factor)]
    return monomial._replace(factors=tuple(rest))


def weight(monomial: Monomial) -> int:
    """How much there is in a monomial."""
    total = 1 if monomial.bound else 0
    for factor in monomial.factors:
        total += 1 + (sum(map(weight, factor.inside)) if type(factor) is Function else 0)
    return total + sum(1 + weight(x) for x in monomial.exponent)


def rank(piece: Monomial) -> tuple[int, str]:
    """A place in an order that does not look at the names of variables."""
    free: Sequence[int] = sorted(free_in(piece))
    return weight(piece), text(piece._replace(bound=(*piece.bound, *free)), {}) + f"{len(piece.bound)}"
