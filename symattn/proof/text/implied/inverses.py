"""Inverses of what is not declared to have one: who writes `inv(K)` or `inv(I + A@B)` means where there is one.

A letter is read as an invertible one; anything else gets a letter of its own, M, with the hypothesis `M == I + A@B`.
Under quantifiers it stays an error, for there it would not be clear of which letters it is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import sympy

from symattn import language
from symattn.language.trees.inert import UndeclaredInverse
from symattn.language.trees.sides import same_size
from symattn.language.trees.unevaluated import Transpose
from symattn.proof.text.implied import size_powers
from symattn.proof.text.scope import Scope

MOST = 12
_NAMES = ("M", "N", "L", *(f"M{k}" for k in range(1, MOST)))
_Read = TypeVar("_Read")


def inverse_in(scope: Scope, matrix: Any) -> Any:
    """The inverse of the matrix, or of the letter that is put in its place.

    Raises    UndeclaredInverse where there is none
    """
    if isinstance(matrix, sympy.Transpose | language.T) and matrix.args[0] in scope.inverted:
        return Transpose(language.inverse(scope.inverted[matrix.args[0]]))
    return language.inverse(scope.inverted.get(matrix, matrix))


def with_inverses(scope: Scope, read: Callable[[Scope], tuple[Any, ...]]) -> tuple[Scope, tuple[Any, ...]]:
    """What is read, claims one and all, with what is inverted in it invertible; and the scope that it is about.

    Raises    UndeclaredInverse for what is not square, differs from head to head or may be quantified
    """
    missing: list[UndeclaredInverse] = []
    while True:
        try:
            claims = read(scope)
        except UndeclaredInverse as error:
            missing.append(error)
            if len(missing) == MOST:
                raise
            scope = _with(scope, error)
            continue
        if missing and any(claim.has(language.ForAll, language.Exists) for claim in claims):
            raise missing[-1]
        return scope, claims


def definitions(scope: Scope) -> tuple[Any, ...]:
    """The hypotheses that say what the new letters are."""
    return tuple(language.Equal(letter, matrix) for matrix, letter in scope.inverted.items())


def _with(scope: Scope, missing: UndeclaredInverse) -> Scope:
    (matrix,) = missing.args
    if isinstance(matrix, sympy.Transpose | language.T):
        matrix = matrix.args[0]
    if not same_size(*matrix.shape) or size_powers.without(scope, matrix).has(language.Member):
        raise missing
    if isinstance(matrix, language.Matrix):
        name = next((name for name, letter in scope.letters.items() if letter == matrix), None)
        if name is None or matrix.facts:
            raise missing
        letter = language.matrix(name, *matrix.shape, invertible=True)
        # what was read of other inverses may be about the letter as it was
        letters, taken = {**scope.letters, name: letter}, (*scope.taken, name)
        return replace(scope, letters=letters, inverted={}, taken=taken)
    name = next(n for n in _NAMES if scope.find(n) is None and all(str(a.name) != n for a in scope.inverted.values()))
    letter = language.matrix(name, *matrix.shape, invertible=True)
    return replace(scope, inverted={**scope.inverted, matrix: letter})
