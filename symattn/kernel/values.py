"""Kernel, beside the rules: everything that a proof is made of, how it is taken apart and how it is made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from symattn.kernel.syntax.formulas import FORMULAS, Array, contents
from symattn.kernel.syntax.sizes import Size, SizeSymbol, Variable, size_of, variable, variable_name
from symattn.kernel.syntax.terms import CONSTRUCTORS, Letter, Parameter, Term

ATOMS = (bool, int, str)
RECORDS = (SizeSymbol, Size, Letter, Parameter, Array, *FORMULAS)
MAKERS: dict[str, Callable[..., Any]] = {
    "variable": variable,
    "fraction": Fraction,
    "tuple": lambda *parts: parts,
    "set": lambda *parts: frozenset(parts),
    **CONSTRUCTORS,
    **{record.__name__: record for record in RECORDS},
}
TAKEN_APART: dict[type, Callable[[Any], tuple[str, Iterable[Any]]]] = {
    Variable: lambda index: ("variable", (variable_name(index), size_of(index))),
    Fraction: lambda number: ("fraction", (number.numerator, number.denominator)),
    tuple: lambda parts: ("tuple", parts),
    frozenset: lambda parts: ("set", sorted(parts)),
    Term: lambda term: (term.kind, term.args),
    **dict.fromkeys(RECORDS, lambda record: (type(record).__name__, contents(record))),
}
"""For every type but those of ATOMS, which of the makers makes such a thing, and from what."""


def known(thing: Any) -> bool:
    """Whether it is made of these types alone, exactly: anything else may say another thing whenever it is asked."""
    inside = thing if type(thing) in (tuple, frozenset) else ()
    return (type(thing) in ATOMS or type(thing) in TAKEN_APART) and all(map(known, inside))
