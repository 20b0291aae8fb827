"""Random terms over random letters, and the same terms said differently.

anything      all constructors, all facts, split sizes, pairs, sizes that may be empty
normalisers   positive sums, their powers and quotients, logs and roots, derivatives
permutations  sums over rows and columns of permutations, inside functions and out
contractions  products of a letter, its inverse and its transpose, the indices in any order
knots         sums of many factors of few letters, most of them skew or symmetric
angles        cos and sin of sums, multiples and products, multiplied and summed, differentiated, through permutations
denominators  the summand of a denominator above it, under the same sum; fractions inside exps and fractions
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from symattn.kernel.syntax import terms
from symattn.kernel.syntax.letters import SQUARE_FACTS
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    Index,
    Size,
    constant_index,
    constant_size,
    pair_index,
    part_index,
    replace_in,
    size_of,
    symbol_size,
    variable,
)
from symattn.kernel.syntax.terms import Letter, Parameter, Term, entry, exponential, multiply, number, summation

n, m, z, q = symbol_size("n"), symbol_size("m"), symbol_size("z", 0), symbol_size("q", 2)
SIZES = [n, n, n, m, z, q, n + m, n + n, n * m, ONE_SIZE, constant_size(2)]
SQUARES = [n, n, n, m, z, q, n + n, n + m]
FACTS = [
    *["", "", "", "symmetric", "skew", "orthogonal", "permutation", "permutation", "invertible", "idempotent", "mask"],
    *["positive", "symmetric orthogonal", "symmetric permutation", "symmetric idempotent", "symmetric invertible"],
    *["mask invertible", "positive invertible", "positive symmetric", "orthogonal permutation", "permutation mask"],
    *["idempotent mask", "symmetric mask", "mask symmetric invertible", "symmetric orthogonal idempotent"],
]
SCALE, TAU = Parameter("a"), Parameter("tau", True)
HALF = Fraction(1, 2)


class Terms:
    """A source of terms; `tame` leaves out what has more than one normal form, as `test_soundness` says."""

    def __init__(self, seed: int, *, tame: bool = False) -> None:
        self.random = random.Random(seed)
        self.tame = tame
        self.names = self.random.sample(range(1000), 1000)
        self.letters = [self.letter(f"L{at}") for at in range(self.random.randint(2, 5))]
        self.letters.append(Letter("U", (n, n)))
        if tame:
            self.letters = [letter for letter in self.letters if "permutation" not in letter.facts]

    def letter(self, name: str) -> Letter:
        facts = frozenset(self.random.choice(FACTS).split())
        if facts & SQUARE_FACTS:
            sizes: tuple[Size, ...] = (self.random.choice(SQUARES),) * 2
        else:
            sizes = tuple(self.random.choice(SIZES) for _ in range(self.random.choice([0, 1, 1, 2, 2, 2, 3])))
        return Letter(name, sizes, facts)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def bound(self, size: Size) -> int:
        return variable(f"x{self.names.pop()}", size)

    def scope(self) -> list[int]:
        return [self.bound(self.random.choice([n, n, m, n + m, z])) for _ in range(self.random.randint(0, 3))]

    def index(self, size: Size, scope: Sequence[int]) -> Index | None:
        plain: list[Index] = [v for v in scope if size_of(v) == size]
        special: list[Index] = []
        for parts in ((n, m), (n, n)):
            if sum(parts[1:], parts[0]) == size:
                special += [part_index(parts, w, v) for w in (0, 1) for v in scope if size_of(v) == parts[w]]
        if size == n * m:
            special += [pair_index(a, b) for a in scope for b in scope if size_of(a) * size_of(b) == size]
        if size.minimum:
            special.append(constant_index(self.random.randrange(size.minimum), size))
        if plain and (not special or self.chance(0.8)):
            return self.random.choice(plain)
        return self.random.choice(special) if special else None

    def indices(self, sizes: Sequence[Size], scope: Sequence[int]) -> list[Index] | None:
        found = [self.index(size, scope) for size in sizes]
        return None if None in found else found  # type: ignore[return-value]

    def entry(self, scope: Sequence[int]) -> Term:
        for _ in range(8):
            letter = self.random.choice(self.letters)
            if letter.facts & {"invertible", "orthogonal", "permutation"} and self.chance(0.4):
                letter = inverted(letter)
            places = self.indices(letter.sizes, scope)
            if places is not None:
                return entry(letter, *places)
        return number(self.random.choice([1, 2, -1]))

    def delta(self, scope: Sequence[int]) -> Term:
        places = self.indices([self.random.choice(SIZES)] * 2, scope)
        return terms.delta(*places) if places else number(1)

    def product(self, scope: Sequence[int]) -> Term:
        """What stands inside a function: small, and mostly a whole number."""
        factors = [self.entry(scope) for _ in range(self.random.randint(1, 2))]
        if self.chance(0.15) and not self.tame:
            factors.append(self.delta(scope))
        if self.chance(0.2):
            factors.append(terms.parameter(SCALE))
        if self.chance(0.2):
            factors.append(number(self.random.choice([-1, 2, 3, HALF])))
        whole = multiply(*factors)
        return terms.add(whole, self.entry(scope)) if self.chance(0.3) else whole

    def positive(self, scope: Sequence[int], depth: int) -> Term:
        choice = self.random.random()
        if choice < 0.45 or depth == 0:
            return exponential(self.product(scope))
        if choice < 0.55:
            return terms.parameter(TAU)
        if choice < 0.65:
            return self.random.choice([terms.cardinal(n), number(2), number(1)])
        if choice < 0.85:
            v = self.bound(self.random.choice([n, m, q]))
            return summation([v], self.positive([*scope, v], depth - 1))
        join = terms.add if choice < 0.95 else multiply
        return join(self.positive(scope, depth - 1), self.positive(scope, depth - 1))

    def leaf(self, scope: Sequence[int]) -> Term:
        choice = self.random.random()
        if choice < 0.12:
            return self.delta(scope)
        if choice < 0.3:
            numbers = [number(v) for v in (0, 1, 2, -1, HALF)]
            return self.random.choice([*numbers, terms.parameter(SCALE), terms.parameter(TAU), terms.cardinal(n + z)])
        return self.entry(scope)

    def total(self, scope: Sequence[int], depth: int) -> Term:
        over = [
            self.bound(self.random.choice([n, n, n, m, z, *SIZES])) for _ in range(self.random.choice([1, 1, 2, 2, 3]))
        ]
        inside = [*scope, *over]
        if self.chance(0.6):
            return summation(over, multiply(*(self.entry(inside) for _ in range(self.random.randint(1, 4)))))
        return summation(over, self.term(inside, depth - 1))

    def slope(self, body: Term, scope: Sequence[int]) -> Term:
        if self.chance(0.3):
            return terms.derivative(body, self.random.choice([SCALE, TAU]))
        letter = self.random.choice([letter for letter in self.letters if not letter.facts])
        places = self.indices(letter.sizes, scope)
        return body if places is None else terms.derivative(body, letter, *places)

    def term(self, scope: Sequence[int], depth: int) -> Term:
        def below() -> Term:
            return self.term(scope, depth - 1)

        if depth == 0:
            return self.leaf(scope)
        kinds: list[tuple[float, Callable[[], Term]]] = [
            (0.27, lambda: multiply(*(below() for _ in range(self.random.choice([2, 2, 3]))))),
            (0.13, lambda: terms.add(*(below() for _ in range(self.random.choice([2, 2, 3]))))),
            (0.26, lambda: self.total(scope, depth)),
            (0.06, lambda: exponential(self.product(scope))),
            (0.07, lambda: terms.reciprocal(below() if self.chance(0.6) else self.positive(scope, 2))),
            (0.03, lambda: terms.logarithm(self.positive(scope, 1) if self.chance(0.8) else below())),
            (0.05, lambda: terms.power(below(), self.random.choice([2, 3, 0, -1, -2]))),
            (0.03, lambda: terms.power(self.positive(scope, 1), self.random.choice([1, 3, -1]) * HALF)),
            (0.03, lambda: self.quotient(scope)),
            (0.07, lambda: self.slope(below(), scope)),
        ]
        return self.random.choices([make for _, make in kinds], [weight for weight, _ in kinds])[0]()

    def quotient(self, scope: Sequence[int]) -> Term:
        part = self.positive(scope, 2)
        return multiply(part, terms.reciprocal(part if self.chance(0.5) else terms.add(part, self.positive(scope, 1))))


class Normalisers(Terms):
    def __init__(self, seed: int, *, tame: bool = False) -> None:
        super().__init__(seed, tame=tame)
        every = [Letter("A", (n, n)), Letter("B", (n, m)), Letter("Y", (n, n), frozenset({"symmetric"}))]
        if not tame:
            every.append(Letter("S", (n, n), frozenset({"skew"})))
        self.letters = [*self.random.sample(every, 2), Letter("x", (n,)), Letter("p", (n,), frozenset({"positive"}))]

    def whole(self, scope: Sequence[int]) -> Term:
        v = self.bound(self.random.choice([n, n, m]))
        row = summation([v], exponential(self.product([*scope, v])))
        return self.random.choice([row, row, terms.add(row, self.positive(scope, 0)), self.positive(scope, 2)])

    def term(self, scope: Sequence[int], depth: int) -> Term:
        factors = [self.entry(scope) for _ in range(self.random.randint(0, 2))]
        for _ in range(self.random.randint(1, 2)):
            whole = self.whole(scope)
            factors.append(terms.power(whole, self.random.choice([-1, -1, -1, -2, -HALF, HALF, 1])))
            if self.chance(0.5):
                factors.append(self.random.choice([whole, *(t for t in whole.below if whole.kind == "add")]))
            if self.chance(0.1):
                factors.append(exponential(multiply(number(self.random.choice([1, -1, HALF])), terms.logarithm(whole))))
        self.random.shuffle(factors)
        term = multiply(*factors)
        if depth and self.chance(0.3) and scope:
            return summation(self.random.sample(list(scope), 1), term)
        if depth and self.chance(0.3):
            v = self.bound(n)
            return summation([v], multiply(term, self.term([*scope, v], depth - 1)))
        return self.slope(term, scope) if depth and self.chance(0.25) else term


class Permutations(Terms):
    def __init__(self, seed: int, *, tame: bool = False) -> None:
        super().__init__(seed, tame=tame)
        P, R = (
            Letter("P", (n, n), frozenset({"permutation"})),
            Letter("R", (n, n), frozenset({"permutation", "symmetric"})),
        )
        others = [R, Letter("A", (n, n)), Letter("M", (n, n), frozenset({"mask"}))]
        self.letters = [P, *self.random.sample(others, 2), Letter("x", (n,))]

    def scope(self) -> list[int]:
        return [self.bound(n) for _ in range(self.random.randint(1, 3))]

    def part(self, scope: Sequence[int]) -> Term:
        if self.chance(0.3):
            return self.entry(scope)
        v = self.bound(n)
        ends = self.random.sample([v, self.random.choice(scope)], 2)
        rest = [self.entry([*scope, v]) for _ in range(self.random.randint(0, 2))]
        return summation([v], multiply(entry(self.letters[0], *ends), *rest))

    def term(self, scope: Sequence[int], depth: int) -> Term:
        function = self.random.choice(
            [exponential, terms.reciprocal, terms.logarithm, lambda t: terms.power(t, -2), None]
        )
        inside = self.part(scope) if self.chance(0.5) else terms.add(self.part(scope), self.part(scope))
        factors = [
            function(inside) if function else inside,
            *(self.part(scope) for _ in range(self.random.randint(0, 2))),
        ]
        if depth and self.chance(0.5):
            v = self.bound(n)
            factors.append(summation([v], self.term([*scope, v], depth - 1)))
        term = multiply(*factors)
        if self.chance(0.3):
            return summation([scope[0]], term)
        return self.slope(term, scope) if self.chance(0.1) else term


class Contractions(Terms):
    def __init__(self, seed: int, *, tame: bool = False) -> None:
        super().__init__(seed, tame=tame)
        facts = [f for f in FACTS if {*f.split()} & {"orthogonal", "permutation", "invertible", "idempotent"}]
        wild = ("permutation", "orthogonal idempotent") if tame else ()
        chosen = self.random.sample([f for f in facts if not any(w in f for w in wild)], 2)
        self.letters = [Letter(f"C{at}", (n, n), frozenset(f.split())) for at, f in enumerate(chosen)] + [
            Letter("x", (n,))
        ]

    def scope(self) -> list[int]:
        return [self.bound(n) for _ in range(2)]

    def term(self, scope: Sequence[int], depth: int) -> Term:
        """A path of letters, turned at random, between two places; sometimes with something else at one of them."""
        over = [self.bound(n) for _ in range(self.random.randint(1, 3))]
        path = [self.random.choice(scope), *over, self.random.choice(scope)]
        letter, factors = self.random.choice(self.letters[:2]), []
        for ends in pairwise(path):
            letter = letter if self.chance(0.8) else self.random.choice(self.letters[:2])
            turned = (
                letter
                if not letter.facts & {"invertible", "orthogonal", "permutation"} or self.chance(0.5)
                else inverted(letter)
            )
            factors.append(entry(turned, *(ends if self.chance(0.6) else ends[::-1])))
        if self.chance(0.2):
            factors.append(entry(self.letters[2], self.random.choice(path)))
        term = summation(over, multiply(*self.random.sample(factors, len(factors))))
        if depth and self.chance(0.3):
            return summation([path[0]], multiply(term, self.term(scope, depth - 1)))
        return term


def inverted(letter: Letter) -> Letter:
    return Letter(letter.name, letter.sizes, letter.facts, True)


class Knots(Terms):
    def __init__(self, seed: int, *, tame: bool = False) -> None:
        super().__init__(seed, tame=tame)
        facts = self.random.choices(["skew", "skew", "symmetric", ""], k=self.random.randint(1, 2))
        self.letters = [Letter(f"K{at}", (n, n), frozenset(f.split())) for at, f in enumerate(facts)] + [
            Letter("x", (n,))
        ]

    def scope(self) -> list[int]:
        return [self.bound(n) for _ in range(self.random.randint(0, 2))]

    def edges(self, nodes: Sequence[int], most: int) -> list[Term]:
        chosen = [self.random.choice(self.letters) for _ in range(self.random.randint(1, most))]
        return [entry(letter, *(self.random.choice(nodes) for _ in letter.sizes)) for letter in chosen]

    def term(self, scope: Sequence[int], depth: int) -> Term:
        over = [self.bound(n) for _ in range(self.random.randint(2, 5))]
        nodes = [*over, *scope]
        factors = self.edges(nodes, 6)
        if self.chance(0.3) and not self.tame:
            factors.append(exponential(multiply(*self.edges(nodes, 2))))
        if self.chance(0.2):
            factors.append(terms.reciprocal(multiply(*self.edges(nodes, 1))))
        term = summation(over, multiply(*factors))
        wrap = self.random.choice([None, None, exponential, terms.reciprocal, lambda t: terms.power(t, 2)])
        return wrap(term) if wrap and depth else term


class Angles(Terms):
    def __init__(self, seed: int, *, tame: bool = False) -> None:
        super().__init__(seed, tame=tame)
        facts = self.random.sample(["", "", "symmetric", *([] if tame else ["skew", "permutation", "mask"])], 2)
        self.letters = [Letter(f"T{at}", (n, n), frozenset(f.split())) for at, f in enumerate(facts)]
        self.letters += [Letter("x", (n,)), Letter("y", (n,))]

    def scope(self) -> list[int]:
        return [self.bound(n) for _ in range(self.random.randint(1, 2))]

    def angle(self, scope: Sequence[int]) -> Term:
        parts = [self.entry(scope) for _ in range(self.random.randint(1, 3))]
        parts = [multiply(number(self.random.choice([1, 1, -1, 2, -3, HALF])), part) for part in parts]
        if self.chance(0.2):
            v = self.bound(n)
            parts.append(summation([v], multiply(self.entry([*scope, v]), self.entry([*scope, v]))))
        if self.chance(0.2):
            parts.append(multiply(terms.parameter(SCALE), self.entry(scope)))
        return terms.add(*parts) if len(parts) > 1 else parts[0]

    def term(self, scope: Sequence[int], depth: int) -> Term:
        angles = [self.angle(scope) for _ in range(2)]
        function = lambda: self.random.choice([terms.cosine, terms.sine])(self.random.choice(angles))  # noqa: E731
        factors = [function() for _ in range(self.random.randint(1, 3))]
        factors += [self.entry(scope)] if self.chance(0.4) else []
        factors += [terms.reciprocal(function())] if self.chance(0.1) else []
        term = multiply(*factors) if self.chance(0.7) else terms.power(function(), self.random.choice([2, 3, -1]))
        if depth and self.chance(0.4):
            v = self.bound(n)
            return summation([v], multiply(term, self.term([*scope, v], depth - 1)))
        return self.slope(term, scope) if depth and self.chance(0.3) else term


class Denominators(Terms):
    def __init__(self, seed: int, *, tame: bool = False) -> None:
        super().__init__(seed, tame=tame)
        every = [Letter("A", (n, n)), Letter("Y", (n, n), frozenset({"symmetric"})), Letter("B", (n, n))]
        self.letters = [*self.random.sample(every, 2), Letter("x", (n,)), Letter("p", (n,), frozenset({"positive"}))]

    def scope(self) -> list[int]:
        return [self.bound(n) for _ in range(self.random.randint(0, 2))]

    def piece(self, scope: Sequence[int], depth: int) -> Term:
        """Something positive; at greater depth it may hold a fraction of the same letters."""
        choice = self.random.random()
        if choice < 0.6 or depth == 0:
            return exponential(self.entry(scope))
        if choice < 0.7:
            return entry(self.letters[-1], self.random.choice(list(scope)))
        if choice < 0.85:
            return exponential(self.fraction(scope, 0))
        return terms.reciprocal(terms.add(number(1), self.piece(scope, depth - 1)))

    def fraction(self, scope: Sequence[int], depth: int) -> Term:
        """`g(v) other / (c sum_k g(k) + extra(v))^p`, sometimes summed over v."""
        here = self.bound(n) if not scope or self.chance(0.7) else self.random.choice(list(scope))
        inside, k = [*scope, here], self.bound(n)
        g = self.piece(inside, depth)
        whole = summation([k], terms.reindex(g, {here: k}))
        if self.chance(0.3):
            whole = multiply(self.random.choice([number(2), number(HALF), terms.parameter(TAU)]), whole)
        if self.chance(0.8):
            whole = terms.add(whole, self.random.choice([g, self.piece(inside, 0), self.piece(inside, depth)]))
        above = [g] + [self.random.choice([self.entry(inside), self.piece(inside, 0), whole])] * self.chance(0.5)
        term = multiply(*above, terms.power(whole, self.random.choice([-1, -1, -1, -2, -HALF])))
        return term if here in scope else summation([here], term)

    def term(self, scope: Sequence[int], depth: int) -> Term:
        term = self.fraction(scope, depth)
        if self.chance(0.3):
            term = multiply(term, self.fraction(scope, 0))
        if scope and self.chance(0.3):
            term = summation([scope[0]], term)
        return self.slope(term, scope) if self.chance(0.1) else term


FLAVOURS: dict[str, type[Terms]] = {
    "anything": Terms,
    "normalisers": Normalisers,
    "permutations": Permutations,
    "contractions": Contractions,
    "knots": Knots,
    "angles": Angles,
    "denominators": Denominators,
}


def said_differently(term: Term, names: dict[int, Index], source: random.Random) -> Term:
    """The same, with other names of variables, in another order, distributed and nested in another way."""

    def again(part: Term, more: dict[int, Index] | None = None) -> Term:
        return said_differently(part, {**names, **(more or {})}, source)

    def moved(index: Index) -> Index:
        return replace_in(index, lambda v: names.get(v, v))

    args = term.args
    match term.kind:
        case "entry":
            return entry(args[0], *map(moved, args[1:]))
        case "delta":
            return terms.delta(*source.sample([moved(i) for i in args], 2))
        case "sum":
            new = {v: variable(f"y{source.randrange(10**9)}", size_of(v)) for v in args[0]}
            return _summed(source.sample(list(new.values()), len(new)), again(args[1], dict(new)), source)
        case "add" | "multiply":
            return _joined(term.kind, source.sample([again(a) for a in args], len(args)), source)
        case "derivative":
            return terms.derivative(again(args[0]), args[1], *map(moved, args[2:]))
    return terms.rebuild(term, again)


def _summed(over: Sequence[int], body: Term, source: random.Random) -> Term:
    if body.kind == "add" and source.random() < 0.5:
        return terms.add(*(summation(over, part) for part in body.args))
    if source.random() < 0.5:
        return summation(over, body)
    for v in over:
        body = summation([v], body)
    return body


def _joined(kind: str, parts: list[Term], source: random.Random) -> Term:
    join = terms.add if kind == "add" else multiply
    sums = [at for at, part in enumerate(parts) if part.kind == "add"]
    if kind == "multiply" and sums and source.random() < 0.5:
        before, whole, after = parts[: sums[0]], parts[sums[0]], parts[sums[0] + 1 :]
        return terms.add(*(multiply(*before, part, *after) for part in whole.args))
    if len(parts) > 2 and source.random() < 0.5:
        return join(join(*parts[:2]), *parts[2:])
    return join(*parts)
