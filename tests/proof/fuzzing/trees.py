"""Trees of the operations of the language, kept as they are drawn: SymPy would tidy them up.  `garden` draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy

import symattn as sa

ONE = sympy.Integer(1)
HEADS = sa.sizes("H", min=1)


@dataclass(frozen=True)
class Node:
    """An operation, the shape of what it makes (None for a scalar), and what it is made of."""

    op: str
    shape: tuple[Any, Any] | None
    parts: tuple[Node, ...] = ()
    data: Any = None


def letter(symbol: Any) -> Node:
    return Node("letter", tuple(symbol.shape) if symbol.is_Matrix else None, data=symbol)


def mul(a: Node, b: Node, kept: bool = False) -> Node:
    return Node("kept" if kept else "mul", (a.shape[0], b.shape[1]), (a, b))


def add(a: Node, b: Node) -> Node:
    return Node("add", a.shape, (a, b))


def had(a: Node, b: Node) -> Node:
    return Node("had", a.shape, (a, b))


def turned(a: Node) -> Node:
    return Node("T", a.shape[::-1], (a,))


def scaled(s: Node, a: Node) -> Node:
    return Node("scale", a.shape, (s, a))


def unary(op: str, a: Node) -> Node:
    shapes = {
        "rowsum": lambda r, c: (r, ONE),
        "diag": lambda r, c: (c, c),
        "trace": lambda r, c: None,
        "total": lambda r, c: None,
    }
    return Node(op, shapes.get(op, lambda r, c: (r, c))(*a.shape), (a,))


def ones(r: Any, c: Any) -> Node:
    return Node("ones", (r, c))


def identity(n: Any) -> Node:
    return Node("identity", (n, n))


def number(value: Any) -> Node:
    return Node("number", None, data=Fraction(value))


def scalar_op(op: str, *parts: Node) -> Node:
    return Node(op, None, parts)


def blocks(a: Node, b: Node, c: Node, d: Node) -> Node:
    """[A B] [C; D]."""
    return Node("blocks", (a.shape[0], c.shape[1]), (a, b, c, d))


def attended(a: Node, b: Node, c: Node, d: Node) -> Node:
    """softmax([A B]) [C; D]: attention over two blocks of keys."""
    return Node("attended", (a.shape[0], c.shape[1]), (a, b, c, d))


def masked(mask: Node, a: Node) -> Node:
    return Node("masked", a.shape, (mask, a))


def heads(a: Any, b: Any, middle: Node, joined: bool = False) -> Node:
    """Σ_h A_h M B_hᵀ, or the same as one product of the heads side by side."""
    return Node("joined" if joined else "heads", (a.shape[0], b.shape[0]), (middle,), (a, b))


def negative(a: Node) -> Node:
    return scaled(number(-1), a)


def _flat(make: Callable[..., Any]) -> Callable[[Node, list[Any]], Any]:
    return lambda node, parts: make(*parts)


def _heads(node: Node, parts: list[Any]) -> Any:
    a, b = node.data
    h = sa.index("h", HEADS)
    if node.op == "heads":
        return sa.sum_heads(a[h] @ parts[0] @ b[h].T, h)
    return sa.concat_heads(a[h] @ parts[0], h) @ sa.stack_heads(sa.T(b[h]), h)


def _times(s: Any, a: Any) -> Any:
    return s * a


BUILD: dict[str, Callable[[Node, list[Any]], Any]] = {
    "letter": lambda node, parts: node.data,
    "mul": _flat(lambda a, b: a @ b),
    "kept": _flat(lambda a, b: sympy.MatMul(a, b, evaluate=False)),
    "add": _flat(lambda a, b: a + b),
    "had": _flat(sa.hadamard),
    "T": _flat(sa.T),
    "scale": _flat(_times),
    "rowsum": _flat(sa.rowsum),
    "diag": _flat(sa.diag),
    "trace": _flat(sa.trace),
    "total": _flat(sa.total),
    "softmax": _flat(sa.softmax),
    "exp": _flat(sa.exp),
    "reciprocal": _flat(sa.reciprocal),
    "ones": lambda node, parts: sa.ones(*node.shape),
    "identity": lambda node, parts: sa.identity(node.shape[0]),
    "number": lambda node, parts: sympy.Rational(node.data.numerator, node.data.denominator),
    "cardinal": lambda node, parts: node.data,
    "inverse": lambda node, parts: sa.T(sa.inverse(sa.T(node.data))),  # SymPy makes a power of two inverses in a row
    "plus": _flat(lambda a, b: a + b),
    "times": _flat(_times),
    "scalar exp": _flat(sa.exp),
    "blocks": _flat(lambda a, b, c, d: sa.hstack(a, b) @ sa.vstack(c, d)),
    "attended": _flat(lambda a, b, c, d: sa.softmax(sa.hstack(a, b)) @ sa.vstack(c, d)),
    "masked": _flat(lambda mask, a: sa.softmax(a, mask=mask)),
    "heads": _heads,
    "joined": _heads,
}


def written(node: Node) -> Any:
    """The tree in the language."""
    return BUILD[node.op](node, [written(p) for p in node.parts])
