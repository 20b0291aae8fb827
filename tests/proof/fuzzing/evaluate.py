"""What an expression of the language is at concrete sizes and entries, worked out here from the SymPy tree alone.

The tests judge every verdict by it, so it shares no code with the package: plain loops over lists of rows, on exact
fractions, where exp(x) is 2**x, on intervals of mpmath, where exp is exp and a difference is a proved one, or on 100
digits, where derivatives are differences of nearby values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import Any

import sympy
from mpmath import iv, mp
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn import language as lang

Rows = list[list[Any]]


class NotExact(Exception):
    """A value that the arithmetic cannot give: 2**x at a fraction, the log of something else than a power of 2."""


@dataclass(frozen=True)
class Ring:
    """An arithmetic: how a fraction is written in it, and its functions."""

    number: Callable[[Fraction], Any]
    exp: Callable[[Any], Any]
    log: Callable[[Any], Any]
    cos: Callable[[Any], Any]
    sin: Callable[[Any], Any]
    power: Callable[[Any, Fraction], Any]
    differ: Callable[[Any, Any], bool]


def _power_of_two(x: Any) -> Fraction:
    if Fraction(x).denominator != 1 or abs(x) > 4000:
        raise NotExact(f"2**{x}")
    return Fraction(2) ** int(x)


def _exact_log(x: Any) -> Fraction:
    for value in (Fraction(x), 1 / Fraction(x) if x else Fraction(0)):
        if value >= 1 and value.denominator == 1 and value.numerator & (value.numerator - 1) == 0:
            bits = value.numerator.bit_length() - 1
            return Fraction(bits if value == Fraction(x) else -bits)
    raise NotExact(f"log {x}")


def _corner(x: Any) -> tuple[Fraction, Fraction]:
    """(3 + 4i)/5 to the power x."""
    if Fraction(x).denominator != 1 or abs(x) > 400:
        raise NotExact(f"cos {x}")
    if x < 0:
        c, s = _corner(-x)
        return c, -s
    real, imaginary = 1, 0
    for _ in range(int(x)):
        real, imaginary = 3 * real - 4 * imaginary, 4 * real + 3 * imaginary
    return Fraction(real, 5 ** int(x)), Fraction(imaginary, 5 ** int(x))


def _exact_power(x: Any, exponent: Fraction) -> Fraction:
    if exponent.denominator == 1:
        return Fraction(0) if not x and exponent < 0 else Fraction(x) ** int(exponent)
    root, inexact = sympy.integer_nthroot(Fraction(x).numerator, exponent.denominator)
    under, rest = sympy.integer_nthroot(Fraction(x).denominator, exponent.denominator)
    if not (inexact and rest):
        raise NotExact(f"{x}**{exponent}")
    return Fraction(int(root), int(under)) ** exponent.numerator


def _ball_power(x: Any, exponent: Fraction) -> Any:
    if exponent == -1 or exponent < 0:
        if x.a <= 0 <= x.b:
            if x.a == 0 == x.b:
                return iv.mpf(0)
            raise NotExact("1/0, perhaps")
        return 1 / _ball_power(x, -exponent)
    return x ** int(exponent) if exponent.denominator == 1 else iv.exp(iv.log(x) * _ball(exponent))


def _ball(value: Fraction) -> Any:
    return iv.mpf(value.numerator) / iv.mpf(value.denominator)


wide = mp.clone()
wide.dps = 100


def _digits(value: Fraction) -> Any:
    return wide.mpf(value.numerator) / value.denominator


def _digits_power(x: Any, exponent: Fraction) -> Any:
    return wide.mpf(0) if not x and exponent < 0 else x ** _digits(exponent)


STEP = Fraction(1, 10**25)
SMALL = wide.mpf(10) ** -40
"""Twice the square of the step, for third derivatives up to that size; 100 digits leave 75 of a difference quotient."""

iv.prec = 200
EXACT = Ring(
    Fraction,
    _power_of_two,
    _exact_log,
    lambda x: _corner(x)[0],
    lambda x: _corner(x)[1],
    _exact_power,
    lambda x, y: x != y,
)
DIGITS = Ring(
    _digits, wide.exp, wide.log, wide.cos, wide.sin, _digits_power, lambda x, y: abs(x - y) > SMALL * (1 + abs(x))
)
BALLS = Ring(_ball, iv.exp, iv.log, iv.cos, iv.sin, _ball_power, lambda x, y: x.b < y.a or y.b < x.a)


@dataclass
class World:
    """Numbers for the sizes, values for the letters (lists of rows, or one number), and what they are computed in."""

    sizes: dict[Any, int]
    values: dict[Any, Any]
    ring: Ring = EXACT
    heads: dict[Any, int] = field(default_factory=dict)
    memo: dict[Any, Any] = field(default_factory=dict)

    def size(self, expr: Any) -> int:
        return int(sympy.sympify(expr).xreplace({s: sympy.Integer(v) for s, v in self.sizes.items()}))

    def letter(self, letter: Any) -> Any:
        return _lift(self.values[letter], self.ring)

    def value(self, expr: Any) -> Any:
        """Rows for a matrix, a number for a scalar."""
        key = (expr, tuple(sorted((str(h), v) for h, v in self.heads.items())))
        if key not in self.memo:
            rule = next((RULES[kind] for kind in type(expr).__mro__ if kind in RULES), None)
            if rule is None:
                raise TypeError(f"no rule for {type(expr).__name__}")
            self.memo[key] = rule(self, expr)
        return self.memo[key]

    def at_head(self, head: Any, number: int, expr: Any) -> Any:
        before = self.heads
        self.heads = {**before, head: number}
        try:
            return self.value(expr)
        finally:
            self.heads = before

    def each_head(self, expr: Any) -> list[Any]:
        return [self.at_head(expr.head, h, expr.expr) for h in range(self.size(expr.head.size))]

    def head(self, head: Any) -> int:
        if isinstance(head, lang.Pair):
            return self.head(head.g) * self.size(head.args[3]) + self.head(head.r)
        return self.heads[head] if isinstance(head, lang.HeadIndex) else int(head)

    def shape(self, expr: Any) -> tuple[int, int]:
        rows, cols = expr.shape
        return self.size(rows), self.size(cols)


def _lift(value: Any, ring: Ring) -> Any:
    if isinstance(value, list):
        return [_lift(part, ring) for part in value]
    return ring.number(Fraction(value))


def _build(shape: tuple[int, int], entry: Callable[[int, int], Any]) -> Rows:
    return [[entry(i, j) for j in range(shape[1])] for i in range(shape[0])]


def _times(ring: Ring, left: Rows, right: Rows, shape: tuple[int, int]) -> Rows:
    zero = ring.number(Fraction(0))
    return _build(shape, lambda i, j: sum((a * row[j] for a, row in zip(left[i], right, strict=True)), zero))


def _product(w: World, expr: Any) -> Rows:
    factors = [a for a in expr.args if getattr(a, "is_Matrix", False)]
    scale = prod(
        (w.value(a) for a in expr.args if not getattr(a, "is_Matrix", False)), start=w.ring.number(Fraction(1))
    )
    total = w.value(factors[0])
    rows = w.shape(factors[0])[0]
    for factor in factors[1:]:
        total = _times(w.ring, total, w.value(factor), (rows, w.shape(factor)[1]))
    return [[scale * x for x in row] for row in total]


def _matrix_power(w: World, expr: Any) -> Rows:
    side = w.shape(expr)
    total = _build(side, lambda i, j: w.ring.number(Fraction(i == j)))
    base = w.value(expr.args[0]) if expr.args[1] >= 0 else _inverse(w, expr)
    for _ in range(abs(int(expr.args[1]))):
        total = _times(w.ring, total, base, side)
    return total


def _entrywise(w: World, expr: Any, apply: Callable[..., Any]) -> Rows:
    parts = [w.value(a) for a in expr.args]
    return _build(w.shape(expr), lambda i, j: apply(*(p[i][j] for p in parts)))


def _sum(values: Any, ring: Ring) -> Any:
    return sum(values, ring.number(Fraction(0)))


def _softmax(w: World, expr: Any) -> Rows:
    weights = [[w.ring.exp(x) for x in row] for row in w.value(expr.scores)]
    if expr.mask is not None:
        weights = [
            [m * x for m, x in zip(*rows, strict=True)] for rows in zip(w.value(expr.mask), weights, strict=True)
        ]
    norms = [w.ring.power(_sum(row, w.ring), Fraction(-1)) for row in weights]
    return [[x * norm for x in row] for row, norm in zip(weights, norms, strict=True)]


def _transpose(w: World, expr: Any) -> Rows:
    inner = w.value(expr.args[0])
    return _build(w.shape(expr), lambda i, j: inner[j][i])


def inverted(rows: Rows) -> Rows | None:
    """The inverse over the fractions, by elimination; None when there is none."""
    size = len(rows)
    work = [[Fraction(x) for x in row] + [Fraction(i == j) for j in range(size)] for i, row in enumerate(rows)]
    for c in range(size):
        pivot = next((r for r in range(c, size) if work[r][c]), None)
        if pivot is None:
            return None
        work[c], work[pivot] = work[pivot], work[c]
        work[c] = [x / work[c][c] for x in work[c]]
        for r in range(size):
            if r != c and work[r][c]:
                work[r] = [x - work[r][c] * y for x, y in zip(work[r], work[c], strict=True)]
    return [row[size:] for row in work]


def rank(rows: Rows) -> int:
    """The rank over the fractions."""
    rest, found = [[Fraction(x) for x in row] for row in rows], 0
    while rest and rest[0]:
        pivot = next((r for r in rest if r[0]), None)
        if pivot is not None:
            found += 1
            rest = [r for r in rest if r is not pivot]
            rest = [[x - r[0] / pivot[0] * y for x, y in zip(r, pivot, strict=True)] for r in rest]
        rest = [r[1:] for r in rest]
    return found


def _inverse(w: World, expr: Any) -> Rows:
    inside = expr.args[0]
    turned = isinstance(inside, sympy.Transpose | lang.T)
    rows = inverted(w.values[inside.args[0] if turned else inside])
    if rows is None:
        raise TypeError(f"{expr} does not exist here")
    return _lift([list(r) for r in zip(*rows, strict=True)] if turned else rows, w.ring)


def _diag(w: World, expr: Any) -> Rows:
    inner = w.value(expr.arg)
    line = inner[0] if w.shape(expr.arg)[0] == 1 else [row[0] for row in inner]
    return _build(w.shape(expr), lambda i, j: line[i] if i == j else w.ring.number(Fraction(0)))


def _stack(w: World, expr: Any, blocks: list[Rows], beside: bool) -> Rows:
    if not beside:
        return [row for block in blocks for row in block]
    return [[x for block in blocks for x in block[i]] for i in range(w.shape(expr)[0])]


def _add_matrices(w: World, expr: Any, parts: list[Rows]) -> Rows:
    return _build(w.shape(expr), lambda i, j: _sum((p[i][j] for p in parts), w.ring))


def _scalar(w: World, expr: Any) -> Any:
    return w.value(expr)[0][0] if getattr(expr, "is_Matrix", False) else w.value(expr)


def _bilinear(w: World, expr: Any) -> Any:
    (x,), (y,), form = w.value(expr.x), w.value(expr.y), w.letter(expr.form)
    return _sum((a * form[i][j] * b for i, a in enumerate(x) for j, b in enumerate(y)), w.ring)


def _slopes(w: World, expr: Any, letter: Any, *place: int) -> list[Any]:
    """The derivatives of all entries in one entry of a letter, as differences of values nearby."""
    sides = []
    for step in (STEP, -STEP):
        values = {**w.values, letter: _moved(w.values[letter], step, *place)}
        value = World(w.sizes, values, w.ring, w.heads).value(expr)
        sides.append([x for row in value for x in row] if isinstance(value, list) else [value])
    return [(x - y) * w.ring.number(1 / (2 * STEP)) for x, y in zip(*sides, strict=True)]


def _moved(value: Any, step: Fraction, *place: int) -> Any:
    if not place:
        return Fraction(value) + step
    i, j = place
    return [[Fraction(x) + step * ((a, b) == (i, j)) for b, x in enumerate(row)] for a, row in enumerate(value)]


def _jacobian(w: World, e: Any) -> Rows:
    columns = [_slopes(w, e.function, e.variable, 0, j) for j in range(w.shape(e)[1])]
    return [list(row) for row in zip(*columns, strict=True)]


def _order(w: World, e: Any) -> Rows:
    a, b = map(w.size, e.offsets)
    return _build(w.shape(e), lambda i, j: w.ring.number(Fraction(j + a <= i + b)))


def _constant(number: int) -> Callable[[World, Any], Rows]:
    return lambda w, e: _build(w.shape(e), lambda i, j: w.ring.number(Fraction(number)))


def _exponent(w: World, exponent: Any) -> Fraction:
    return Fraction(int(exponent.p), int(exponent.q)) if exponent.is_Rational else Fraction(w.size(exponent))


def _determinant(rows: Any, ring: Ring) -> Any:
    """By expansion along the first row."""
    if not rows:
        return ring.number(Fraction(1))
    minors = ([row[:j] + row[j + 1 :] for row in rows[1:]] for j in range(len(rows)))
    signed = (ring.number(Fraction((-1) ** j)) * rows[0][j] * _determinant(m, ring) for j, m in enumerate(minors))
    return _sum(signed, ring)


RULES: dict[type, Callable[[World, Any], Any]] = {
    sympy.MatrixSymbol: lambda w, e: w.letter(e),
    lang.Member: lambda w, e: w.letter(e.family)[w.head(e.head)],
    lang.MatrixOf: lambda w, e: w.letter(e.form),
    sympy.Inverse: _inverse,
    sympy.Transpose: _transpose,
    lang.T: _transpose,
    sympy.MatAdd: lambda w, e: _add_matrices(w, e, [w.value(a) for a in e.args]),
    sympy.MatMul: _product,
    sympy.MatPow: _matrix_power,
    sympy.Identity: lambda w, e: _build(w.shape(e), lambda i, j: w.ring.number(Fraction(i == j))),
    sympy.ZeroMatrix: _constant(0),
    sympy.OneMatrix: _constant(1),
    sympy.HadamardProduct: lambda w, e: _entrywise(w, e, lambda *xs: prod(xs)),
    lang.ElementwiseExp: lambda w, e: _entrywise(w, e, w.ring.exp),
    lang.ElementwiseLog: lambda w, e: _entrywise(w, e, w.ring.log),
    lang.ElementwiseCos: lambda w, e: _entrywise(w, e, w.ring.cos),
    lang.ElementwiseSin: lambda w, e: _entrywise(w, e, w.ring.sin),
    lang.Reciprocal: lambda w, e: _entrywise(w, e, lambda x: w.ring.power(x, Fraction(-1))),
    lang.Softmax: _softmax,
    lang.Diag: _diag,
    lang.Unit: lambda w, e: _build(w.shape(e), lambda i, j: w.ring.number(Fraction(j == e.place))),
    lang.Before: _order,
    lang.Shift: lambda w, e: _build(w.shape(e), lambda i, j: w.ring.number(Fraction(i == j + w.size(e.steps)))),
    lang.RowSum: lambda w, e: [[_sum(row, w.ring)] for row in w.value(e.arg)],
    lang.HStack: lambda w, e: _stack(w, e, [w.value(a) for a in e.args], True),
    lang.VStack: lambda w, e: _stack(w, e, [w.value(a) for a in e.args], False),
    lang.HeadSum: lambda w, e: _add_matrices(w, e, w.each_head(e)),
    lang.HeadConcat: lambda w, e: _stack(w, e, w.each_head(e), True),
    lang.HeadStack: lambda w, e: _stack(w, e, w.each_head(e), False),
    lang.ScalarHeadSum: lambda w, e: _sum(w.each_head(e), w.ring),
    sympy.Rational: lambda w, e: w.ring.number(Fraction(int(e.p), int(e.q))),
    type(sympy.E): lambda w, e: w.ring.exp(w.ring.number(Fraction(1))),
    sympy.Symbol: lambda w, e: w.letter(e),
    lang.Size: lambda w, e: w.ring.number(Fraction(w.size(e))),
    sympy.Add: lambda w, e: _sum((_scalar(w, a) for a in e.args), w.ring),
    sympy.Mul: lambda w, e: prod((_scalar(w, a) for a in e.args), start=w.ring.number(Fraction(1))),
    sympy.Pow: lambda w, e: w.ring.power(_scalar(w, e.args[0]), _exponent(w, e.args[1])),
    sympy.exp: lambda w, e: w.ring.exp(_scalar(w, e.args[0])),
    sympy.cos: lambda w, e: w.ring.cos(_scalar(w, e.args[0])),
    sympy.sin: lambda w, e: w.ring.sin(_scalar(w, e.args[0])),
    sympy.log: lambda w, e: w.ring.log(_scalar(w, e.args[0])),
    lang.Determinant: lambda w, e: _determinant(w.value(e.arg), w.ring),
    sympy.Trace: lambda w, e: _sum((row[i] for i, row in enumerate(w.value(e.args[0]))), w.ring),
    lang.Total: lambda w, e: _sum((x for row in w.value(e.arg) for x in row), w.ring),
    MatrixElement: lambda w, e: w.value(e.args[0])[int(e.args[1])][int(e.args[2])],
    lang.Bilinear: _bilinear,
    lang.Gradient: lambda w, e: _build(w.shape(e), lambda i, j: _slopes(w, e.loss, e.variable, i, j)[0]),
    lang.Partial: lambda w, e: _slopes(w, e.loss, e.variable)[0],
    lang.Jacobian: _jacobian,
}


def differ(world: World, left: Any, right: Any) -> bool:
    """Whether the two sides have different values in this world."""
    return values_differ(world.ring, world.value(left), world.value(right))


def values_differ(ring: Ring, left: Any, right: Any) -> bool:
    if isinstance(left, list):
        return len(left) != len(right) or any(values_differ(ring, x, y) for x, y in zip(left, right, strict=True))
    return ring.differ(left, right)
