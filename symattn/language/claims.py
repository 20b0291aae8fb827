"""Claims.  What can be said of expressions; a claim never evaluates, and is not a truth value.

quantifiers.py adds what is said of all letters, and of some.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Basic, Expr
from sympy.logic.boolalg import Boolean

from symattn.errors import LanguageError, layout
from symattn.language.printing.text import text
from symattn.language.trees.base import Inert, ScalarNode, as_matrix, as_scalar, as_sympy
from symattn.language.walk import letters_of, sizes_of

__all__ = [
    "PSD",
    "And",
    "AtMost",
    "Claim",
    "Equal",
    "Iff",
    "Implies",
    "Not",
    "Positive",
    "Rank",
    "RankAtLeast",
    "RankAtMost",
    "as_claim",
    "at_most",
    "under",
]


class Claim(Inert, Boolean):
    """A statement about letters.  Whether it holds is asked of decide or prove, not of bool()."""

    def __new__(cls, *args: Any) -> Any:
        claim = Basic.__new__(cls, *map(as_sympy, args))
        hash(claim)
        return claim

    @property
    def letters(self) -> tuple[Any, ...]:
        """The free letters, in the order in which they are read."""
        return letters_of(self)

    @property
    def sizes(self) -> tuple[Any, ...]:
        """Every size in it, also inside the shapes of letters, in the order in which they are read."""
        return sizes_of(self)

    def __bool__(self) -> bool:
        raise TypeError(f"a claim is not true or false by itself: decide({text(self)}) says which")

    def __and__(self, other: Any) -> And:
        return And(self, other)

    def __invert__(self) -> Not:
        return Not(self)

    def __rshift__(self, other: Any) -> Implies:
        return Implies(self, other)

    def __or__(self, other: Any) -> Any:
        raise LanguageError("claims have no `or`: state each alternative, or not(not P and not Q)")

    __ror__ = __xor__ = __rxor__ = __or__

    def __rand__(self, other: Any) -> And:
        return And(other, self)

    def __lshift__(self, other: Any) -> Implies:
        return Implies(other, self)


class _Binary(Claim):
    """A claim about two expressions of one kind."""

    def __new__(cls, left: Any, right: Any) -> Any:
        left, right = _expression(left, cls), _expression(right, cls)
        if left.is_Matrix != right.is_Matrix:
            one = text(right if left.is_Matrix else left)
            raise LanguageError(f"{cls.__name__} compares a matrix with the scalar {one}; total(A) makes a scalar")
        return super().__new__(cls, left, right)

    @property
    def left(self) -> Any:
        return self.args[0]

    @property
    def right(self) -> Any:
        return self.args[1]


class Equal(_Binary):
    """left = right: two matrices of one shape, or two scalars."""


class AtMost(_Binary):
    """left ≤ right, entry by entry."""


class Rank(ScalarNode):
    """The rank of a matrix.  Compared with a number or another rank it makes a claim: Rank(Q @ K.T) <= k."""

    is_integer = True
    is_nonnegative = True

    def __new__(cls, arg: Any) -> Rank:
        return super().__new__(cls, as_matrix(arg, "Rank"))

    @property
    def arg(self) -> Any:
        return self.args[0]

    def __le__(self, other: Any) -> Any:
        return RankAtMost(self.arg, other)

    def __ge__(self, other: Any) -> Any:
        return RankAtLeast(self.arg, other)

    def __lt__(self, other: Any) -> Any:
        return RankAtMost(self.arg, as_sympy(other) - 1)

    def __gt__(self, other: Any) -> Any:
        return RankAtLeast(self.arg, as_sympy(other) + 1)

    def as_explicit(self) -> Any:
        raise LanguageError(f"{text(self)} is not a formula in entries")


class _RankBound(Claim):
    """A claim that compares the rank of a matrix with a number."""

    def __new__(cls, arg: Any, bound: Any) -> Any:
        return super().__new__(cls, as_matrix(arg, cls.__name__), as_scalar(bound, cls.__name__))

    @property
    def arg(self) -> Any:
        return self.args[0]

    @property
    def bound(self) -> Any:
        return self.args[1]


class RankAtMost(_RankBound):
    """rank A ≤ bound."""


class RankAtLeast(_RankBound):
    """rank A ≥ bound."""


class _About(Claim):
    """A claim about one expression."""

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, _expression(arg, cls))

    @property
    def arg(self) -> Any:
        return self.args[0]


class PSD(_About):
    """A is symmetric and x A xᵀ ≥ 0 for every row x."""

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, as_matrix(arg, "PSD"))


class Positive(_About):
    """Every entry is > 0."""


class And(Claim):
    """All of the claims, in this order."""

    def __new__(cls, *claims: Any) -> Any:
        return super().__new__(cls, *(as_claim(part, cls) for part in claims))


class Not(Claim):
    """The claim does not hold.  As in every claim, free letters stand for all values: `Not(Equal(A, B))` says of all A
    and B that they differ, which is false; that some differ is `Exists((A, B), Not(Equal(A, B)))`.
    """

    def __new__(cls, claim: Any) -> Any:
        return super().__new__(cls, as_claim(claim, cls))

    @property
    def claim(self) -> Any:
        return self.args[0]


class Implies(Claim):
    """If the hypothesis holds, so does the conclusion."""

    def __new__(cls, hypothesis: Any, conclusion: Any) -> Any:
        return super().__new__(cls, as_claim(hypothesis, cls), as_claim(conclusion, cls))

    @property
    def hypothesis(self) -> Any:
        return self.args[0]

    @property
    def conclusion(self) -> Any:
        return self.args[1]


class Iff(Claim):
    """Each of the two implies the other."""

    def __new__(cls, left: Any, right: Any) -> Any:
        return super().__new__(cls, as_claim(left, cls), as_claim(right, cls))

    @property
    def left(self) -> Any:
        return self.args[0]

    @property
    def right(self) -> Any:
        return self.args[1]


def at_most(left: Any, right: Any) -> Any:
    """left ≤ right, entry by entry; a rank on either side makes a claim about ranks."""
    left, right = as_sympy(left), as_sympy(right)
    if isinstance(left, Rank):
        return RankAtMost(left.arg, right)
    if isinstance(right, Rank):
        return RankAtLeast(right.arg, left)
    return AtMost(left, right)


def _expression(value: Any, cls: type) -> Any:
    value = as_sympy(value)
    if not isinstance(value, Expr):
        raise LanguageError(f"{cls.__name__} is about matrices or scalars, not about {text(value)}")
    return value


def as_claim(value: Any, cls: type) -> Claim:
    """`value`, when it is a claim; `cls` names the use in the error."""
    if not isinstance(value, Claim):
        note = "Equal(A, B), AtMost(A, B), Rank(A) <= k with the rank on the left, …"
        raise LanguageError(layout(f"{cls.__name__} takes claims, not {text(value)}", note=f"claims are {note}"))
    return value


def under(given: Iterable[Any], claim: Any) -> Any:
    """The claim under its hypotheses, as one claim."""
    given = tuple(given)
    if not given:
        return claim
    return Implies(given[0] if len(given) == 1 else And(*given), claim)
