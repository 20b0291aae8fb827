"""Means over random matrices, by sums over a few values that have the same moments.

The mean of a polynomial in independent entries depends on their moments alone.  Up to degree 3 the values 0 and ±e_ij,
where e_ij has one 1, have those of entries with mean 0, variance 1 and third moment 0; up to degree 5 the values 0,
±e_ij, ±2 e_ij and ±e_ij ± e_kl have those of normal entries.  Some weights are negative: they are no probabilities.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import Expr, Integer, Rational, S

from symattn.errors import LanguageError, layout
from symattn.language.blocks import HStack, VStack
from symattn.language.calculus import Gradient, Jacobian, Partial
from symattn.language.entrywise import ElementwiseExp, exp
from symattn.language.matrices import Matrix, Scalar, T
from symattn.language.nodes import Diag, Entry, unit, zeros
from symattn.language.over_heads import HeadConcat, HeadStack, HeadSum, ScalarHeadSum, sum_heads
from symattn.language.printing.text import text
from symattn.language.spellings.pairs import index_beside
from symattn.language.sums import RowSum, Total
from symattn.language.trees.base import as_sympy
from symattn.language.trees.sides import is_one_entry
from symattn.language.trees.unevaluated import add, as_number, multiply

__all__ = ["degree", "expectation"]

NORMAL, SECOND = 5, 2
"""Up to which degree moments are known: of normal entries, as far as is worked out here, and of those with a mean of 0
and a variance of 1 alone."""

_OF_PARTS = (
    *(sympy.Add, sympy.MatAdd, sympy.Transpose, sympy.Trace, T, Total, RowSum, Diag, Entry, HStack, VStack),
    *(HeadSum, ScalarHeadSum, HeadConcat, HeadStack),
)
_PRODUCTS = (sympy.Mul, sympy.MatMul, sympy.HadamardProduct)
_DERIVATIVES = (Gradient, Partial, Jacobian)


def expectation(f: Expr, *letters: Expr, normal: bool = True) -> Expr:
    """The mean of f over letters whose entries are independent, with mean 0 and variance 1.

    f          a number or a matrix, a polynomial in the entries of each letter; or a number times exp of what is linear
    letters    the random letters, matrices or numbers
    normal     whether the entries are normal, and degrees up to 5 have a mean; else no more than 2 have

    >>> n = sizes("n")
    >>> x, A = row("x", n), matrix("A", n, n)
    >>> prove(Equal(sa.expectation(total(x @ A @ x.T), x), trace(A))).over
    'any commutative ring where 2 is invertible'

    Raises    LanguageError for what is no such polynomial, or of a higher degree
    Source    Isserlis: On a formula for the product-moment coefficient of any order, Biometrika 12, 1918
    """
    f = as_number(as_sympy(f))
    for x in map(as_sympy, letters):
        _need_free(x)
        f = _over(f, x, NORMAL if normal else SECOND)
    return f


def degree(f: Any, x: Any) -> int:
    """A bound on the degree of f as a polynomial in the entries of x.

    Raises    LanguageError when it is none
    """
    if f == x:
        return 1
    if not f.has(x):
        return 0
    if isinstance(f, _OF_PARTS):
        return max(degree(part, x) for part in f.args)
    if isinstance(f, _PRODUCTS):
        return sum(degree(part, x) for part in f.args)
    if isinstance(f, sympy.Pow | sympy.MatPow) and isinstance(f.exp, Integer) and f.exp >= 0:
        return int(f.exp) * degree(f.base, x)
    if isinstance(f, _DERIVATIVES) and not f.args[1].has(x):
        return degree(f.args[0], x)
    pairs = [("not a polynomial in " + text(x), text(f))]
    raise LanguageError(layout("its mean is not known here", pairs, "sums, products and natural powers have means"))


def _need_free(x: Any) -> None:
    """A fact about a letter ties its entries, or says how large they are."""
    if not isinstance(x, Matrix | Scalar) or getattr(x, "facts", None) or x.is_positive:
        pairs = [("random", text(x))]
        note = "accepted: a letter for a matrix or a number of which nothing is declared"
        raise LanguageError(layout("the entries of a random letter are independent, and of either sign", pairs, note))


def _over(f: Any, x: Any, known: int) -> Any:
    if not f.has(x):
        return f
    if isinstance(f, sympy.Trace) and isinstance(f.arg, sympy.MatAdd) and is_one_entry(f.arg):
        f = add(*map(as_number, f.arg.args))
    if isinstance(f, sympy.Add) and f.has(sympy.exp, ElementwiseExp):
        return add(*(_over(part, x, known) for part in f.args))
    if known == NORMAL and (exponential := _of_exponential(f, x)) is not None:
        return exponential
    highest = degree(f, x)
    if highest > known:
        pairs = [("degree", str(highest)), ("known up to", str(known))]
        note = "x:1*n:gaussian has moments up to degree 5, x:1*n:random up to 2"
        raise LanguageError(layout(f"moments of {text(x)} of that degree are not known here", pairs, note))
    return _by_values(f, x, highest)


def _by_values(f: Any, x: Any, highest: int) -> Any:
    """The sum of the values of f, with their weights."""
    shape = tuple(x.shape) if x.is_Matrix else ()
    number = multiply(*shape) if shape else S.One

    def at(value: Any) -> Any:
        return f.xreplace({x: value})

    origin = at(zeros(*shape) if shape else S.Zero)
    if highest < 2:
        return origin
    once = _along(f, shape, lambda e: _signed(at, e))
    if highest <= 3:
        return add(multiply(S.Half, once), multiply(Integer(-1), number, origin), origin)
    twice = _along(f, shape, lambda e: _signed(at, multiply(Integer(2), e)))
    both = _along(f, shape, lambda e: _along(f, shape, lambda o: _crossed(at, e, o), 1))
    # of pairs of different places, each counted twice in `both`, which has 2 e_ij and 0 for those of equal ones
    weights = [
        (add(Integer(1), multiply(Rational(-5, 4), number), multiply(S.Half, number, number)), origin),
        (add(Rational(2, 3), multiply(Rational(-1, 2), number)), once),
        (Rational(1, 12) - Rational(1, 8), twice),
        (Rational(1, 8), both),
    ]
    return add(*(multiply(weight, values) for weight, values in weights))


def _along(f: Any, shape: tuple[Any, ...], value: Callable[[Any], Any], depth: int = 0) -> Any:
    """The sum over all matrices with one 1."""
    if not shape:
        return value(S.One)
    heads = {at: index_beside(f"{'ij'[at]}{depth}", size, f) for at, size in enumerate(shape) if size != 1}
    rows, cols = (unit(shape[at], heads.get(at, 0)) for at in (0, 1))
    found = value(rows.T if shape[1] == 1 else cols if shape[0] == 1 else multiply(rows.T, cols))
    for head in reversed(heads.values()):
        found = sum_heads(found, head)
    return found


def _signed(at: Callable[[Any], Any], e: Any) -> Any:
    return add(at(e), at(multiply(Integer(-1), e)))


def _crossed(at: Callable[[Any], Any], e: Any, o: Any) -> Any:
    minus = multiply(Integer(-1), e), multiply(Integer(-1), o)
    return add(*(at(add(a, b)) for a in (e, minus[0]) for b in (o, minus[1])))


def _exponent(f: Any) -> Any:
    """The number of which f is exp, or None."""
    if isinstance(f, sympy.exp):
        return as_number(f.args[0])
    if isinstance(f, sympy.Trace) and isinstance(f.arg, ElementwiseExp):
        return as_number(f.arg.args[0])
    if isinstance(f, sympy.Pow) and isinstance(f.exp, Integer):
        inside = _exponent(f.base)
        return None if inside is None else multiply(f.exp, inside)
    return None


def _of_exponential(f: Any, x: Any) -> Any:
    """E c exp(a x + b) = c exp(b + |a|²/2), with a read off at the values e_ij; None for anything else."""
    factors = f.args if isinstance(f, sympy.Mul) else (f,)
    rest = [part for part in factors if not part.has(x)]
    inside = [_exponent(part) for part in factors if part.has(x)]
    if None in inside:
        return None
    exponent = add(*inside)
    if degree(exponent, x) > 1:
        raise LanguageError(layout("its mean may be infinite", [("exponent", text(exponent))], "it has to be linear"))
    shape = tuple(x.shape) if x.is_Matrix else ()
    origin = exponent.xreplace({x: zeros(*shape) if shape else S.Zero})

    def slope_squared(e: Any) -> Any:
        slope = add(exponent.xreplace({x: e}), multiply(Integer(-1), origin))
        return multiply(slope, slope)

    return multiply(*rest, exp(add(origin, multiply(S.Half, _along(exponent, shape, slope_squared)))))
