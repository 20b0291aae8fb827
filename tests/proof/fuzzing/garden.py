"""Random trees over one supply of letters.  `laws` and `mistakes` change them."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import symattn as sa
from tests.proof.fuzzing.trees import (
    HEADS,
    ONE,
    Node,
    add,
    blocks,
    had,
    heads,
    identity,
    letter,
    masked,
    mul,
    number,
    ones,
    scalar_op,
    scaled,
    turned,
    unary,
)


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
