"""abs, relu, max and min: a mask says which case each entry is in, and hypotheses say what the mask is.

    relu(x)                  Z ∘ x, where Z is 1 where x > 0 and 0 where x < 0
    abs(x)  norm1(x)         2 Z ∘ x - x, and the sum of these for a row or a column
    sign(x)                  abs(x)/x, which is 0 at 0 as 1/0 is
    maximum(x, y)            y + Z ∘ (x - y), where Z is that of x - y; minimum(x, y) is x - Z ∘ (x - y)
    max(x)  max(S, dim=1)    the sum of P ∘ x, where P is 1 at one greatest entry, or at one of each row

Z ∘ x is the same for every Z that the hypotheses allow, and there is one for every x: so a claim about relu(x) holds
for an x exactly when it holds for all such Z.  Where x varies with a quantifier, a derivative or an index, one Z does
not serve, and it is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from sympy import Integer, S

from symattn import language
from symattn.errors import LanguageError, layout
from symattn.language.trees.base import as_matrix
from symattn.language.trees.sides import common_shape, is_one_entry
from symattn.language.trees.unevaluated import Transpose, add, as_number, filled, multiply, repeated
from symattn.proof.text.scope import Scope
from symattn.proof.text.signatures import is_matrix
from symattn.proof.text.source import Source

__all__ = ["PIECEWISE", "applied", "definitions", "of_each", "refuse_varying", "words"]

ONE_BY_ONE = ("abs", "relu", "sign")
GREATEST = {"max": True, "amax": True, "min": False, "amin": False}
OF_TWO = {"maximum": True, "minimum": False}
PIECEWISE = (*ONE_BY_ONE, *GREATEST, *OF_TWO, "clip", "clamp", "norm1")
"""The functions that are read like this, by all their names."""

_VARYING = (language.ForAll, language.Exists, language.Gradient, language.Partial, language.Jacobian)
_BOUND = (language.Member, language.HeadIndex, language.HeadSum)


def applied(scope: Scope, piece: Source, node: ast.Call, name: str, value: Callable[[ast.expr], Any]) -> Any:
    """The function of what stands in the brackets.

    Raises    StatementError for other arguments than it takes
    """
    values = [value(part) for part in node.args]
    named = {str(word.arg): word.value for word in node.keywords}
    along = named.pop("dim", None) or named.pop("axis", None)
    axis = None if along is None else _axis(along)
    if named or (along is not None and (axis is None or name not in GREATEST or len(values) != 1)):
        raise piece.refuse(f"{name} has no such argument", node.keywords[0].value, accepted=_form(name))
    if name in ("clip", "clamp") and len(values) == 3:
        x, low, high = values
        return _of_two(scope, _of_two(scope, x, low, True), high, False)
    if len(values) == 1 and name in ONE_BY_ONE:
        return of_each(scope, name, *values)
    if len(values) == 1 and name == "norm1" and is_matrix(*values) and S.One in values[0].shape:
        return _sure(scope, language.total(as_matrix(of_each(scope, "abs", *values), name)))
    if len(values) == 1 and name in GREATEST and is_matrix(*values):
        return _greatest(scope, piece, node, values[0], axis, GREATEST[name])
    if len(values) == 2 and (name in OF_TWO or (name in GREATEST and not _has_an_axis(values))):
        return _of_two(scope, values[0], values[1], {**OF_TWO, **GREATEST}[name])
    raise piece.refuse(f"{name} does not take this", node, accepted=_form(name))


def of_each(scope: Scope, name: str, x: Any) -> Any:
    """abs, relu or sign of every entry of a matrix, or of a number."""
    x = as_number(x)
    kept = _times(_mask(scope, x), x)
    if name == "relu":
        return _sure(scope, kept)
    size = _sure(scope, add(multiply(Integer(2), kept), multiply(Integer(-1), x)))
    return size if name == "abs" else language.quotient(size, x)


def definitions(scope: Scope) -> tuple[Any, ...]:
    """The hypotheses that say what the masks are."""
    claims: list[Any] = []
    for (x, over), mask in scope.cases.items():
        if over == "sign":
            claims += [language.at_most(0, _times(mask, x)), language.at_most(_times(_rest(mask), x), 0)]
        else:
            total, whole = (language.rowsum, repeated) if over == "rows" else (language.total, filled)
            claims += [language.Equal(total(mask), 1), language.at_most(x, whole(total(_times(mask, x)), x.shape))]
    return tuple(claims)


def words(scope: Scope) -> list[str]:
    """The same in words."""
    where = {"rows": "one greatest entry of each row of", "all": "one greatest entry of"}
    return [
        f"{mask} is 1 where {language.text(x)} > 0, and 0 where it is < 0"
        if over == "sign"
        else f"{mask} is 1 at {where[over]} {language.text(x)}, and 0 elsewhere"
        for (x, over), mask in scope.cases.items()
    ]


def refuse_varying(scope: Scope, claim: Any) -> None:
    """A mask is for one x: nothing may vary it where the mask stands.

    Raises    LanguageError
    """
    masks = set(scope.cases.values())
    for node in claim.atoms(*_VARYING) if masks else ():
        if node.has(*masks):
            what = "abs, relu, sign, max and min are not read under quantifiers, nor under derivatives"
            note = "their derivatives jump where a case changes: write the case as a hypothesis, as x > 0"
            raise LanguageError(layout(what, [("here", language.text(node))], note))
    for x, _ in scope.cases:
        if x.has(*_BOUND):
            what = "abs, relu, sign, max and min are not read of what has an index"
            raise LanguageError(layout(what, [("here", language.text(x))], "write it for one matrix"))


def _mask(scope: Scope, x: Any, over: str = "sign") -> Any:
    """The mask of what stands there, the same wherever it stands again."""
    if (x, over) not in scope.cases:
        first = "Z" if over == "sign" else "P"
        taken = {*scope.names(), *(mask.name for mask in scope.cases.values())}
        name = next(n for k in range(len(taken) + 1) if (n := f"{first}{k or ''}") not in taken)
        scope.cases[x, over] = language.matrix(name, *(x.shape if is_matrix(x) else (1, 1)), mask=True)
    return scope.cases[x, over]


def _sure(scope: Scope, value: Any) -> Any:
    """The value, which is at least 0."""
    scope.sure.add(value)
    return value


def _times(mask: Any, x: Any) -> Any:
    """What the mask leaves of x."""
    return language.hadamard(mask, x) if is_matrix(x) else multiply(_one_entry(mask), x)


def _one_entry(mask: Any) -> Any:
    """The mask of a number, or what is 1 where that is 0, as a number."""
    return language.entry(mask, 0, 0)


def _rest(mask: Any) -> Any:
    return add(filled(1, mask.shape), multiply(Integer(-1), mask))


def _of_two(scope: Scope, x: Any, y: Any, greater: bool) -> Any:
    """The greater or the smaller one, entry by entry."""
    x, y = as_number(x), as_number(y)
    shapes = [tuple(side.shape) for side in (x, y) if is_matrix(side)]
    shape = common_shape(shapes) if shapes else None
    if shape is not None:
        x, y = (repeated(side, shape) if is_matrix(side) else filled(side, shape) for side in (x, y))
    apart = add(x, multiply(Integer(-1), y))
    above = _times(_mask(scope, apart), apart)
    return add(y, above) if greater else add(x, multiply(Integer(-1), above))


def _greatest(scope: Scope, piece: Source, node: ast.Call, x: Any, axis: int | None, greatest: bool) -> Any:
    """The greatest entry, or the column of those of the rows, or the row of those of the columns."""
    if any((language.lower_bound(side) or 0) < 1 for side in x.shape):
        raise piece.refuse("what may have no entries has no greatest one", node)
    if not greatest:
        return multiply(Integer(-1), _greatest(scope, piece, node, multiply(Integer(-1), x), axis, True))
    if is_one_entry(x):
        return as_number(x)
    if axis in (0, -2):
        return Transpose(_greatest(scope, piece, node, Transpose(x), 1, True))
    if axis is None:
        found = language.total(_times(_mask(scope, x, "all"), x))
        return _sure(scope, found) if x in scope.sure else found
    return language.rowsum(_times(_mask(scope, x, "rows"), x))


def _axis(node: ast.expr) -> int | None:
    """The axis that is written there, None where it is none."""
    try:
        return {0: 0, -2: 0, 1: 1, -1: 1}[ast.literal_eval(node)]
    except (ValueError, KeyError, TypeError):
        return None


def _has_an_axis(values: list[Any]) -> bool:
    """Whether the second argument may be an axis: max(x, 1) is the greatest along one to NumPy and torch."""
    return is_matrix(values[0]) and isinstance(values[1], Integer)


def _form(name: str) -> str:
    if name in GREATEST:
        two = "maximum" if GREATEST[name] else "minimum"
        return f"Write {name}(x), {name}(S, dim=1), or {two}(x, y), entry by entry, where one may be a number."
    if name == "norm1":
        return "Write norm1(x) of a row or a column; that of a matrix can mean two things."
    return (
        f"Write {name}(x, low, high)." if name in ("clip", "clamp") else f"Write {name}(x{', y' * (name in OF_TWO)})."
    )
