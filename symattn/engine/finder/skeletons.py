"""Engine, the finder: what a monomial or a function is when its variables have no names, canonical once and for ever.

Things that are equal up to the names of all their variables have one mark.  A `way` puts the free variables into an
order; two things of one mark are equal just when their free variables are the same in some way.  To everything around
it a thing is its mark and its free variables, so that no labelling ever looks inside of one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from symattn.engine.labelling import Edge
from symattn.engine.pendants import canonical_of
from symattn.errors import KernelError
from symattn.kernel.plain.monomials import Before, Delta, Entry, Function, Monomial, free_in_factor
from symattn.kernel.syntax.sizes import Index, Size, size_of, variables_of
from symattn.kernel.syntax.terms import Letter

Thing = Monomial | Function
Graph = tuple[str, tuple[str, ...], tuple[Edge, ...]]
Label = tuple[str, tuple[tuple[int, ...], ...]]
MOST = 50_000
"""How many things are remembered."""
WAYS = 1500
"""How many ways a thing may have before it is given up as too symmetric."""


class Skeleton(NamedTuple):
    """The mark of a thing, and its ways: the free variables in order, and with them the bound ones."""

    mark: str
    ways: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


_marked: dict[int, tuple[Thing, Skeleton]] = {}  # by identity; holding the thing keeps its number from another
_labelled: dict[Graph, Label] = {}
_lettered: dict[int, tuple[Letter, str, tuple[str, ...]]] = {}  # by identity, for letters are compared slowly
_coloured: dict[int, tuple[str, str]] = {}  # free and bound, by variable: a number never means another one


def forget_things() -> None:
    """Let go of the monomials and functions; what is known of their labelled graphs stays."""
    _marked.clear()


def forget_labels() -> None:
    """Empty all that is remembered."""
    for remembered in (_marked, _labelled, _lettered, _coloured):
        remembered.clear()


def skeleton(thing: Thing) -> Skeleton:
    """The mark and the ways of a thing."""
    known = _marked.get(id(thing))
    if known is not None:
        return known[1]
    free = sorted(thing.free if isinstance(thing, Monomial) else free_in_factor(thing))
    nodes = (*free, *thing.bound)
    graph = _graph(thing, {v: n for n, v in enumerate(nodes)}, len(free))
    mark, ranks = _labelled.get(graph) or _remembered(graph, len(free))
    ways = []
    for way in ranks:
        here = tuple([nodes[n] for n in way])
        ways.append((here[: len(free)], here[len(free) :]))
    if len(_marked) >= MOST:
        _marked.clear()
    found = Skeleton(mark, tuple(ways))
    _marked[id(thing)] = thing, found
    return found


def _remembered(graph: Graph, free: int) -> Label:
    if len(_labelled) >= MOST:
        _labelled.clear()
    known = _labelled[graph] = _label(graph, free)
    return known


def _graph(thing: Thing, node: dict[int, int], free: int) -> Graph:
    """What it is beyond its variables, their colours (free ones come first), and what joins them."""
    colours = [_colours(v)[n >= free] for v, n in node.items()]
    edges: list[Edge] = []
    if isinstance(thing, Function):
        colours[free:] = [f"bound {at} {size_text(size_of(v))}" for at, v in enumerate(thing.bound)]
        edges = [_joined((str(m.coefficient),), m, node) for m in thing.inside]
        return thing.kind, tuple(colours), tuple(edges)
    for factor in thing.factors:
        edges.append(_joined(("",), factor, node) if isinstance(factor, Function) else _incident(factor, node))
    edges += [_joined(("exp", str(m.coefficient)), m, node) for m in thing.exponent]
    return powers_text(thing), tuple(colours), tuple(edges)


def _colours(variable: int) -> tuple[str, str]:
    known = _coloured.get(variable)
    if known is None:
        if len(_coloured) >= MOST:
            _coloured.clear()
        size = size_text(size_of(variable))
        known = _coloured[variable] = size, f"bound{size}"
    return known


def _joined(tag: tuple[str, ...], thing: Thing, node: dict[int, int]) -> Edge:
    mark, ways = skeleton(thing)
    first = ways[0][0]
    nodes = tuple([node[v] for v in first])
    if len(ways) == 1:
        return (*tag, mark), nodes, _as_it_is(len(first))
    place = {v: at for at, v in enumerate(first)}
    return (*tag, mark), nodes, tuple([tuple([place[v] for v in way]) for way, _ in ways])


def _incident(factor: Entry | Delta | Before, node: dict[int, int]) -> Edge:
    """A factor joins the variables in its indices; the two sides of a delta may change places."""
    match factor:
        case Entry(letter, places):
            try:
                nodes = tuple([node[v] for v in places])  # type: ignore[index]
            except KeyError:  # an index that is no variable
                return _in_order(letter_text(letter), places, node)
            return _lettering(letter)[2], nodes, _as_it_is(len(nodes))
        case Before():
            return _in_order("<", factor, node)
    sides = sorted([(index_text(i, _hidden), tuple([node[v] for v in variables_of(i)])) for i in factor])
    (left, before), (right, after) = sides
    same = tuple(range(len(before) + len(after)))
    swap = (same[len(before) :] + same[: len(before)],) if left == right and before != after else ()
    return ("=", left, right), before + after, (same, *swap)


def _in_order(tag: str, places: tuple[Index, ...], node: dict[int, int]) -> Edge:
    texts, nodes = [tag], list[int]()
    for index in places:
        if type(index) is tuple:
            texts.append(index_text(index, _hidden))
            nodes += [node[v] for v in variables_of(index)]
        else:
            texts.append("#")
            nodes.append(node[index])  # type: ignore[index]
    return tuple(texts), tuple(nodes), _as_it_is(len(nodes))


@cache
def _as_it_is(length: int) -> tuple[tuple[int, ...], ...]:
    return (tuple(range(length)),)


def _hidden(variable: int) -> str:
    return "#"


def _label(graph: Graph, free: int) -> Label:
    """The mark, and for each way the nodes in order, free ones first."""
    head, colours, edges = graph

    def leaf(rank: list[int]) -> tuple[tuple[Any, ...], int]:
        return tuple(sorted([_seen(edge, rank) for edge in edges])), 1

    best = canonical_of(colours, edges, leaf, range(free, len(colours)))
    order = sorted(range(len(colours)), key=lambda n: (n >= free, best.rank[n]))
    found = {tuple(order[:free]): order}
    frontier = [order]
    while frontier:
        at = frontier.pop()
        for image, _ in best.automorphisms:
            there = [image[n] for n in at]
            if tuple(there[:free]) not in found:
                found[tuple(there[:free])] = there
                frontier.append(there)
        if len(found) > WAYS:
            raise KernelError("an expression is too symmetric for its steps to be found")
    mark = sha256(repr((head, sorted(colours), best.key)).encode()).hexdigest()[:16]
    return mark, tuple([tuple(way) for way in found.values()])


def _seen(edge: Edge, rank: list[int]) -> tuple[Any, ...]:
    tag, nodes, perms = edge
    here = [rank[n] for n in nodes]
    return tag, tuple(here) if len(perms) == 1 else min(tuple([here[p] for p in perm]) for perm in perms)


def index_text(index: Index, name: Callable[[int], str]) -> str:
    """The index as text."""
    match index:
        case int():
            return name(index)
        case ("part", before, inner, after):
            return f"{size_text(before)}+{index_text(inner, name)}+{size_text(after)}"
        case ("pair", outer, inner):
            return f"({index_text(outer, name)},{index_text(inner, name)})"
    return f"{index[1]}in{size_text(index[2])}"


@cache
def size_text(size: Size) -> str:
    return str(size)


def letter_text(letter: Letter) -> str:
    return _lettering(letter)[1]


def _lettering(letter: Letter) -> tuple[Letter, str, tuple[str, ...]]:
    """A letter, its text, and what an entry of it is at variables."""
    known = _lettered.get(id(letter))
    if known is None:
        sizes = ",".join(map(size_text, letter.sizes))
        said = f"{letter.name}{'~' * letter.inverse}:{sizes}:{','.join(sorted(letter.facts))}"
        if len(_lettered) >= MOST:
            _lettered.clear()
        known = _lettered[id(letter)] = letter, said, (said, *("#" for _ in letter.sizes))
    return known


def powers_text(monomial: Monomial) -> str:
    powers = monomial.powers
    return "*".join(sorted([f"{symbol.name}^{exponent}" for symbol, exponent in powers])) if powers else ""
