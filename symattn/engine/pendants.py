"""Engine: canonical names where trees hang from a labelled hypergraph.  `labelling` does the rest.

A tree of equal letters has as many symmetries as two to the number of its branchings, and a search meets each of them.
But what a tree is can be told from its leaves to its root, and equal trees at one node may stand in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from symattn.engine.labelling import Edge, Labelling, Leaf, canonical

MANY = 12
"""With no more loose nodes than this a search is as fast."""
Link = tuple[Any, ...]
"""What joins a tree to the node that it hangs from: the tags of edges, with 1 for the node and 0 for the root."""


def canonical_of(colours: Sequence[Any], edges: Sequence[Edge], leaf: Leaf, loose: Collection[int]) -> Labelling:
    """As `canonical`, where no automorphism is asked for that moves nothing but loose nodes."""
    if len(loose) <= MANY:
        return canonical(colours, edges, leaf)
    forest = _Forest(colours, edges, set(loose))
    if not forest.hanging:
        return canonical(colours, edges, leaf)
    core = [node for node in range(len(colours)) if node not in forest.hanging]
    place = {node: at for at, node in enumerate(core)}
    kept = [(tag, tuple([place[v] for v in at]), perms) for tag, at, perms in edges if place.keys() >= set(at)]
    best = canonical(
        [(colours[node], forest.below(node)) for node in core], kept, lambda rank: leaf(forest.ranks(core, rank))
    )
    moves = [
        (forest.moved({core[a]: core[b] for a, b in enumerate(image)}), sign) for image, sign in best.automorphisms
    ]
    return Labelling(best.key, best.sign, forest.ranks(core, best.rank), best.path, best.trace, moves)


@dataclass
class _Forest:
    """The trees of loose nodes, taken off from their leaves on, as far as edges without symmetries join them."""

    colours: Sequence[Any]
    edges: Sequence[Edge]
    loose: set[int]
    hanging: set[int] = field(default_factory=set)
    children: defaultdict[int, list[tuple[Link, int, int]]] = field(default_factory=lambda: defaultdict(list))
    """For each node what hangs from it: the link, the number of the tree, as all equal ones have it, and its root."""

    def __post_init__(self) -> None:
        self.touching: defaultdict[int, list[int]] = defaultdict(list)
        for at, (_, nodes, _) in enumerate(self.edges):
            for node in set(nodes):
                self.touching[node].append(at)
        numbers: dict[Any, int] = {}
        waiting = set(self.loose)
        while found := self._leaves(waiting):
            trees = {node: self._tree(node) for node in found}
            for tree in sorted(set(trees.values())):
                numbers[tree] = len(numbers)
            self.hanging |= found.keys()
            for node, parent in found.items():
                self.children[parent].append((self._link(node, parent), numbers[trees[node]], node))
            waiting = set(found.values()) & self.loose - self.hanging
        for hung in self.children.values():
            hung.sort()

    def _leaves(self, waiting: set[int]) -> dict[int, int]:
        """The loose nodes that are joined to one other node only, and that node; not two that hang from each other."""
        found = {node: parent for node in waiting if (parent := self._only(node)) is not None}
        return {node: parent for node, parent in found.items() if found.get(parent) != node}

    def _only(self, node: int) -> int | None:
        here = [self.edges[at] for at in self.touching[node]]
        if any(len(perms) > 1 for _, _, perms in here):
            return None
        others = {v for _, nodes, _ in here for v in nodes} - self.hanging - {node}
        return next(iter(others)) if len(others) == 1 else None

    def _tree(self, node: int) -> tuple[Any, ...]:
        """What hangs here with the node itself; `_link` says how it is joined."""
        own = [(tag, len(nodes)) for tag, nodes, _ in self._at(node) if set(nodes) == {node}]
        return self.colours[node], tuple(sorted(own)), self.below(node)

    def _link(self, node: int, parent: int) -> Link:
        joined = [(tag, tuple([int(v == node) for v in nodes])) for tag, nodes, _ in self._at(node) if parent in nodes]
        return tuple(sorted(joined))

    def _at(self, node: int) -> Iterator[Edge]:
        return (self.edges[at] for at in self.touching[node])

    def below(self, node: int) -> tuple[Any, ...]:
        """The trees that hang from a node, in order."""
        return tuple(sorted([(link, number) for link, number, _ in self.children.get(node, ())]))

    def ranks(self, core: list[int], rank: list[int]) -> list[int]:
        """The ranks of all nodes, by colour and then by where their trees hang."""
        order = [node for root in sorted(range(len(core)), key=rank.__getitem__) for node in self._down(core[root])]
        found = [0] * len(self.colours)
        for at, node in enumerate(sorted(order, key=self.colours.__getitem__)):
            found[node] = at
        return found

    def _down(self, root: int) -> Iterator[int]:
        stack = [root]
        while stack:
            node = stack.pop()
            yield node
            stack += [child for _, _, child in self.children.get(node, ())]

    def moved(self, roots: dict[int, int]) -> list[int]:
        """The image of every node, where those of the roots are known."""
        image = [0] * len(self.colours)
        for root, other in roots.items():
            for one, there in zip(self._down(root), self._down(other), strict=True):
                image[one] = there
        return image
