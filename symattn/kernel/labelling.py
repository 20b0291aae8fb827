"""Kernel: canonical names for the anonymous nodes of a labelled hypergraph, by individualise-and-refine.

`normal` uses it to give bound indices names that depend on nothing outside.  The search keeps every automorphism that it
meets and skips branches that one of them maps to a branch already seen, so that a long cycle of equal letters costs two
branches, not as many as it has nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from symattn.errors import KernelError

Edge = tuple[tuple, tuple[int, ...], tuple[tuple[int, ...], ...]]
"""A comparable tag, the nodes that it joins in order, and the permutations of these places that leave it unchanged."""

LEAVES = 4000
"""How many complete labellings are looked at before a structure is given up as too symmetric."""


@dataclass
class Labelling:
    """The least key, the sign that came with it, the rank of each node, and generators of the automorphisms."""

    key: tuple
    sign: int
    rank: list[int]
    automorphisms: list[tuple[list[int], int]] = field(default_factory=list)


def canonical(colours: Sequence, edges: Sequence[Edge], leaf: Callable[[list[int]], tuple[tuple, int]]) -> Labelling:
    """The labelling with the least key among all that respect the colours; `leaf(rank)` gives the key and a sign."""
    order = {c: r for r, c in enumerate(sorted(set(colours)))}
    return _Search(edges, leaf).run([order[c] for c in colours])


class _Search:
    def __init__(self, edges: Sequence[Edge], leaf: Callable[[list[int]], tuple[tuple, int]]) -> None:
        self.edges = [(tag, nodes, perms, _orbits(len(nodes), perms)) for tag, nodes, perms in edges]
        self.leaf = leaf
        self.automorphisms: list[tuple[list[int], int]] = []
        self.leaves = 0

    def run(self, colour: list[int]) -> Labelling:
        best = self.descend(colour, [])
        best.automorphisms = self.automorphisms
        return best

    def descend(self, colour: list[int], prefix: list[int]) -> Labelling:
        colour = self.refine(colour)
        cell = _first_cell(colour)
        if not cell:
            self.leaves += 1
            if self.leaves > LEAVES:
                raise KernelError("an index sum is too symmetric to be brought into normal form")
            key, sign = self.leaf(colour)
            return Labelling(key, sign, colour)
        best: Labelling | None = None
        tried: list[int] = []
        for node in cell:
            if self.equivalent(node, tried, prefix):
                continue
            tried.append(node)
            below = self.descend([2 * c + (v != node) for v, c in enumerate(colour)], [*prefix, node])
            if best is not None and below.key == best.key:
                self.found(best, below)
            if best is None or below.key < best.key:
                best = below
        if best is None:
            raise KernelError("no labelling found")
        return best

    def found(self, first: Labelling, second: Labelling) -> None:
        where = [0] * len(first.rank)
        for node, rank in enumerate(first.rank):
            where[rank] = node
        self.automorphisms.append(([where[r] for r in second.rank], first.sign * second.sign))

    def equivalent(self, node: int, tried: list[int], prefix: list[int]) -> bool:
        """Is the node in the orbit of a tried one, under the known automorphisms that fix the prefix?"""
        usable = [a for a, _ in self.automorphisms if all(a[p] == p for p in prefix)]
        if not usable or not tried:
            return False
        orbit, frontier = {node}, [node]
        while frontier:
            at = frontier.pop()
            for image in usable:
                for step in (image[at], image.index(at)):
                    if step not in orbit:
                        orbit.add(step)
                        frontier.append(step)
        return not orbit.isdisjoint(tried)

    def refine(self, colour: list[int]) -> list[int]:
        """Split colours by what surrounds a node until nothing splits; depends on the structure alone."""
        size, distinct = len(colour), len(set(colour))
        while distinct < size:
            around: list[list] = [[] for _ in range(size)]
            for tag, nodes, perms, orbit in self.edges:
                seen = tuple([colour[v] for v in nodes])
                if len(perms) > 1:
                    seen = min(tuple([seen[p] for p in perm]) for perm in perms)
                for place, node in enumerate(nodes):
                    around[node].append((tag, seen, orbit[place]))
            signs = [(colour[v], tuple(sorted(around[v]))) for v in range(size)]
            rank = {s: r for r, s in enumerate(sorted(set(signs)))}
            if len(rank) == distinct:
                break
            distinct, colour = len(rank), [rank[s] for s in signs]
        order = {c: r for r, c in enumerate(sorted(set(colour)))}
        return [order[c] for c in colour]


def _orbits(size: int, perms: Sequence[tuple[int, ...]]) -> list[int]:
    orbit = list(range(size))
    for perm in perms:
        for place, image in enumerate(perm):
            low = min(orbit[place], orbit[image])
            orbit = [low if o in (orbit[place], orbit[image]) else o for o in orbit]
    return orbit


def _first_cell(colour: list[int]) -> list[int]:
    cells: dict[int, list[int]] = {}
    for node, c in enumerate(colour):
        cells.setdefault(c, []).append(node)
    tied = [(c, nodes) for c, nodes in cells.items() if len(nodes) > 1]
    return min(tied)[1] if tied else []
