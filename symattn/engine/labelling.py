"""Engine: canonical names for the anonymous nodes of a labelled hypergraph, by individualise-and-refine.

`components` uses it to give bound indices names that depend on nothing outside.  Refinement looks again only at what is
next to a cell that has split.  The search keeps every automorphism that it meets and leaves a branch as soon as one of
them maps it to a branch already seen, so that a long cycle of equal letters costs two branches, not one for each node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from symattn.errors import KernelError

Edge = tuple[tuple[Any, ...], tuple[int, ...], tuple[tuple[int, ...], ...]]
"""A comparable tag, the nodes that it joins in order, and the permutations of these places that leave it unchanged."""

Leaf = Callable[[list[int]], tuple[tuple[Any, ...], int]]

LEAVES = 4000
"""How many complete labellings are looked at before a structure is given up as too symmetric."""


@dataclass
class Labelling:
    """The least key, the sign that came with it, the rank of each node, and generators of the automorphisms.

    `path` are the nodes that were singled out, `trace` the cells after each of them; the least trace comes first.
    """

    key: tuple[Any, ...]
    sign: int
    rank: list[int]
    path: list[int]
    trace: tuple[Any, ...]
    automorphisms: list[tuple[list[int], int]] = field(default_factory=list)


@dataclass
class _Cells:
    """An ordered partition: the colour of a node is how many nodes the cells before its own have."""

    colour: list[int]
    members: dict[int, set[int]]

    def first_tied(self) -> int | None:
        return min((start for start, nodes in self.members.items() if len(nodes) > 1), default=None)

    def single_out(self, node: int) -> _Cells:
        start = self.colour[node]
        colour, members = list(self.colour), {s: set(nodes) for s, nodes in self.members.items()}
        members[start].remove(node)
        colour[node] = start + len(members[start])
        members[colour[node]] = {node}
        return _Cells(colour, members)

    def split(self, start: int, fragments: list[list[int]]) -> list[int]:
        """Take the fragments out of the cell, in order; gives the nodes of all parts of it but a largest one."""
        rest = self.members[start]
        rest.difference_update(*fragments)
        parts: list[Iterable[int]] = [rest, *fragments] if rest else list(fragments)
        at, sizes = start, [len(rest)] * bool(rest) + [len(f) for f in fragments]
        for part, size in zip(parts, sizes, strict=True):
            if part is not rest:
                self.members[at] = set(part)
                for node in part:
                    self.colour[node] = at
            at += size
        largest = sizes.index(max(sizes))
        return [node for k, part in enumerate(parts) if k != largest for node in part]


def _cells(colours: Sequence[Any]) -> _Cells:
    """The partition by colours, in their order."""
    alike: dict[Any, Any] = {}
    for node, c in enumerate(colours):
        alike.setdefault(c, set()).add(node)
    cells, start = _Cells([0] * len(colours), {}), 0
    for c in sorted(alike):
        cells.members[start] = alike[c]
        for node in alike[c]:
            cells.colour[node] = start
        start += len(alike[c])
    return cells


def canonical(colours: Sequence[Any], edges: Sequence[Edge], leaf: Leaf) -> Labelling:
    """The labelling with the least key among all that respect the colours; `leaf(rank)` gives the key and a sign."""
    cells = _cells(colours)
    if len(cells.members) == len(colours):
        return Labelling(*leaf(cells.colour), cells.colour, [], ())
    search = _Search(edges, leaf, len(colours))
    search.descend(cells, range(len(colours)), [], ())
    if search.best is None:
        raise KernelError("no labelling found")
    search.best.automorphisms = search.automorphisms
    return search.best


class _Search:
    def __init__(self, edges: Sequence[Edge], leaf: Leaf, size: int) -> None:
        tags = {tag: rank for rank, tag in enumerate(sorted({tag for tag, _, _ in edges}))}
        self.edges = [
            (tags[tag], nodes, perms, perms[0] if len(perms) == 1 else _orbits(perms)) for tag, nodes, perms in edges
        ]
        self.touching: list[list[int]] = [[] for _ in range(size)]
        for at, (_, nodes, _) in enumerate(edges):
            for node in nodes:
                self.touching[node].append(at)
        self.leaf = leaf
        self.best: Labelling | None = None
        self.automorphisms: list[tuple[list[int], int]] = []
        self.leaves = 0

    def descend(self, cells: _Cells, changed: Iterable[int], path: list[int], trace: tuple[Any, ...]) -> int:
        """Look at all labellings below, and tell how much of the path is worth staying on."""
        self.refine(cells, changed)
        trace = (*trace, tuple(sorted(cells.members)))
        if self.best is not None and trace > self.best.trace[: len(trace)]:
            return len(path)
        tied = cells.first_tied()
        if tied is None:
            return self.reached(cells.colour, path, trace)
        tried: set[int] = set()
        for node in sorted(cells.members[tied]):
            if node not in self.images(tried, path):
                tried.add(node)
                stay = self.descend(cells.single_out(node), (node,), [*path, node], trace)
                if stay < len(path):
                    return stay
        return len(path)

    def reached(self, rank: list[int], path: list[int], trace: tuple[Any, ...]) -> int:
        """A complete labelling: the best so far, or one that shows an automorphism, or neither."""
        self.leaves += 1
        if self.leaves > LEAVES:
            raise KernelError("an index sum is too symmetric to be brought into normal form")
        (key, sign), best = self.leaf(rank), self.best
        if best is None or (trace, key) < (best.trace, best.key):
            self.best = Labelling(key, sign, rank, path, trace)
        elif (trace, key) == (best.trace, best.key):
            where = {r: node for node, r in enumerate(best.rank)}
            image = [0] * len(rank)
            for node, r in enumerate(rank):
                image[where[r]] = node
            self.automorphisms.append((image, sign * best.sign))
            # it maps the branch of the best labelling to this one, of which the rest then holds nothing new
            return next(level for level, (a, b) in enumerate(zip(path, best.path, strict=True)) if a != b)
        return len(path)

    def images(self, tried: set[int], path: list[int]) -> set[int]:
        """Where the known automorphisms that fix the path take the tried nodes."""
        usable = [image for image, _ in self.automorphisms if all(image[p] == p for p in path)] if tried else []
        reached, frontier = set(tried), list(tried)
        while frontier:
            at = frontier.pop()
            new = {image[at] for image in usable} - reached
            reached |= new
            frontier += new
        return reached

    def refine(self, cells: _Cells, changed: Iterable[int]) -> None:
        """Split cells by what surrounds their nodes until nothing splits; depends on the structure alone."""
        colour = cells.colour
        while changed and len(cells.members) < len(colour):
            around: dict[int, list[Any]] = {}
            for at in {at for node in changed for at in self.touching[node]}:
                tag, nodes, perms, orbit = self.edges[at]
                seen = tuple([colour[v] for v in nodes])
                if len(perms) > 1:
                    seen = min(tuple([seen[p] for p in perm]) for perm in perms)
                for place, node in zip(orbit, nodes, strict=True):
                    around.setdefault(node, []).append((tag, seen, place))
            alike: dict[int, dict[tuple[Any, ...], list[int]]] = {}
            for node, signs in around.items():
                if len(cells.members[colour[node]]) > 1:
                    alike.setdefault(colour[node], {}).setdefault(tuple(sorted(signs)), []).append(node)
            changed = []
            for start, groups in alike.items():
                if len(groups) > 1 or len(cells.members[start]) > len(next(iter(groups.values()))):
                    changed += cells.split(start, [groups[s] for s in sorted(groups)])


@lru_cache(maxsize=4096)
def _orbits(perms: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """For each place the first one that the permutations, which form a group, exchange it with."""
    return tuple(map(min, zip(*perms, strict=True)))
