"""Derivatives, term by term, where what is differentiated has one."""

from __future__ import annotations

from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import Index, fresh, need, size_of, variables_of
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    cosine,
    delta,
    entry,
    multiply,
    number,
    power,
    reciprocal,
    reindex,
    sine,
    summation,
    symbols,
)


def slope(term: Term, target: Letter | Parameter, places: tuple[Index, ...]) -> Term:
    """The derivative of a term with respect to the entry of a letter at these places, or to a parameter."""
    if target not in symbols(term):
        return number(0)
    args = term.args
    match term.kind:
        case "entry" if args[0] != target:  # d A^-1 = - A^-1 dA A^-1
            return multiply(number(-1), entry(args[0], args[1], places[0]), entry(args[0], places[1], args[2]))
        case "determinant" if type(target) is Letter and args[2] == entry(target, *args[:2]):
            # d det A = det A tr(A^-1 dA)
            return multiply(term, entry(inverted(target), places[1], places[0]))
        case "parameter" | "entry":
            return multiply(number(1), *(delta(i, place) for i, place in zip(args[1:], places, strict=True)))
        case "add":
            return add(number(0), *(slope(a, target, places) for a in args))
        case "multiply":
            there = [at for at, a in enumerate(args) if target in symbols(a)]
            return add(*(multiply(*args[:at], slope(args[at], target, places), *args[at + 1 :]) for at in there))
        case "sum":
            taken = {v for place in places for v in variables_of(place)}
            new = {v: fresh(size_of(v)) if v in taken else v for v in args[0]}
            return summation(tuple(new.values()), slope(reindex(args[1], dict(new)), target, places))
        case "exp":
            return multiply(term, slope(args[0], target, places))
        case "cos":
            return multiply(number(-1), sine(args[0]), slope(args[0], target, places))
        case "sin":
            return multiply(cosine(args[0]), slope(args[0], target, places))
        case "derivative":
            return slope(slope(args[0], args[1], args[2:]), target, places)
    return multiply(_outer(term), slope(term.below[0], target, places))


def _outer(term: Term) -> Term:
    """`d x^p = p x^(p-1) dx`, `d 1/x = -1/x^2 dx`, `d log x = 1/x dx`: but for natural powers, where x is positive."""
    (x,) = term.below
    natural = term.kind == "power" and term.args[1].denominator == 1 and term.args[1] >= 0
    need(natural or visibly_positive(x), f"the {term.kind} of something that may vanish has no derivative there")
    if term.kind == "power":
        return multiply(number(term.args[1]), power(x, term.args[1] - 1))
    need(term.kind in ("log", "reciprocal"), f"a {term.kind} has no derivative here")
    return reciprocal(x) if term.kind == "log" else multiply(number(-1), power(term, 2))
