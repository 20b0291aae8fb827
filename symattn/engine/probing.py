"""A look at numbers before a long search: a term that has a value other than 0 at small sizes is not zero.

The numbers are floats, so that the answer "no" is only a reason not to look for steps: nothing is refuted by it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from zlib import crc32

from symattn.kernel.syntax import terms
from symattn.kernel.syntax.letters import Letter
from symattn.kernel.syntax.sizes import Index, Size, SizeSymbol, size_of, variables_of
from symattn.kernel.syntax.terms import Term, walk

ROOM = 4
"""Sizes of places that are compared are at least so large, and all others as small as they get."""
WORK = 20_000
"""After so many values the look is given up."""
PLACES = 12
"""At so many places a term with free indices is looked at."""
CLEAR = 1e-6
"""What is larger than this part of the largest value on the way is not 0."""
KNOWN = frozenset(terms.CONSTRUCTORS) - {"determinant", "derivative"}
"""What has a value here."""
_SAID = frozenset({"mask", "positive", "symmetric"})
"""Facts with which numbers are drawn; letters with other facts are not looked at."""


class _Unclear(Exception):
    """There are no numbers to look at, or too many."""


def is_nowhere_near_zero(term: Term) -> bool:
    """Whether the term has a value that is not 0; False also where that is not seen."""
    probe, free = _Probe(term), sorted(term.free)
    try:
        for turn in range(PLACES if free else 1):
            place = {v: crc32(f"{turn} {at}".encode()) % probe.number(size_of(v)) for at, v in enumerate(free)}
            if abs(probe.value(term, place)) > CLEAR * probe.largest:
                return True
    except (_Unclear, ArithmeticError, ValueError, RecursionError):
        return False
    return False


class _Probe:
    def __init__(self, term: Term) -> None:
        self.known: dict[tuple[Term, tuple[int, ...]], float] = {}
        self.largest, self.asked = 1.0, 0
        compared = [part.args for part in walk(term) if part.kind == "before"]
        sizes = [size_of(v) for sides in compared for index in sides for v in variables_of(index)]
        self.wide = {symbol for size in sizes for symbols, _ in size.terms for symbol in symbols}

    def number(self, size: Size) -> int:
        return sum(c * math.prod(map(self.of, symbols)) for symbols, c in size.terms)

    def of(self, symbol: SizeSymbol) -> int:
        return max(symbol.minimum, ROOM if symbol in self.wide else 1)

    def places(self, bound: tuple[int, ...]) -> Iterator[dict[int, int]]:
        for each in product(*(range(self.number(size_of(v))) for v in bound)):
            yield dict(zip(bound, each, strict=True))

    def place(self, index: Index, at: dict[int, int]) -> int:
        match index:
            case ("const", int(value), _):
                return value
            case ("part", before, inner, _):
                return self.number(before) + self.place(inner, at)
            case ("pair", outer, inner):
                return self.place(outer, at) * self.number(size_of(inner)) + self.place(inner, at)
        return at[index]  # type: ignore[index]

    def value(self, term: Term, at: dict[int, int]) -> float:
        key = term, tuple([at[v] for v in sorted(term.free)])
        self.asked += 1
        if self.asked > WORK or term.kind not in KNOWN:
            raise _Unclear
        if key not in self.known:
            self.known[key] = found = self._value(term, at)
            self.largest = max(self.largest, abs(found))
        return self.known[key]

    def _value(self, term: Term, at: dict[int, int]) -> float:
        match term.kind, term.args:
            case "number", (value,):
                return float(value)
            case "cardinal", (size,):
                return float(self.number(size))
            case "parameter", (symbol,):
                return _drawn(f"{symbol.name}", symbol.positive)
            case "entry", (letter, *places):
                return _entry(letter, [self.place(i, at) for i in places])
            case "delta", (left, right):
                return float(self.place(left, at) == self.place(right, at))
            case "before", (left, right):
                return float(self.place(left, at) <= self.place(right, at))
            case "sum", (bound, body):
                return sum(self.value(body, {**at, **each}) for each in self.places(bound))
            case "power", (_, exponent):
                return float(self.value(term.args[0], at) ** exponent)
        below = [self.value(part, at) for part in term.below]
        match term.kind:
            case "add":
                return sum(below)
            case "multiply":
                return math.prod(below)
            case "reciprocal":
                return 1 / below[0] if below[0] else 0.0
            case "exp" | "log" | "cos" | "sin" as kind:
                return float(getattr(math, kind)(below[0]))
        raise _Unclear


def _entry(letter: Letter, places: list[int]) -> float:
    if letter.inverse or not letter.facts <= _SAID:
        raise _Unclear
    said = sorted(places) if "symmetric" in letter.facts else places
    drawn = _drawn(f"{letter.name}{said}", "positive" in letter.facts)
    return float(drawn > 0) if "mask" in letter.facts else drawn


def _drawn(name: str, positive: bool) -> float:
    """Between -1 and 1, or up to 2 from 1 up, the same for the same name."""
    drawn = crc32(name.encode()) / 2**32
    return 1 + drawn if positive else 2 * drawn - 1
