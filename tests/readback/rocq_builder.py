"""Layer views: from the plain trees of rocq_grammar.py to the language, for the reader."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add, matmul, mul
from typing import Any

from sympy import Integer, Rational

from symattn import language as lang
from symattn.errors import StatementError
from tests.readback.rocq_grammar import Tree, claim

__all__ = ["Scope", "build_claim", "build_size", "letter"]


@dataclass
class Scope:
    """What the names mean.  Inside a derivative `moving` names the letter that moves; all others must be lifted."""

    letters: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, Any] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    moving: str | None = None

    def with_head(self, name: str, size: Any) -> Scope:
        return replace(self, heads={**self.heads, name: lang.index(name, size)})

    def with_letters(self, letters: dict[str, Any]) -> Scope:
        return replace(self, letters={**self.letters, **letters})


def letter(name: str, words: list[str], facts: set[str], scope: Scope) -> Any:
    """The letter of this type: 'M[RR]_(m, n), 'I_H -> 'M[RR]_(m, n), RR, or a map of two rows."""
    if words[0] == "RR" or words == ["dual", "RR"]:
        return lang.scalar(name, positive="positive" in facts)
    if words[0] == "'I_":
        cut = words.index("->")
        heads = build_size(claim(words[1:cut]), scope)
        return lang.family(name, heads, *_shape(words[cut + 1 :], scope))
    if "->" in words:
        cut = words.index("->")
        (_, left), (_, right) = _shape(words[:cut], scope), _shape(words[cut + 1 :], scope)
        return lang.bilinear(name, left, right)
    return lang.matrix(name, *_shape(words, scope), **dict.fromkeys(sorted(facts), True))


def _shape(words: list[str], scope: Scope) -> tuple[Any, Any]:
    start = words.index("]_") + 2
    depth, parts = 1, [[]]  # type: ignore[var-annotated]
    for word in words[start:]:
        depth += {"(": 1, ")": -1}.get(word, 0)
        if not depth:
            break
        if depth == 1 and word == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    rows, cols = (build_size(claim(part), scope) for part in parts)
    return rows, cols


def build_size(tree: Tree, scope: Scope) -> Any:
    """A whole number of sizes."""
    match tree:
        case ("num", value):
            return Integer(value)
        case ("var", name) if name in scope.sizes:
            return scope.sizes[name]
        case ("sum", terms):
            return reduce(add, (build_size(t, scope) if sign == "+" else -build_size(t, scope) for sign, t in terms))
        case ("chain", "*", factors):
            return reduce(mul, (build_size(f, scope) for f in factors))
    raise StatementError(f"not a size: {tree}")


# ---- claims


def build_claim(tree: Tree, scope: Scope) -> Any:
    """The claim that the tree says."""
    match tree:
        case ("and", parts):
            return lang.And(*(build_claim(part, scope) for part in parts))
        case ("iff", left, right):
            return lang.Iff(build_claim(left, scope), build_claim(right, scope))
        case ("implies", left, right):
            return lang.Implies(build_claim(left, scope), build_claim(right, scope))
        case ("not", inner):
            return lang.Not(build_claim(inner, scope))
        case ("forall" | "exists" as word, binders, body):
            bound = {name: letter(name, words, set(), scope) for name, words in binders}
            kind = lang.ForAll if word == "forall" else lang.Exists
            return kind(tuple(bound.values()), build_claim(body, scope.with_letters(bound)))
        case ("rel", word, left, right):
            return _relation(word, left, right, scope)
        case ("app", ("var", "psd" | "positive" | "at_most" as word), arguments):
            kinds = {"psd": lang.PSD, "positive": lang.Positive, "at_most": lang.AtMost}
            return kinds[word](*(build(a, scope) for a in arguments))
    raise StatementError(f"not a claim: {tree}")


def _relation(word: str, left: Tree, right: Tree, scope: Scope) -> Any:
    ranks = [_is_rank(side) for side in (left, right)]
    if any(ranks):
        values = [build(t, scope) if r else build_size(t, scope) for t, r in zip((left, right), ranks, strict=True)]
        if word == "=":
            return lang.Equal(*values)
        return lang.RankAtMost(values[0].arg, values[1]) if ranks[0] else lang.RankAtLeast(values[1].arg, values[0])
    if word == "<":
        return lang.Positive(build(right, scope))
    kind = lang.AtMost if word == "<=" else lang.Equal
    compared = kind(build(left, scope), build(right, scope))
    return lang.Not(compared) if word == "<>" else compared


def _is_rank(tree: Tree) -> bool:
    return tree[0] == "app" and tree[1] == ("var", r"\rank")


# ---- matrices and scalars


def build(tree: Tree, scope: Scope) -> Any:
    """The matrix or scalar that the tree stands for."""
    match tree:
        case ("num", value):
            return Integer(value)
        case ("var", name):
            return _name(name, scope)
        case ("nat", ("num", value)):
            return Integer(value)
        case ("typed", ("nat", inner), "RR"):
            return build_size(inner, scope)
        case ("T", inner):
            return build(inner, scope).T
        case ("inv", inner):
            return 1 / build(inner, scope)
        case ("pow", base, ("num", power)):
            return build(base, scope) ** power
        case ("pow", base, power):
            return build(base, scope) ** build_size(power, scope)
        case ("sum", terms):
            return reduce(add, (build(t, scope) if sign == "+" else -build(t, scope) for sign, t in terms))
        case ("chain", word, factors):
            return _product(word, [build(f, scope) for f in factors])
        case ("sum over", name, bound, body):
            inner = scope.with_head(name, build_size(bound, scope))
            return lang.sum_heads(build(body, inner), inner.heads[name])
        case ("app", ("app", ("var", "dual_exp"), [("var", "ex")]), [inner]):
            return lang.exp(build(inner, scope))
        case ("app", ("app", ("var", "dual_log"), [("var", "lg")]), [inner]):
            return lang.log(build(inner, scope))
        case ("app", ("app", ("var", "dual_cos"), [("var", "co"), ("var", "si")]), [inner]):
            return lang.cos(build(inner, scope))
        case ("app", ("app", ("var", "dual_sin"), [("var", "co"), ("var", "si")]), [inner]):
            return lang.sin(build(inner, scope))
        case ("app", ("var", name), arguments):
            return _application(name, arguments, scope)
    raise StatementError(f"not a matrix or a scalar: {tree}")


def _product(word: str, factors: list[Any]) -> Any:
    if word == "/":
        above, below = factors
        return Rational(above, below) if above.is_Rational and below.is_Rational else above / below
    return reduce(matmul if word == "*m" else mul, factors)


def _name(name: str, scope: Scope) -> Any:
    if name not in scope.letters:
        raise StatementError(f"{name} is not bound")
    if scope.moving not in (None, name):
        raise StatementError(f"{name} does not move, but is not lifted either")
    return scope.letters[name]


def _application(name: str, arguments: list[Tree], scope: Scope) -> Any:
    if name in ("lift", "lift_mx"):
        if scope.moving is None:
            raise StatementError(f"{name} outside a derivative")
        return build(arguments[0], replace(scope, moving=None))
    if name in _DERIVATIVES:
        return _derivative(name, arguments, scope)
    if name in _RULES:
        return _RULES[name](arguments, scope)
    found = scope.letters.get(name)
    if isinstance(found, lang.Family):
        return found[_head(arguments[0], scope)]
    if isinstance(found, lang.BilinearMap):
        return found(*(build(a, scope) for a in arguments))
    if name in _FUNCTIONS:
        return _FUNCTIONS[name](build(arguments[0], scope))
    raise StatementError(f"nothing is called {name}")


def _head(tree: Tree, scope: Scope) -> Any:
    match tree:
        case ("var", name) if name in scope.heads:
            return scope.heads[name]
        case ("app", ("var", "join"), [g, r]):
            return lang.group(_head(g, scope), _head(r, scope))
    raise StatementError(f"not a head: {tree}")


def _member(arguments: list[Tree], scope: Scope) -> Any:
    """The member of a family at a place: a head, a size, or a sum of these."""
    (_, name), place = arguments
    place = place[1] if place[0] == "nat" else place
    terms = place[1] if place[0] == "sum" else [("+", place)]
    heads = [scope.heads[t[1]] for _, t in terms if t[0] == "var" and t[1] in scope.heads]
    sizes = [build_size(t, scope) for _, t in terms if not (t[0] == "var" and t[1] in scope.heads)]
    return scope.letters[name][reduce(add, [*heads, *sizes])]


def _over_heads(kind: Any) -> Any:
    def build_heads(arguments: list[Tree], scope: Scope) -> Any:
        ((_, (name, words), body),) = arguments
        inner = scope.with_head(name, build_size(claim(words[1:]), scope))
        return kind(build(body, inner), inner.heads[name])

    return build_heads


_DERIVATIVES = {"gradient": lang.Gradient, "jacobian": lang.Jacobian, "partial": lang.Partial}


_FUNCTIONS = {"ex": lang.exp, "lg": lang.log, "co": lang.cos, "si": lang.sin}


def _derivative(name: str, arguments: list[Tree], scope: Scope) -> Any:
    (_, (bound, _), body), variable = arguments
    if variable != ("var", bound):
        raise StatementError(f"{name} moves {bound} but is taken at {variable}")
    inner = build(body, replace(scope, moving=bound))
    return _DERIVATIVES[name](inner, scope.letters[bound])


def _mapped(arguments: list[Tree], scope: Scope) -> Any:
    function, inner = arguments
    name = function[1] if function[0] == "var" else function[1][1].removeprefix("dual_")
    kinds = {"exp": lang.exp, "log": lang.log, "cos": lang.cos, "sin": lang.sin}
    return {**_FUNCTIONS, **kinds}[name](build(inner, scope))


def _sized(kind: Any) -> Any:
    return lambda arguments, scope: kind(*(build_size(a, scope) for a in arguments[1:]))


def _shift(arguments: list[Tree], scope: Scope) -> Any:
    """Entry (i, j) is 1 where i = j + steps; the language has it with as many columns as rows."""
    rows, columns, steps = (build_size(a, scope) for a in arguments[1:])
    if not lang.same_size(rows, columns):
        raise StatementError(f"a shift of {rows} rows and {columns} columns is not square")
    return lang.Shift(rows, steps)


def _built(kind: Any) -> Any:
    return lambda arguments, scope: kind(*(build(a, scope) for a in arguments))


def _stacked(kind: Any, name: str) -> Any:
    """Blocks nest to the right: all of them are one row or one column of blocks."""

    def build_blocks(arguments: list[Tree], scope: Scope) -> Any:
        return kind(*(build(block, scope) for block in _unnested(name, arguments)))

    return build_blocks


def _unnested(name: str, arguments: list[Tree]) -> list[Tree]:
    first, last = arguments
    if last[0] == "app" and last[1] == ("var", name):
        return [first, *_unnested(name, last[2])]
    return [first, last]


def _hadamard(arguments: list[Tree], scope: Scope) -> Any:
    left, right = arguments
    if left[0] == "app" and left[1] == ("var", "hadamard"):
        return lang.hadamard(*_hadamard(left[2], scope).args, build(right, scope))
    return lang.hadamard(build(left, scope), build(right, scope))


_RULES: dict[str, Any] = {
    "ones": _sized(lang.ones),
    "zeros": _sized(lang.zeros),
    "identity": _sized(lang.identity),
    "order_mx": _sized(lang.Before),  # rows, columns, what is added to the column, and to the row
    "shift_mx": _shift,
    "unit_row": lambda a, s: lang.unit(build_size(a[1], s), s.heads.get(a[2][1], a[2][1])),
    "total": _built(lang.Total),
    "rowsum": _built(lang.rowsum),
    "resize": lambda a, s: build(a[2], s),
    "trmx": _built(lang.T),
    "invmx": _built(lang.inverse),
    "hadamard": _hadamard,
    "diag_row": _built(lang.diag),
    "diag_col": _built(lang.diag),
    "reciprocal": _built(lang.Reciprocal),
    "dual_reciprocal": _built(lang.Reciprocal),
    "dual_inv": lambda a, s: 1 / build(a[0], s),
    "softmax": lambda a, s: lang.softmax(build(a[1], s)),
    "dual_softmax": lambda a, s: lang.softmax(build(a[1], s)),
    "masked_softmax": lambda a, s: lang.softmax(build(a[2], s), mask=build(a[1], s)),
    "dual_masked_softmax": lambda a, s: lang.softmax(build(a[2], s), mask=build(a[1], replace(s, moving=None))),
    "map_mx": _mapped,
    "matrix_of": lambda a, s: lang.matrix_of(s.letters[a[0][1]]),
    "entry": lambda a, s: lang.entry(build(a[0], s), a[1][1], a[2][1]),
    "member": _member,
    "row_mx": _stacked(lang.hstack, "row_mx"),
    "col_mx": _stacked(lang.vstack, "col_mx"),
    "concat_heads": _over_heads(lang.concat_heads),
    "stack_heads": _over_heads(lang.stack_heads),
    r"\tr": _built(lang.trace),
    r"\det": _built(lang.determinant),
    r"\rank": _built(lang.Rank),
}
