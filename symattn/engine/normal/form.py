"""Engine, the normal form: the normal form of a term, derivatives, and the test for zero.  `rules` asks it first.

Two terms without functions and reciprocals of sums are equal for all sizes exactly when their normal forms agree.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symattn.engine.grouping import connected
from symattn.engine.normal.atoms import _plain, make_delta, make_entry
from symattn.engine.normal.components import _labelled
from symattn.engine.normal.determinants import determinant_poly
from symattn.engine.normal.functions import (
    argument_of,
    exp_poly,
    forget_arguments,
    log_poly,
    power_poly,
    reciprocal_poly,
)
from symattn.engine.normal.orders import make_before
from symattn.engine.normal.polynomial import (
    EMPTY,
    SKELETONS,
    Factor,
    Poly,
    accumulate,
    add,
    constant,
    forget_skeletons,
    is_positive,
    multiply,
    multiply_all,
    parameter_number,
    parameter_of,
    raise_power,
    scale,
    single,
    variables_in,
)
from symattn.engine.normal.sums import opened, size_poly, sum_over
from symattn.engine.normal.turns import cos_poly, sin_poly
from symattn.errors import KernelError
from symattn.kernel.plain.expansion import written, written_inside
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import Index, forget_fresh, replace_in
from symattn.kernel.syntax.terms import Letter, Parameter, Term

_known: dict[Term, Poly] = {}


def normal(term: Term) -> Poly:
    """The normal form; computed once for every term, children first, without recursion over the term."""
    stack = [term]
    while stack:
        at = stack[-1]
        if at not in _known:
            waiting = [c for c in at.below if c not in _known]
            if waiting:
                stack += waiting
                continue
            _known[at] = _closed(_combine(at), at)
        stack.pop()
    return dict(_known[term])  # a copy: who asks may change it


def _closed(poly: Poly, term: Term) -> Poly:
    """The polynomial, if it knows no other index than the term: nothing that a sum binds may come out of it."""
    if not term.free.issuperset(variables_in(poly)):
        raise KernelError("an index came out of the sum that binds it: this is a fault of the engine, please report it")
    return poly


def forget() -> None:
    """Give back what normal forms were remembered; no answer changes, since numbers are fingerprints.

    What refers to numbers goes before what the numbers refer to, so that a time limit that ends this half way does no
    harm.
    """
    for table in (_known, _labelled, _plain):
        table.clear()
    forget_arguments()
    forget_skeletons()
    written.cache_clear()
    written_inside.cache_clear()
    forget_fresh()


def remembered() -> int:
    """How much is remembered, counted in nameless expressions; those take more memory than terms do."""
    return len(SKELETONS) + len(_known) // 10


def _combine(term: Term) -> Poly:
    below = [_known[c] for c in term.below]
    match term.kind:
        case "entry":
            return make_entry(term.args[0], list(term.args[1:]))
        case "multiply":
            return multiply_all(1, (), below)
        case "sum":
            return sum_over(below[0], list(term.args[0]))
        case "add":
            return add({}, *below)
        case "number":
            return constant(term.args[0])
        case "parameter":
            return {(((parameter_number(term.args[0]), 1),), ()): 1}
        case "cardinal":
            return size_poly(term.args[0])
        case "delta":
            return make_delta(*term.args)
        case "before":
            return make_before(*term.args)
        case "determinant":
            return determinant_poly(term.args[0], term.args[1], below[0])
        case "exp":
            return exp_poly(below[0])
        case "log":
            return log_poly(below[0])
        case "cos":
            return cos_poly(below[0])
        case "sin":
            return sin_poly(below[0])
        case "reciprocal":
            return reciprocal_poly(below[0])
        case "power":
            return power_poly(below[0], term.args[1])
        case "derivative":
            return derive(below[0], term.args[1], list(term.args[2:]))
    raise KernelError(f"not a term: {term.kind}")


def derive(poly: Poly, target: Letter | Parameter, places: list[Index]) -> Poly:
    """The derivative with respect to the entry of a letter at these places, or to a parameter."""
    total: Poly = {}
    for (params, factors), coefficient in poly.items():
        for number_, exponent in params:
            if parameter_of(number_) == target:
                lower = multiply_all(coefficient * exponent, params, [{(((number_, -1),), ()): 1}])
                accumulate(total, multiply(lower, {((), factors): 1}))
        for k, factor in enumerate(factors):
            if target in SKELETONS[factor[0]].letters:
                rest: Poly = {(params, factors[:k] + factors[k + 1 :]): coefficient}
                accumulate(total, multiply(rest, _derive_factor(factor, target, places)))
    return total


def _derive_factor(factor: Factor, target: Letter | Parameter, places: list[Index]) -> Poly:
    """`d f^p = p f^(p-1) df`, and `d exp(u)^p = p exp(u)^p du`."""
    index, variables, power = factor
    skeleton = SKELETONS[index]
    if skeleton.kind == "exp":
        return scale(multiply(single(*factor), derive(argument_of(factor), target, places)), power)
    lower = scale(single(index, variables, power - 1), power)
    return multiply(lower, _derive_base(factor, target, places))


def _derive_base(factor: Factor, target: Letter | Parameter, places: list[Index]) -> Poly:
    index, variables, _ = factor
    skeleton = SKELETONS[index]
    if skeleton.kind == "entry":
        letter, pattern = skeleton.data
        if letter != target:  # d A^-1 = - A^-1 dA A^-1
            (i, j), (a, b) = _actual(pattern, variables), places
            return scale(multiply(make_entry(letter, [i, a]), make_entry(letter, [b, j])), -1)
        total = constant(1)
        for side, place in zip(_actual(pattern, variables), places, strict=True):
            total = multiply(total, make_delta(side, place))
        return total
    if skeleton.kind == "sum":
        parts, bound = opened((index, variables, 1))
        total = {}
        for k, part in enumerate(parts):
            if target in SKELETONS[part[0]].letters:
                rest = multiply_all(1, (), [single(*p) for p in parts[:k] + parts[k + 1 :]])
                accumulate(total, multiply(rest, _derive_factor(part, target, places)))
        return sum_over(total, bound)
    if skeleton.kind == "determinant":
        row, column, entries = skeleton.data
        if not isinstance(target, Letter) or dict(entries) != make_entry(target, [row, column]):
            raise KernelError("a determinant is differentiated in its own letter only")
        return multiply(single(index, variables, 1), make_entry(inverted(target), places[::-1]))
    inner = argument_of(factor)
    if skeleton.kind in ("cos", "sin"):
        slope = sin_poly(scale(inner, -1)) if skeleton.kind == "cos" else cos_poly(inner)
        return multiply(slope, derive(inner, target, places))
    if not is_positive(inner):
        raise KernelError(f"the {skeleton.kind} of something that may vanish has no derivative there")
    slope = reciprocal_poly(inner)
    if skeleton.kind == "reciprocal":
        slope = scale(raise_power(slope, 2), -1)
    return multiply(slope, derive(inner, target, places))


def _actual(pattern: tuple[Any, ...], variables: tuple[int, ...]) -> list[Index]:
    return [replace_in(side, variables.__getitem__) for side in pattern]


def cleared(poly: Poly) -> Poly:
    """The polynomial times positive denominators, so that it is zero exactly when the given one is.

    What has denominators in common is looked at by itself: where that is zero, nothing else is multiplied by them.
    """
    groups = connected(poly, lambda monomial: [(s, i) for s, i, _ in monomial[1] if _is_denominator(s)])
    if len(groups) > 1:
        poly = {m: poly[m] for group in groups if _over_one({m: poly[m] for m in group}) for m in group}
    return _over_one(poly)


def _over_one(poly: Poly) -> Poly:
    for _ in range(64):
        found = next(((s, i) for _, fs in poly for s, i, _ in fs if _is_denominator(s)), None)
        if found is None:
            return poly
        top = max(p for _, fs in poly for s, i, p in fs if (s, i) == found)
        below = argument_of((*found, 1))
        total: Poly = {}
        for (params, factors), coefficient in poly.items():
            power = next((p for s, i, p in factors if (s, i) == found), 0)
            rest: Poly = {(params, tuple(f for f in factors if f[:2] != found)): coefficient}
            accumulate(total, multiply(rest, raise_power(below, top - power)))
        poly = total
    return poly


def _is_denominator(index: int) -> bool:
    return SKELETONS[index].kind == "reciprocal" and SKELETONS[index].positive


def is_zero(term: Term) -> bool:
    """Is the term zero for all sizes and entries, as far as normal forms can tell?"""
    poly = normal(term)
    return not poly or not _closed(cleared(poly), term)


def rational_value(term: Term) -> Fraction | None:
    """The value, when the normal form is a number."""
    poly = normal(term)
    if not poly:
        return Fraction(0)
    return Fraction(poly[EMPTY]) if list(poly) == [EMPTY] else None


__all__ = ["cleared", "derive", "forget", "is_zero", "normal", "rational_value", "remembered"]
