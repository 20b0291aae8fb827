"""Theorems at other sizes, and induction over a size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symattn.kernel.proofs import Proof, Sequent, gather, rule
from symattn.kernel.syntax.formulas import FORMULAS, Formula, free_symbols
from symattn.kernel.syntax.letters import Letter
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    Size,
    SizeSymbol,
    Variable,
    constant_size,
    need,
    size_of,
    substituted,
    variable,
    variable_name,
)
from symattn.kernel.values import ATOMS, MAKERS, TAKEN_APART


@rule(1)
def at_size(premise: Proof, symbol: SizeSymbol, size: Size) -> Sequent:
    """H |- A   =>   H[n := s] |- A[n := s], for a size s that is never less than the least n."""
    need(type(symbol) is SizeSymbol and type(size) is Size, "at_size takes a size symbol and a size")
    need(size.minimum >= symbol.minimum, f"{size} may be less than the minimum {symbol.minimum} of {symbol.name}")
    *hypotheses, conclusion = resized((*premise.hypotheses, premise.conclusion), symbol, size)
    return tuple(dict.fromkeys(hypotheses)), conclusion


@rule(2)
def induction(base: Proof, step: Proof, claim: Formula, symbol: SizeSymbol) -> Sequent:
    """H |- A[n := least n],  H', A |- A[n := n + 1]   =>   H, H' |- A, when H, H' and free letters are not about n."""
    need(type(symbol) is SizeSymbol and type(claim) in FORMULAS, "induction takes a formula and a size symbol")
    least, next_ = constant_size(symbol.minimum), Size((((symbol,), 1),)) + ONE_SIZE
    need((base.conclusion,) == resized((claim,), symbol, least), f"the first premise is not the claim at {least}")
    need((step.conclusion,) == resized((claim,), symbol, next_), f"the second premise is not the claim at {next_}")
    others = tuple(dict.fromkeys((*base.hypotheses, *gather(step, without=(claim,)))))
    fixed = (*free_symbols(claim), *others)
    need(resized(fixed, symbol, next_) == fixed, f"a hypothesis, or a letter that is not bound, is about {symbol.name}")
    return others, claim


def resized(things: tuple[Any, ...], symbol: SizeSymbol, size: Size) -> tuple[Any, ...]:
    """Formulas with another size for the symbol; different letters and different indices stay different."""
    done: dict[tuple[type, Any], Any] = {}

    def of(thing: Any) -> Any:
        kind = type(thing)
        if kind is tuple:  # not remembered: equal tuples may hold a number or the variable of that number
            return tuple([of(part) for part in thing])
        if kind in ATOMS:
            return thing
        if (kind, thing) not in done:
            need(kind in TAKEN_APART, f"a {kind.__name__} has no place in a formula")
            maker, parts = TAKEN_APART[kind](thing)
            done[kind, thing] = again[kind](thing) if kind in again else MAKERS[maker](*map(of, parts))
        return done[kind, thing]

    def index(old: Variable) -> Variable:
        name, new = variable_name(old), of(size_of(old))
        need(name != "", "an index without a name cannot be carried to another size")
        while variable(name, new) in done.values():  # all are bound, so that another name will do
            name += "'"
        return variable(name, new)

    def polynomial(old: Size) -> Size:
        return substituted(old, put)

    def put(old: SizeSymbol) -> Size:
        return size if old == symbol else Size((((old,), 1),))

    again: dict[type, Callable[[Any], Any]] = {Size: polynomial, Variable: index}
    result = of(things)
    letters = [new for (kind, _), new in done.items() if kind is Letter]
    need(len(set(letters)) == len(letters), "two of one name would become the same letter")
    return result  # type: ignore[no-any-return]
