"""Trees that hang from a graph are named from their leaves on, with the answers that a search gives."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest

import symattn as sa
from symattn.engine.labelling import Edge, Labelling
from symattn.engine.pendants import MANY, canonical_of

Graph = tuple[list[Any], list[Edge]]


def key_of(graph: Graph, rank: list[int]) -> tuple[Any, ...]:
    """The edges under the ranks, with the colours in the order of the ranks."""
    colours, edges = graph
    named = [(tag, min(tuple(rank[nodes[p]] for p in perm) for perm in perms)) for tag, nodes, perms in edges]
    return tuple(sorted(named)), tuple(colours[node] for node in sorted(range(len(colours)), key=rank.__getitem__))


def labelled(graph: Graph, loose: list[int]) -> Labelling:
    return canonical_of(*graph, lambda rank: (key_of(graph, rank), 1), loose)


def tree(branching: tuple[int, ...], kinds: tuple[str, ...] = ("A",)) -> Graph:
    """A tree with so many branches at each level; node 0, its root, is free.  Edges have two ends and a direction."""
    colours, edges, level = ["free"], list[Edge](), [0]
    for branches in branching:
        below = []
        for parent, branch in product(level, range(branches)):
            colours.append("bound")
            below.append(len(colours) - 1)
            edges.append(((kinds[branch % len(kinds)],), (parent, below[-1]), ((0, 1),)))
        level = below
    return [{"bound": (0,), "free": (1,)}[c] for c in colours], edges


def shuffled(graph: Graph, seed: int) -> tuple[Graph, list[int]]:
    """The graph with other numbers for its nodes, and the new number of each."""
    colours, edges = graph
    new = list(range(len(colours)))
    Random(seed).shuffle(new)
    old = {n: node for node, n in enumerate(new)}
    moved = [(tag, tuple(new[v] for v in nodes), perms) for tag, nodes, perms in edges]
    Random(seed + 1).shuffle(moved)
    return ([colours[old[n]] for n in range(len(colours))], moved), new


def random_graph(seed: int) -> Graph:
    """A few nodes that are joined at random, some of them free, with trees of random shapes on top of them."""
    random = Random(seed)
    core = random.randint(2, 4)
    colours = [(int(random.random() < 0.4),) for _ in range(core)]
    swap = ((0, 1), (1, 0))
    edges: list[Edge] = [
        ((random.choice("ST"),), (a, b), swap if random.random() < 0.5 else ((0, 1),))
        for a, b in product(range(core), repeat=2)
        if a < b and random.random() < 0.8
    ]
    while len(colours) < 24:
        edges.append(((random.choice("AB"),), (random.randrange(len(colours)), len(colours)), ((0, 1),)))
        colours.append((0,))
    return colours, edges


def loose_in(graph: Graph) -> list[int]:
    return [node for node, colour in enumerate(graph[0]) if colour == (0,)]


@pytest.mark.parametrize("seed", range(40))
def test_numbers_of_nodes_do_not_matter(seed: int) -> None:
    graph = random_graph(seed)
    other, _ = shuffled(graph, seed)
    assert len(loose_in(graph)) > MANY
    assert labelled(graph, loose_in(graph)).key == labelled(other, loose_in(other)).key


@pytest.mark.parametrize("seed", range(40))
def test_ranks_keep_the_colours_in_order_and_moves_are_symmetries(seed: int) -> None:
    graph = random_graph(seed)
    found = labelled(graph, loose_in(graph))
    assert sorted(found.rank) == list(range(len(graph[0])))
    by_rank = [graph[0][node] for node in sorted(range(len(found.rank)), key=found.rank.__getitem__)]
    assert by_rank == sorted(by_rank)
    for image, _ in found.automorphisms:
        assert key_of(graph, [found.rank[image[node]] for node in range(len(image))]) == found.key


def test_trees_that_differ_far_from_the_root_are_told_apart() -> None:
    one, other = tree((2,) * 4), tree((2,) * 4)
    tag, nodes, perms = other[1][-1]
    other[1][-1] = (("B",), nodes, perms)
    turned = tree((2,) * 4)
    turned[1][-1] = (tag, nodes[::-1], perms)
    keys = [labelled(graph, loose_in(graph)).key for graph in (one, other, turned, tree((4, 4)), tree((2, 3, 2)))]
    assert len(set(keys)) == len(keys)


def test_a_symmetry_of_what_is_not_loose_is_found_through_trees() -> None:
    """Two free nodes with equal trees change places with what hangs from them."""
    (colours, edges), more = tree((2, 2, 2)), len(tree((2, 2, 2))[0])
    both = [*colours, *colours], [*edges, *((t, tuple(v + more for v in at), p) for t, at, p in edges)]
    both[1].append((("S",), (0, more), ((0, 1), (1, 0))))
    found = labelled(both, loose_in(both))
    assert [image for image, _ in found.automorphisms if image[0] == more and image[more] == 0]


def test_a_deep_tree_of_equal_letters_is_named_without_a_search() -> None:
    deep = tree((2,) * 9)
    found, other = labelled(deep, loose_in(deep)), shuffled(deep, 3)[0]
    assert found.path == []
    assert labelled(other, loose_in(other)).key == found.key


def test_sums_over_trees_that_are_not_equal_are_refuted() -> None:
    n = sa.sizes("n", min=1)
    A, B, here, other = sa.matrix("A", n, n), sa.matrix("B", n, n), sa.column("v", n), sa.column("v", n)
    for depth in range(5):
        here = sa.hadamard(A @ here, A @ here)
        other = sa.hadamard(A @ other, (B if depth == 0 else A) @ other)
    assert sa.prove(sa.Equal(here, sa.T(sa.T(here))))
    assert sa.decide(sa.Equal(here, other)).status == "refuted"
