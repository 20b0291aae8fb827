"""Mistakes: trees of the same shape that mostly have another value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.proof.fuzzing.garden import Garden
from tests.proof.fuzzing.trees import (
    ONE,
    Node,
    add,
    attended,
    blocks,
    had,
    letter,
    mul,
    negative,
    number,
    ones,
    scalar_op,
    scaled,
    turned,
    unary,
)


def mistakes(node: Node, g: Garden) -> Iterator[Node]:
    """What somebody might write instead of the node."""
    if node.shape is None:
        yield from _of_scalars(node)
        return
    r, c = node.shape
    if r == c:
        yield turned(node)
    yield from MISTAKES.get(node.op, lambda *_: iter(()))(node, g)


def _of_scalars(node: Node) -> Iterator[Node]:
    yield scalar_op("times", node, node)
    yield scalar_op("times", number(-1), node)
    if node.op == "plus":
        yield node.parts[0]
    if node.op == "trace":
        yield unary("total", node.parts[0])
        if node.parts[0].op == "mul" and _is_square(node.parts[0].parts[0]):
            yield scalar_op("times", *(unary("trace", p) for p in node.parts[0].parts))


def _is_square(node: Node) -> bool:
    return len({*node.shape}) == 1


def _in_letters(node: Node, g: Garden) -> Iterator[Node]:
    if not getattr(node.data, "facts", ()):
        yield letter(g.rng.choice([x for x in g.letters(*node.shape) if x != node.data]))


def _in_products(node: Node, g: Garden) -> Iterator[Node]:
    if _is_square(node) and _is_square(node.parts[0]):
        yield mul(node.parts[1], node.parts[0])
        yield had(*node.parts)


def _in_scales(node: Node, g: Garden) -> Iterator[Node]:
    yield scaled(scalar_op("times", node.parts[0], node.parts[0]), node.parts[1])
    yield node.parts[1]


def _in_sums(node: Node, g: Garden) -> Iterator[Node]:
    yield node.parts[0]
    yield add(node.parts[0], negative(node.parts[1]))


def _in_transposes(node: Node, g: Garden) -> Iterator[Node]:
    if _is_square(node):
        yield node.parts[0]


def _in_rowsums(node: Node, g: Garden) -> Iterator[Node]:
    if _is_square(node.parts[0]):
        yield unary(node.op, turned(node.parts[0]))


def _in_softmax(node: Node, g: Garden) -> Iterator[Node]:
    r, c = node.shape
    yield from _in_rowsums(node, g)
    yield unary("exp", node.parts[0])
    yield unary("softmax", scaled(number(2), node.parts[0]))
    yield unary("softmax", add(node.parts[0], mul(ones(r, ONE), g.leaf(ONE, c))))


def _in_attention(node: Node, g: Garden) -> Iterator[Node]:
    a, b, c, d = node.parts
    yield blocks(a, b, c, d)
    if a.shape == b.shape:
        yield attended(a, a, c, d)


MISTAKES: dict[str, Callable[[Node, Garden], Iterator[Node]]] = {
    "letter": _in_letters,
    "mul": _in_products,
    "kept": _in_products,
    "scale": _in_scales,
    "add": _in_sums,
    "T": _in_transposes,
    "rowsum": _in_rowsums,
    "softmax": _in_softmax,
    "attended": _in_attention,
    "exp": lambda node, g: iter([node.parts[0]]),
    "masked": lambda node, g: iter([unary("softmax", node.parts[1])]),
    "identity": lambda node, g: iter([ones(*node.shape)]),
    "had": lambda node, g: iter([had(node.parts[0], node.parts[0])]),
}
