"""Canonical labelling on structures that refinement alone cannot tell apart, or whose edges may turn."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations, permutations

import pytest

from symattn.engine import labelling
from symattn.engine.labelling import Edge, Labelling, canonical
from symattn.errors import KernelError

ORDERED = ((0, 1),)
EITHER = ((0, 1), (1, 0))
TURNING = ((0, 1, 2), (1, 2, 0), (2, 0, 1))
ANY = tuple(permutations(range(3)))

Graph = tuple[list[int], list[Edge]]


def _canonical(graph: Graph, signs: dict[tuple[int, ...], int] | None = None) -> Labelling:
    """With colours and edges in order as the key; a permutation of places costs the sign that `signs` says."""
    colours, edges = graph

    def leaf(rank: list[int]) -> tuple[tuple, int]:
        done, sign = [], 1
        for tag, nodes, perms in edges:
            image, perm = min((tuple(rank[nodes[p]] for p in perm), perm) for perm in perms)
            done.append((tag, image))
            sign *= (signs or {}).get(perm, 1)
        order = sorted(range(len(colours)), key=rank.__getitem__)
        return (tuple(colours[node] for node in order), tuple(sorted(done))), sign

    return canonical(colours, edges, leaf)


def _renamed(graph: Graph, chance: random.Random) -> Graph:
    """The same structure: other numbers for the nodes, the edges in another order and with their places turned."""
    colours, edges = graph
    number = chance.sample(range(len(colours)), len(colours))
    turned = []
    for tag, nodes, perms in edges:
        perm = chance.choice(perms)
        turned.append((tag, tuple(number[nodes[p]] for p in perm), perms))
    where = sorted(range(len(colours)), key=number.__getitem__)
    return [colours[node] for node in where], chance.sample(turned, len(turned))


def _graph(size: int, pairs: Iterable[tuple[int, int]], perms: tuple = EITHER) -> Graph:
    return [0] * size, [((0,), pair, perms) for pair in pairs]


def _cycle(size: int, perms: tuple = EITHER) -> Graph:
    return _graph(size, [(v, (v + 1) % size) for v in range(size)], perms)


def _together(*graphs: Graph) -> Graph:
    colours: list[int] = []
    edges: list[Edge] = []
    for more, joined in graphs:
        edges += [(tag, tuple(v + len(colours) for v in nodes), perms) for tag, nodes, perms in joined]
        colours = colours + more
    return colours, edges


def _near(steps: set[tuple[int, int]]) -> Graph:
    """The squares of a 4×4 board whose edges are glued, joined when one step leads from one to the other."""
    squares = [divmod(v, 4) for v in range(16)]
    pairs = combinations(range(16), 2)
    return _graph(16, [(a, b) for a, b in pairs if _step(squares[a], squares[b]) in steps])


def _step(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    return (right[0] - left[0]) % 4, (right[1] - left[1]) % 4


def _kneser(size: int, block: int) -> Graph:
    sets = list(combinations(range(size), block))
    return _graph(len(sets), [(a, b) for a, b in combinations(range(len(sets)), 2) if not {*sets[a]} & {*sets[b]}])


def _two_letters(length: int) -> Graph:
    """tr((Q Kᵀ)^m): a circle of two kinds of nodes and two kinds of arrows."""
    edges: list[Edge] = []
    for d in range(0, 2 * length, 2):
        edges += [((0,), (d, d + 1), ORDERED), ((1,), ((d + 2) % (2 * length), d + 1), ORDERED)]
    return [m % 2 for m in range(2 * length)], edges


def _lines(perms: tuple) -> Graph:
    """The plane with seven points: every two of them are on one line of three."""
    return [0] * 7, [((0,), (v, (v + 1) % 7, (v + 3) % 7), perms) for v in range(7)]


GRAPHS = {
    "nothing": ([], []),
    "one node": ([0], []),
    "two nodes apart": ([0, 0], []),
    "path": _graph(7, [(v, v + 1) for v in range(6)]),
    "arrow path": _graph(7, [(v, v + 1) for v in range(6)], ORDERED),
    "arrow cycle of 9": _cycle(9, ORDERED),
    "two letters around": _two_letters(8),
    "complete on 7": _graph(7, combinations(range(7), 2)),
    "arrows both ways on 5": _graph(5, permutations(range(5), 2), ORDERED),
    "star of twins": _graph(7, [(0, v) for v in range(1, 7)]),
    "complete bipartite 3 + 4": _graph(7, [(a, b) for a in range(3) for b in range(3, 7)]),
    "Petersen": _kneser(5, 2),
    "Paley on 13": _graph(13, [(a, b) for a, b in combinations(range(13), 2) if b - a in (1, 3, 4, 9, 10, 12)]),
    "rook": _near({(0, s) for s in (1, 2, 3)} | {(s, 0) for s in (1, 2, 3)}),
    "Shrikhande": _near({(0, 1), (0, 3), (1, 0), (3, 0), (1, 1), (3, 3)}),
    "a hexagon": _cycle(6),
    "two triangles": _together(_cycle(3), _cycle(3)),
    "a cycle of 12": _cycle(12),
    "three squares": _together(_cycle(4), _cycle(4), _cycle(4)),
    "triangle and square": _together(_cycle(3), _cycle(4)),
    "Petersen twice": _together(_kneser(5, 2), _kneser(5, 2)),
    "doubled edge": _graph(4, [(0, 1), (0, 1), (1, 2), (2, 3), (3, 0)]),
    "two colours": ([0, 1, 0, 1, 0, 1], _cycle(6)[1]),
    "two tags": ([0] * 6, [((v % 2,), nodes, perms) for v, (_, nodes, perms) in enumerate(_cycle(6)[1])]),
    "Fano, any order": _lines(ANY),
    "Fano, turning": _lines(TURNING),
    "Fano, in order": _lines(ANY[:1]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_the_names_of_the_nodes_do_not_matter(name: str) -> None:
    chance = random.Random(name)
    wanted = _canonical(GRAPHS[name]).key
    assert all(_canonical(_renamed(GRAPHS[name], chance)).key == wanted for _ in range(8))


def test_random_structures_are_named_alike_whatever_their_numbers() -> None:
    chance = random.Random(7)
    for _ in range(300):
        size = chance.randint(1, 8)
        edges: list[Edge] = []
        for _ in range(chance.randint(0, 10)):
            width = chance.randint(1, min(3, size))
            groups = [
                (tuple(range(width)),),
                tuple(permutations(range(width))),
                TURNING if width == 3 else ((0, 1)[:width],),
            ]
            edges.append(((chance.randint(0, 1),), tuple(chance.sample(range(size), width)), chance.choice(groups)))
        graph = [chance.randint(0, 1) for _ in range(size)], edges
        assert _canonical(graph).key == _canonical(_renamed(graph, chance)).key


def test_different_structures_have_different_keys() -> None:
    """Among them two strongly regular graphs with the same parameters, and cycles of the same length in all."""
    assert len({_canonical(graph).key for graph in GRAPHS.values()}) == len(GRAPHS)


def _group(graph: Graph) -> set[tuple[int, ...]]:
    """What the automorphisms that were found generate."""
    images = [image for image, _ in _canonical(graph).automorphisms]
    elements = {tuple(range(len(graph[0])))}
    frontier = list(elements)
    while frontier:
        at = frontier.pop()
        new = {tuple(at[v] for v in image) for image in images} - elements
        elements |= new
        frontier += new
    return elements


def _by_trying_all(graph: Graph) -> set[tuple[int, ...]]:
    colours, edges = graph

    def seen(number: tuple[int, ...]) -> list:
        return sorted(
            (tag, min(tuple(number[nodes[p]] for p in perm) for perm in perms)) for tag, nodes, perms in edges
        )

    nodes = range(len(colours))
    same = seen(tuple(nodes))
    alike = (number for number in permutations(nodes) if all(colours[v] == colours[number[v]] for v in nodes))
    return {number for number in alike if seen(number) == same}


@pytest.mark.parametrize("name", [name for name, (colours, _) in GRAPHS.items() if len(colours) <= 6])
def test_the_automorphisms_are_all_of_them_and_nothing_else(name: str) -> None:
    assert _group(GRAPHS[name]) == _by_trying_all(GRAPHS[name])


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("complete on 7", 5040),
        ("complete bipartite 3 + 4", 144),
        ("Petersen", 120),
        ("Paley on 13", 78),
        ("rook", 1152),
        ("Shrikhande", 192),
        ("three squares", 3072),
        ("two letters around", 8),
        ("Fano, any order", 168),
    ],
)
def test_the_automorphisms_are_as_many_as_is_known(name: str, order: int) -> None:
    assert len(_group(GRAPHS[name])) == order


def test_a_turned_edge_costs_its_sign() -> None:
    """A skew letter on each side: turning a triangle over changes the sign three times, a square four times."""
    assert -1 in {sign for _, sign in _canonical(_cycle(3), {(1, 0): -1}).automorphisms}
    assert {sign for _, sign in _canonical(_cycle(4), {(1, 0): -1}).automorphisms} == {1}


@pytest.mark.parametrize("length", [16, 64, 256])
def test_a_long_cycle_takes_as_few_looks_as_a_short_one(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "LEAVES", 3)
    assert len(_group(_two_letters(length))) == length


def test_equal_branches_are_left_at_the_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a complete graph one look for each pair of nodes is enough."""
    monkeypatch.setattr(labelling, "LEAVES", 16 * 15 // 2 + 1)
    assert sorted(_canonical(_graph(16, combinations(range(16), 2))).rank) == list(range(16))


def test_what_is_too_symmetric_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "LEAVES", 3)
    with pytest.raises(KernelError, match="too symmetric"):
        _canonical(_kneser(5, 2))
