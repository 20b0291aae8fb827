"""Powers of a matrix by a size, `A^k` and `A^(m + n)`: members of a family of which hypotheses say what it is.

A^k is P[k], where P[0] = 1 and P[l + 1] = P[l] A for all l < k.  There is one such P for every A, so a claim about A^k
holds for an A exactly when it holds for P[k]; under quantifiers and derivatives, where A varies, it is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from sympy import Basic

from symattn import language
from symattn.errors import LanguageError, layout
from symattn.language.trees.unevaluated import multiply
from symattn.proof.text.scope import Scope
from symattn.proof.text.source import Source

__all__ = ["definitions", "power_by_size", "refuse_derivative", "refuse_varying", "short", "without", "words"]

WHAT = "powers by a size are not read"
_VARYING = (language.ForAll, language.Exists, language.Gradient, language.Partial, language.Jacobian)
_BOUND = (language.Member, language.HeadIndex, language.HeadSum)


def power_by_size(scope: Scope, base: Any, exponent: Any) -> Any:
    """The power of a square matrix."""
    family = scope.powers.get((base, exponent))
    if family is None:
        family = language.family(_unused(scope, base), exponent + 1, *base.shape)
        scope.powers[base, exponent] = family
    return family[exponent]


def definitions(scope: Scope) -> tuple[Any, ...]:
    """The hypotheses that say what the powers are; those of a power come after those of what it is made of."""
    return tuple(claim for each in _each(scope) for claim in each)


def _each(scope: Scope) -> Iterator[tuple[Any, Any]]:
    for (base, exponent), family in scope.powers.items():
        l = language.index(f"{family.name}_step", exponent)
        start = language.Equal(family[0], language.identity(family.shape[0]))
        yield start, language.ForAll(l, language.Equal(family[l + 1], multiply(family[l], base)))


def words(scope: Scope) -> list[str]:
    """The same in words."""
    return [
        f"{_name(base, exponent)} is the product of {exponent} factors {language.text(base)}, and 1 for none"
        for base, exponent in scope.powers
    ]


def short(scope: Scope, expr: Any) -> Any:
    """The expression with powers as they were written."""
    names = {family[at[1]]: language.matrix(_name(*at), *family.shape) for at, family in scope.powers.items()}
    return expr.xreplace(names)


def without(scope: Scope, expr: Any) -> Any:
    """The expression with zeros for the powers in it, which are members of families, but of no head."""
    return expr.xreplace({family[at[1]]: language.zeros(*family.shape) for at, family in scope.powers.items()})


def refuse_derivative(scope: Scope, piece: Source, node: ast.expr, arguments: list[Any]) -> None:
    """Refuse what is differentiated or quantified, where a family would stand still while its matrix varies.

    Raises    StatementError
    """
    if any(_has_power(scope, part) for part in arguments):
        hint = "State it of a letter that is free, or of a power by a number."
        raise piece.refuse(
            "powers by a size are not read under quantifiers, nor under derivatives", node, accepted=hint
        )


def refuse_varying(scope: Scope, claim: Any) -> None:
    """A family of powers is of one matrix: nothing may vary it where its powers stand.

    Raises    LanguageError
    """
    for node in claim.atoms(*_VARYING) if scope.powers else ():
        if _has_power(scope, node):
            _refuse(node, f"{WHAT} under quantifiers, nor under derivatives")
    for base, _ in scope.powers:
        if without(scope, base).has(*_BOUND):
            _refuse(base, f"{WHAT} of what has an index")


def _has_power(scope: Scope, expr: Any) -> bool:
    families = set(scope.powers.values())
    return isinstance(expr, Basic) and not families.isdisjoint(language.letters_of(expr, bound_too=True))


def _refuse(node: Any, what: str) -> None:
    note = "there they would be of another matrix each time: state it of a letter that is free"
    raise LanguageError(layout(what, [("here", language.text(node))], note))


def _name(base: Any, exponent: Any) -> str:
    below = language.text(base) if not base.args or isinstance(base, language.Matrix) else f"({language.text(base)})"
    above = str(exponent) if not exponent.args else f"({exponent})"
    return f"{below}^{above}"


def _unused(scope: Scope, base: Any) -> str:
    start = f"{base.name}_powers" if hasattr(base, "name") else "powers"
    taken = {*scope.names(), *(family.name for family in scope.powers.values())}
    return next(n for k in range(len(taken) + 1) if (n := start + (f"_{k + 1}" if k else "")) not in taken)
