"""The labelling depends on the structure alone, and finds every symmetry."""

from __future__ import annotations

import random
from itertools import combinations, permutations

import pytest

from symattn.engine.labelling import Labelling, canonical
from symattn.engine.normal.functions import close
from symattn.errors import KernelError

BOTH = ((0, 1), (1, 0))
ONE = ((0, 1),)
Graph = tuple[int, list[tuple[int, int]]]


def cycle(size: int) -> Graph:
    return size, [(v, (v + 1) % size) for v in range(size)]


def complete(size: int) -> Graph:
    return size, list(combinations(range(size), 2))


def cube() -> Graph:
    return 8, [(v, v ^ bit) for v in range(8) for bit in (1, 2, 4) if v < v ^ bit]


def petersen() -> Graph:
    names = list(combinations(range(5), 2))
    return 10, [(a, b) for a, b in combinations(range(10), 2) if not {*names[a]} & {*names[b]}]


def two_triangles() -> Graph:
    return 6, [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)]


GRAPHS = {"C5": cycle(5), "C8": cycle(8), "K4": complete(4), "K5": complete(5), "Q3": cube(), "Petersen": petersen()}
AUTOMORPHISMS = {"C5": 10, "C8": 16, "K4": 24, "K5": 120, "Q3": 48, "Petersen": 120}


def label(size: int, edges: list, perms: tuple = BOTH, colours: list | None = None) -> Labelling:
    def leaf(rank: list[int]) -> tuple[tuple, int]:
        done = [min(tuple(rank[nodes[p]] for p in perm) for perm in perms) for nodes in edges]
        return tuple(sorted(done)), 1

    return canonical(colours or [(0, 0)] * size, [(("edge", 1), nodes, perms) for nodes in edges], leaf)


def shuffled(graph: Graph, seed: int) -> list[tuple[int, int]]:
    size, edges = graph
    source = random.Random(seed)
    name = source.sample(range(size), size)
    renamed = [tuple(source.sample([name[a], name[b]], 2)) for a, b in edges]
    return source.sample(renamed, len(renamed))


@pytest.mark.parametrize("name", GRAPHS)
def test_the_key_does_not_depend_on_names_or_order(name: str) -> None:
    keys = {label(GRAPHS[name][0], shuffled(GRAPHS[name], seed)).key for seed in range(8)}
    assert len(keys) == 1


@pytest.mark.parametrize("name", GRAPHS)
def test_every_automorphism_is_found(name: str) -> None:
    size, edges = GRAPHS[name][0], shuffled(GRAPHS[name], 5)
    found = label(size, edges)
    assert len(close([(tuple(image), sign) for image, sign in found.automorphisms], size)) == AUTOMORPHISMS[name]


def test_what_is_called_an_automorphism_is_one() -> None:
    size, edges = GRAPHS["Petersen"][0], shuffled(GRAPHS["Petersen"], 3)
    lines = {frozenset(e) for e in edges}
    for image, _ in label(size, edges).automorphisms:
        assert {frozenset({image[a], image[b]}) for a, b in lines} == lines


def test_equal_degrees_do_not_confuse_it() -> None:
    assert label(*two_triangles()).key != label(*cycle(6)).key


def test_direction_counts_when_an_edge_cannot_be_turned() -> None:
    around, back = cycle(5)[1], [(a, b) for a, b in cycle(5)[1][:-1]] + [(0, 4)]
    assert label(5, around, ONE).key != label(5, back, ONE).key
    assert len(close([(tuple(a), s) for a, s in label(5, around, ONE).automorphisms], 5)) == 5


def test_colours_are_respected() -> None:
    marked = [[(0, int(v == chosen)) for v in range(6)] for chosen in range(6)]
    keys = {label(*cycle(6), colours=colours).key for colours in marked}
    assert len(keys) == 1
    assert len(close([(tuple(a), s) for a, s in label(*cycle(6), colours=marked[2]).automorphisms], 6)) == 2


def test_all_small_digraphs_are_told_apart() -> None:
    """Against trying every permutation: three nodes, every set of directed edges, and 16 classes of them."""
    pairs = list(permutations(range(3), 2))
    classes, slow = set(), set()
    for bits in range(2 ** len(pairs)):
        edges = [pair for b, pair in enumerate(pairs) if bits >> b & 1]
        classes.add((len(edges), label(3, edges, ONE).key))
        slow.add(min(tuple(sorted((p[a], p[b]) for a, b in edges)) for p in permutations(range(3))))
    assert len(classes) == len(slow) == 16


def test_a_long_cycle_costs_little() -> None:
    size, edges = cycle(300)
    leaves = 0

    def leaf(rank: list[int]) -> tuple[tuple, int]:
        nonlocal leaves
        leaves += 1
        return tuple(sorted((min(rank[a], rank[b]), max(rank[a], rank[b])) for a, b in edges)), 1

    canonical([(0, 0)] * size, [(("edge", 1), e, BOTH) for e in edges], leaf)
    assert leaves <= 4


def test_a_group_that_is_too_large_is_given_up() -> None:
    swaps = [(*range(v), v + 1, v, *range(v + 2, 8)) for v in range(7)]
    with pytest.raises(KernelError, match="too symmetric"):
        close([(swap, 1) for swap in swaps], 8)


def test_signs_multiply_along_the_group() -> None:
    turn = (1, 2, 3, 0)
    group = dict(close([(turn, -1)], 4))
    assert group[(2, 3, 0, 1)] == 1
    assert group[turn] == -1
