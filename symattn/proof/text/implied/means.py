"""E, Var and Cov of letters that are declared random, `x:1*n:gaussian` or `x:1*n:random`.

A random letter has independent entries of mean 0 and variance 1, also independent of those of all other letters; with
`gaussian` they are normal, with `random` nothing more is known.  Another mean or variance is written out: m + x@A.
What E(f) is, `symattn.expectation` defines.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from sympy import Integer

from symattn import language
from symattn.errors import LanguageError, layout
from symattn.language.trees.unevaluated import Transpose, add, as_number, multiply
from symattn.proof.text.scope import Scope
from symattn.proof.text.signatures import is_matrix
from symattn.proof.text.source import Source

__all__ = ["MOMENTS", "moment", "refuse_random", "short", "words"]

MOMENTS = ("E", "Var", "Cov", "expectation")

_FORMS = {
    "E": "Write E(f), over all random letters in f, or E(f, x).",
    "Var": "Write Var(f) of a number.  Of a row x, Cov(x) is the matrix of E((x - E(x)).T@(x - E(x))).",
    "Cov": "Write Cov(f, g) of two numbers, or Cov(x) of a row or a column.",
}


def moment(scope: Scope, piece: Source, node: ast.Call, name: str, value: Callable[[ast.expr], Any]) -> Any:
    """The mean, the variance or the covariance of what stands in the brackets.

    Raises    StatementError for other arguments, and for what is not random
    """
    name = "E" if name == "expectation" else name
    count = 2 if name == "Cov" and len(node.args) == 2 and not _is_random(scope, node.args[1]) else 1
    values = [as_number(value(part)) for part in node.args[:count]]
    if node.keywords or len(values) < count:
        raise piece.refuse(f"{name} does not take this", node, accepted=_FORMS[name])
    for part in node.args[count:]:
        if not _is_random(scope, part):
            hint = "Declare it as x:1*n:gaussian, or as x:1*n:random when no more is known than mean 0 and variance 1."
            raise piece.refuse(f"{piece.quote(part)!r} is no random letter", part, accepted=hint)
    named = [scope.letters[part.id] for part in node.args[count:] if isinstance(part, ast.Name)]
    letters = named or [letter for letter in scope.random if any(f.has(letter) for f in values)]
    if name == "E":
        return _mean(scope, values[0], letters, f"E({language.text(short(scope, values[0]))})")
    if name == "Cov" and len(values) == 1 and is_matrix(values[0]) and 1 in values[0].shape:
        row = values[0] if values[0].shape[0] == 1 else Transpose(values[0])
        return _covariance(scope, Transpose(row), row, letters, "Cov", values)
    if any(map(is_matrix, values)):
        raise piece.refuse(f"{name} does not take this", node, accepted=_FORMS[name])
    return _covariance(scope, values[0], values[-1], letters, name, values)


def refuse_random(scope: Scope, claims: Iterable[Any]) -> None:
    """A random letter stands in a mean over it and nowhere else.

    Raises    LanguageError
    """
    for claim in claims:
        for letter in scope.random:
            if claim.has(letter):
                pairs = [("random", language.text(letter)), ("in", language.text(short(scope, claim)))]
                note = "write E(…) around it; inverses, abs, relu and max of it have no mean here"
                raise LanguageError(layout("a random letter stands outside of its mean", pairs, note))


def words(scope: Scope) -> list[str]:
    """What is taken for granted of random letters."""
    kinds = {True: ", and normal", False: ""}
    return [
        f"the entries of {letter} are independent, with mean 0 and variance 1{kinds[normal]}"
        for letter, normal in scope.random.items()
    ]


def _is_random(scope: Scope, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and scope.letters.get(node.id) in scope.random


def _mean(scope: Scope, f: Any, letters: list[Any], called: str = "") -> Any:
    found = f
    for letter in letters:
        found = language.expectation(found, letter, normal=scope.random[letter])
    if called and found != f:
        scope.means[found] = called
    return found


def _covariance(scope: Scope, f: Any, g: Any, letters: list[Any], name: str, values: list[Any]) -> Any:
    """E f g - E f E g."""
    apart = multiply(_mean(scope, f, letters), _mean(scope, g, letters))
    found = add(_mean(scope, multiply(f, g), letters), multiply(Integer(-1), apart))
    scope.means[found] = f"{name}({', '.join(language.text(short(scope, each)) for each in values)})"
    return found


def short(scope: Scope, expr: Any) -> Any:
    """The expression with means as they were written."""
    names = {
        mean: language.matrix(name, *mean.shape) if is_matrix(mean) else language.scalar(name)
        for mean, name in scope.means.items()
    }
    return expr.xreplace(names)
