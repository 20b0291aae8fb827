"""Quantifiers.  Claims about all values of some letters, and about some; they bind these letters.

For all heads h an equation is one of stacks: stack_h(A) = stack_h(B) says of every h that A = B.
"""

from __future__ import annotations

from typing import Any

from sympy import Tuple

from symattn.errors import LanguageError
from symattn.language.claims.claims import And, AtMost, Claim, Equal, Positive, as_claim
from symattn.language.heads import HeadIndex
from symattn.language.over_heads import stack_heads
from symattn.language.printing.text import text
from symattn.language.trees.base import Binder, as_sympy
from symattn.language.trees.unevaluated import filled

__all__ = ["Exists", "ForAll"]


class _Quantified(Binder, Claim):
    """A claim that binds letters."""

    @property
    def variables(self) -> tuple[Any, ...]:
        return self.args[0].args

    @property
    def claim(self) -> Any:
        return self.args[1]

    def _bound(self) -> tuple[Any, ...]:
        return self.variables


class ForAll(_Quantified):
    """The claim holds for all values of the variables.

    variables    a letter or several: matrices, scalars, families; or heads, as `index` makes them
    claim        the claim in which they occur; for all heads equations and bounds, and what `&` makes of these

    >>> d = sizes("d")
    >>> W, x, y = matrix("W", d, d), row("x", d), row("y", d)
    >>> prove(ForAll((x, y), Equal(total(x @ W @ y.T), total(y @ W @ x.T))) >> Equal(W, W.T)).over
    'any commutative ring'
    >>> h, Q = index("h", d), family("Q", d, d, d)
    >>> ForAll(h, Equal(Q[h], W)) == Equal(stack_heads(Q[h], h), stack_heads(W, h))
    True

    Raises    LanguageError for a variable that is no letter, and for another claim of all heads
    """

    def __new__(cls, variables: Any, claim: Claim) -> Any:
        bound, claim = _variables(variables, cls), as_claim(claim, cls)
        heads = [variable for variable in bound if isinstance(variable, HeadIndex)]
        for head in reversed(heads):
            claim = _for_every(head, claim)
        letters = Tuple(*(variable for variable in bound if variable not in heads))
        return super().__new__(cls, letters, claim) if letters or not heads else claim


class Exists(_Quantified):
    """The claim holds for some values of the variables; `witness` names them, one for each, when they are known.

    variables    a letter or several: matrices, scalars, families
    claim        the claim in which they occur
    witness      expressions for the variables; by default they are searched for

    >>> d, k = sizes("d k")
    >>> W, Q, K = matrix("W", d, d), matrix("Q", d, d), matrix("K", d, d)
    >>> prove(Exists((Q, K), Equal(Q @ K.T, W), witness=(W, identity(d)))).over
    'any commutative ring'

    Raises    LanguageError for a variable that is no letter, or another number of witnesses than variables
    """

    outside = (2,)

    def __new__(cls, variables: Any, claim: Claim, witness: Any = None) -> Any:
        bound, claim = _variables(variables, cls), as_claim(claim, cls)
        if witness is None:
            return super().__new__(cls, bound, claim)
        values = _sequence(witness)
        if len(values) != len(bound):
            raise LanguageError(f"Exists has {len(bound)} variables but {len(values)} witnesses: one for each")
        return super().__new__(cls, bound, claim, Tuple(*values))

    @property
    def witness(self) -> tuple[Any, ...] | None:
        return self.args[2].args if len(self.args) == 3 else None


def _for_every(head: HeadIndex, claim: Any) -> Any:
    """The claim for every head: of what it compares, one under the other."""
    if isinstance(claim, And):
        return And(*(_for_every(head, part) for part in claim.args))
    if isinstance(claim, ForAll):
        return ForAll(claim.variables, _for_every(head, claim.claim))
    if not isinstance(claim, Equal | AtMost | Positive):
        raise LanguageError(f"for all {head} there are equations and bounds, but {text(claim)} is neither")
    if head not in claim.free_symbols:
        raise LanguageError(f"{head} does not occur in {text(claim)}, which is to hold for all {head}")
    return claim.func(*(stack_heads(side if side.is_Matrix else filled(side, (1, 1)), head) for side in claim.args))


def _sequence(values: Any) -> tuple[Any, ...]:
    if isinstance(values, tuple | list):
        return tuple(map(as_sympy, values))
    return values.args if isinstance(values, Tuple) else (as_sympy(values),)


def _variables(values: Any, cls: type) -> Tuple:
    bound = Tuple(*_sequence(values))
    for variable in bound:
        if variable.free_symbols != {variable}:
            raise LanguageError(f"{cls.__name__} binds letters, but {text(variable)} is an expression")
    return bound
