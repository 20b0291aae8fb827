"""Canonical labelling: the same for every naming of the nodes, different for different structures, and never slow on cycles."""

from __future__ import annotations

import random
from itertools import combinations, permutations

import pytest

from symattn.errors import KernelError
from symattn.kernel import labelling
from symattn.kernel.labelling import Edge, Labelling, canonical

ORDERED = ((0, 1),)
EITHER = ((0, 1), (1, 0))

Graph = tuple[list, list[Edge]]


def _canonical(graph: Graph, signs: dict[tuple[int, ...], int] | None = None) -> Labelling:
    """With the edges in canonical order as the key; a permutation of places costs the sign that `signs` says."""
    colours, edges = graph

    def leaf(rank: list[int]) -> tuple[tuple, int]:
        done, sign = [], 1
        for tag, nodes, perms in edges:
            image, perm = min((tuple(rank[nodes[p]] for p in perm), perm) for perm in perms)
            done.append((tag, image))
            sign *= (signs or {}).get(perm, 1)
        return (tuple(colours[node] for node in sorted(range(len(colours)), key=rank.__getitem__)), tuple(sorted(done))), sign

    return canonical(colours, edges, leaf)


def _renamed(graph: Graph, random: random.Random) -> Graph:
    """The same structure: other numbers for the nodes, the edges in another order and with their places turned."""
    colours, edges = graph
    number = list(range(len(colours)))
    random.shuffle(number)
    turned = []
    for tag, nodes, perms in edges:
        perm = random.choice(perms)
        turned.append((tag, tuple(number[nodes[p]] for p in perm), perms))
    random.shuffle(turned)
    where = sorted(range(len(colours)), key=number.__getitem__)
    return [colours[node] for node in where], turned


def _graph(size: int, pairs, perms=EITHER, tag: tuple = (0,)) -> Graph:
    return [0] * size, [(tag, tuple(pair), perms) for pair in pairs]


def _cycle(size: int, perms=EITHER) -> Graph:
    return _graph(size, [(v, (v + 1) % size) for v in range(size)], perms)


def _together(*graphs: Graph) -> Graph:
    colours: list = []
    edges: list[Edge] = []
    for more, joined in graphs:
        edges += [(tag, tuple(v + len(colours) for v in nodes), perms) for tag, nodes, perms in joined]
        colours = colours + more
    return colours, edges


def _cyclic(size: int, steps: set[int]) -> Graph:
    """Numbers around a circle, joined when their difference is one of the steps."""
    return _graph(size, [(a, b) for a, b in combinations(range(size), 2) if b - a in steps or size - (b - a) in steps])


def _kneser(size: int, block: int) -> Graph:
    sets = list(combinations(range(size), block))
    return _graph(len(sets), [(a, b) for a, b in combinations(range(len(sets)), 2) if not set(sets[a]) & set(sets[b])])


def _rook() -> Graph:
    squares = [(r, c) for r in range(4) for c in range(4)]
    return _graph(16, [(a, b) for a, b in combinations(range(16), 2) if sum(map(_same, squares[a], squares[b])) == 1])


def _same(left: int, right: int) -> bool:
    return left == right


def _shrikhande() -> Graph:
    """As regular as the rook's graph, with the same parameters (16, 6, 2, 2), and not the same graph."""
    steps = {(0, 1), (0, 3), (1, 0), (3, 0), (1, 1), (3, 3)}
    squares = [(r, c) for r in range(4) for c in range(4)]
    near = [(a, b) for a, b in combinations(range(16), 2) if _step(squares[a], squares[b]) in steps]
    return _graph(16, near)


def _step(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    return (right[0] - left[0]) % 4, (right[1] - left[1]) % 4


def _two_letters(length: int) -> Graph:
    """tr((Q Kᵀ)^m): a circle of two kinds of nodes and two kinds of arrows."""
    edges: list[Edge] = []
    for m in range(length):
        d, k, after = 2 * m, 2 * m + 1, (2 * m + 2) % (2 * length)
        edges += [((0,), (d, k), ORDERED), ((1,), (after, k), ORDERED)]
    return [m % 2 for m in range(2 * length)], edges


CYCLIC3 = ((0, 1, 2), (1, 2, 0), (2, 0, 1))
FANO = [(0, 1, 3), (1, 2, 4), (2, 3, 5), (3, 4, 6), (4, 5, 0), (5, 6, 1), (6, 0, 2)]

GRAPHS = {
    "nothing": ([], []),
    "one node": ([0], []),
    "two nodes apart": ([0, 0], []),
    "path": _graph(7, [(v, v + 1) for v in range(6)]),
    "arrow path": _graph(7, [(v, v + 1) for v in range(6)], ORDERED),
    "cycle of 12": _cycle(12),
    "arrow cycle of 9": _cycle(9, ORDERED),
    "two letters around": _two_letters(8),
    "complete on 7": _graph(7, combinations(range(7), 2)),
    "arrows both ways on 5": _graph(5, permutations(range(5), 2), ORDERED),
    "star of twins": _graph(8, [(0, v) for v in range(1, 8)]),
    "complete bipartite 3 + 4": _graph(7, [(a, b) for a in range(3) for b in range(3, 7)]),
    "cube": _graph(8, [(a, b) for a, b in combinations(range(8), 2) if (a ^ b).bit_count() == 1]),
    "Petersen": _kneser(5, 2),
    "Paley on 13": _cyclic(13, {1, 3, 4}),
    "rook": _rook(),
    "Shrikhande": _shrikhande(),
    "a hexagon": _cycle(6),
    "two triangles": _together(_cycle(3), _cycle(3)),
    "three squares": _together(_cycle(4), _cycle(4), _cycle(4)),
    "triangle and square": _together(_cycle(3), _cycle(4)),
    "Petersen twice": _together(_kneser(5, 2), _kneser(5, 2)),
    "doubled edge": _graph(4, [(0, 1), (0, 1), (1, 2), (2, 3), (3, 0)]),
    "two colours": ([0, 1, 0, 1, 0, 1], _cycle(6)[1]),
    "two tags": ([0] * 6, [((v % 2,), nodes, perms) for v, (_, nodes, perms) in enumerate(_cycle(6)[1])]),
    "Fano, any order": ([0] * 7, [((0,), line, tuple(permutations(range(3)))) for line in FANO]),
    "Fano, turning": ([0] * 7, [((0,), line, CYCLIC3) for line in FANO]),
    "Fano, in order": ([0] * 7, [((0,), line, ((0, 1, 2),)) for line in FANO]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_the_names_of_the_nodes_do_not_matter(name: str) -> None:
    chance = random.Random(name)
    wanted = _canonical(GRAPHS[name]).key
    assert all(_canonical(_renamed(GRAPHS[name], chance)).key == wanted for _ in range(12))


def test_random_structures_are_named_alike_whatever_their_numbers() -> None:
    chance = random.Random(7)
    for _ in range(300):
        size = chance.randint(1, 8)
        edges: list[Edge] = []
        for _ in range(chance.randint(0, 10)):
            width = chance.randint(1, min(3, size))
            groups = [(tuple(range(width)),), tuple(permutations(range(width)))] + [CYCLIC3] * (width == 3)
            edges.append(((chance.randint(0, 1),), tuple(chance.sample(range(size), width)), chance.choice(groups)))
        graph = [chance.randint(0, 1) for _ in range(size)], edges
        assert _canonical(graph).key == _canonical(_renamed(graph, chance)).key


def test_different_structures_have_different_keys() -> None:
    keys = {_canonical(graph).key for graph in GRAPHS.values()}
    assert len(keys) == len(GRAPHS)


def _group(labelling_: Labelling, size: int) -> set[tuple[int, ...]]:
    elements = {tuple(range(size))}
    frontier = list(elements)
    while frontier:
        at = frontier.pop()
        for image, _ in labelling_.automorphisms:
            if (new := tuple(at[v] for v in image)) not in elements:
                elements.add(new)
                frontier.append(new)
    return elements


def _brute_force(graph: Graph) -> set[tuple[int, ...]]:
    colours, edges = graph

    def described(number: tuple[int, ...]) -> list:
        return sorted((tag, min(tuple(number[nodes[p]] for p in perm) for perm in perms)) for tag, nodes, perms in edges)

    same = described(tuple(range(len(colours))))
    return {
        number
        for number in permutations(range(len(colours)))
        if all(colours[v] == colours[number[v]] for v in range(len(colours))) and described(number) == same
    }


@pytest.mark.parametrize("name", [name for name, (colours, _) in GRAPHS.items() if len(colours) <= 7])
def test_the_automorphisms_are_all_of_them_and_nothing_else(name: str) -> None:
    graph = GRAPHS[name]
    assert _group(_canonical(graph), len(graph[0])) == _brute_force(graph)


@pytest.mark.parametrize(
    ("name", "order"),
    [("cube", 48), ("Petersen", 120), ("rook", 1152), ("Shrikhande", 192), ("Paley on 13", 78), ("two letters around", 8)],
)
def test_the_automorphisms_are_as_many_as_is_known(name: str, order: int) -> None:
    assert len(_group(_canonical(GRAPHS[name]), len(GRAPHS[name][0]))) == order


def test_a_turned_edge_costs_its_sign() -> None:
    """A skew letter on each side of a triangle: turning the triangle over changes the sign three times."""
    found = _canonical(_cycle(3), signs={(1, 0): -1})
    assert {(len(set(image)), sign) for image, sign in found.automorphisms} >= {(3, -1)}
    again = _canonical(_cycle(4), signs={(1, 0): -1})
    assert {sign for _, sign in again.automorphisms} == {1}


@pytest.mark.parametrize("length", [16, 64, 256])
def test_a_long_cycle_takes_as_few_looks_as_a_short_one(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "LEAVES", 8)
    found = _canonical(_two_letters(length))
    assert len(_group(found, 2 * length)) == length


def test_equal_branches_are_left_at_the_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a complete graph one look for each pair of nodes is enough."""
    monkeypatch.setattr(labelling, "LEAVES", 16 * 15 // 2 + 1)
    assert _canonical(_graph(16, combinations(range(16), 2))).rank is not None


def test_what_is_too_symmetric_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "LEAVES", 3)
    with pytest.raises(KernelError, match="too symmetric"):
        _canonical(_kneser(5, 2))
