"""An independent judge of the kernel: the exact value of a term, and of a normal form, where everything is a number.

Nothing of the kernel's arithmetic is used, only its data structures.  The laws that the kernel may use hold exactly:
1/0 is 0, exp(x) is 2 to the power 12 x (so that roots of exps are exact too), the angle x turns by the rotation of the
3-4-5 triangle to the power 12 x, and derivatives are taken by numbers with infinitesimals: d exp(u) = exp(u) du and
d sin(u) = cos(u) du.  What has no exact value raises `NoValue`: the sample is thrown away.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product
from math import factorial, isqrt
from typing import Any

from symattn.engine.normal.polynomial import SKELETONS, parameter_of
from symattn.kernel.plain.monomials import Delta, Entry, Function
from symattn.kernel.syntax.sizes import Size, SizeSymbol, size_of
from symattn.kernel.syntax.terms import Letter, Parameter, Term

EXP_BASE_POWER = 12
LARGEST_TURN = 300


class NoValue(Exception):
    """This sample has no exact value."""


class Jet:
    """A number plus infinitesimals: a value for each set of directions; the square of a direction is 0."""

    def __init__(self, parts: dict[frozenset, Fraction]) -> None:
        self.parts = {k: v for k, v in parts.items() if v}

    def __add__(self, other: Any) -> Jet:
        total = dict(self.parts)
        for k, v in jet(other).parts.items():
            total[k] = total.get(k, 0) + v
        return Jet(total)

    def __mul__(self, other: Any) -> Jet:
        total: dict[frozenset, Fraction] = {}
        for (a, x), (b, y) in product(self.parts.items(), jet(other).parts.items()):
            if not a & b:
                total[a | b] = total.get(a | b, 0) + x * y
        return Jet(total)

    __radd__, __rmul__ = __add__, __mul__

    @property
    def standard(self) -> Fraction:
        return self.parts.get(frozenset(), Fraction(0))

    def series(self, coefficient: Callable[[int], Fraction]) -> Jet:
        """The sum of coefficient(j) times the j-th power of the infinitesimal part."""
        small = Jet({k: v for k, v in self.parts.items() if k})
        total, at, j = Jet({}), jet(1), 0
        while at.parts:
            total, at, j = total + at * coefficient(j), at * small, j + 1
        return total


def jet(value: Any) -> Jet:
    return value if isinstance(value, Jet) else Jet({frozenset(): Fraction(value)})


def _is_small(value: Any) -> bool:
    return isinstance(value, Jet) and any(value.parts.keys() - {frozenset()})


def exponential(value: Any) -> Any:
    if _is_small(value):
        return value.series(lambda j: Fraction(1, factorial(j))) * exponential(value.standard)
    exponent = EXP_BASE_POWER * jet(value).standard
    if exponent.denominator != 1 or abs(exponent) > 6000:
        raise NoValue
    return Fraction(2) ** exponent.numerator


def logarithm(value: Any) -> Any:
    if _is_small(value):
        at = value.standard
        if at <= 0:
            raise NoValue
        return value.series(lambda j: Fraction((-1) ** (j + 1), j) / at**j if j else logarithm(at))
    at = jet(value).standard
    if at <= 0:
        return 5 - 3 * at  # the kernel knows nothing of these values but that they are values of one function
    for sign, power in ((1, at), (-1, 1 / at)):
        if power.denominator == 1 and power.numerator & (power.numerator - 1) == 0:
            return Fraction(sign * (power.numerator.bit_length() - 1), EXP_BASE_POWER)
    raise NoValue


def cosine(value: Any) -> Any:
    return _turn(value, 0)


def sine(value: Any) -> Any:
    return _turn(value, 3)


def _turn(value: Any, quarters: int) -> Any:
    """The cosine of an angle and that many right angles."""
    at = jet(value).standard
    if _is_small(value):
        return value.series(lambda j: _turn(at, quarters + j) / factorial(j))
    times = EXP_BASE_POWER * at
    if times.denominator != 1 or abs(times) > LARGEST_TURN:
        raise NoValue
    c, s = Fraction(1), Fraction(0)
    for _ in range(abs(times.numerator)):
        c, s = (3 * c - 4 * s) / 5, (4 * c + 3 * s) / 5
    s = s if times > 0 else -s
    return (c, -s, -c, s)[quarters % 4]


def inverse(value: Any) -> Any:
    if _is_small(value):
        if not value.standard:
            raise NoValue
        return value.series(lambda j: (-1) ** j / value.standard ** (j + 1))
    at = jet(value).standard
    return 1 / at if at else Fraction(0)


FUNCTIONS = {"cos": cosine, "sin": sine}


def power(value: Any, exponent: Any) -> Any:
    """A rational power; a negative one is that of the inverse, a fractional one needs an exact root."""
    exponent = Fraction(exponent)
    if exponent.denominator == 1:
        base, total = (value, Fraction(1)) if exponent >= 0 else (inverse(value), Fraction(1))
        for _ in range(abs(exponent.numerator)):
            total = total * base
        return total
    if _is_small(value):
        raise NoValue
    at = jet(value).standard
    if at <= 0:
        raise NoValue
    return _root(at, exponent.denominator) ** exponent.numerator


def _root(value: Fraction, degree: int) -> Fraction:
    if degree == 2:
        root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
        if root * root == value:
            return root
    raise NoValue


class Model:
    """Numbers for sizes, letters and parameters; the latter are drawn when they are first asked for."""

    def __init__(self, seed: int, sizes: dict[str, int]) -> None:
        self.random = random.Random(seed)
        self.sizes = sizes
        self.letters: dict[Letter, dict[tuple[int, ...], Fraction]] = {}
        self.parameters: dict[Parameter, Fraction] = {}
        self.bumped: dict[Any, list[frozenset]] = {}

    def size(self, size: Size) -> int:
        total = 0
        for symbols, coefficient in size.terms:
            for symbol in symbols:
                coefficient *= self.symbol(symbol)
            total += coefficient
        return total

    def symbol(self, symbol: SizeSymbol) -> int:
        if self.sizes[symbol.name] < symbol.minimum:
            raise NoValue
        return self.sizes[symbol.name]

    def place(self, index: Any, at: Callable[[int], int], sizes: Callable[[int], Size] = size_of) -> int:
        """The number of an index; `at` and `sizes` give the values and sizes of what stands in it as a plain number."""
        match index:
            case int():
                return at(index)
            case ("const", value, _):
                return value
            case ("part", blocks, which, inner):
                return sum(map(self.size, blocks[:which])) + self.place(inner, at, sizes)
            case ("pair", outer, inner):
                return self.place(outer, at, sizes) * self.extent(inner, sizes) + self.place(inner, at, sizes)
        raise AssertionError(index)

    def extent(self, index: Any, sizes: Callable[[int], Size]) -> int:
        """How many values an index of this size may have."""
        match index:
            case int():
                return self.size(sizes(index))
            case ("const", _, size):
                return self.size(size)
            case ("part", blocks, _, _):
                return sum(map(self.size, blocks))
            case ("pair", outer, inner):
                return self.extent(outer, sizes) * self.extent(inner, sizes)
        raise AssertionError(index)

    def parameter(self, symbol: Parameter) -> Any:
        if symbol not in self.parameters:
            choice = [Fraction(2) ** (12 * k) for k in (-1, 0, 1, 2)] if symbol.positive else [-2, -1, 0, 1, 2, 3]
            self.parameters[symbol] = Fraction(self.random.choice(choice))
        return self._bumped(symbol, self.parameters[symbol])

    def entry(self, letter: Letter, places: tuple[int, ...]) -> Any:
        base = Letter(letter.name, letter.sizes, letter.facts)
        if base not in self.letters:
            self.letters[base] = draw(self.random, letter.facts, [self.size(s) for s in letter.sizes])
        if letter.inverse:
            if letter not in self.letters:
                self.letters[letter] = inverse_matrix(self.letters[base]) or {}
            return self.letters[letter][places]
        return self._bumped((base, places), self.letters[base][places])

    def _bumped(self, key: Any, value: Any) -> Any:
        return sum((Jet({d: Fraction(1)}) for d in self.bumped.get(key, [])), start=value)

    def term(self, term: Term, at: dict[int, int]) -> Any:
        """The value of a term where its free variables have these values."""
        args, place = term.args, at.__getitem__
        below = [a for a in args if isinstance(a, Term)]
        match term.kind:
            case "number":
                return args[0]
            case "parameter":
                return self.parameter(args[0])
            case "cardinal":
                return Fraction(self.size(args[0]))
            case "entry":
                return self.entry(args[0], tuple(self.place(i, place) for i in args[1:]))
            case "delta":
                return Fraction(self.place(args[0], place) == self.place(args[1], place))
            case "add":
                return sum((self.term(t, at) for t in below), start=Fraction(0))
            case "multiply":
                return _product(self.term(t, at) for t in below)
            case "sum":
                ranges = [range(self.size(size_of(v))) for v in args[0]]
                values = (self.term(args[1], {**at, **dict(zip(args[0], v, strict=True))}) for v in product(*ranges))
                return sum(values, start=Fraction(0))
            case "exp":
                return exponential(self.term(below[0], at))
            case "log":
                return logarithm(self.term(below[0], at))
            case "cos" | "sin":
                return FUNCTIONS[term.kind](self.term(below[0], at))
            case "reciprocal":
                return inverse(self.term(below[0], at))
            case "power":
                return power(self.term(below[0], at), args[1])
            case "determinant":
                rows = range(self.size(size_of(args[0])))
                return leibniz(
                    {p: self.term(args[2], dict(zip(args[:2], p, strict=True))) for p in product(rows, rows)}
                )
            case "derivative":
                return self._derivative(below[0], args[1], args[2:], at)
        raise AssertionError(term.kind)

    def _derivative(self, body: Term, target: Any, indices: tuple, at: dict[int, int]) -> Any:
        direction = frozenset({object()})
        key = (target, tuple(self.place(i, at.__getitem__) for i in indices)) if isinstance(target, Letter) else target
        self.bumped.setdefault(key, []).append(direction)
        try:
            value = jet(self.term(body, at))
        finally:
            self.bumped[key].pop()
        return Jet({k - direction: v for k, v in value.parts.items() if direction <= k})

    def poly(self, poly: Any, at: Callable[[int], int]) -> Any:
        """The value of a normal form."""
        total = Fraction(0)
        for (params, factors), coefficient in poly.items():
            value = Fraction(coefficient)
            for number, exponent in params:
                symbol = parameter_of(number)
                base = self.symbol(symbol) if isinstance(symbol, SizeSymbol) else self.parameter(symbol)
                value = value * power(base, exponent)
            total = total + value * self.factors(factors, at)
        return total

    def factors(self, factors: Any, at: Callable[[int], int]) -> Any:
        return _product(power(self.factor(s, tuple(map(at, i))), p) for s, i, p in factors)

    def plain(self, monomials: Any, at: dict[int, int]) -> Any:
        """The value of an expansion."""
        total = Fraction(0)
        for m in monomials:
            scalar = Fraction(m.coefficient)
            for symbol, exponent in m.powers:
                base = self.symbol(symbol) if isinstance(symbol, SizeSymbol) else self.parameter(symbol)
                scalar = scalar * power(Fraction(base) if isinstance(base, int) else base, exponent)
            for values in product(*(range(self.size(size_of(v))) for v in m.bound)):
                here = {**at, **dict(zip(m.bound, values, strict=True))}
                total = total + scalar * self.plain_product(m, here)
        return total

    def plain_product(self, monomial: Any, at: dict[int, int]) -> Any:
        value = exponential(self.plain(monomial.exponent, at)) if monomial.exponent else Fraction(1)
        return _product([*(self.plain_factor(f, at) for f in monomial.factors), value])

    def plain_factor(self, factor: Any, at: dict[int, int]) -> Any:
        place = at.__getitem__
        match factor:
            case Entry(letter, places):
                return self.entry(letter, tuple(self.place(i, place) for i in places))
            case Delta(left, right):
                return Fraction(self.place(left, place) == self.place(right, place))
            case Function("log", _, inside):
                return logarithm(self.plain(inside, at))
            case Function("reciprocal", _, inside):
                return inverse(self.plain(inside, at))
            case Function("cos" | "sin" as kind, _, inside):
                return FUNCTIONS[kind](self.plain(inside, at))
            case Function("determinant", bound, inside):
                rows = range(self.size(size_of(bound[0])))
                cells = {p: self.plain(inside, dict(zip(bound, p, strict=True))) for p in product(rows, rows)}
                return leibniz(cells)
        raise AssertionError(factor)

    def factor(self, number: int, places: tuple[int, ...]) -> Any:
        skeleton, slot = SKELETONS[number], places.__getitem__

        def index(pattern: Any) -> int:
            return self.place(pattern, slot, skeleton.sizes.__getitem__)

        match skeleton.kind:
            case "entry":
                letter, pattern = skeleton.data
                return self.entry(letter, tuple(map(index, pattern)))
            case "delta":
                return Fraction(len(set(map(index, skeleton.data))) == 1)
            case "exp":
                return exponential(self.poly(dict(skeleton.data), slot))
            case "log":
                return logarithm(self.poly(dict(skeleton.data), slot))
            case "cos" | "sin":
                return FUNCTIONS[skeleton.kind](self.poly(dict(skeleton.data), slot))
            case "reciprocal":
                return inverse(self.poly(dict(skeleton.data), slot))
            case "determinant":
                row, column, entries = skeleton.data
                rows = range(self.size(size_of(row)))
                at = ({row: p, column: q} for p, q in product(rows, rows))
                values = {(v[row], v[column]): self.poly(dict(entries), v.__getitem__) for v in at}
                return leibniz(values)
            case "sum":
                sizes, atoms = skeleton.data
                every = product(*(range(self.size(s)) for s in sizes))
                values = (self.factors(atoms, lambda v, b=bound: places[v] if v >= 0 else b[-1 - v]) for bound in every)
                return sum(values, start=Fraction(0))
        raise AssertionError(skeleton.kind)


def leibniz(matrix: dict[tuple[int, ...], Any]) -> Any:
    """The determinant, by expansion along the first row."""
    size = max((i for i, _ in matrix), default=-1) + 1
    total = Fraction(int(size == 0))
    for column in range(size):
        minor = {(i - 1, j - (j > column)): x for (i, j), x in matrix.items() if i and j != column}
        total = total + (-1) ** column * (matrix[0, column] * leibniz(minor))
    return total


def _product(values: Any) -> Any:
    total = Fraction(1)
    for value in values:
        total = total * value
    return total


Matrix = dict[tuple[int, ...], Fraction]


def draw(source: random.Random, facts: frozenset[str], sizes: list[int]) -> Matrix:
    """Random numbers of which the facts are true; zeros, ones and repetitions are frequent."""
    places = list(product(*map(range, sizes)))
    if not facts & {"symmetric", "skew", "orthogonal", "permutation", "invertible", "idempotent"}:
        values: list[Any] = [-2, -1, 0, 0, 1, 1, 2, 3]
        if "mask" in facts:
            values = [0, 1]
        if "positive" in facts:
            values = [Fraction(2) ** (12 * k) for k in (-1, 0, 0, 1)]
        return {p: Fraction(source.choice(values)) for p in places}
    for _ in range(300):
        matrix = source.choice(_KINDS)(source, sizes[0])
        if all(_HOLDS[fact](matrix, sizes[0]) for fact in facts):
            return matrix
    raise NoValue


def _identity(_: random.Random, n: int) -> Matrix:
    return {(i, j): Fraction(i == j) for i, j in product(range(n), repeat=2)}


def _any(source: random.Random, n: int) -> Matrix:
    low, high = source.choice([(-2, 2), (0, 1), (-1, 1)])
    return {p: Fraction(source.randint(low, high)) for p in product(range(n), repeat=2)}


def _mirrored(source: random.Random, n: int) -> Matrix:
    sign, matrix = source.choice([-1, 1]), _any(source, n)
    return {
        (i, j): matrix[min(i, j), max(i, j)] * (1 if i < j else sign if i > j else (1 + sign) // 2) for i, j in matrix
    }


def _powers(source: random.Random, n: int) -> Matrix:
    return {p: Fraction(2) ** source.choice([0, 12, 24]) for p in product(range(n), repeat=2)}


def _mirrored_powers(source: random.Random, n: int) -> Matrix:
    matrix = _powers(source, n)
    return {(i, j): matrix[min(i, j), max(i, j)] for i, j in matrix}


def _permutation(source: random.Random, n: int) -> Matrix:
    image = source.choice(list(permutations(range(n))))
    return {(i, j): Fraction(image[i] == j) for i, j in product(range(n), repeat=2)}


def _reflection(source: random.Random, n: int) -> Matrix:
    """1 - 2 v v^T / v^T v, or the projection 1 - v v^T / v^T v."""
    v = [source.randint(-2, 2) for _ in range(n)]
    norm = sum(x * x for x in v) or 1
    return {(i, j): (i == j) - Fraction(2 * v[i] * v[j], norm) for i, j in product(range(n), repeat=2)}


def _projection(source: random.Random, n: int) -> Matrix:
    matrix, one = _reflection(source, n), _identity(source, n)
    return {p: (matrix[p] + one[p]) / 2 for p in matrix}


def _slanted(source: random.Random, n: int) -> Matrix:
    """v w for a column v and a row w with w v = 1."""
    v, w = ([source.randint(-1, 2) for _ in range(n)] for _ in range(2))
    return {(i, j): Fraction(v[i] * w[j], sum(map(int.__mul__, v, w)) or 1) for i, j in product(range(n), repeat=2)}


_KINDS = [_identity, _any, _mirrored, _powers, _mirrored_powers, _permutation, _reflection, _projection, _slanted]


def _times(a: Matrix, b: Matrix, n: int) -> Matrix:
    return {(i, j): sum((a[i, k] * b[k, j] for k in range(n)), Fraction(0)) for i, j in product(range(n), repeat=2)}


def _transpose(a: Matrix) -> Matrix:
    return {(j, i): value for (i, j), value in a.items()}


_HOLDS: dict[str, Callable[[Matrix, int], bool]] = {
    "symmetric": lambda a, n: a == _transpose(a),
    "skew": lambda a, n: all(value == -a[j, i] for (i, j), value in a.items()),
    "orthogonal": lambda a, n: _times(a, _transpose(a), n) == _identity(random.Random(), n),
    "permutation": lambda a, n: {*a.values()} <= {0, 1} and _HOLDS["orthogonal"](a, n),
    "invertible": lambda a, n: inverse_matrix(a) is not None,
    "idempotent": lambda a, n: _times(a, a, n) == a,
    "mask": lambda a, n: {*a.values()} <= {0, 1},
    "positive": lambda a, n: all(value > 0 for value in a.values()),
}


def inverse_matrix(a: Matrix) -> Matrix | None:
    """By elimination; None when there is none."""
    n = isqrt(len(a))
    rows = [[a[i, j] for j in range(n)] + [Fraction(i == j) for j in range(n)] for i in range(n)]
    for column in range(n):
        pivot = next((r for r in range(column, n) if rows[r][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [x / rows[column][column] for x in rows[column]]
        for r in range(n):
            if r != column and rows[r][column]:
                rows[r] = [x - rows[r][column] * y for x, y in zip(rows[r], rows[column], strict=True)]
    return {(i, j): rows[i][n + j] for i, j in a}
