"""Heads.  A family is a letter with one more index, the head; sums, concatenations and `ForAll` bind that index.

What it counts may as well be layers, or tokens as they come: then X[l + 1] is the state that comes after X[l].
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Basic, Expr, S, Symbol, expand
from sympy.core.symbol import Str

from symattn.errors import LanguageError
from symattn.language.printing.text import text
from symattn.language.sizes import is_size
from symattn.language.trees.base import MatrixNode, Printed, as_sympy, whole

__all__ = ["Family", "HeadIndex", "Member", "Pair", "family", "group", "index", "place_of"]


class HeadIndex(Symbol):
    """A head: a whole number from 0 to `size` - 1.

    name    what it is called
    size    how many heads there are

    >>> index("h", sizes("H")).size
    H
    """

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
    """Head number g R + r out of G R heads: member r of group g.  A number as soon as both are.

    g, r               the group and the member, heads or whole numbers
    groups, members    G and R, how many there are of each

    >>> G, R = sizes("G R")
    >>> group(index("g", G), index("r", R)).size
    G*R
    """

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
    """H matrices of one shape under one name; family[h] is one of them, and family[-1] the last.

    name          what it is called
    heads         H, how many matrices there are
    rows, cols    the shape of each

    >>> Q = family("Q", *sizes("H d k"))
    >>> Q.shape, Q[0]
    ((d, k), Q[0])
    """

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
        from_the_end = as_sympy(head).is_Integer and head < 0
        return Member(self.name, self.heads, *self.shape, expand(self.heads + head) if from_the_end else head)


class Member(MatrixNode):
    """One matrix of a family: Q_h.

    name, heads, rows, cols    those of the family
    head                       which one: a head, a whole number, a size, a head and one of these more, or `group(g, r)`

    >>> family("Q", *sizes("H d k"))[0].family.heads
    H
    >>> L, n, d = sizes("L n d")
    >>> X, l = family("X", L + 1, n, d), index("l", L)
    >>> X[l + 1], X[-1]
    (X[l + 1], X[L])

    Raises    LanguageError for anything else in the brackets
    """

    is_letter = True

    def __new__(cls, name: Any, heads: Any, rows: Any, cols: Any, head: Any) -> Any:
        head = as_sympy(head)
        steps = place_of(head)[1]
        if not (steps.is_Integer and steps >= 0) and not is_size(steps):
            said = "a head h, a whole number, a size, h + 1 or group(g, r)"
            raise LanguageError(f"{name} is indexed by {said}, not by {text(head)}")
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
            value, head = rule[self.family], self.head._xreplace(rule)[0]
            return (value[head] if isinstance(value, Family) else value.at(head)), True
        return super()._xreplace(rule)


def place_of(head: Any) -> tuple[Any, Any]:
    """The head, a pair of heads or None, and what is added to it: a whole number or a size."""
    if isinstance(head, Pair):
        return head, S.Zero
    parts = Add.make_args(head)
    found = next((part for part in parts if isinstance(part, HeadIndex)), None)
    return found, head if found is None else Add(*(part for part in parts if part is not found))


def index(name: str, size: Expr | int) -> HeadIndex:
    """A head h with 0 ≤ h < size, for sums and concatenations over all of them.

    name    what it is called
    size    how many heads there are

    >>> H, d, k = sizes("H d k")
    >>> h, Q = index("h", H), family("Q", H, d, k)
    >>> prove(Equal(T(sum_heads(Q[h], h)), sum_heads(Q[h].T, h))).claim
    T(Σ_h Q[h]) = Σ_h Q[h]ᵀ
    """
    return HeadIndex(name, size)


def family(name: str, heads: Expr | int, rows: Expr | int, cols: Expr | int) -> Family:
    """A letter for `heads` real rows×cols matrices; Q[h] is one of them, X[l + 1] the one after X[l], X[-1] the last.

    name          what it is called
    heads         how many matrices there are
    rows, cols    the shape of each

    >>> H, d, k = sizes("H d k")
    >>> Q = family("Q", H, d, k)
    >>> shape(Q[index("h", H)] @ Q[0].T)
    (d, d)
    >>> l, X, F = index("l", H), family("X", H + 1, d, k), family("F", H, d, k)
    >>> prove(Equal(X[1] - X[0], F[0]), given=ForAll(l, Equal(X[l + 1], X[l] + F[l]))).given
    (∀ l: X[l + 1] = X[l] + F[l],)
    """
    return Family(name, heads, rows, cols)


def group(g: HeadIndex, r: HeadIndex) -> Pair:
    """Head number g R + r, for g one of G groups and r one of its R members, as in grouped-query attention.

    g, r    two heads: index("g", G) and index("r", R)

    >>> G, R, d, k = sizes("G R d k")
    >>> g, r, Q, K = index("g", G), index("r", R), family("Q", G * R, d, k), family("K", G, d, k)
    >>> Q[group(g, r)] @ K[g].T
    Q[group(g, r)] K[g]ᵀ

    Raises    LanguageError when one of them is not a head index, whose size would be unknown
    """
    for part in (g, r):
        if not isinstance(part, HeadIndex):
            raise LanguageError(f"group needs two head indices, but {text(part)} is none")
    return Pair(g, r, g.size, r.size)
