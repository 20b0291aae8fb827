"""Random pairs of expressions: equal by construction, or with one mistake; and what each pair is by exact evaluation.

A pair is grown on trees of our own, because SymPy would tidy them up, and only then written down in the language.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy

import symattn as sa
from tests.proof.evaluate import BALLS, NotExact, World, differ, draw, letters_and_sizes

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


# ---- drawing -------------------------------------------------------------------------------------------------------


class Garden:
    """One supply of letters, and random trees over them."""

    def __init__(self, rng: random.Random, *, real: bool, facts: bool) -> None:
        self.rng, self.real, self.facts = rng, real, facts
        least = 1 if real or rng.random() < 0.5 else 0
        self.sizes = sa.sizes("n d k", min=least)
        self.least = least
        self.scalars = [sa.scalar("t"), sa.scalar("u"), sa.scalar("s", positive=True)]

    def letters(self, r: Any, c: Any) -> list[Any]:
        name = f"{r}{c}"
        return [sa.matrix(f"{x}{name}", r, c) for x in "ABC"]

    def special(self, n: Any) -> list[Any]:
        facts = ["symmetric", "skew", "invertible", "permutation", "orthogonal", "mask"]
        return [sa.matrix(f"{fact.capitalize()}{n}", n, n, **{fact: True}) for fact in facts]

    def size(self) -> Any:
        return self.rng.choice(self.sizes)

    def matrix(self, r: Any, c: Any, depth: int) -> Node:
        if depth <= 0:
            return self.leaf(r, c)
        makers = [self._mul, self._mul, self._mul, self._add, self._had, self._scale, self._turn]
        makers += [self._blocks] if self.rng.random() < 0.3 else []
        makers += [self._heads] if self.rng.random() < 0.3 else []
        makers += [self._rowsum] * (c == ONE)
        makers += [self._diag] * (r == c)
        makers += [self._softmax, self._exp, self._share, self._masked, self._attended] if self.real else []
        return self.rng.choice(makers)(r, c, depth - 1)

    def leaf(self, r: Any, c: Any) -> Node:
        pick = self.rng.random()
        if r == c and r != ONE and pick < (0.3 if self.facts else 0.1):
            return letter(self.rng.choice(self.special(r))) if self.facts else identity(r)
        if pick > 0.93:
            return ones(r, c)
        if pick > 0.75:
            return turned(letter(self.rng.choice(self.letters(c, r))))
        return letter(self.rng.choice(self.letters(r, c)))

    def _mul(self, r: Any, c: Any, depth: int) -> Node:
        inner = self.size()
        return mul(self.matrix(r, inner, depth), self.matrix(inner, c, depth), self.rng.random() < 0.2)

    def _add(self, r: Any, c: Any, depth: int) -> Node:
        return add(self.matrix(r, c, depth), self.matrix(r, c, depth))

    def _had(self, r: Any, c: Any, depth: int) -> Node:
        return had(self.matrix(r, c, depth), self.matrix(r, c, depth))

    def _scale(self, r: Any, c: Any, depth: int) -> Node:
        return scaled(self.scalar(depth), self.matrix(r, c, depth))

    def _turn(self, r: Any, c: Any, depth: int) -> Node:
        return turned(self.matrix(c, r, depth))

    def _rowsum(self, r: Any, c: Any, depth: int) -> Node:
        return unary("rowsum", self.matrix(r, self.size(), depth))

    def _diag(self, r: Any, c: Any, depth: int) -> Node:
        return unary("diag", self.matrix(ONE, r, depth))

    def _blocks(self, r: Any, c: Any, depth: int) -> Node:
        p, q = self.size(), self.size()
        low = min(depth, 1)
        return blocks(self.matrix(r, p, low), self.matrix(r, q, low), self.matrix(p, c, low), self.matrix(q, c, low))

    def _heads(self, r: Any, c: Any, depth: int) -> Node:
        p, q = self.size(), self.size()
        a, b = sa.family(f"F{r}{p}", HEADS, r, p), sa.family(f"F{c}{q}", HEADS, c, q)
        return heads(a, b, self.leaf(p, q), self.rng.random() < 0.3)

    def _softmax(self, r: Any, c: Any, depth: int) -> Node:
        return unary("softmax", self.matrix(r, c, min(depth, 1)))

    def _exp(self, r: Any, c: Any, depth: int) -> Node:
        return unary("exp", self.matrix(r, c, min(depth, 1)))

    def _share(self, r: Any, c: Any, depth: int) -> Node:
        return unary("reciprocal", add(self._exp(r, c, depth), self._exp(r, c, depth)))

    def _masked(self, r: Any, c: Any, depth: int) -> Node:
        return masked(letter(sa.matrix(f"M{r}{c}", r, c, mask=True)), self.matrix(r, c, min(depth, 1)))

    def _attended(self, r: Any, c: Any, depth: int) -> Node:
        return Node("attended", (r, c), self._blocks(r, c, depth).parts)

    def scalar(self, depth: int) -> Node:
        pick = self.rng.random()
        if depth <= 0 or pick < 0.5:
            leaves = [letter(self.rng.choice(self.scalars)), number(self.rng.choice((-2, -1, 2, 3, Fraction(1, 2))))]
            return self.rng.choice([*leaves, Node("cardinal", None, data=self.size())])
        if pick < 0.65:
            n = self.size()
            return unary("trace", self.matrix(n, n, depth - 1))
        if pick < 0.8:
            return unary("total", self.matrix(self.size(), self.size(), depth - 1))
        if self.real and pick < 0.85:
            return scalar_op("scalar exp", self.scalar(0))
        return scalar_op(self.rng.choice(("plus", "times")), self.scalar(depth - 1), self.scalar(depth - 1))

    def tree(self, depth: int) -> Node:
        if self.rng.random() < 0.25:
            return self.scalar(depth)
        side = [*self.sizes, ONE]
        return self.matrix(self.rng.choice(side), self.rng.choice(side), depth)


# ---- equal by construction -----------------------------------------------------------------------------------------


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


# ---- mistakes ------------------------------------------------------------------------------------------------------


def mistakes(node: Node, g: Garden) -> Iterator[Node]:
    """Trees of the same shape that mostly have another value."""
    if node.shape is None:
        yield scalar_op("times", node, node)
        yield scalar_op("times", number(-1), node)
        if node.op == "plus":
            yield node.parts[0]
        if node.op == "trace":
            yield unary("total", node.parts[0])
            if node.parts[0].op == "mul" and len({*node.parts[0].parts[0].shape}) == 1:
                yield scalar_op("times", *(unary("trace", p) for p in node.parts[0].parts))
        return
    r, c = node.shape
    if r == c:
        yield turned(node)
    if node.op == "T" and r == c:
        yield node.parts[0]
    if node.op == "letter" and not getattr(node.data, "facts", ()):
        yield letter(g.rng.choice([x for x in g.letters(r, c) if x != node.data]))
    if node.op in ("mul", "kept") and r == c == node.parts[0].shape[1]:
        yield mul(node.parts[1], node.parts[0])
        yield had(*node.parts)
    if node.op == "scale":
        yield scaled(scalar_op("times", node.parts[0], node.parts[0]), node.parts[1])
        yield node.parts[1]
    if node.op == "add":
        yield node.parts[0]
        yield add(node.parts[0], negative(node.parts[1]))
    if node.op in ("softmax", "rowsum") and len({*node.parts[0].shape}) == 1:
        yield unary(node.op, turned(node.parts[0]))
    if node.op == "softmax":
        yield unary("exp", node.parts[0])
        yield unary("softmax", scaled(number(2), node.parts[0]))
        yield unary("softmax", add(node.parts[0], mul(ones(r, ONE), g.leaf(ONE, c))))
    if node.op == "exp":
        yield node.parts[0]
    if node.op == "masked":
        yield unary("softmax", node.parts[1])
    if node.op == "attended":
        yield blocks(*node.parts)
        yield (
            attended(node.parts[0], *node.parts[:1], *node.parts[2:])
            if node.parts[0].shape == node.parts[1].shape
            else node
        )
    if node.op == "identity":
        yield ones(r, c)
    if node.op == "had":
        yield had(node.parts[0], node.parts[0])


# ---- pairs ---------------------------------------------------------------------------------------------------------


def places(node: Node, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    yield path, node
    for k, part in enumerate(node.parts):
        yield from places(part, (*path, k))


def replaced(node: Node, path: tuple[int, ...], new: Node) -> Node:
    if not path:
        return new
    parts = list(node.parts)
    parts[path[0]] = replaced(parts[path[0]], path[1:], new)
    return Node(node.op, node.shape, tuple(parts), node.data)


def changed(tree: Node, g: Garden, forms: Callable[[Node, Garden], Iterator[Node]]) -> Node | None:
    """The tree with one of the forms at a random place; None when nothing there has one."""
    path, node = g.rng.choice(list(places(tree)))
    choices = list(forms(node, g))
    return replaced(tree, path, g.rng.choice(choices)) if choices else None


@dataclass(frozen=True)
class Pair:
    """Two expressions, how they came about, and the smallest sizes for which they are claimed to be equal."""

    left: Any
    right: Any
    wrong: bool
    real: bool
    facts: bool

    @property
    def polynomial(self) -> bool:
        return not self.real and not self.facts


def pair(seed: int) -> Pair:
    rng = random.Random(seed)
    kind = rng.random()
    garden = Garden(rng, real=kind > 0.65, facts=0.4 < kind < 0.8)
    first = garden.tree(rng.choice((1, 2, 2, 3)))
    second = first
    for _ in range(rng.randint(1, 5)):
        second = changed(second, garden, equal_forms) or second
    wrong = rng.random() < 0.45
    if wrong:
        for _ in range(20):
            spoiled = changed(second, garden, mistakes)
            if spoiled is not None:
                second = spoiled
                break
    if rng.random() < 0.5:
        first, second = second, first
    return Pair(written(first), written(second), wrong, garden.real, garden.facts)


def worlds(pair: Pair, rng: random.Random, count: int) -> Iterator[World]:
    letters, sizes = letters_and_sizes(pair.left, pair.right)
    for number_ in range(count):
        numbers = {s: max(s.minimum, rng.choice((1, 2, 2, 3)) if number_ else 2) for s in sizes}
        yield draw(letters, numbers, rng)


def agree(pair: Pair, seed: int, count: int = 3) -> bool:
    """Whether the two expressions have the same values in some random worlds."""
    for world in worlds(pair, random.Random(seed), count):
        try:
            exact = differ(world, pair.left, pair.right)
        except NotExact:
            exact = None
        if not pair.real:
            if exact:
                return False
            continue
        try:
            if differ(World(world.sizes, world.values, BALLS), pair.left, pair.right):
                return False
        except NotExact:
            pass
    return True
