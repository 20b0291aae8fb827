"""Engine, the finder: an order for what a monomial binds, where symmetric and skew letters may be turned.

Steps are taken in it, so that no letter is turned for ever, and a sum that is its own negative is seen.

Nodes of the graph are the variables at all depths, the functions and the monomials inside of these; factors are edges.
"""

from __future__ import annotations

from collections.abc import Iterable

from symattn.engine.finder.naming import Names, order
from symattn.engine.finder.skeletons import index_text, letter_text, powers_text, size_text
from symattn.engine.labelling import Labelling, canonical
from symattn.kernel.plain.monomials import Before, Delta, Entry, Function, Monomial
from symattn.kernel.syntax.sizes import Index, size_of, variables_of


def loose_order(monomial: Monomial, names: Names) -> tuple[tuple[int, ...], dict[int, int] | None]:
    """The same where letters may be turned; and a renaming that takes the monomial to its negative, if there is one."""
    turns = [f for f in _entries(monomial) if f.letter.facts & {"symmetric", "skew"}]
    if not monomial.bound or not turns:
        return order(monomial, names), None
    graph = _Graph(monomial, names)
    best = graph.labelled()
    odd = next((image for image, sign in best.automorphisms if sign < 0), None)
    variable = {n: v for v, n in graph.node.items()}
    swap = None if odd is None else {v: variable[odd[n]] for v, n in graph.node.items()}
    ranks = [best.rank, *([best.rank[image[n]] for n in range(len(image))] for image, _ in best.automorphisms)]
    # of all that are as good the one that turns the fewest letters: else two of them would be turned for ever
    rank = min(ranks, key=graph.turned)
    return tuple(sorted(monomial.bound, key=lambda v: rank[graph.node[v]])), swap


def _entries(monomial: Monomial) -> Iterable[Entry]:
    for factor in monomial.factors:
        if type(factor) is Entry:
            yield factor
        elif type(factor) is Function:
            for m in factor.inside:
                yield from _entries(m)
    for m in monomial.exponent:
        yield from _entries(m)


class _Graph:
    def __init__(self, monomial: Monomial, names: Names) -> None:
        self.names = names
        self.node: dict[int, int] = {}
        self.colours: list[str] = []
        self.edges: list[tuple[tuple[str, ...], tuple[int, ...], tuple[tuple[int, ...], ...]]] = []
        self.signs: list[int] = []
        self.inside(monomial, ())

    def labelled(self) -> Labelling:
        return canonical(self.colours, self.edges, self.leaf)

    def leaf(self, rank: list[int]) -> tuple[tuple[object, ...], int]:
        found, sign = [], 1
        for (tag, nodes, perms), flip in zip(self.edges, self.signs, strict=True):
            seen = [tuple([rank[nodes[p]] for p in perm]) for perm in perms]
            best = min(seen)
            sign *= 1 if best == seen[0] else flip
            found.append((tag, best))
        return tuple(sorted(found)), sign

    def turned(self, rank: list[int]) -> int:
        """How many letters stand the other way round than they would be ranked."""
        seen = ([tuple([rank[nodes[p]] for p in perm]) for perm in perms] for _, nodes, perms in self.edges)
        return sum(ways[0] != min(ways) for ways in seen)

    def new(self, colour: str, parent: tuple[int, ...], role: str) -> int:
        self.colours.append(colour)
        self.edge((role,), (len(self.colours) - 1, *parent))
        return len(self.colours) - 1

    def edge(self, tag: tuple[str, ...], nodes: tuple[int, ...], *swap: tuple[int, ...], flip: int = 1) -> None:
        self.edges.append((tag, nodes, (tuple(range(len(nodes))), *swap)))
        self.signs.append(flip)

    def inside(self, monomial: Monomial, parent: tuple[int, ...]) -> None:
        for v in monomial.bound:
            self.node[v] = self.new(size_text(size_of(v)), parent, "binds")
        for factor in monomial.factors:
            match factor:
                case Entry(letter, places):
                    turns = letter.facts & {"symmetric", "skew"}
                    self.incident(
                        letter_text(letter), places, parent, bool(turns), -1 if "skew" in turns and not parent else 1
                    )
                case Before():
                    self.incident("<", factor, parent, False, 1)
                case Delta():
                    self.incident("=", factor, parent, True, 1)
                case Function(kind, bound, below):
                    node = self.new(kind, parent, "factor")
                    for at, v in enumerate(bound):
                        self.node[v] = self.new(f"{at}", (node,), "matrix")
                    for m in below:
                        self.inside(m, (self.new(self.scalars(m), (node,), "summand"),))
        for m in monomial.exponent:
            self.inside(m, (self.new(self.scalars(m), parent, "exponent"),))

    def name(self, variable: int) -> str:
        return "#" if variable in self.node else self.names[variable]

    def scalars(self, monomial: Monomial) -> str:
        """Coefficient and powers; its sign tells nothing where letters may be turned that change it."""
        signed = any(type(f) is Entry and "skew" in f.letter.facts for f in monomial.factors)
        return f"{abs(monomial.coefficient) if signed else monomial.coefficient}*{powers_text(monomial)}"

    def incident(self, tag: str, places: tuple[Index, ...], parent: tuple[int, ...], turns: bool, flip: int) -> None:
        """A factor joins the variables in its indices; two of them may change places."""
        sides = [
            (index_text(i, self.name), tuple([self.node[v] for v in variables_of(i) if v in self.node])) for i in places
        ]
        swap: tuple[tuple[int, ...], ...] = ()
        if turns:
            if sides[1][0] < sides[0][0]:
                sides.reverse()
            elif sides[0][0] == sides[1][0] and sides[0][1] != sides[1][1]:
                half = len(sides[0][1])
                swap = ((*range(half, 2 * half), *range(half), *range(2 * half, 2 * half + len(parent))),)
        nodes = [node for _, found in sides for node in found]
        self.edge((tag, *(side for side, _ in sides)), (*nodes, *parent), *swap, flip=flip)
