"""Engine, the finder: texts of monomials and orders of what they bind.

All others here are promised that both are the same for monomials that are equal up to the names of what they bind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symattn.engine.finder.skeletons import Thing, index_text, letter_text, skeleton
from symattn.kernel.plain.monomials import Before, Delta, Entry, Function, Monomial

Names = Mapping[int, str]
"""What variables are called that are bound outside; those that nothing binds must be there too."""


def order(monomial: Monomial, names: Names) -> tuple[int, ...]:
    """The bound variables in an order that depends on nothing but the structure and the names."""
    if len(monomial.bound) < 2:
        return monomial.bound
    ways = skeleton(monomial).ways
    return min(ways, key=lambda way: [names[v] for v in way[0]])[1] if len(ways) > 1 else ways[0][1]


def identity(monomial: Monomial) -> tuple[Any, ...]:
    """What is the same for equal monomials under one roof, but for coefficients."""
    mark, ways = skeleton(monomial)
    return mark, min([way for way, _ in ways])


def text(thing: Thing, names: Names) -> str:
    """The thing without its coefficient as text: the same for all that are equal up to names of bound variables."""
    mark, ways = skeleton(thing)
    return f"{mark}({';'.join(min([[names[v] for v in way] for way, _ in ways]))})"


def factor_text(factor: Entry | Delta | Before | Function, names: Names) -> str:
    match factor:
        case Entry(letter, places):
            return f"{letter_text(letter)}[{';'.join([index_text(i, names.__getitem__) for i in places])}]"
        case Before():
            return f"[{'<'.join([index_text(i, names.__getitem__) for i in factor])}]"
        case Delta():
            return f"[{'='.join(sorted([index_text(i, names.__getitem__) for i in factor]))}]"
    return text(factor, names)
