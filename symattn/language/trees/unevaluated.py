"""Sums, products and powers as they were written.

SymPy evaluates an expression before anybody sees it: x/x becomes 1, which is false at x = 0 where 1/0 is 0, and 0 A
becomes 0, so that a statement loses a letter that it is about.  The nodes here are of SymPy's own kinds, by class and
by name, so that every table has a place for them, but nothing in them cancels: brackets of products and of sums go,
numbers multiply, and that is all.  The operators of our letters and nodes make them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy
from sympy import Basic, Integer, Rational, S
from sympy.core.decorators import _sympifyit

from symattn.errors import LanguageError, layout
from symattn.language.printing.code import code
from symattn.language.printing.text import text
from symattn.language.trees.inert import Inert, UndeclaredInverse, as_sympy
from symattn.language.trees.sides import common_shape, is_one_entry, same_shape, same_size, two_meanings

__all__ = [
    "MatrixOperators",
    "NumberNode",
    "ScalarOperators",
    "add",
    "as_number",
    "filled",
    "multiply",
    "own",
    "raise_to",
    "repeated",
]


class ScalarOperators:
    """The operators of a number: what they make is not evaluated."""

    _op_priority = 10.5
    __array_ufunc__ = None  # a number of NumPy on the left leaves the operation to us

    @_sympifyit("other", NotImplemented)
    def __add__(self, other: Any) -> Any:
        return add(self, other)

    @_sympifyit("other", NotImplemented)
    def __radd__(self, other: Any) -> Any:
        return add(other, self)

    @_sympifyit("other", NotImplemented)
    def __sub__(self, other: Any) -> Any:
        return add(self, multiply(S.NegativeOne, other))

    @_sympifyit("other", NotImplemented)
    def __rsub__(self, other: Any) -> Any:
        return add(other, multiply(S.NegativeOne, self))

    @_sympifyit("other", NotImplemented)
    def __mul__(self, other: Any) -> Any:
        return multiply(self, other)

    @_sympifyit("other", NotImplemented)
    def __rmul__(self, other: Any) -> Any:
        return multiply(other, self)

    @_sympifyit("other", NotImplemented)
    def __truediv__(self, other: Any) -> Any:
        return multiply(self, raise_to(_divisor(self, other), S.NegativeOne))

    @_sympifyit("other", NotImplemented)
    def __rtruediv__(self, other: Any) -> Any:
        return multiply(other, raise_to(_divisor(other, self), S.NegativeOne))

    @_sympifyit("other", NotImplemented)
    def __pow__(self, other: Any) -> Any:
        return raise_to(self, other)

    def __neg__(self) -> Any:
        return multiply(S.NegativeOne, self)


class MatrixOperators(ScalarOperators):
    """The operators of a matrix: what they make is not evaluated."""

    _op_priority = 11.5

    __matmul__ = ScalarOperators.__mul__
    __rmatmul__ = ScalarOperators.__rmul__

    def transpose(self) -> Any:
        """Aᵀ, moved inwards over products and sums; symattn.T keeps it in front of them."""
        turned = self._eval_transpose()
        return Transpose(turned.arg) if type(turned) is sympy.Transpose else turned

    def _eval_transpose(self) -> Any:
        return Transpose(self)

    @_sympifyit("other", NotImplemented)
    def __pow__(self, other: Any) -> Any:
        return raise_to(as_number(self), other)


class NumberNode(Inert, ScalarOperators):
    """A number of SymPy's kinds that is not evaluated."""

    def __new__(cls, *args: Any, evaluate: bool = False) -> Any:  # printers of SymPy say evaluate=False
        node = Basic.__new__(cls, *map(as_sympy, args))
        if isinstance(node, sympy.Add | sympy.Mul | sympy.Pow):
            node.is_commutative = True  # SymPy keeps it with each of these
        hash(node)
        return node

    def _eval_power(self, exponent: Any) -> None:
        """Nothing is made of a power of it, whoever writes the power."""


class Add(NumberNode, sympy.Add):
    """A sum of numbers, in the order in which it was written."""

    keeps_its_order = True

    def as_ordered_terms(self, order: Any = None, data: Any = False) -> list[Any]:
        return list(self.args)


class Mul(NumberNode, sympy.Mul):
    """A product of numbers: a factor and its reciprocal stay side by side."""

    def as_ordered_factors(self, order: Any = None) -> list[Any]:
        return list(self.args)


class Pow(NumberNode, sympy.Pow):
    """A number to a power; `x**-1` is 1/x, with 1/0 = 0."""


class Trace(NumberNode, sympy.Trace):
    """The sum of the diagonal."""

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, *sympy.Trace(arg).args)


class _Matrix(Inert, MatrixOperators):
    def __new__(cls, *args: Any) -> Any:
        node = Basic.__new__(cls, *map(as_sympy, args))
        hash(node)
        return node

    def inverse(self) -> Any:
        raise UndeclaredInverse(self)


class Transpose(_Matrix, sympy.Transpose):
    """The transpose of a letter or a node."""

    def _eval_transpose(self) -> Any:
        return self.arg


class Inverse(_Matrix, sympy.Inverse):
    """The inverse of a letter that is declared to have one."""

    def __new__(cls, arg: Any, exponent: Any = S.NegativeOne) -> Any:
        return super().__new__(cls, arg, exponent)

    def _eval_transpose(self) -> Any:
        return Inverse(self.arg.T)

    def inverse(self) -> Any:
        return self.arg


class Identity(Inert, MatrixOperators, sympy.Identity):
    """The identity.  Products with it stay as they are, and so with the constants below."""

    def _eval_transpose(self) -> Any:
        return self


class ZeroMatrix(Inert, MatrixOperators, sympy.ZeroMatrix):
    """Zeros."""

    def _eval_transpose(self) -> Any:
        return ZeroMatrix(*self.shape[::-1])


class OneMatrix(Inert, MatrixOperators, sympy.OneMatrix):
    """Ones."""

    def _eval_transpose(self) -> Any:
        return OneMatrix(*self.shape[::-1])


class MatAdd(_Matrix, sympy.MatAdd):
    """A sum of matrices, in the order in which it was written."""

    keeps_its_order = True

    def _eval_transpose(self) -> Any:
        return MatAdd(*(term.T for term in self.args))


class MatMul(_Matrix, sympy.MatMul):
    """A product of matrices, perhaps with a number in front."""

    def as_coeff_matrices(self) -> tuple[Any, list[Any]]:
        scale = [factor for factor in self.args if not factor.is_Matrix]
        return _of_numbers(scale), [factor for factor in self.args if factor.is_Matrix]

    def _eval_transpose(self) -> Any:
        scale, matrices = self.as_coeff_matrices()
        return multiply(scale, *(matrix.T for matrix in reversed(matrices)))


class MatPow(_Matrix, sympy.MatPow):
    """A square matrix to a natural power."""

    def _eval_transpose(self) -> Any:
        return MatPow(self.base.T, self.exp)


def add(*terms: Any) -> Any:
    """The sum of matrices, or of numbers, as written; only numbers that are written out are added.

    Rows, columns and numbers beside a matrix are repeated as often as it needs; a 1×1 matrix beside a number is one.

    Raises    LanguageError for a number beside a square matrix, which can mean two things
    """
    flat = list(_flat(terms, (sympy.MatAdd, sympy.Add)))
    flat = [term for term in flat if term.is_Matrix or term != 0] or flat[:1]  # where Python's own sum starts
    matrices = [term for term in flat if term.is_Matrix]
    if not matrices:
        return _sum_of_numbers(flat)
    if len(flat) == 1:
        return flat[0]
    shapes = [tuple(matrix.shape) for matrix in matrices]
    if len(flat) > len(matrices) and all(map(is_one_entry, matrices)):
        return _sum_of_numbers([as_number(term) for term in flat])
    shape = common_shape(list(dict.fromkeys(shapes)))
    if shape is None:  # whoever judges the shapes says which of them do not fit
        return MatAdd(*matrices)
    for number in flat:
        if not number.is_Matrix and same_size(*shape):
            raise two_meanings(f"{text(matrices[0])}, which is square, is added to", number, shape)
    return MatAdd(*(repeated(term, shape) if term.is_Matrix else filled(term, shape) for term in flat))


def as_number(value: Any) -> Any:
    """A 1×1 matrix as the number that it is; anything else is itself."""
    return Trace(value) if is_one_entry(value) else value


def _divisor(above: Any, below: Any) -> Any:
    """The number by which something is divided; a matrix divides in more than one way."""
    if not below.is_Matrix or is_one_entry(below):
        return as_number(below)
    name = code(below)
    pairs = [("entry by entry", f"quotient({code(above)}, {name})")]
    if same_size(*below.shape):
        pairs.append(("by the inverse", f"inverse({name})"))
    raise LanguageError(layout(f"{code(above)} is divided by the matrix {name}", pairs, "write what is meant"))


def filled(number: Any, shape: Any) -> Any:
    """The matrix with the number in every entry."""
    return ZeroMatrix(*shape) if number == 0 else multiply(number, OneMatrix(*shape))


def repeated(matrix: Any, shape: Any) -> Any:
    """A row, a column or a 1×1 matrix, repeated until it has the shape; a matrix that has it is itself."""
    if same_shape(matrix.shape, shape):
        return matrix
    rows, cols = shape
    if is_one_entry(matrix):
        return filled(as_number(matrix), shape)
    return multiply(OneMatrix(rows, 1), matrix) if matrix.shape[0] == 1 else multiply(matrix, OneMatrix(1, cols))


def multiply(*factors: Any) -> Any:
    """The product of matrices and numbers as written, numbers in front; numbers that are written out multiply."""
    flat = list(_flat(factors, (sympy.MatMul, sympy.Mul)))
    matrices = [factor for factor in flat if factor.is_Matrix]
    scale = _of_numbers([factor for factor in flat if not factor.is_Matrix])
    if not matrices:
        return scale
    parts = matrices if scale == 1 else [scale, *matrices]
    return parts[0] if len(parts) == 1 else MatMul(*parts)


def raise_to(base: Any, exponent: Any) -> Any:
    """The power as written, unless it is one of two numbers that are written out, or an even one of a norm."""
    base, exponent = as_sympy(base), as_sympy(exponent)
    if exponent == 1:
        return base
    if isinstance(base, Pow) and base.exp == S.Half and exponent.is_even and _is_never_negative(base.base):
        return raise_to(base.base, exponent / 2)
    if base.is_Matrix:
        return base.inverse() if exponent == -1 else MatPow(base, exponent)
    if isinstance(base, Rational) and isinstance(exponent, Integer):
        if not base and exponent < 0:
            raise LanguageError("division by zero")
        return base**exponent
    return Pow(base, exponent)


def _is_never_negative(expr: Any) -> bool:
    """Whether it is a sum of squares, of which there is a root, although it may be 0."""
    return bool(getattr(expr, "is_sum_of_squares", False))


def own(kind: Any) -> Any:
    """SymPy's own class for a class of this file or of functions.py, and any other class itself."""
    return kind.__bases__[-1] if kind.__module__ == __name__ or NumberNode in kind.__bases__ else kind


def _flat(parts: Any, kinds: tuple[type, ...]) -> Iterator[Any]:
    for part in map(as_sympy, parts):
        below: Any = part
        yield from _flat(below.args, kinds) if isinstance(part, kinds) else [part]


def _sum_of_numbers(terms: list[Any]) -> Any:
    if all(isinstance(term, Rational) for term in terms):
        return sum(terms, S.Zero)
    return terms[0] if len(terms) == 1 else Add(*terms)


def _of_numbers(factors: list[Any]) -> Any:
    """The product, with what is written out in front as one number."""
    number = S.One
    for factor in factors:
        number = number * factor if isinstance(factor, Rational) else number
    rest = [factor for factor in factors if not isinstance(factor, Rational)]
    parts = rest if number == 1 and rest else [number, *rest]
    return parts[0] if len(parts) == 1 else Mul(*parts)
