"""Runs of factors that several products have in common, or one product more than once.

A product is flat: P₂ P₁ X M₁ M₂ does not say that P₁ X M₁ is what the first layer makes and the second one reads.  The
pair of neighbours that is met most often, a function of a matrix in it, becomes one factor, again and again; what more
than one product still has then is a run.  Read backwards, with its factors transposed, it is the same run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import sympy

from symattn import language as lang
from symattn.kernel.syntax.letters import INVERTIBLE
from symattn.language.trees.unevaluated import MatrixOperators, multiply

_GROWING = lang.Softmax | lang.ElementwiseExp | lang.ElementwiseLog | lang.Reciprocal | lang.Diag
"""Round these a run grows, and round letters with an inverse: others are short, and a sum is a part by itself."""

Symbols = tuple[int, ...]
"""Factors by their numbers: an even one for the factor, and the next one for its transpose."""


def matrices(product: Any) -> tuple[Any, ...]:
    """The factors of a product that are no numbers."""
    return tuple(factor for factor in product.args if factor.is_Matrix)


def _grows(factor: Any) -> bool:
    plain = factor.args[0] if isinstance(factor, sympy.Transpose) else factor
    return isinstance(plain, _GROWING) or bool(getattr(plain, "facts", frozenset()) & INVERTIBLE)


def _different(products: Iterable[Any]) -> Iterator[Any]:
    """Each product once, though its transpose is there, too."""
    seen = set[Any]()
    for product in products:
        if product not in seen and not (isinstance(product, MatrixOperators) and product.transpose() in seen):
            seen.add(product)
            yield product


class Runs:
    """The runs of some products, each of which comes after those that are in it."""

    def __init__(self, products: Iterable[Any]) -> None:
        self._numbers: dict[Any, int] = {}
        self._factors: list[Any] = []
        self._starting: dict[int, list[tuple[Symbols, Any, Any]]] = defaultdict(list)
        self.before: dict[Any, list[Any]] = defaultdict(list)
        """The runs by the first product that has them."""
        products = tuple(products)
        if any(_grows(factor) for product in products for factor in matrices(product)):
            self._find({product: self._symbols(matrices(product)) for product in _different(products)})

    def __iter__(self) -> Iterator[Any]:
        return (run for runs in self.before.values() for run in runs)

    def grouped(self, factors: Sequence[Any], among: Container[Any]) -> list[Any]:
        """The factors, each run that is one of these as one factor."""
        numbers = tuple(self._numbers.get(factor, -1) for factor in factors)
        found, at = list[Any](), 0
        while at < len(factors):
            length, one = next(
                (
                    (len(symbols), one)
                    for symbols, one, run in self._starting.get(numbers[at], ())
                    if run in among and numbers[at : at + len(symbols)] == symbols
                ),
                (1, factors[at]),
            )
            found.append(one)
            at += length
        return found

    def _symbols(self, factors: Iterable[Any]) -> list[int]:
        return [self._number(factor) for factor in factors]

    def _number(self, factor: Any) -> int:
        if factor not in self._numbers:
            number = 2 * len(self._factors)
            self._factors.append(factor)
            self._numbers[factor.T] = number + 1
            self._numbers[factor] = number
        return self._numbers[factor]

    def _find(self, whole: dict[Any, list[int]]) -> None:
        letters = len(self._factors)
        around = {base for base, factor in enumerate(self._factors) if _grows(factor)}
        pairs = _Pairs(list(whole.values()), letters, around)
        uses = Counter(symbol >> 1 for symbols in (*pairs.sequences, *pairs.made) for symbol in symbols)
        written: list[Symbols] = [(2 * base,) for base in range(letters)]
        for pair in pairs.made:
            written.append(tuple(s for symbol in pair for s in _turned(written[symbol >> 1], symbol & 1)))
        owners: dict[int, Any] = {}
        for product, symbols in zip(whole, pairs.sequences, strict=True):
            for base in _inside([symbol >> 1 for symbol in symbols], pairs.made, letters):
                owners.setdefault(base, product)
        for base in range(letters, len(written)):
            if uses[base] > 1:
                self._add(written[base], owners[base])

    def _add(self, symbols: Symbols, product: Any) -> None:
        numbers, turned = tuple(self._symbols(matrices(product))), _turned(symbols, 1)
        met = (numbers[at : at + len(symbols)] for at in range(len(numbers)))
        symbols = next(way for way in met if way in (symbols, turned))
        run = multiply(*(self._factors[s >> 1].T if s & 1 else self._factors[s >> 1] for s in symbols))
        self.before[product].append(run)
        for one, way in ((run, symbols), (run.T, _turned(symbols, 1))):
            self._starting[way[0]].append((way, one, run))
            self._starting[way[0]].sort(key=lambda found: -len(found[0]))


def _turned(symbols: Sequence[int], turned: int) -> Symbols:
    return tuple(symbol ^ 1 for symbol in reversed(symbols)) if turned else tuple(symbols)


def _inside(bases: list[int], made: list[tuple[int, int]], letters: int) -> Iterator[int]:
    """All that was made of pairs in there, what is inside of another before it."""
    for base in bases:
        if base >= letters:
            yield from _inside([symbol >> 1 for symbol in made[base - letters]], made, letters)
            yield base


class _Pairs:
    """Sequences in which the most frequent pair of neighbours has become one symbol, until none is met twice.

    One of the two is among the bases round which runs grow, and then so is what has become of them.
    """

    def __init__(self, sequences: list[list[int]], letters: int, around: set[int]) -> None:
        self.sequences = sequences
        self.around = around
        self.made: list[tuple[int, int]] = []
        self.counts: Counter[tuple[int, int]] = Counter()
        self.where: dict[tuple[int, int], set[int]] = defaultdict(set)
        for place in range(len(sequences)):
            self._count(place, 1)
        while self.counts and self.counts[pair := max(self.counts, key=self.counts.__getitem__)] > 1:
            self.around.add(letters + len(self.made))
            self._join(pair, 2 * (letters + len(self.made)))
            self.made.append(pair)

    def _count(self, place: int, sign: int) -> None:
        for left, right in pairwise(self.sequences[place]):
            bases = {left >> 1, right >> 1}
            if len(bases) == 2 and bases & self.around:  # a power of one factor is left alone
                pair = min((left, right), (right ^ 1, left ^ 1))
                self.counts[pair] += sign
                if sign > 0:
                    self.where[pair].add(place)

    def _join(self, pair: tuple[int, int], symbol: int) -> None:
        turned = (pair[1] ^ 1, pair[0] ^ 1)
        for place in self.where.pop(pair):
            self._count(place, -1)
            old, new = self.sequences[place], list[int]()
            for right in old:
                if new and (new[-1], right) in (pair, turned):
                    new[-1] = symbol if (new[-1], right) == pair else symbol + 1
                else:
                    new.append(right)
            self.sequences[place] = new
            self._count(place, 1)
        del self.counts[pair]
