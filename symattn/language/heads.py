"""Heads.  A family is a letter with one more index, the head; sums and concatenations bind that index."""

from __future__ import annotations

from typing import Any

from sympy import Add, Basic, Symbol
from sympy.core.symbol import Str
from sympy.printing.precedence import PRECEDENCE

from symattn.errors import LanguageError
from symattn.language.printing.text import text
from symattn.language.trees.base import Binder, MatrixNode, Printed, ScalarNode, as_sympy, explicit, whole

__all__ = [
    "Family",
    "HeadConcat",
    "HeadIndex",
    "HeadStack",
    "HeadSum",
    "Member",
    "Pair",
    "ScalarHeadSum",
    "concat_heads",
    "family",
    "group",
    "index",
    "stack_heads",
    "sum_heads",
]


class HeadIndex(Symbol):
    """A head: a whole number from 0 to `size` - 1."""

    __slots__ = ("size",)
    size: Any

    def __new__(cls, name: str, size: Any) -> HeadIndex:
        head = Symbol.__xnew__(cls, name, integer=True, nonnegative=True)
        head.size = as_sympy(size)
        return head

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), self.size)

    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (self.name, self.size), {}

    def renamed(self, name: str) -> HeadIndex:
        return HeadIndex(name, self.size)

    def _xreplace(self, rule: dict[Any, Any]) -> tuple[Any, bool]:
        if self in rule:
            return rule[self], True
        size, changed = self.size._xreplace(rule)
        return (HeadIndex(self.name, size), True) if changed else (self, False)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        size = self.size._subs(old, new)
        return self if size == self.size else HeadIndex(self.name, size)


class Pair(Printed, Basic):
    """Head number g R + r out of G R heads: member r of group g.  A number as soon as both are."""

    def __new__(cls, g: Any, r: Any, groups: Any, members: Any) -> Any:
        g, r, groups, members = map(as_sympy, (g, r, groups, members))
        if whole(g, r, members):
            return g * members + r
        return Basic.__new__(cls, g, r, groups, members)

    @property
    def g(self) -> Any:
        return self.args[0]

    @property
    def r(self) -> Any:
        return self.args[1]

    @property
    def size(self) -> Any:
        return self.args[2] * self.args[3]


class Family(Printed, Basic):
    """H matrices of one shape under one name; family[h] is one of them."""

    def __new__(cls, name: Any, heads: Any, rows: Any, cols: Any) -> Family:
        return Basic.__new__(cls, Str(str(name)), *map(as_sympy, (heads, rows, cols)))

    @property
    def name(self) -> str:
        return self.args[0].name

    @property
    def heads(self) -> Any:
        return self.args[1]

    @property
    def shape(self) -> tuple[Any, Any]:
        return self.args[2], self.args[3]

    @property
    def free_symbols(self) -> set[Any]:
        return {self}

    def renamed(self, name: str) -> Family:
        return self.func(name, *self.args[1:])

    def __getitem__(self, head: Any) -> Member:
        return Member(self.name, self.heads, *self.shape, head)


class Member(MatrixNode):
    """One matrix of a family: Q_h."""

    is_letter = True

    def __new__(cls, name: Any, heads: Any, rows: Any, cols: Any, head: Any) -> Any:
        head = as_sympy(head)
        if not isinstance(head, HeadIndex | Pair) and not (head.is_Integer and head >= 0):
            raise LanguageError(f"{name} is indexed by a head, a whole number or group(g, r), not by {text(head)}")
        return super().__new__(cls, Str(str(name)), heads, rows, cols, head)

    @property
    def family(self) -> Family:
        return Family(*self.args[:4])

    @property
    def name(self) -> str:
        return self.args[0].name

    @property
    def head(self) -> Any:
        return self.args[4]

    @property
    def free_symbols(self) -> set[Any]:
        return {self.family} | self.head.free_symbols

    def _sizes(self) -> tuple[Any, Any]:
        return self.args[2], self.args[3]

    def _xreplace(self, rule: dict[Any, Any]) -> tuple[Any, bool]:
        if self.family in rule and self not in rule:
            return rule[self.family][self.head._xreplace(rule)[0]], True
        return super()._xreplace(rule)


class _OverHeads(Binder):
    """A node that binds a head."""

    @property
    def expr(self) -> Any:
        return self.args[0]  # type: ignore[attr-defined]

    @property
    def head(self) -> Any:
        return self.args[1]  # type: ignore[attr-defined]

    def _bound(self) -> tuple[Any, ...]:
        return (self.head,)

    def at(self, head: Any) -> Any:
        """The expression for one head."""
        return self.expr.xreplace({self.head: as_sympy(head)})


class HeadSum(_OverHeads, MatrixNode):
    """Σ_h of a matrix, over all heads h."""

    precedence = PRECEDENCE["Add"]  # SymPy's printers put it in parentheses inside a product

    def _sizes(self) -> tuple[Any, Any]:
        return self.expr.shape

    def _at(self, i: int, j: int) -> Any:
        if not whole(self.head.size):
            return None
        return Add(*(self.at(h)[i, j] for h in range(int(self.head.size))))


class ScalarHeadSum(_OverHeads, ScalarNode):
    """Σ_h of a scalar, over all heads h."""

    precedence = PRECEDENCE["Add"]

    def as_explicit(self) -> Any:
        return Add(*(explicit(self.at(h)) for h in range(int(self.head.size))))


class HeadConcat(_OverHeads, MatrixNode):
    """The heads side by side: column h C + c is column c of head h."""

    def _sizes(self) -> tuple[Any, Any]:
        rows, cols = self.expr.shape
        return rows, self.head.size * cols

    def _at(self, i: int, j: int) -> Any:
        cols = self.expr.shape[1]
        return self.at(j // int(cols))[i, j % int(cols)] if whole(cols) else None


class HeadStack(_OverHeads, MatrixNode):
    """The heads one under the other: row h R + r is row r of head h."""

    def _sizes(self) -> tuple[Any, Any]:
        rows, cols = self.expr.shape
        return self.head.size * rows, cols

    def _at(self, i: int, j: int) -> Any:
        rows = self.expr.shape[0]
        return self.at(i // int(rows))[i % int(rows), j] if whole(rows) else None


def index(name: str, size: Any) -> HeadIndex:
    """A head h with 0 ≤ h < size."""
    return HeadIndex(name, size)


def family(name: str, heads: Any, rows: Any, cols: Any) -> Family:
    """A letter for `heads` real rows×cols matrices; Q[h] is one of them."""
    return Family(name, heads, rows, cols)


def group(g: HeadIndex, r: HeadIndex) -> Any:
    """Head number g R + r, for g one of G groups and r one of its R members.

    Raises    LanguageError when one of them is not a head index, whose size would be unknown
    """
    for part in (g, r):
        if not isinstance(part, HeadIndex):
            raise LanguageError(f"group needs two head indices, but {text(part)} is none")
    return Pair(g, r, g.size, r.size)


def sum_heads(expr: Any, head: HeadIndex) -> Any:
    """Σ_h of a matrix or of a scalar, over all heads h."""
    kind = HeadSum if as_sympy(expr).is_Matrix else ScalarHeadSum
    return kind(expr, _checked(head))


def concat_heads(expr: Any, head: HeadIndex) -> HeadConcat:
    """The heads side by side.

    Shapes    expr m×c gives m×(H c)
    """
    return HeadConcat(expr, _checked(head))


def stack_heads(expr: Any, head: HeadIndex) -> HeadStack:
    """The heads one under the other.

    Shapes    expr m×c gives (H m)×c
    """
    return HeadStack(expr, _checked(head))


def _checked(head: Any) -> HeadIndex:
    if not isinstance(head, HeadIndex):
        raise LanguageError(f"{text(head)} is not a head: write h = index('h', H)")
    return head
