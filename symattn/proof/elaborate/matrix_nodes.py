"""How each node of the language is elaborated; one short function a node.  `elaborator` looks them up.

Here are the matrices; `block_nodes` has blocks and heads, `scalar_nodes` the numbers.
"""

from __future__ import annotations

from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import LanguageError, ShapeError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import ONE_SIZE, ZERO_SIZE, Index, Size, place, size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.axes import axis_of
from symattn.proof.elaborate.elaborator import Elaborator, matrix_rule, zero_index


@matrix_rule(sympy.MatrixSymbol, lang.MatrixOf)
def _symbol(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.entry(e.letter(expr.form if isinstance(expr, lang.MatrixOf) else expr), i, j)


@matrix_rule(lang.Member)
def _member(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    letter = e.letter(expr)
    return terms.entry(letter, e.head_index(expr.head, letter.sizes[0]), i, j)


@matrix_rule(sympy.Inverse)
def _inverse(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    inside = expr.args[0]
    if isinstance(inside, sympy.Transpose | lang.T):
        inside, i, j = inside.args[0], j, i
    if not isinstance(inside, lang.Matrix) or expr.args[1] != -1:
        raise LanguageError(f"{lang.text(expr)} is the inverse of something not declared invertible")
    letter = e.letter(inside)
    if not letter.facts & {"invertible", "orthogonal", "permutation"}:
        raise LanguageError(f"{letter.name} is not declared invertible: matrix('{letter.name}', ..., invertible=True)")
    return terms.entry(Letter(letter.name, letter.sizes, letter.facts, True), i, j)


@matrix_rule(sympy.Transpose, lang.T)
def _transpose(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return e.entry(expr.args[0], j, i)


@matrix_rule(sympy.MatAdd)
def _sum(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.add(*(e.entry(a, i, j) for a in expr.args))


@matrix_rule(sympy.MatMul)
def _product(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    factors: list[Any] = []
    for factor in expr.args:
        if factor.is_Matrix:
            nested = factor.args if isinstance(factor, sympy.MatMul) else (factor,)
            factors += nested if all(f.is_Matrix for f in nested) else (factor,)
    numbers = [e.scalar(a) for a in expr.args if not a.is_Matrix]
    return terms.multiply(*numbers, e.product(factors, i, j))


@matrix_rule(sympy.MatPow)
def _power(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    base, exponent = expr.args
    if not exponent.is_Integer or exponent < 0:
        raise LanguageError(f"{lang.text(expr)}: only natural powers of a matrix are in the language")
    if not exponent:
        return terms.delta(i, j)
    return e.product([base] * int(exponent), i, j)


@matrix_rule(sympy.Identity)
def _identity(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.delta(i, j)


@matrix_rule(sympy.ZeroMatrix)
def _zero(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.number(0)


@matrix_rule(sympy.OneMatrix)
def _ones(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.number(1)


@matrix_rule(sympy.HadamardProduct)
def _hadamard(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    entries = {a: e.entry(a, i, j) for a in expr.args}
    # the same factor in the same words, so that a square is seen to be one
    return terms.multiply(*(entries[a] for a in expr.args))


OF_ENTRIES = {
    lang.ElementwiseExp: terms.exponential,
    lang.ElementwiseLog: terms.logarithm,
    lang.ElementwiseCos: terms.cosine,
    lang.ElementwiseSin: terms.sine,
    lang.Reciprocal: terms.reciprocal,
}
"""What is done to each entry."""


@matrix_rule(*OF_ENTRIES)
def _of_entries(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return OF_ENTRIES[type(expr)](e.entry(expr.arg, i, j))


@matrix_rule(lang.Softmax)
def _softmax(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    size = size_of(j)
    if size.minimum < 1:
        raise LanguageError(f"softmax over {size} entries, which may be none: make the size with min=1")

    def weight(l: Index) -> Term:
        exp = terms.exponential(e.entry(expr.scores, i, l))
        return exp if expr.mask is None else terms.multiply(e.entry(expr.mask, i, l), exp)

    total = e.normaliser(expr, i, lambda: e.sum_over(size, axis_of(expr, 1), weight))
    return terms.multiply(weight(j), terms.reciprocal(total))


@matrix_rule(lang.Diag)
def _diag(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    value = e.entry(expr.arg, zero_index(), i) if expr.arg.shape[0] == 1 else e.entry(expr.arg, i, zero_index())
    return terms.multiply(terms.delta(i, j), value)


@matrix_rule(lang.Unit)
def _unit(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.delta(e.head_index(expr.args[1], size_of(j)), j)


@matrix_rule(lang.Before)
def _order(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.before(*_moved(j, i, *map(e.size, expr.offsets)))


@matrix_rule(lang.Shift)
def _shift(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.delta(*_moved(i, j, ZERO_SIZE, e.size(expr.steps)))


def _moved(i: Index, j: Index, a: Size, b: Size) -> tuple[Index, Index]:
    """i + a and j + b, as places of one size."""
    return place(a, i, b + size_of(j)), place(b, j, a + size_of(i))


@matrix_rule(lang.RowSum)
def _rowsum(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return e.sum_over(e.shape(expr.arg)[1], axis_of(expr.arg, 1), lambda l: e.entry(expr.arg, i, l))


@matrix_rule(lang.Gradient)
def _gradient(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.derivative(e.scalar(expr.loss), e.letter(expr.variable), i, j)


@matrix_rule(lang.Jacobian)
def _jacobian(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    for row in (expr.function, expr.variable):
        if e.shape(row)[0] != ONE_SIZE:
            raise ShapeError(f"a Jacobian is of a row in a row, but {lang.text(row)} is {row.shape[0]}×{row.shape[1]}")
    return terms.derivative(e.entry(expr.function, zero_index(), i), e.letter(expr.variable), zero_index(), j)
