"""How each node of the language that is a number is elaborated.  `elaborator` looks them up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn import language as lang
from symattn.errors import LanguageError, ShapeError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import Index, Size, constant_index, variable
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.axes import axis_of
from symattn.proof.elaborate.block_nodes import over_heads
from symattn.proof.elaborate.elaborator import Elaborator, rational, scalar_rule, zero_index


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
    if not exponent.is_Rational and not lang.is_size(exponent):
        raise LanguageError(f"{lang.text(expr)}: only rational powers, and powers that are sizes, are in the language")
    if not exponent.is_Rational:
        # a power that is a size is the determinant of that multiple of the identity
        return _determinant_of(e, e.size(exponent), lambda i, j: terms.multiply(terms.delta(i, j), e.scalar(base)))
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


@scalar_rule(sympy.cos)
def _scalar_cos(e: Elaborator, expr: Any) -> Term:
    return terms.cosine(e.scalar(expr.args[0]))


@scalar_rule(sympy.sin)
def _scalar_sin(e: Elaborator, expr: Any) -> Term:
    return terms.sine(e.scalar(expr.args[0]))


@scalar_rule(sympy.Trace)
def _trace(e: Elaborator, expr: Any) -> Term:
    inside = expr.args[0]
    rows, cols = e.shape(inside)
    if rows != cols:
        raise ShapeError(f"the trace of {lang.text(inside)}, which is {rows}×{cols}: only a square matrix has one")
    return e.sum_over(rows, axis_of(inside, 0) or axis_of(inside, 1), lambda i: e.entry(inside, i, i))


@scalar_rule(lang.Determinant)
def _determinant(e: Elaborator, expr: Any) -> Term:
    rows, columns = e.shape(expr.arg)
    if rows != columns:
        raise ShapeError(
            f"the determinant of {lang.text(expr.arg)}, which is {rows}×{columns}: only a square matrix has one"
        )
    return _determinant_of(e, rows, lambda i, j: e.entry(expr.arg, i, j))


def _determinant_of(e: Elaborator, size: Size, entry: Callable[[int, int], Term]) -> Term:
    around, e.depth = e.depth, e.depth + 2
    i, j = (variable(f"{e.prefix}_{around + k}", size) for k in (1, 2))
    whole = terms.determinant(i, j, entry(i, j))
    e.depth = around
    return whole


@scalar_rule(lang.Total)
def _total(e: Elaborator, expr: Any) -> Term:
    return e.sum_of_entries(expr.arg)


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
    return over_heads(e, expr, lambda: e.scalar(expr.expr))
