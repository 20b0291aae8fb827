"""Layer views: from the parts that `unicode_grammar` finds to a SymPy tree.

Nothing is evaluated but sums and numbers, which SymPy keeps in an order of its own.  The text shows no shape for 0, I
and e_0: each has the shape that its place asks for, beside a factor, a term or the other side whose shape is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import StatementError
from symattn.language.trees.unevaluated import Inverse, Transpose, add, filled, multiply, raise_to
from tests.readback.unicode_grammar import Node

__all__ = ["Builder"]

Shape = tuple[Any, Any]
_UNIT = re.compile(r"e_(\d+)")
_OVER = re.compile(r"(concat|stack)_(.+)")
_CLAIMS: dict[str, Callable[..., Any]] = {"∧": lang.And, "⇒": lang.Implies, "⇔": lang.Iff, "¬": lang.Not}
_CALLS: dict[str, Callable[..., Any]] = {
    "T": lang.T,
    "softmax": lang.Softmax,
    "exp": lang.exp,
    "cos": lang.cos,
    "sin": lang.sin,
    "log": lang.log,
    "reciprocal": lang.Reciprocal,
    "diag": lang.Diag,
    "rowsum": lang.RowSum,
    "total": lang.Total,
    "normsquared": lambda a: lang.Total(lang.Hadamard(a, a)),
    "tr": sympy.Trace,
    "det": lang.Determinant,
    "rank": lang.Rank,
    "sqrt": sympy.sqrt,
    "ones": sympy.OneMatrix,
    "zeros": sympy.ZeroMatrix,
    "identity": sympy.Identity,
    "unit": lang.Unit,
    "causal": lang.causal,
    "order": lang.order,
    "window": lang.window,
    "shift": lang.shift,
    "group": lang.group,
    "matrix_of": lang.MatrixOf,
}


class Unknown(Exception):
    """A part has no shape of its own."""


class Builder:
    """Builds claims and expressions of letters that are known by name."""

    def __init__(self, letters: Iterable[Any]) -> None:
        self.named: dict[str, Any] = {}
        for letter in letters:
            if self.named.setdefault(letter.name, letter) != letter:
                raise StatementError(f"two things are called {letter.name}")

    def build(self, node: Node) -> Any:
        """The tree of a claim or an expression."""
        if node.kind in _CLAIMS:
            return _CLAIMS[node.kind](*map(self.build, node.parts))
        if node.kind in ("∀", "∃"):
            return self.quantified(node)
        if node.kind in ("=", "≠", "≤", "≥", ">", "⪰"):
            return self.comparison(node)
        return self.expression(node)

    def quantified(self, node: Node) -> Any:
        names, body, *witness = node.parts
        bound = tuple(self.letter(name.value) for name in names.parts)
        if node.kind == "∀":
            return lang.ForAll(bound, self.build(body))
        if not witness:
            return lang.Exists(bound, self.build(body))
        values = [
            self.expression(part, getattr(letter, "shape", None))
            for letter, part in zip(bound, witness[0].parts, strict=True)
        ]
        return lang.Exists(bound, self.build(body), tuple(values))

    def comparison(self, node: Node) -> Any:
        if node.kind == ">":
            return lang.Positive(self.expression(node.parts[0]))
        if node.kind == "⪰":
            return lang.PSD(self.expression(node.parts[0]))
        left, right = self.alike(node.parts)
        if isinstance(left, lang.Rank) and node.kind in ("≤", "≥"):
            return (lang.RankAtMost if node.kind == "≤" else lang.RankAtLeast)(left.arg, right)
        if node.kind == "≤":
            return lang.AtMost(left, right)
        equal = lang.Equal(left, right)
        return equal if node.kind == "=" else lang.Not(equal)

    # ---- expressions -------------------------------------------------------------------------------------------

    def letter(self, name: str) -> Any:
        if name not in self.named:
            raise StatementError(f"nothing is called {name}")
        return self.named[name]

    def expression(self, node: Node, shape: Shape | None = None) -> Any:
        """The tree of an expression; `shape` is what its place asks for, where that is known."""
        rule = _RULES.get(node.kind)
        if rule is None:
            raise StatementError(f"{node.kind} stands where an expression should")
        return rule(self, node, shape)

    def alone(self, node: Node) -> Any:
        """The tree, if the part has a shape of its own, else None."""
        try:
            return self.expression(node)
        except Unknown:
            return None

    def alike(self, nodes: tuple[Node, ...], shape: Shape | None = None) -> list[Any]:
        """Parts of one shape: those that do not show it have that of the others."""
        found = [None if node == Node("number", "0") else self.alone(node) for node in nodes]
        shapes = [part.shape for part in found if getattr(part, "is_Matrix", False)]
        shape = shapes[0] if shapes else shape
        return [self.expression(node, shape) if part is None else part for node, part in zip(nodes, found, strict=True)]


def _name(self: Builder, node: Node, shape: Shape | None) -> Any:
    if node.value in self.named:
        return self.named[node.value]
    place = self.named.get(node.value.removeprefix("e_"))
    if isinstance(place, lang.HeadIndex):
        return lang.unit(place.size, place)
    unit = _UNIT.fullmatch(node.value)
    if node.value != "I" and unit is None:
        return self.letter(node.value)
    size = shape and (shape[1] if unit or shape[1] is not None else shape[0])
    if size is None:
        raise Unknown
    return lang.Unit(size, int(unit[1])) if unit else lang.identity(size)


def _number(self: Builder, node: Node, shape: Shape | None) -> Any:
    matrix = node.value == "0" and shape and None not in shape
    return lang.zeros(*shape) if matrix and shape else sympy.Integer(node.value)


def _inside(self: Builder, node: Node, shape: Shape | None) -> Any:
    return self.expression(node.parts[0], shape)


def _negative(self: Builder, node: Node, shape: Shape | None) -> Any:
    return multiply(sympy.Integer(-1), self.expression(node.parts[0], shape))


def _sum(self: Builder, node: Node, shape: Shape | None) -> Any:
    return add(*self.alike(node.parts, shape))


def _hadamard(self: Builder, node: Node, shape: Shape | None) -> Any:
    return lang.hadamard(*self.alike(node.parts, shape))


def _product(self: Builder, node: Node, shape: Shape | None) -> Any:
    factors = [self.alone(part) for part in node.parts]
    matrices = [place for place, part in enumerate(factors) if part is None or part.is_Matrix]
    outer = shape or (None, None)
    for at, place in enumerate(matrices):
        if factors[place] is None:
            rows = _side(factors[matrices[at - 1]], 1) if at else outer[0]
            cols = _side(factors[matrices[at + 1]], 0) if at + 1 < len(matrices) else outer[1]
            factors[place] = self.expression(node.parts[place], (rows, cols))
    return multiply(*factors)


def _side(neighbour: Any, side: int) -> Any:
    return None if neighbour is None else neighbour.shape[side]


def _quotient(self: Builder, node: Node, shape: Shape | None) -> Any:
    above, below = (self.expression(part) for part in node.parts)
    return multiply(above, raise_to(below, -1))


def _transpose(self: Builder, node: Node, shape: Shape | None) -> Any:
    return Transpose(self.expression(node.parts[0], shape and shape[::-1]))


def _power(self: Builder, node: Node, shape: Shape | None) -> Any:
    base = self.expression(node.parts[0], shape)
    if node.value == "-1" and base.is_Matrix:
        return Inverse(base)
    exponent = sympy.Integer(node.value) if node.value else self.expression(node.parts[1])
    return raise_to(base, exponent)


def _indexed(self: Builder, node: Node, shape: Shape | None) -> Any:
    what, *places = node.parts
    if len(places) == 1:
        return self.letter(what.value)[self.expression(places[0])]
    return lang.entry(self.expression(what), *(self.expression(place) for place in places))


def _call(self: Builder, node: Node, shape: Shape | None) -> Any:
    over = _OVER.fullmatch(node.value)
    if over and over[2] in self.named:
        kind = lang.HeadConcat if over[1] == "concat" else lang.HeadStack
        return kind(self.expression(node.parts[0]), self.named[over[2]])
    if node.value == "T":
        return lang.T(self.expression(node.parts[0], shape and shape[::-1]))
    form = self.named.get(node.value)
    if isinstance(form, lang.BilinearMap):
        return form(*(self.expression(part, (1, size)) for part, size in zip(node.parts, form.shape, strict=True)))
    if node.value not in _CALLS:
        raise StatementError(f"no function is called {node.value}")
    return _CALLS[node.value](*map(self.expression, node.parts))


def _heads(self: Builder, node: Node, shape: Shape | None) -> Any:
    return lang.sum_heads(self.expression(node.parts[0], shape), self.letter(node.value))


def _derivative(self: Builder, node: Node, shape: Shape | None) -> Any:
    loss, letter = self.expression(node.parts[0]), self.letter(node.parts[1].value)
    if not getattr(letter, "is_Matrix", False):
        return lang.Partial(loss, letter)
    return lang.Jacobian(loss, letter) if loss.is_Matrix and loss.shape != (1, 1) else lang.Gradient(loss, letter)


def _blocks(make: Callable[..., Any]) -> Callable[[Builder, Node, Shape | None], Any]:
    """Blocks; a number is one of a single entry."""

    def build(self: Builder, node: Node, shape: Shape | None) -> Any:
        blocks = [self.expression(part) for part in node.parts]
        return make(*(block if block.is_Matrix else filled(block, (1, 1)) for block in blocks))

    return build


_RULES: dict[str, Callable[[Builder, Node, Shape | None], Any]] = {
    "name": _name,
    "number": _number,
    "words": lambda self, node, shape: node.value,
    "()": _inside,
    "-": _negative,
    "+": _sum,
    "∘": _hadamard,
    "*": _product,
    "/": _quotient,
    "ᵀ": _transpose,
    "power": _power,
    "index": _indexed,
    "call": _call,
    "Σ": _heads,
    "∂": _derivative,
    "[|]": _blocks(lang.HStack),
    "[;]": _blocks(lang.VStack),
}
