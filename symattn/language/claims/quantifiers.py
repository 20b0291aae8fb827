"""Quantifiers.  Claims about all values of some letters, and about some; they bind these letters."""

from __future__ import annotations

from typing import Any

from sympy import Tuple

from symattn.errors import LanguageError
from symattn.language.claims.claims import Claim, as_claim
from symattn.language.printing.text import text
from symattn.language.trees.base import Binder, as_sympy

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

    variables    a letter or several: matrices, scalars, families
    claim        the claim in which they occur

    >>> d = sizes("d")
    >>> W, x, y = matrix("W", d, d), row("x", d), row("y", d)
    >>> prove(ForAll((x, y), Equal(total(x @ W @ y.T), total(y @ W @ x.T))) >> Equal(W, W.T)).over
    'any commutative ring'

    Raises    LanguageError for a variable that is no letter
    """

    def __new__(cls, variables: Any, claim: Claim) -> Any:
        return super().__new__(cls, _variables(variables, cls), as_claim(claim, cls))


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
