"""Proof: witnesses for `there is`, and the places where a false equation shows itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from symattn.errors import KernelError
from symattn.kernel import rules, terms
from symattn.kernel.formulas import Array, Equation, Exists, ForAll, Formula
from symattn.kernel.normal import rational_value
from symattn.kernel.sizes import Size, constant_index, size_of, variable
from symattn.kernel.terms import Letter
from symattn.kernel.theorem import Theorem
from symattn.proof.elaborate import Elaborator
from symattn.proof.statements import value

LIMIT = 256


def candidates(e: Elaborator, claim: Any, goal: Exists) -> Iterator[tuple[tuple[Array, ...], Any]]:
    """The stated witness; without one, the matrices with a single 1, and zero."""
    given = claim.witness if claim is not None else None
    if given is not None:
        arrays = tuple(value(e, v, w) for v, w in zip(claim.variables, given, strict=True))
        yield arrays, claim.claim.xreplace(dict(zip(claim.variables, given, strict=True)))
        return
    choices = [list(_usual(s)) for s in goal.symbols]
    for number, arrays in enumerate(product(*choices)):
        if number >= LIMIT:
            return
        yield arrays, None


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


def disprove(e: Elaborator, formula: Formula) -> Theorem | None:
    """`A |- l = r` with numbers l and r that differ, for an equation or a universal equation A."""
    assumed = rules.assume((), formula)
    if isinstance(formula, Equation):
        return _contradiction(assumed)
    if isinstance(formula, ForAll) and isinstance(formula.body, Equation):
        for number, arrays in enumerate(product(*(list(_usual(s)) for s in formula.symbols))):
            if number >= LIMIT:
                return None
            try:
                at = rules.specialise((assumed,), tuple(zip(formula.symbols, arrays, strict=True)))
            except KernelError:
                continue
            found = _contradiction(at)
            if found is not None:
                return found
    return None


def _contradiction(assumed: Theorem) -> Theorem | None:
    equation = assumed.conclusion
    sizes = [size_of(v) for v in equation.indices]
    for places in product(*(_constants(size) for size in sizes)):
        mapping = {v: constant_index(p, s) for v, p, s in zip(equation.indices, places, sizes, strict=True)}
        left, right = (terms.reindex(t, mapping) for t in (equation.left, equation.right))
        if rational_value(terms.subtract(left, right)):
            use = (0, tuple(mapping.items()), (), terms.number(1))
            return rules.combine((assumed,), Equation((), left, right), (use,))
    return None
