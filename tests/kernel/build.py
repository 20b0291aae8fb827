"""Matrix expressions as terms of the kernel: a matrix is its two sizes and the term that stands at two indices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from symattn.engine import rules
from symattn.engine.normal import is_zero
from symattn.kernel import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.sizes import Index, Size, Variable, symbol_size, variable
from symattn.kernel.syntax.terms import Letter, Term

n, m, d, k = (symbol_size(name) for name in "nmdk")
z = symbol_size("z", 0)
i, j = variable("i", n), variable("j", n)

_counter = count()


def index(size: Size) -> Variable:
    """A variable that no other call gives."""
    return variable(f"b{next(_counter)}", size)


@dataclass(frozen=True)
class Matrix:
    rows: Size
    columns: Size
    at: Callable[[Index, Index], Term]

    @property
    def T(self) -> Matrix:
        return Matrix(self.columns, self.rows, lambda a, b: self.at(b, a))

    def __matmul__(self, other: Matrix) -> Matrix:
        def at(a: Index, b: Index) -> Term:
            c = index(self.columns)
            return terms.summation([c], terms.multiply(self.at(a, c), other.at(c, b)))

        return Matrix(self.rows, other.columns, at)

    def __add__(self, other: Matrix) -> Matrix:
        return Matrix(self.rows, self.columns, lambda a, b: terms.add(self.at(a, b), other.at(a, b)))

    def __sub__(self, other: Matrix) -> Matrix:
        return Matrix(self.rows, self.columns, lambda a, b: terms.subtract(self.at(a, b), other.at(a, b)))

    def __mul__(self, other: Matrix) -> Matrix:
        """The product entry by entry."""
        return Matrix(self.rows, self.columns, lambda a, b: terms.multiply(self.at(a, b), other.at(a, b)))

    def scaled(self, factor: Term) -> Matrix:
        return Matrix(self.rows, self.columns, lambda a, b: terms.multiply(factor, self.at(a, b)))


def letter(name: str, rows: Size, columns: Size, *facts: str) -> Letter:
    return Letter(name, (rows, columns), frozenset(facts))


def inverse(symbol: Letter) -> Letter:
    return Letter(symbol.name, symbol.sizes, symbol.facts, True)


def matrix(symbol: Letter) -> Matrix:
    return Matrix(*symbol.sizes, lambda a, b: terms.entry(symbol, a, b))


def ones(rows: Size, columns: Size) -> Matrix:
    return Matrix(rows, columns, lambda a, b: terms.number(1))


def identity(size: Size) -> Matrix:
    return Matrix(size, size, terms.delta)


def softmax(scores: Matrix) -> Matrix:
    """Row by row."""

    def at(a: Index, b: Index) -> Term:
        c = index(scores.columns)
        whole = terms.summation([c], terms.exponential(scores.at(a, c)))
        return terms.multiply(terms.exponential(scores.at(a, b)), terms.reciprocal(whole))

    return Matrix(scores.rows, scores.columns, at)


def attention(X: Matrix, Q: Matrix, K: Matrix, V: Matrix, scale: Term) -> Matrix:
    return softmax((X @ Q @ K.T @ X.T).scaled(scale)) @ X @ V


def total(a: Matrix) -> Term:
    p, q = index(a.rows), index(a.columns)
    return terms.summation([p, q], a.at(p, q))


def trace(a: Matrix) -> Term:
    p = index(a.rows)
    return terms.summation([p], a.at(p, p))


def gradient(loss: Term, symbol: Letter) -> Matrix:
    return Matrix(*symbol.sizes, lambda a, b: terms.derivative(loss, symbol, a, b))


def same(left: Term, right: Term) -> bool:
    return is_zero(terms.subtract(left, right))


def equal(left: Matrix, right: Matrix) -> bool:
    a, b = variable("i", left.rows), variable("j", left.columns)
    return same(left.at(a, b), right.at(a, b))


def array(a: Matrix) -> Array:
    p, q = variable("i", a.rows), variable("j", a.columns)
    return Array((p, q), a.at(p, q))


def equation(left: Matrix, right: Matrix) -> Equation:
    p, q = variable("i", left.rows), variable("j", left.columns)
    return Equation((p, q), left.at(p, q), right.at(p, q))


def proved(left: Matrix, right: Matrix) -> Proof:
    return rules.identity([], equation(left, right))


def number_equation(left: Term, right: Term) -> Equation:
    return Equation((), left, right)
