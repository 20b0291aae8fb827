"""Matrices and numbers that are nodes of ours.

The shape of a node is computed once, when it is built, so that asking for it never recurses.  The rest of the layer
says which nodes there are.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from sympy import Add, Basic, Eq, Expr, Integer, MatrixSymbol, Mul, Piecewise, Pow, S, Symbol, Trace, exp as scalar_exp
from sympy.matrices.expressions.matexpr import MatrixElement, MatrixExpr

from symattn.errors import LanguageError
from symattn.language.printing.text import text
from symattn.language.trees.inert import Inert, Printed, UndeclaredInverse, as_sympy
from symattn.language.trees.unevaluated import MatrixOperators, ScalarOperators, own

__all__ = [
    "Binder",
    "Entry",
    "Inert",
    "MatrixNode",
    "Printed",
    "ScalarNode",
    "Unary",
    "UndeclaredInverse",
    "as_matrix",
    "as_scalar",
    "as_sympy",
    "explicit",
    "invert",
    "is_positive",
    "whole",
]


class MatrixNode(Inert, MatrixOperators, MatrixExpr):
    """A matrix of the language.  A subclass says its shape in `_sizes` and its entries in `_at`.

    A letter has entries that stand for themselves.
    """

    is_letter = False

    def __new__(cls, *args: Any) -> Any:
        node = Basic.__new__(cls, *map(as_sympy, args))
        node._shape = tuple(map(as_sympy, node._sizes()))
        hash(node)  # cached by SymPy: a deep tree built from the leaves never hashes recursively
        return node

    def _sizes(self) -> tuple[Any, Any]:
        raise NotImplementedError

    def _at(self, i: int, j: int) -> Any:
        """The entry (i, j) at whole numbers, or None when a size inside is not one."""
        return None

    @property
    def shape(self) -> tuple[Any, Any]:
        return self._shape

    def _entry(self, i: Any, j: Any, **hints: Any) -> Any:
        i, j = as_sympy(i), as_sympy(j)
        if self.is_letter:
            return MatrixElement(self, i, j)
        if not (i.is_Integer and j.is_Integer):
            return Pending(self, i, j)
        value = self._at(int(i), int(j))
        return Entry(self, i, j) if value is None else as_sympy(value)

    def inverse(self) -> Any:
        raise UndeclaredInverse(self)


class Unary(MatrixNode):
    """A node with one matrix inside."""

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, as_matrix(arg, cls.__name__))

    @property
    def arg(self) -> Any:
        return self.args[0]


class ScalarNode(Inert, ScalarOperators, Expr):
    """A real number of the language.  A subclass gives `as_explicit`, its value in terms of entries."""

    is_commutative = True
    is_real = True

    def __new__(cls, *args: Any) -> Any:
        node = Basic.__new__(cls, *map(as_sympy, args))
        hash(node)
        return node

    def as_explicit(self) -> Any:
        raise NotImplementedError


class Entry(Inert, ScalarOperators, MatrixElement):
    """The entry of an expression at two whole numbers, kept as it is.

    >>> entry(matrix("A", *sizes("n m")) * 2, 0, 0).parent
    2 A
    """

    def as_explicit(self) -> Any:
        return self.parent[self.i, self.j]


class Pending(Inert, MatrixElement):
    """The entry at an index that SymPy sums over: it becomes the value as soon as the index is a number."""

    def __new__(cls, parent: Any, i: Any, j: Any) -> Any:
        i, j = as_sympy(i), as_sympy(j)
        if i.is_Integer and j.is_Integer:
            return parent._entry(i, j)
        return Expr.__new__(cls, parent, i, j)


class Binder:
    """A node with bound variables: they are not free, and a substitution neither reaches nor captures them."""

    outside: tuple[int, ...] = ()  # the places of the arguments in which they mean something else
    args: tuple[Any, ...]
    func: Any

    def _bound(self) -> tuple[Any, ...]:
        raise NotImplementedError

    @property
    def free_symbols(self) -> set[Any]:
        inside = [arg for place, arg in enumerate(self.args) if place not in self.outside]
        free = set().union(*map(_free, inside)).difference(self._bound())
        return free.union(*(_free(self.args[place]) for place in self.outside if place < len(self.args)))

    def _xreplace(self, rule: dict[Any, Any]) -> tuple[Any, bool]:
        if self in rule:
            return rule[self], True
        bound = set(self._bound())
        inner = {old: new for old, new in rule.items() if not bound & _free(old)}
        captured = bound & set().union(*map(_free, inner.values()))
        node = self._renamed(captured, inner) if captured else self
        rules = (rule if place in self.outside else inner for place in range(len(node.args)))
        args, hits = zip(*(arg._xreplace(r) for arg, r in zip(node.args, rules, strict=True)), strict=True)
        return (self.func(*args), True) if any(hits) else (self, False)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return self._xreplace({old: new})[0]

    def _renamed(self, letters: set[Any], rule: dict[Any, Any]) -> Any:
        near = [*self.args, *rule, *rule.values()]
        taken = {text(letter) for expr in near for letter in _free(expr)}
        fresh = {old: _renamed(old, _fresh(text(old), taken)) for old in letters}
        args = (a if p in self.outside else a.xreplace(fresh) for p, a in enumerate(self.args))
        return self.func(*args)


def _free(expr: Any) -> set[Any]:
    return getattr(expr, "free_symbols", set())


def _renamed(letter: Any, name: str) -> Any:
    if hasattr(letter, "renamed"):
        return letter.renamed(name)
    kind = type(letter)
    return kind(name, **letter._assumptions_orig) if isinstance(letter, Symbol) else MatrixSymbol(name, *letter.shape)


def _fresh(name: str, taken: set[str]) -> str:
    fresh = next(f"{name}_{i}" for i in count(1) if f"{name}_{i}" not in taken)
    taken.add(fresh)
    return fresh


def as_matrix(expr: Any, what: str) -> MatrixExpr:
    """`expr` as a matrix expression; `what` names the use in the error."""
    expr = as_sympy(expr)
    if not getattr(expr, "is_Matrix", False):
        raise LanguageError(f"{what} needs a matrix, but {text(expr)} is a scalar")
    return expr


def as_scalar(expr: Any, what: str) -> Expr:
    """`expr` as a scalar expression; `what` names the use in the error."""
    expr = as_sympy(expr)
    if getattr(expr, "is_Matrix", False) or not isinstance(expr, Expr):
        raise LanguageError(f"{what} needs a scalar, but {text(expr)} is not one; total(A) makes a scalar of a matrix")
    return expr


def explicit(scalar: Any) -> Any:
    """A scalar, or a 1×1 matrix, written out in entries, as SymPy evaluates it; sizes must be numbers."""
    if getattr(scalar, "is_Matrix", False):
        return explicit(scalar[0, 0])
    if isinstance(scalar, Trace | ScalarNode | Entry):
        written = scalar.as_explicit()
        return written if written == scalar else explicit(written)
    if isinstance(scalar, Add | Mul | Pow) or getattr(scalar, "is_Function", False):
        return own(type(scalar))(*map(explicit, scalar.args))
    return scalar


def invert(value: Any) -> Any:
    """1/value with 1/0 = 0, and no case distinction when the value is visibly positive."""
    value = as_sympy(value)
    if value.is_zero:
        return S.Zero
    if value.is_number or is_positive(value):
        return 1 / value
    return Piecewise((S.Zero, Eq(value, 0)), (1 / value, True))


def is_positive(value: Any) -> bool:
    if isinstance(value, MatrixElement):
        return "positive" in getattr(value.parent, "facts", ())
    if isinstance(value, Add | Mul):
        return all(map(is_positive, value.args))
    if isinstance(value, Pow):
        return is_positive(value.base)
    return isinstance(value, scalar_exp) or bool(value.is_positive)


def whole(*numbers: Any) -> bool:
    """Whether every one of these is a whole number, not a symbol."""
    return all(isinstance(n, int | Integer) for n in numbers)
