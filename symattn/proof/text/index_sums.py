"""Sums over indices, `sum(A[i, j]*B[j, i] for i in n for j in m)`.

What depends on one index is a column of its values, what depends on two is a matrix, and the sum is its total.  So the
functions of entries are there, and up to two indices; sums over three are products of matrices.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from sympy import Rational

from symattn import language
from symattn.errors import StatementError
from symattn.language.trees.sides import same_size
from symattn.language.trees.unevaluated import add, as_number, filled, multiply, raise_to
from symattn.proof.text.implied.piecewise import ONE_BY_ONE, of_each
from symattn.proof.text.scope import Scope, size_value
from symattn.proof.text.signatures import NAMES, describe, is_matrix, is_scalar
from symattn.proof.text.source import Source

ENTRYWISE = ("exp", "log", "cos", "sin", "reciprocal", "sigmoid", "tanh", "silu", "softplus", "square")

_FORM = "Write sum(A[i, j]*B[j, i] for i in n for j in m), with sizes n and m."


class IndexSum:
    """One sum, and its indices with their sizes."""

    def __init__(self, scope: Scope, piece: Source, node: ast.GeneratorExp, value: Callable[[ast.expr], Any]) -> None:
        self.scope, self.piece, self.outside = scope, piece, value
        self.body, indices = _flat(node)
        self.sizes: dict[str, Any] = {}
        for part in indices:
            if not isinstance(part.target, ast.Name) or part.ifs or part.target.id in self.sizes:
                raise piece.refuse("a sum runs over indices", part.target, accepted=_FORM)
            if scope.find(part.target.id) is not None:
                raise piece.refuse(f"{part.target.id} is declared already", part.target, accepted="Use another index.")
            self.sizes[part.target.id] = size_value(scope, piece, _range(part.iter))
        if len(self.sizes) > 2:
            hint = "Three indices are a product: (A @ B)[i, k] is the sum over j of A[i, j]*B[j, k]."
            raise piece.refuse("a sum runs over at most two indices", node, accepted=hint)

    def value(self) -> Any:
        """The sum, a number."""
        return language.total(self._filled(self._value(self.body)))

    @property
    def shape(self) -> tuple[Any, Any]:
        rows, *cols = self.sizes.values()
        return rows, cols[0] if cols else 1

    def _filled(self, value: Any) -> Any:
        return value if is_matrix(value) else filled(value, self.shape)

    def _refuse(self, what: str, node: ast.AST, accepted: str = _FORM) -> StatementError:
        return self.piece.refuse(what, node, accepted=accepted)

    def _mentions(self, node: ast.AST) -> bool:
        return any(isinstance(part, ast.Name) and part.id in self.sizes for part in ast.walk(node))

    def _value(self, node: ast.expr) -> Any:
        """A matrix of the values for all indices, or a number that depends on none."""
        if not self._mentions(node):
            return self._number(node)
        match node:
            case ast.Subscript():
                return self._entry(node)
            case ast.UnaryOp(op=ast.USub()):
                return multiply(-1, self._value(node.operand))
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                left, right = self._filled(self._value(node.left)), self._filled(self._value(node.right))
                return add(left, multiply(-1, right) if isinstance(node.op, ast.Sub) else right)
            case ast.BinOp(op=ast.Mult()):
                return self._product(self._value(node.left), self._value(node.right))
            case ast.BinOp(op=ast.Div()):
                return self._product(self._value(node.left), self._inverted(node.right))
            case ast.BinOp(op=ast.Pow(), right=ast.Constant(value=int(k))) if 0 < k < 10:
                return language.hadamard(*[self._value(node.left)] * k)
            case ast.Call(func=ast.Name(id=name), args=[inside]) if name in ONE_BY_ONE:
                return of_each(self.scope, name, self._value(inside))
            case ast.Call(func=ast.Name(id=name), args=[inside]) if name in NAMES and NAMES[name].name in ENTRYWISE:
                return getattr(language, NAMES[name].name)(self._value(inside))
        raise self._refuse(f"{self.piece.quote(node)!r} is not made of entries", node)

    def _number(self, node: ast.expr) -> Any:
        value = as_number(self.outside(node))
        if not is_scalar(value):
            raise self._refuse(f"{self.piece.quote(node)!r} is {describe(value)}, and not a number", node)
        return value

    def _product(self, left: Any, right: Any) -> Any:
        return language.hadamard(left, right) if is_matrix(left) and is_matrix(right) else multiply(left, right)

    def _inverted(self, node: ast.expr) -> Any:
        value = self._value(node)
        if value == 0:
            raise self._refuse("division by zero", node, "")
        return language.reciprocal(value) if is_matrix(value) else raise_to(value, Rational(-1))

    def _entry(self, node: ast.Subscript) -> Any:
        """The values of A[p, q] for all indices."""
        places = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        base = self.outside(node.value) if not self._mentions(node.value) else None
        if is_matrix(base) and len(places) == 1 and 1 in base.shape:  # x[i] of a row or a column
            first = ast.Constant(0)
            places = [first, *places] if base.shape[0] == 1 else [*places, first]
        if not is_matrix(base) or len(places) != 2:
            raise self._refuse(f"{self.piece.quote(node)!r} is no entry: a matrix has two places", node)
        names = [place.id if isinstance(place, ast.Name) and place.id in self.sizes else None for place in places]
        for name, place, size in zip(names, places, base.shape, strict=True):
            if name and not same_size(self.sizes[name], size):
                what = f"{name} runs over {language.text(self.sizes[name])} places, but there are {language.text(size)}"
                raise self._refuse(what, place)
        if names[0] and names[0] == names[1]:
            return self._spread(names[0], language.rowsum(language.hadamard(base, language.identity(base.shape[0]))))
        if all(names):
            return base if names == list(self.sizes) else language.T(base)
        return self._along(base, names, places)

    def _along(self, base: Any, names: list[str | None], places: list[ast.expr]) -> Any:
        """The values of A[i, 0] or A[0, i]: a column of A, or a row."""
        fixed = next(place for name, place in zip(names, places, strict=True) if not name)
        if not (isinstance(fixed, ast.Constant) and type(fixed.value) is int):
            raise self._refuse(f"{self.piece.quote(fixed)!r} is neither an index of the sum nor a whole number", fixed)
        turned = base if names[0] else language.T(base)
        return self._spread(str(names[0] or names[1]), turned @ language.unit(turned.shape[1], fixed.value).T)

    def _spread(self, name: str, column: Any) -> Any:
        """The column of the values for one index, for all indices."""
        if len(self.sizes) == 1:
            return column
        if name == next(iter(self.sizes)):
            return column @ language.ones(1, self.shape[1])
        return language.ones(self.shape[0], 1) @ language.T(column)


def _flat(node: ast.GeneratorExp) -> tuple[ast.expr, list[ast.comprehension]]:
    """What is summed, and all indices of sums of sums."""
    body, indices = node.elt, list(node.generators)
    while isinstance(body, ast.Call) and isinstance(body.func, ast.Name) and body.func.id == "sum":
        match body.args:
            case [ast.GeneratorExp() as inner] if not body.keywords:
                body, indices = inner.elt, [*indices, *inner.generators]
            case _:
                break
    return body, indices


def _range(node: ast.expr) -> ast.expr:
    """n, for n and for range(n)."""
    match node:
        case ast.Call(func=ast.Name(id="range"), args=[size], keywords=[]):
            return size
    return node
