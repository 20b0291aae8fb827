"""Letters and parameters replaced by what they stand for, nothing captured and no fact lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from symattn.kernel.syntax.formulas import (
    COMPOUND,
    FORMULAS,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    NonNegative,
    Symbol,
    contents,
    free_symbols,
    is_symbol,
)
from symattn.kernel.syntax.letters import Letter
from symattn.kernel.syntax.sizes import Index, need, size_of
from symattn.kernel.syntax.terms import Term, entry, rebuild, reindex, renamed, summation, symbols

Replacement = Mapping[Symbol, Array]


def instantiate(formula: Formula, new: Replacement) -> Formula:
    """The formula with letters and parameters replaced by arrays; nothing may be captured, no fact lost.

    Indices that an array leaves open become indices of the formula, which must then be an equation or a bound.
    """
    need(type(formula) in FORMULAS, "only a formula can be instantiated")
    for symbol, array in new.items():
        _admissible(symbol, array)
    chosen = tuple(dict.fromkeys(v for array in new.values() for v in array.chosen))
    if not chosen:
        return filled(formula, new)  # type: ignore[no-any-return]
    own = formula.indices if type(formula) in (Equation, NonNegative) else chosen  # type: ignore[union-attr]
    need(set(chosen).isdisjoint(own), "only an equation or a bound has indices left open, other ones than its own")
    return filled(replace(formula, indices=own + chosen), new)  # type: ignore[arg-type, no-any-return]


def _admissible(symbol: Symbol, array: Array) -> None:
    need(is_symbol(symbol) and type(array) is Array, "a letter or a parameter is replaced by an array")
    sizes, others = ([str(s) for s in of.sizes] for of in (symbol, array))
    need(array.sizes == symbol.sizes, f"{symbol.name} has the sizes {sizes}, its replacement has {others}")
    source = array.body.args[0] if array.body.kind in ("entry", "parameter") else None
    known = source.facts if source and source == source.plain and array.body.args[1:] == array.indices else frozenset()
    need(symbol.facts <= known, f"{symbol.name} is declared {sorted(symbol.facts)}; its replacement is not known to be")


def filled(thing: Any, new: Replacement) -> Any:
    """The same without a look at what is declared of the letters, which is the business of the caller."""
    if type(thing) is Term:
        return replace_symbols(thing, new)
    if type(thing) not in COMPOUND:
        return thing
    if type(thing) in (ForAll, Exists):
        free = free_symbols(thing)
        new = {s: a for s, a in new.items() if s in free}
        apart = symbols(*(array.body for array in new.values())).isdisjoint(thing.symbols)
        need(apart, "a replacement mentions a letter that is bound where it would go")
    changed = [filled(part, new) for part in contents(thing)]
    return tuple(changed) if type(thing) is tuple else type(thing)(*changed)


def replace_symbols(term: Term, new: Replacement) -> Term:
    """The term with letters replaced; a derivative is taken at a point, so its own letter cannot be."""
    arrays = [new[s] for s in symbols(term) & new.keys()]
    if not arrays:
        return term
    match term.kind, term.args:
        case "parameter", (symbol,):
            return new[symbol].body
        case "entry", (letter, *places):
            array = new[letter.plain]
            if letter.inverse:
                source = array.body.args[0]  # _admissible: a letter with the same facts, so it has an inverse too
                return entry(Letter(source.name, source.sizes, source.facts, True), *places)
            return reindex(array.body, dict(zip(array.indices, places, strict=True)))
        case "sum", _:
            bound, body = renamed(term, frozenset(v for array in arrays for v in array.chosen))
            return summation(bound, replace_symbols(body, new))
        case "determinant", _:
            need(not any(array.chosen for array in arrays), "in a determinant no index can be left open")
        case "derivative", (body, target, *_):
            inside = symbols(*(new[s].body for s in symbols(body) & new.keys()))
            need(target not in new and target not in inside, "a derivative cannot be taken at something else")
    return rebuild(term, lambda child: replace_symbols(child, new))


def at(array: Array, *places: Index) -> Term:
    """The entry of an array at these places."""
    need(type(array) is Array and not array.chosen, "a factor may depend on its own indices only")
    need(array.sizes == tuple(map(size_of, places)), "the factors do not have matching sizes")
    return reindex(array.body, dict(zip(array.indices, places, strict=True)))
