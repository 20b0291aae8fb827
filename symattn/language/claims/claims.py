"""Claims.  What can be said of expressions; a claim never evaluates, and is not a truth value.

quantifiers.py adds what is said of all letters, and of some.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Basic, Expr
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanAtom

from symattn.errors import LanguageError, layout
from symattn.language.printing.text import text
from symattn.language.trees.base import Inert, as_matrix, as_sympy
from symattn.language.trees.sides import is_one_entry, same_size, two_meanings
from symattn.language.trees.unevaluated import as_number, filled
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
    "as_claim",
    "no_claim",
    "under",
]

_OURS = {"<=": "at_most(a, b)", ">=": "at_most(b, a)", "<": "Positive(b - a)", ">": "Positive(a - b)"}


class Claim(Inert, Boolean):
    """A statement about letters.  Whether it holds is asked of decide or prove, not of bool().

    args    its parts, expressions and claims, as each kind of claim takes them

    Claims are combined by `P & Q`, `~P` and `P >> Q`; there is no `or`.

    >>> n, d = sizes("n d")
    >>> A, B = matrix("A", n, d), matrix("B", n, d)
    >>> claim = Equal(A, B) >> Equal(A.T, B.T)
    >>> claim.letters, claim.sizes
    ((A, B), (n, d))

    Raises    TypeError where it is used as a truth value
    """

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

    def __new__(cls, left: Expr | int, right: Expr | int) -> Any:
        left, right = _expression(left, cls), _expression(right, cls)
        return super().__new__(cls, cls._beside(left, right), cls._beside(right, left))

    @classmethod
    def _beside(cls, value: Any, other: Any) -> Any:
        """One side as it is beside the other: a number is a 1×1 matrix, and stands for a matrix full of it."""
        if value.is_Matrix == other.is_Matrix:
            return value
        if value.is_Matrix:
            return as_number(value)
        return value if is_one_entry(other) else filled(value, other.shape)

    @property
    def left(self) -> Any:
        return self.args[0]

    @property
    def right(self) -> Any:
        return self.args[1]


class Equal(_Binary):
    """left = right: two matrices of one shape, or two scalars.

    left, right    the two sides; a number beside a matrix stands for that number in every entry

    >>> n, k = sizes("n k")
    >>> Q, K = matrix("Q", n, k), matrix("K", n, k)
    >>> decide(Equal(Q @ K.T, K @ Q.T)).status
    'refuted'
    >>> prove(Equal(rowsum(softmax(Q)), 1)).claim
    rowsum(softmax(Q)) = ones(n, 1)

    Raises    LanguageError for a square matrix and a number other than 0, which can mean two things; ShapeError, when
              it is judged, for two shapes
    """

    @classmethod
    def _beside(cls, value: Any, other: Any) -> Any:
        square = other.is_Matrix and not is_one_entry(other) and same_size(*other.shape)
        if square and not value.is_Matrix and value != 0:
            raise two_meanings(f"{text(other)}, which is square, is compared with", value, other.shape)
        return super()._beside(value, other)


class AtMost(_Binary):
    """left ≤ right, entry by entry.

    left, right    two matrices of one shape, or two scalars; a number beside a matrix is below, or above, every entry

    >>> n, d = sizes("n d")
    >>> A, B = matrix("A", n, d), matrix("B", n, d)
    >>> square = normsquared(A - B)
    >>> prove(AtMost(2 * inner(A, B), normsquared(A) + normsquared(B)), hints=[square]).over
    'the real numbers'

    Raises    ShapeError, when it is judged, for two shapes
    """


class _About(Claim):
    """A claim about one expression."""

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, _expression(arg, cls))

    @property
    def arg(self) -> Any:
        return self.args[0]


class PSD(_About):
    """A is symmetric and x A xᵀ ≥ 0 for every row x.

    arg    the matrix A, n×n

    >>> X = matrix("X", *sizes("n d"))
    >>> prove(PSD(X @ X.T)).claim
    X Xᵀ ⪰ 0
    """

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, as_matrix(arg, "PSD"))


class Positive(_About):
    """Every entry is > 0.

    arg    a matrix or a scalar

    >>> prove(Positive(softmax(matrix("S", *sizes("n m"))))).claim
    softmax(S) > 0
    """


class And(Claim):
    """All of the claims, in this order; `P & Q` is the same.

    claims    any number of claims

    >>> n, d = sizes("n d")
    >>> X = matrix("X", n, d)
    >>> prove(And(PSD(X @ X.T), Rank(X @ X.T) <= d)).claim
    X Xᵀ ⪰ 0 ∧ rank(X Xᵀ) ≤ d

    Raises    LanguageError for what is no claim
    """

    def __new__(cls, *claims: Claim) -> Any:
        return super().__new__(cls, *(as_claim(part, cls) for part in claims))


class Not(Claim):
    """The claim does not hold.  As in every claim, free letters stand for all values: `Not(Equal(A, B))` says of all A
    and B that they differ, which is false; that some differ is `Exists((A, B), Not(Equal(A, B)))`.

    claim    the claim that is denied

    >>> n = sizes("n")
    >>> A, B = matrix("A", n, n), matrix("B", n, n)
    >>> decide(Not(Equal(A, B))).status
    'refuted'
    >>> decide(Exists((A, B), Not(Equal(A, B)))).status
    'proved'

    Raises    LanguageError for what is no claim
    """

    def __new__(cls, claim: Claim) -> Any:
        return super().__new__(cls, as_claim(claim, cls))

    @property
    def claim(self) -> Any:
        return self.args[0]


class Implies(Claim):
    """If the hypothesis holds, so does the conclusion.

    hypothesis    a claim
    conclusion    a claim about the same letters

    >>> n, d = sizes("n d")
    >>> X, W = matrix("X", n, d), matrix("W", d, d)
    >>> S = X @ W @ X.T
    >>> prove(Implies(Equal(W, W.T), Equal(S, S.T))).over
    'any commutative ring'

    Raises    LanguageError for what is no claim
    """

    def __new__(cls, hypothesis: Claim, conclusion: Claim) -> Any:
        return super().__new__(cls, as_claim(hypothesis, cls), as_claim(conclusion, cls))

    @property
    def hypothesis(self) -> Any:
        return self.args[0]

    @property
    def conclusion(self) -> Any:
        return self.args[1]


class Iff(Claim):
    """Each of the two implies the other.

    left, right    two claims

    >>> n, d = sizes("n d")
    >>> A, B = matrix("A", n, d), matrix("B", n, d)
    >>> prove(Iff(Equal(A, B), Equal(A.T, B.T))).over
    'any commutative ring'

    Raises    LanguageError for what is no claim
    """

    def __new__(cls, left: Claim, right: Claim) -> Any:
        return super().__new__(cls, as_claim(left, cls), as_claim(right, cls))

    @property
    def left(self) -> Any:
        return self.args[0]

    @property
    def right(self) -> Any:
        return self.args[1]


def _expression(value: Any, cls: type) -> Any:
    value = as_sympy(value)
    if not isinstance(value, Expr):
        raise LanguageError(f"{cls.__name__} is about matrices or scalars, not about {text(value)}")
    return value


def as_claim(value: Any, cls: type) -> Claim:
    """`value`, when it is a claim; `cls` names the use in the error."""
    if not isinstance(value, Claim):
        raise no_claim(value, f"{cls.__name__} takes claims, not {text(value)}")
    return value


def no_claim(value: Any, what: str) -> LanguageError:
    """The error for something that is no claim, with what was probably meant."""
    note = "claims are Equal(A, B), at_most(A, B), Rank(A) <= k with the rank on the left, PSD(A), …"
    if isinstance(value, bool | BooleanAtom):
        note = f"A == B is compared at once, as Python does, and is {value}: write Equal(A, B)"
    elif isinstance(value, Relational):
        note = f"SymPy compares numbers by itself: write {_OURS.get(value.rel_op, 'Equal')}"
    return LanguageError(layout(what, note=note))


def under(given: Iterable[Claim], claim: Claim) -> Claim:
    """The claim under its hypotheses, as one claim."""
    given = tuple(given)
    if not given:
        return claim
    return Implies(given[0] if len(given) == 1 else And(*given), claim)
