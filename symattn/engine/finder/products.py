"""Engine, the finder: a monomial as a product of powers, and what summands have in common, for `applying`."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from symattn.engine.finder.naming import Names, text
from symattn.engine.finder.writing import Pieces, one_term, pieces, power_term
from symattn.kernel.plain.expansion import any_power
from symattn.kernel.plain.monomials import Function, Monomial, Number
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import Size, SizeSymbol
from symattn.kernel.syntax.terms import Term


def symbol_term(symbol: object) -> Term:
    if isinstance(symbol, SizeSymbol):
        return terms.cardinal(Size((((symbol,), 1),)))
    return terms.parameter(symbol)  # type: ignore[arg-type]


class Parts(NamedTuple):
    """A monomial as a product: a number, powers of symbols, powers of pieces (1/x is x to the power -1)."""

    coefficient: Number
    powers: dict[object, Number]
    pieces: Pieces


def parts_of(monomial: Monomial, names: Names) -> Parts:
    found: Pieces = {}
    for key, (piece, power) in pieces(monomial, names).items():
        turned = _below(piece, names)
        where = turned or piece
        at = text(where, names) if turned else key
        found[at] = (where, (found[at][1] if at in found else 0) + (-power if turned else power))
    return Parts(monomial.coefficient, dict(monomial.powers), {k: p for k, p in found.items() if p[1]})


def _below(piece: Monomial, names: Names) -> Monomial | None:
    """x, when the piece is 1/x for one positive thing x."""
    match piece:
        case Monomial(1, (), (), (Function("reciprocal", _, (x,)),), ()) if x.coefficient == 1 and not x.powers:
            return x if visibly_positive(one_term(x, names)) and len(pieces(x, names)) == 1 else None
    return None


def _shared(exponents: list[Number], unit: bool) -> Number:
    low = min(exponents)
    return low if unit else max(low, 0)


def content(inside: list[Parts], names: Names, *, signed: bool) -> Parts:
    """What all summands have in common; where there is one summand only, all of it."""
    fractions = [Fraction(p.coefficient) for p in inside]
    below = lcm(*(f.denominator for f in fractions))
    number = Fraction(gcd(*(int(f * below) for f in fractions)), below)
    number = -number if signed and fractions[0] < 0 else number
    powers: dict[object, Number] = {}
    common: Pieces = {}
    for symbol in dict.fromkeys(s for p in inside for s in p.powers):
        unit = any_power(symbol_term(symbol)) is not None
        powers[symbol] = _shared([p.powers.get(symbol, 0) for p in inside], unit)
    for key, piece in {key: piece for p in inside for key, (piece, _) in p.pieces.items()}.items():
        unit = visibly_positive(one_term(piece, names))
        common[key] = piece, _shared([p.pieces[key][1] if key in p.pieces else 0 for p in inside], unit)
    return Parts(number, {s: e for s, e in powers.items() if e}, {k: p for k, p in common.items() if p[1]})


def factors_of(parts: Parts, names: Names) -> list[Term]:
    """The terms of which the parts are the product."""
    found = [terms.number(Fraction(parts.coefficient))] if parts.coefficient != 1 else []
    found += [terms.power(symbol_term(symbol), Fraction(exponent)) for symbol, exponent in parts.powers.items()]
    return [*found, *(power_term(piece, power, names) for piece, power in parts.pieces.values())]


def divided(parts: Parts, by: Parts) -> Parts:
    powers = {s: parts.powers.get(s, 0) - by.powers.get(s, 0) for s in (parts.powers | by.powers)}
    left: Pieces = {}
    for key, (piece, _) in (parts.pieces | by.pieces).items():
        power = (parts.pieces[key][1] if key in parts.pieces else 0) - (by.pieces[key][1] if key in by.pieces else 0)
        left[key] = piece, power
    coefficient = Fraction(parts.coefficient) / by.coefficient
    return Parts(coefficient, {s: e for s, e in powers.items() if e}, {k: p for k, p in left.items() if p[1]})
