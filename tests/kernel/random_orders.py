"""Random comparisons of indices, cut and nested in every way, in sums, products and exps; each against brute force.

`python -m tests.kernel.random_orders 100000` looks at so many of them: is the expansion of a term, and its normal form,
worth what the term is, is what is seen to be positive positive, and what is said to vanish 0?
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction

from symattn.engine.normal import normal
from symattn.engine.normal.polynomial import is_positive
from symattn.engine.rules import vanishes
from symattn.errors import KernelError
from symattn.kernel.plain.expansion import expand
from symattn.kernel.plain.signs import sign
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    ZERO_SIZE,
    Index,
    Size,
    constant_index,
    constant_size,
    pair_index,
    place,
    size_of,
    surplus,
)
from symattn.kernel.syntax.terms import Term, exponential, multiply, number, summation
from tests.kernel.model import Model, NoValue, jet
from tests.kernel.random_terms import Terms, m, n, q, z

TWO = constant_size(2)
PARTS = [n, n, m, z, q, ONE_SIZE, TWO]
TOTALS = [n, n, n + ONE_SIZE, n + m, n + n, q, n + TWO, n + m + ONE_SIZE, z + ONE_SIZE, n + z, n * m, TWO]
VALUES = ({"n": 1, "m": 2, "z": 0}, {"n": 2, "m": 1, "z": 1}, {"n": 3, "m": 2, "z": 2})


class Orders(Terms):
    """A source of terms in which places are compared."""

    def variables(self) -> list[int]:
        return [self.bound(self.random.choice([*PARTS, n, n, m])) for _ in range(self.random.randint(2, 4))]

    def place(self, total: Size, scope: Sequence[int], depth: int = 2) -> Index | None:
        """A place of the size: a variable, a constant, a pair, or a place in a part, written as it comes."""
        plain: list[Index] = [v for v in scope if size_of(v) == total]
        if plain and self.chance(0.5):
            return self.random.choice(plain)
        if depth and self.chance(0.7) and (found := self._cut(total, scope, depth)) is not None:
            return found
        if total == n * m and self.chance(0.8):
            sides = self.place(n, scope, 0), self.place(m, scope, 0)
            return pair_index(*sides) if None not in sides else None  # type: ignore[arg-type]
        if total.minimum and self.chance(0.6):
            return constant_index(self.random.randrange(total.minimum), total)
        return self.random.choice(plain) if plain else None

    def _cut(self, total: Size, scope: Sequence[int], depth: int) -> Index | None:
        own = self.random.choice([size_of(v) for v in scope] + PARTS)
        around = surplus(total, own)
        if around is None or around == ZERO_SIZE:
            return None
        before = self.random.choice([ZERO_SIZE, around, *PARTS])
        after = surplus(around, before)
        inner = self.place(own, scope, depth - 1)
        if inner is None or after is None:
            return None
        raw = ("part", before, inner, after)  # as it may stand in a certificate, cut of a cut and all
        return raw if self.chance(0.3) else place(before, inner, after)

    def compared(self, scope: Sequence[int], kinds: str = "before before before delta") -> Term:
        for _ in range(20):
            size = self.random.choice(TOTALS)
            left, right = self.place(size, scope), self.place(size, scope)
            if left is not None and right is not None:
                return terms.CONSTRUCTORS[self.random.choice(kinds.split())](left, right)
        return number(1)

    def term(self, scope: Sequence[int], depth: int) -> Term:
        choice = self.random.random()
        if depth == 0 or choice < 0.3:
            rest = [self.entry(scope)] if self.chance(0.3) else [exponential(self.entry(scope))] * self.chance(0.2)
            return multiply(*(self.compared(scope) for _ in range(self.random.randint(1, 3))), *rest)
        if choice < 0.6:
            inner = [self.bound(self.random.choice([size_of(v) for v in scope] + [n, m])) for _ in range(depth)]
            return summation(inner[: self.random.randint(1, 2)], self.term([*scope, *inner], depth - 1))
        if choice < 0.7:
            return terms.negative(self.term(scope, depth - 1))
        join = terms.add if choice < 0.85 else multiply
        return join(self.term(scope, depth - 1), self.term(scope, depth - 1))

    def positive_sum(self, scope: Sequence[int]) -> Term:
        """What a normaliser of masked softmax looks like, and much that looks alike and may be 0."""
        v = self.bound(self.random.choice([size_of(w) for w in scope] + [n, n + ONE_SIZE]))
        masks = [self.compared([*scope, v, v, v], "before") for _ in range(self.random.randint(1, 2))]
        whole = summation([v], multiply(*masks, exponential(self.entry([*scope, v]))))
        return terms.add(whole, self.positive_sum(scope)) if self.chance(0.2) else whole


def fault(seed: int) -> str | None:
    """What is wrong with the term of this seed; NoValue when there is nothing to compare."""
    source = Orders(seed)
    scope = source.variables()
    term = source.positive_sum(scope) if source.chance(0.4) else source.term(scope, source.random.randint(1, 2))
    free = sorted(term.free)
    try:
        plain, poly = expand(term), normal(term)
        zero = source.chance(0.2) and vanishes(term)
    except KernelError as error:
        raise NoValue from error
    seen, positive, compared = sign(term), is_positive(poly), False
    for sizes in VALUES:
        model = Model(source.random.randrange(10**9), {**sizes, "q": 2})
        if any(not model.size(size_of(v)) for v in free):
            continue
        for _ in range(4):
            at = {v: source.random.randrange(model.size(size_of(v))) for v in free}
            try:
                value = jet(model.term(term, at)).standard
                others = jet(model.plain(plain, at)).standard, jet(model.poly(poly, at.__getitem__)).standard
            except NoValue:
                continue
            compared = True
            if {value} != {*others} or (zero and value):
                return f"{seed}: {term} is {value}, and found to be {others} where {sizes}, {at}"
            if value < Fraction(0) <= seen or (not value and (seen > 0 or positive)) or (value < 0 and positive):
                return f"{seed}: {term} is {value}, and seen to have the sign {seen}, {positive} where {sizes}, {at}"
    if not compared:
        raise NoValue
    return None


def survey(seeds: Iterator[int] | range) -> tuple[int, list[str]]:
    """How many terms were compared, and what was wrong with some."""
    compared, wrong = 0, list[str]()
    for seed in seeds:
        try:
            found = fault(seed)
        except NoValue:
            continue
        compared += 1
        wrong += [found] if found else []
    return compared, wrong


if __name__ == "__main__":
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    looked_at, faults = survey(range(first, first + count))
    print(*faults[:5], f"{looked_at} terms compared, {len(faults)} wrong", sep="\n")
    sys.exit(bool(faults))
