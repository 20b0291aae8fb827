"""Other ways to write the same: each line is a law of the algebra of attention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tests.proof.fuzzing.garden import Garden
from tests.proof.fuzzing.trees import (
    ONE,
    Node,
    add,
    attended,
    blocks,
    had,
    heads,
    identity,
    letter,
    masked,
    mul,
    negative,
    number,
    ones,
    scalar_op,
    scaled,
    turned,
    unary,
)


def equal_forms(node: Node, garden: Garden) -> Iterator[Node]:
    """Other trees with the same value; each line is a law."""
    yield from _general(node, garden)
    yield from LAWS.get(node.op, lambda *_: iter(()))(node, garden)


def _general(node: Node, g: Garden) -> Iterator[Node]:
    if node.shape is None:
        other = g.scalar(0)
        yield scalar_op("plus", scalar_op("plus", node, other), scalar_op("times", number(-1), other))
        yield scalar_op("times", number(2), scalar_op("times", number(Fraction(1, 2)), node))
        return
    r, c = node.shape
    other = g.leaf(r, c)
    yield turned(turned(node))
    yield mul(identity(r), node)
    yield mul(node, identity(c))
    yield had(node, ones(r, c))
    yield add(add(node, other), negative(other))
    yield add(scaled(number(Fraction(1, 3)), node), scaled(number(Fraction(2, 3)), node))
    yield mul(unary("diag", ones(ONE, r)), node)
    if r != ONE and g.facts:
        by_name = {x.name.removesuffix(str(r)): x for x in g.special(r)}
        m, o, p = by_name["Invertible"], by_name["Orthogonal"], by_name["Permutation"]
        yield mul(Node("inverse", (r, r), data=m), mul(letter(m), node))
        yield mul(letter(m), mul(Node("inverse", (r, r), data=m), node))
        yield mul(turned(letter(o)), mul(letter(o), node))
        yield mul(turned(letter(p)), mul(letter(p), node))


def _mul_laws(node: Node, g: Garden) -> Iterator[Node]:
    a, b = node.parts
    yield mul(a, b, node.op == "mul")
    yield turned(mul(turned(b), turned(a)))
    for left in (True, False):
        x, other = (a, b) if left else (b, a)
        if x.op in ("mul", "kept"):
            p, q = x.parts
            yield mul(p, mul(q, other)) if left else mul(mul(other, p), q)
        if x.op == "add":
            p, q = x.parts
            yield add(mul(p, other), mul(q, other)) if left else add(mul(other, p), mul(other, q))
        if x.op == "scale":
            s, p = x.parts
            yield scaled(s, mul(p, other) if left else mul(other, p))
    if a.op == "diag":
        yield had(mul(turned(a.parts[0]), ones(ONE, b.shape[1])), b)


def _add_laws(node: Node, g: Garden) -> Iterator[Node]:
    a, b = node.parts
    yield add(b, a)
    yield turned(add(turned(a), turned(b)))
    if a.op == "add":
        yield add(a.parts[0], add(a.parts[1], b))
    if {a.op, b.op} == {"mul"}:
        yield blocks(a.parts[0], b.parts[0], a.parts[1], b.parts[1])
    if a == b:
        yield scaled(number(2), a)


def _had_laws(node: Node, g: Garden) -> Iterator[Node]:
    a, b = node.parts
    yield had(b, a)
    yield turned(had(turned(a), turned(b)))
    if a.op == "had":
        yield had(a.parts[0], had(a.parts[1], b))
    if a.op == "add":
        yield add(had(a.parts[0], b), had(a.parts[1], b))
    if a.op == "scale":
        yield scaled(a.parts[0], had(a.parts[1], b))
    if {a.op, b.op} == {"exp"}:
        yield unary("exp", add(a.parts[0], b.parts[0]))


def _turn_laws(node: Node, g: Garden) -> Iterator[Node]:
    (a,) = node.parts
    if a.op in ("mul", "kept"):
        yield mul(turned(a.parts[1]), turned(a.parts[0]))
    if a.op in ("add", "had"):
        yield Node(a.op, node.shape, tuple(map(turned, a.parts)))
    if a.op == "T":
        yield a.parts[0]
    if a.op in ("exp", "reciprocal"):
        yield unary(a.op, turned(a.parts[0]))
    if a.op == "diag":
        yield a
    if a.op == "scale":
        yield scaled(a.parts[0], turned(a.parts[1]))
    yield from _symmetry(a)


def _symmetry(a: Node) -> Iterator[Node]:
    if a.op == "letter" and a.shape:
        facts = getattr(a.data, "facts", ())
        if "symmetric" in facts:
            yield a
        if "skew" in facts:
            yield negative(a)


def _letter_laws(node: Node, g: Garden) -> Iterator[Node]:
    for same in _symmetry(node):
        yield turned(turned(same)) if same.op == "letter" else scaled(number(-1), turned(node))


def _scale_laws(node: Node, g: Garden) -> Iterator[Node]:
    s, a = node.parts
    r, c = a.shape
    yield mul(scaled(s, identity(r)), a)
    yield had(scaled(s, ones(r, c)), a)
    if s.op == "times":
        yield scaled(s.parts[0], scaled(s.parts[1], a))
    if s.op == "plus":
        yield add(scaled(s.parts[0], a), scaled(s.parts[1], a))
    if a.op == "scale":
        yield scaled(scalar_op("times", s, a.parts[0]), a.parts[1])
    if a.op in ("mul", "had"):
        yield Node(a.op, a.shape, (a.parts[0], scaled(s, a.parts[1])))


def _rowsum_laws(node: Node, g: Garden) -> Iterator[Node]:
    (a,) = node.parts
    r, c = a.shape
    yield mul(a, ones(c, ONE))
    if a.op in ("mul", "kept"):
        yield mul(a.parts[0], unary("rowsum", a.parts[1]))
    if a.op == "add":
        yield add(*(unary("rowsum", p) for p in a.parts))
    if a.op == "softmax":
        yield ones(r, ONE)
    if a.op == "had":
        diagonal = had(identity(r), mul(a.parts[0], turned(a.parts[1])))
        yield mul(diagonal, ones(r, ONE))


def _trace_laws(node: Node, g: Garden) -> Iterator[Node]:
    (a,) = node.parts
    n = a.shape[0]
    yield unary("trace", turned(a))
    yield unary("total", had(a, identity(n)))
    if a.op in ("mul", "kept"):
        p, q = a.parts
        yield unary("trace", mul(q, p))
        yield unary("total", had(turned(p), q))
    if a.op == "add":
        yield scalar_op("plus", *(unary("trace", p) for p in a.parts))
    if a.op == "diag":
        yield unary("total", a.parts[0])
    if a.op == "identity":
        yield Node("cardinal", None, data=n)


def _total_laws(node: Node, g: Garden) -> Iterator[Node]:
    (a,) = node.parts
    r, c = a.shape
    yield unary("total", turned(a))
    yield unary("total", unary("rowsum", a))
    yield unary("total", mul(mul(ones(ONE, r), a), ones(c, ONE)))
    if a.op == "had":
        yield unary("trace", mul(a.parts[0], turned(a.parts[1])))
    if a.op == "softmax":
        yield Node("cardinal", None, data=r)
    if a.op == "ones":
        yield scalar_op("times", *(Node("cardinal", None, data=s) for s in (r, c)))


def _softmax_laws(node: Node, g: Garden) -> Iterator[Node]:
    (a,) = node.parts
    r, c = a.shape
    weights = unary("exp", a)
    norm = unary("reciprocal", unary("rowsum", weights))
    yield unary("softmax", add(a, mul(g.leaf(r, ONE), ones(ONE, c))))
    yield unary("softmax", add(a, mul(scaled(g.scalar(0), ones(r, ONE)), ones(ONE, c))))
    yield had(weights, mul(norm, ones(ONE, c)))
    yield mul(unary("diag", turned(norm)), weights)
    if a.op == "add" and a.parts[1].op == "ones":
        yield unary("softmax", a.parts[0])


def _exp_laws(node: Node, g: Garden) -> Iterator[Node]:
    (a,) = node.parts
    yield had(unary("exp", scaled(number(Fraction(1, 2)), a)), unary("exp", scaled(number(Fraction(1, 2)), a)))
    yield unary("reciprocal", unary("exp", negative(a)))
    if a.op == "add":
        yield had(*(unary("exp", p) for p in a.parts))


def _block_laws(node: Node, g: Garden) -> Iterator[Node]:
    a, b, c, d = node.parts
    yield add(mul(a, c), mul(b, d))
    yield blocks(b, a, d, c)


def _attended_laws(node: Node, g: Garden) -> Iterator[Node]:
    a, b, c, d = node.parts
    r = a.shape[0]
    weights = [unary("exp", x) for x in (a, b)]
    norm = unary("reciprocal", add(*(unary("rowsum", w) for w in weights)))
    values = add(mul(weights[0], c), mul(weights[1], d))
    yield attended(b, a, d, c)
    yield mul(unary("diag", turned(norm)), values)
    yield had(values, mul(norm, ones(ONE, node.shape[1])))
    shift = mul(g.leaf(r, ONE), ones(ONE, a.shape[1])), mul(g.leaf(r, ONE), ones(ONE, b.shape[1]))
    if shift[0].parts[0] == shift[1].parts[0]:
        yield attended(add(a, shift[0]), add(b, shift[1]), c, d)


def _masked_laws(node: Node, g: Garden) -> Iterator[Node]:
    mask, a = node.parts
    weights = had(mask, unary("exp", a))
    norm = unary("reciprocal", unary("rowsum", weights))
    yield had(weights, mul(norm, ones(ONE, node.shape[1])))
    yield masked(mask, add(a, mul(g.leaf(node.shape[0], ONE), ones(ONE, node.shape[1]))))
    yield had(mask, node)


def _head_laws(node: Node, g: Garden) -> Iterator[Node]:
    a, b = node.data
    yield heads(a, b, node.parts[0], node.op == "heads")
    yield turned(heads(b, a, turned(node.parts[0])))


def _commuting(node: Node, g: Garden) -> Iterator[Node]:
    a, b = node.parts
    yield Node(node.op, None, (b, a))
    if node.op == "times" and a.op == "plus":
        yield scalar_op("plus", *(scalar_op("times", p, b) for p in a.parts))


LAWS: dict[str, Callable[[Node, Garden], Iterator[Node]]] = {
    "mul": _mul_laws,
    "kept": _mul_laws,
    "add": _add_laws,
    "had": _had_laws,
    "T": _turn_laws,
    "letter": _letter_laws,
    "scale": _scale_laws,
    "rowsum": _rowsum_laws,
    "trace": _trace_laws,
    "total": _total_laws,
    "softmax": _softmax_laws,
    "exp": _exp_laws,
    "blocks": _block_laws,
    "attended": _attended_laws,
    "masked": _masked_laws,
    "heads": _head_laws,
    "joined": _head_laws,
    "plus": _commuting,
    "times": _commuting,
}
