"""Engine, the normal form: a connected sum as one factor.  `sums` takes a sum apart into these.

What is summed is a small hypergraph: variables are its nodes, factors its edges.  Its canonical labelling names the
bound variables -1, -2, ... and the free ones 0, 1, ..., whatever they are called outside.
"""

from __future__ import annotations

from math import prod
from typing import Any

from symattn.engine.fingerprint import fingerprint
from symattn.engine.normal.functions import close, edge
from symattn.engine.normal.orders import positive_somewhere
from symattn.engine.normal.polynomial import (
    SKELETONS,
    Factor,
    Poly,
    Skeleton,
    instance,
    intern,
    scale,
    single,
    size_number,
    weight_of,
)
from symattn.engine.pendants import canonical_of
from symattn.kernel.syntax.sizes import Size, size_of

_labelled: dict[tuple[Any, ...], tuple[int, tuple[int, ...], int]] = {}
"""Skeleton, free nodes in order, and sign of every sum over numbered nodes that was ever looked at."""


def component(atoms: list[Factor], bound: list[int]) -> Poly:
    """The sum of a connected product over the bound variables, labelled once for all names of its variables."""
    variables = list(dict.fromkeys(v for _, places, _ in atoms for v in places))
    node = {v: n for n, v in enumerate(variables)}
    numbered = tuple([(s, tuple([node[v] for v in places]), p) for s, places, p in atoms])
    kinds = tuple([(v not in bound, size_of(v)) for v in variables])
    if (numbered, kinds) not in _labelled:
        _labelled[numbered, kinds] = _label(numbered, kinds)
    number, free, sign = _labelled[numbered, kinds]
    return scale(single(number, tuple([variables[n] for n in free])), sign) if sign else {}


def _label(atoms: tuple[Factor, ...], kinds: tuple[tuple[bool, Size], ...]) -> tuple[int, tuple[int, ...], int]:
    """`kinds` says which nodes are free, and their sizes.  The sign 0 is that of a sum that is its own negative."""
    bound = sum(not is_free for is_free, _ in kinds)

    def leaf(rank: list[int]) -> tuple[tuple[Any, ...], int]:
        slot = [r - bound if r >= bound else -1 - r for r in rank]  # bound nodes rank first, by their colour
        done = [instance(s, tuple([slot[n] for n in places]), p) for s, places, p in atoms]
        return tuple(sorted([factor for factor, _ in done])), prod([sign for _, sign in done])

    colours, loose = (
        [(is_free, size_number(s)) for is_free, s in kinds],
        [n for n, kind in enumerate(kinds) if not kind[0]],
    )
    best = canonical_of(colours, [edge(*a) for a in atoms], leaf, loose)
    nodes = sorted(range(len(kinds)), key=best.rank.__getitem__)
    sizes, free = tuple([kinds[n][1] for n in nodes]), tuple(nodes[bound:])
    images = [(tuple([best.rank[image[n]] - bound for n in free]), sign) for image, sign in best.automorphisms]
    group = close(images, len(free))
    if (tuple(range(len(free))), -1) in group:
        return 0, (), 0
    return intern("sum", (sizes[:bound], best.key), sizes[bound:], group, _finish), free, best.sign


def _finish(skeleton: Skeleton) -> None:
    sizes, atoms = skeleton.data
    below = [SKELETONS[s] for s, _, _ in atoms]
    skeleton.weight += weight_of(atoms)
    skeleton.positive = all(b.positive for b in below) and all(s.minimum >= 1 for s in sizes)
    skeleton.positive = skeleton.positive or positive_somewhere(sizes, skeleton.sizes, atoms)
    skeleton.letters = frozenset().union(*(b.letters for b in below))
    links = {
        (letter, side, places[slot])
        for (_, places, _), b in zip(atoms, below, strict=True)
        for letter, side, slot in b.links
        if places[slot] >= 0
    }
    skeleton.links = tuple(sorted(links, key=fingerprint))
    skeleton.special = bool(links)
