"""All heads of a family: their sum, side by side, and one under the other.  Each binds the index of the head."""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, MatrixExpr
from sympy.printing.precedence import PRECEDENCE

from symattn.errors import LanguageError
from symattn.language.heads import HeadIndex
from symattn.language.printing.text import text
from symattn.language.trees.base import Binder, MatrixNode, ScalarNode, as_sympy, explicit, whole

__all__ = ["HeadConcat", "HeadStack", "HeadSum", "ScalarHeadSum", "concat_heads", "stack_heads", "sum_heads"]


class _OverHeads(Binder):
    """A node that binds a head."""

    def __new__(cls, expr: Expr, head: HeadIndex) -> Any:
        return super().__new__(cls, expr, head)  # type: ignore[call-arg]

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
    """Σ_h of a matrix, over all heads h.

    expr    what is added up, m×c
    head    the head h that it binds

    >>> H, d, k = sizes("H d k")
    >>> sum_heads(family("Q", H, d, k)[index("h", H)], index("h", H)).head.size
    H
    """

    precedence = PRECEDENCE["Add"]  # SymPy's printers put it in parentheses inside a product

    def _sizes(self) -> tuple[Any, Any]:
        return self.expr.shape

    def _at(self, i: int, j: int) -> Any:
        if not whole(self.head.size):
            return None
        return Add(*(self.at(h)[i, j] for h in range(int(self.head.size))))


class ScalarHeadSum(_OverHeads, ScalarNode):
    """Σ_h of a scalar, over all heads h.

    expr    what is added up, a scalar
    head    the head h that it binds

    >>> H, d, k = sizes("H d k")
    >>> sum_heads(total(family("Q", H, d, k)[index("h", H)]), index("h", H)).expr
    total(Q[h])
    """

    precedence = PRECEDENCE["Add"]

    def as_explicit(self) -> Any:
        return Add(*(explicit(self.at(h)) for h in range(int(self.head.size))))


class HeadConcat(_OverHeads, MatrixNode):
    """The heads side by side: column h C + c is column c of head h.

    expr    one head, m×C
    head    the head h that it binds

    >>> H, d, k = sizes("H d k")
    >>> shape(concat_heads(family("Q", H, d, k)[index("h", H)], index("h", H)))
    (d, H*k)
    """

    def _sizes(self) -> tuple[Any, Any]:
        rows, cols = self.expr.shape
        return rows, self.head.size * cols

    def _at(self, i: int, j: int) -> Any:
        cols = self.expr.shape[1]
        return self.at(j // int(cols))[i, j % int(cols)] if whole(cols) else None


class HeadStack(_OverHeads, MatrixNode):
    """The heads one under the other: row h R + r is row r of head h.

    expr    one head, R×c
    head    the head h that it binds

    >>> H, d, k = sizes("H d k")
    >>> shape(stack_heads(family("Q", H, d, k)[index("h", H)], index("h", H)))
    (H*d, k)
    """

    def _sizes(self) -> tuple[Any, Any]:
        rows, cols = self.expr.shape
        return self.head.size * rows, cols

    def _at(self, i: int, j: int) -> Any:
        rows = self.expr.shape[0]
        return self.at(i // int(rows))[i % int(rows), j] if whole(rows) else None


def sum_heads(expr: Expr, head: HeadIndex) -> HeadSum | ScalarHeadSum:
    """Σ_h of a matrix or of a scalar, over all heads h.

    expr    what is added up
    head    h, as `index` makes it

    >>> H, n, v, d = sizes("H n v d")
    >>> h, Z, O = index("h", H), family("Z", H, n, v), family("O", H, v, d)
    >>> prove(Equal(concat_heads(Z[h], h) @ stack_heads(O[h], h), sum_heads(Z[h] @ O[h], h))).over
    'any commutative ring'

    Raises    LanguageError when `head` is no head
    """
    kind = HeadSum if as_sympy(expr).is_Matrix else ScalarHeadSum
    return kind(expr, _checked(head))


def concat_heads(expr: MatrixExpr, head: HeadIndex) -> HeadConcat:
    """The heads side by side, [A_0 A_1 …].

    expr    A_h, one head
    head    h, as `index` makes it

    Shapes    expr m×c gives m×(H c)

    >>> H, n, v = sizes("H n v")
    >>> concat_heads(family("Z", H, n, v)[index("h", H)], index("h", H))
    concat_h(Z[h])

    Raises    LanguageError when `head` is no head
    """
    return HeadConcat(expr, _checked(head))


def stack_heads(expr: MatrixExpr, head: HeadIndex) -> HeadStack:
    """The heads one under the other.

    expr    A_h, one head
    head    h, as `index` makes it

    Shapes    expr m×c gives (H m)×c

    >>> H, v, d = sizes("H v d")
    >>> h, O = index("h", H), family("O", H, v, d)
    >>> prove(Equal(T(stack_heads(O[h], h)), concat_heads(O[h].T, h))).over
    'any commutative ring'

    Raises    LanguageError when `head` is no head
    """
    return HeadStack(expr, _checked(head))


def _checked(head: Any) -> HeadIndex:
    if not isinstance(head, HeadIndex):
        raise LanguageError(f"{text(head)} is not a head: write h = index('h', H)")
    return head
