"""Proof: how each node of the language is elaborated; one short function a node.  `elaborate` looks them up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn import language as lang
from symattn.errors import LanguageError, ShapeError
from symattn.kernel import terms
from symattn.kernel.sizes import ONE_SIZE, Index, Size, constant_index, part_index, size_of
from symattn.kernel.terms import Letter, Term
from symattn.proof.axes import Blocks, Heads, axis_of
from symattn.proof.elaborate import RULES, SCALARS, Elaborator, rational, zero_index


def matrix_rule(*kinds: type) -> Callable:
    def register(function: Callable) -> Callable:
        for kind in kinds:
            RULES[kind] = function
        return function

    return register


def scalar_rule(*kinds: type) -> Callable:
    def register(function: Callable) -> Callable:
        for kind in kinds:
            SCALARS[kind] = function
        return function

    return register


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
    return terms.multiply(*(e.entry(a, i, j) for a in expr.args))


@matrix_rule(lang.ElementwiseExp)
def _exp(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.exponential(e.entry(expr.arg, i, j))


@matrix_rule(lang.ElementwiseLog)
def _log(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.logarithm(e.entry(expr.arg, i, j))


@matrix_rule(lang.Reciprocal)
def _reciprocal(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.reciprocal(e.entry(expr.arg, i, j))


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
    return terms.delta(constant_index(expr.place, size_of(j)), j)


@matrix_rule(lang.RowSum)
def _rowsum(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return e.sum_over(e.shape(expr.arg)[1], axis_of(expr.arg, 1), lambda l: e.entry(expr.arg, i, l))


@matrix_rule(lang.HStack, lang.VStack)
def _stack(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    """The block that the index lies in; for an index that does not say, a sum of deltas over the blocks."""
    along = 1 if isinstance(expr, lang.HStack) else 0
    axis = axis_of(expr, along)
    index = (i, j)[along]
    if not isinstance(axis, Blocks):
        raise LanguageError(f"{lang.text(expr)} has no blocks")
    sizes = tuple(e.size(w) for w, _ in axis.parts)

    def at(inside: Index) -> Term:
        return _in_block(e, expr, along, sizes, inside, j if along == 0 else i)

    if isinstance(index, tuple) and index[0] == "part" and index[1] == sizes:
        return at(index)
    return e.sum_over(size_of(index), axis, lambda place: terms.multiply(terms.delta(index, place), at(place)))


def _in_block(e: Elaborator, expr: Any, along: int, sizes: tuple[Size, ...], index: Any, other: Index) -> Term:
    start = 0
    for block in expr.args:
        inner = axis_of(block, along)
        count = len(inner.parts) if isinstance(inner, Blocks) else 1
        if start <= index[2] < start + count:
            place = part_index(sizes[start : start + count], index[2] - start, index[3]) if count > 1 else index[3]
            return e.entry(block, other, place) if along == 1 else e.entry(block, place, other)
        start += count
    raise ShapeError(f"block {index[2]} is not in {lang.text(expr)}")


@matrix_rule(lang.HeadConcat, lang.HeadStack)
def _concat(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    along = 1 if isinstance(expr, lang.HeadConcat) else 0
    index = (i, j)[along]

    def at(pair: Any) -> Term:
        a, b = (i, pair[2]) if along == 1 else (pair[2], j)
        return e.bind_head(expr.head, pair[1], lambda: e.entry(expr.expr, a, b))

    if isinstance(index, tuple) and index[0] == "pair" and size_of(index[1]) == e.size(expr.head.size):
        return at(index)
    axis = axis_of(expr, along)
    if not isinstance(axis, Heads):
        raise LanguageError(f"{lang.text(expr)} has no heads")
    return e.sum_over(size_of(index), axis, lambda place: terms.multiply(terms.delta(index, place), at(place)))


def _over_heads(e: Elaborator, expr: Any, body: Callable[[], Term]) -> Term:
    around = e.depth
    head = e.bound(e.size(expr.head.size))
    summed = terms.summation([head], e.bind_head(expr.head, head, body))
    e.depth = around
    return summed


@matrix_rule(lang.HeadSum)
def _head_sum(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return _over_heads(e, expr, lambda: e.entry(expr.expr, i, j))


@matrix_rule(lang.Gradient)
def _gradient(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return terms.derivative(e.scalar(expr.loss), e.letter(expr.variable), i, j)


@matrix_rule(lang.Jacobian)
def _jacobian(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    for row in (expr.function, expr.variable):
        if e.shape(row)[0] != ONE_SIZE:
            raise ShapeError(f"a Jacobian is of a row in a row, but {lang.text(row)} is {row.shape[0]}×{row.shape[1]}")
    return terms.derivative(e.entry(expr.function, zero_index(), i), e.letter(expr.variable), zero_index(), j)


@scalar_rule(sympy.Rational)
def _rational(e: Elaborator, expr: Any) -> Term:
    return rational(expr)


@scalar_rule(sympy.Symbol)
def _parameter(e: Elaborator, expr: Any) -> Term:
    return terms.parameter(e.parameter(expr))


@scalar_rule(lang.Size)
def _cardinal(e: Elaborator, expr: Any) -> Term:
    return terms.cardinal(e.size(expr))


@scalar_rule(sympy.Add)
def _add(e: Elaborator, expr: Any) -> Term:
    return terms.add(*map(e.scalar, expr.args))


@scalar_rule(sympy.Mul)
def _mul(e: Elaborator, expr: Any) -> Term:
    return terms.multiply(*map(e.scalar, expr.args))


@scalar_rule(sympy.Pow)
def _pow(e: Elaborator, expr: Any) -> Term:
    base, exponent = expr.args
    if not exponent.is_Rational:
        raise LanguageError(f"{lang.text(expr)}: only rational powers are in the language")
    if exponent == -1:
        return terms.reciprocal(e.scalar(base))
    return terms.power(e.scalar(base), rational(exponent).args[0])


@scalar_rule(type(sympy.E))
def _euler(e: Elaborator, expr: Any) -> Term:
    return terms.exponential(terms.number(1))


@scalar_rule(sympy.exp)
def _scalar_exp(e: Elaborator, expr: Any) -> Term:
    return terms.exponential(e.scalar(expr.args[0]))


@scalar_rule(sympy.log)
def _scalar_log(e: Elaborator, expr: Any) -> Term:
    return terms.logarithm(e.scalar(expr.args[0]))


@scalar_rule(sympy.Trace)
def _trace(e: Elaborator, expr: Any) -> Term:
    inside = expr.args[0]
    rows, cols = e.shape(inside)
    if rows != cols:
        raise ShapeError(f"the trace of {lang.text(inside)}, which is {rows}×{cols}: only a square matrix has one")
    return e.sum_over(rows, axis_of(inside, 0) or axis_of(inside, 1), lambda i: e.entry(inside, i, i))


@scalar_rule(lang.Total)
def _total(e: Elaborator, expr: Any) -> Term:
    inside = expr.arg
    rows, cols = e.shape(inside)
    return e.sum_over(
        rows, axis_of(inside, 0), lambda i: e.sum_over(cols, axis_of(inside, 1), lambda j: e.entry(inside, i, j))
    )


@scalar_rule(lang.Partial)
def _partial(e: Elaborator, expr: Any) -> Term:
    return terms.derivative(e.scalar(expr.loss), e.parameter(expr.variable))


@scalar_rule(lang.Bilinear)
def _bilinear(e: Elaborator, expr: Any) -> Term:
    """`s(x, y) = sum_ab x_a y_b s(e_a, e_b)`: what it means for a map on rows to be bilinear."""
    letter = e.letter(expr.form)

    def at(a: Index) -> Term:
        return e.sum_over(letter.sizes[1], axis_of(expr.y, 1), lambda b: _term(e, expr, letter, a, b))

    return e.sum_over(letter.sizes[0], axis_of(expr.x, 1), at)


def _term(e: Elaborator, expr: Any, letter: Letter, a: Index, b: Index) -> Term:
    x, y = e.entry(expr.x, zero_index(), a), e.entry(expr.y, zero_index(), b)
    return terms.multiply(x, y, terms.entry(letter, a, b))


@scalar_rule(MatrixElement)
def _element(e: Elaborator, expr: Any) -> Term:
    matrix, i, j = expr.args
    if not (i.is_Integer and j.is_Integer):
        raise LanguageError(f"{lang.text(expr)}: only entries at whole numbers are in the language")
    rows, cols = e.shape(matrix)
    return e.entry(matrix, constant_index(int(i), rows), constant_index(int(j), cols))


@scalar_rule(lang.ScalarHeadSum)
def _scalar_head_sum(e: Elaborator, expr: Any) -> Term:
    return _over_heads(e, expr, lambda: e.scalar(expr.expr))
