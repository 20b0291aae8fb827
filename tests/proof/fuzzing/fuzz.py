"""Random pairs of expressions: equal by construction, or with one mistake; and what each pair is in numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.proof.fuzzing.draws import draw, letters_and_sizes
from tests.proof.fuzzing.evaluate import BALLS, EXACT, NotExact, World, differ
from tests.proof.fuzzing.garden import Garden
from tests.proof.fuzzing.laws import equal_forms
from tests.proof.fuzzing.mistakes import mistakes
from tests.proof.fuzzing.trees import Node, written


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
    """Two expressions, whether a mistake was made, and whether exp or letters with declared facts are about."""

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
        spoiled = (changed(second, garden, mistakes) for _ in range(20))
        second = next((s for s in spoiled if s is not None), second)
    if rng.random() < 0.5:
        first, second = second, first
    return Pair(written(first), written(second), wrong, garden.real, garden.facts)


def worlds(pair: Pair, rng: random.Random, count: int) -> Iterator[World]:
    letters, sizes = letters_and_sizes(pair.left, pair.right)
    for number_ in range(count):
        numbers = {s: max(s.minimum, rng.choice((1, 2, 2, 3)) if number_ else 2) for s in sizes}
        yield draw(letters, numbers, rng)


def agree(pair: Pair, seed: int, count: int = 3) -> bool:
    """Whether the two expressions have the same values in some random worlds, with 2**x for exp and with exp itself."""
    for world in worlds(pair, random.Random(seed), count):
        for ring in (EXACT, BALLS) if pair.real else (EXACT,):
            try:
                if differ(World(world.sizes, world.values, ring), pair.left, pair.right):
                    return False
            except NotExact:
                continue
    return True
