"""What an expression uses more than once, and how much there is when all is multiplied out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import prod
from typing import Any

import sympy

from symattn import language as lang
from symattn.language.trees.unevaluated import MatrixOperators
from symattn.language.walk import inside_out, nodes_of
from symattn.proof.elaborate.runs import Runs, matrices

LARGE = 150
"""What has fewer products when all is multiplied out is not worth any letters."""
MOST = 10**9
"""Larger numbers of products are not told apart."""
LONG = 64
"""So many factors in one product are worth letters, though it is one product."""
_FACTORS = sympy.MatMul | sympy.Mul | sympy.HadamardProduct
CURVED = lang.Softmax | lang.ElementwiseExp | lang.ElementwiseLog | lang.Reciprocal
"""Functions of matrices, inside of which nothing is multiplied out with what is outside."""
FOLLOWED = CURVED | sympy.MatAdd
"""Through letters for these a derivative is followed backwards."""
POWERS = sympy.Pow | sympy.MatPow
DEEPER = 3
"""How many times what is in a function counts: a derivative, or a comparison, looks at it again."""
_FUNCTIONS = CURVED | sympy.exp | sympy.log


def raised(node: Any) -> Any:
    """The sum of which the node is a power with a whole number from 2 up, if it is one."""
    if isinstance(node, POWERS) and node.exp.is_Integer and node.exp > 1:
        return node.base if isinstance(node.base, sympy.MatAdd | sympy.Add) else None
    return None


def _outside(roots: Iterable[Any]) -> Iterator[Any]:
    """What is in there, but not inside of functions."""
    stack, seen = [*roots], set[Any]()
    while stack:
        node = stack.pop()
        if node not in seen and not isinstance(node, _FUNCTIONS):
            seen.add(node)
            stack += node.args
            yield node


class Sharing:
    """The parts of some expressions that are used more than once, inner ones first.

    They are sums and functions of matrices, products that are multiplied entry by entry, and sums of numbers that are
    raised to a power.  A power uses its base more than once.  The transpose of a part is the same part, and so is a sum
    with which a longer one begins.  A run of factors that products of `runs_of` have in common is a part, too.
    """

    def __init__(self, roots: Iterable[Any], *, runs_of: Iterable[Any] | None = None) -> None:
        self._products: dict[Any, int] = {}
        self._lengths: dict[Any, int] = {}
        self._roots = tuple(roots)
        self._runs_of = self._roots if runs_of is None else tuple(runs_of)
        for node in inside_out(*self._roots):
            self._products[node], self._lengths[node] = self._count(node), self._length(node)
        self.products = sum(self._products[root] for root in self._roots)
        self.is_large = self.products >= LARGE or any(self._lengths[root] >= LONG for root in self._roots)

    @cached_property
    def parts(self) -> tuple[Any, ...]:
        return tuple(self._shared())

    @cached_property
    def parts_and_sums(self) -> dict[Any, bool]:
        """The parts, and sums outside of functions in which there are parts, in their order; which ones are parts."""
        parts, holding, found = set(self.parts), set[Any](), dict[Any, bool]()
        outside = set(_outside(self._roots))
        for node in self._products:
            found |= dict.fromkeys(self.runs.before.get(node, ()), True)
            if not holding.isdisjoint(node.args):
                holding.add(node)
                if node in outside and isinstance(node, sympy.MatAdd) and self._candidates[node] is node:
                    found[node] = False
            if node in parts:
                found[node] = True
                holding.add(node)
        return found

    def _count(self, node: Any) -> int:
        """How many products it has when it is multiplied out, with those inside of functions."""
        if isinstance(node, sympy.MatrixSymbol):
            return 1
        below = [self._products[a] for a in node.args]
        if isinstance(node, _FACTORS):
            return min(MOST, prod(below))
        if isinstance(node, POWERS) and node.exp.is_Integer and node.exp > 0:
            return int(min(MOST, self._products[node.base] ** min(int(node.exp), 64)))
        if isinstance(node, sympy.MatAdd | sympy.Add | _FUNCTIONS):
            return min(MOST, sum(below) * (DEEPER if isinstance(node, _FUNCTIONS) else 1))
        return max(below, default=1)

    def _length(self, node: Any) -> int:
        """How many factors its longest product has when it is multiplied out."""
        below = [self._lengths[a] for a in node.args] if not isinstance(node, sympy.MatrixSymbol) else []
        if isinstance(node, _FACTORS):
            return min(MOST, sum(below))
        if isinstance(node, POWERS) and node.exp.is_Integer and node.exp > 0:
            return int(min(MOST, self._lengths[node.base] * node.exp))
        return max(below, default=1)

    @cached_property
    def runs(self) -> Runs:
        """What the products have in common."""
        return Runs(node for node in inside_out(*self._runs_of) if isinstance(node, sympy.MatMul))

    def _shared(self) -> Iterator[Any]:
        """The sums and functions with at least two uses, in an order in which each comes after those inside it."""
        first = self._candidates
        runs = tuple(self.runs)
        uses: Counter[Any] = Counter()
        for used in self._used(first, runs) if first else ():
            plain = (part.args[0] if isinstance(part, sympy.Transpose) else part for part in used)
            uses.update(first[part] for part in plain if part in first)
        for node in self._products:
            yield from self.runs.before.get(node, ())
            if node in first and first[node] is node and uses[node] > 1:
                yield node

    @cached_property
    def _candidates(self) -> dict[Any, Any]:
        """What may be a part, each with the first that is met of those that are the same part."""
        first: dict[Any, Any] = {}
        for node in self._products:
            if isinstance(node, FOLLOWED):
                first.setdefault(node, first.get(node.T, node))
            elif (base := raised(node)) is not None:
                first.setdefault(base, base)
            elif isinstance(node, sympy.HadamardProduct):
                for part in (a for a in node.args if isinstance(a, sympy.MatMul)):
                    first.setdefault(part, part)
        return first

    def _used(self, first: dict[Any, Any], runs: tuple[Any, ...]) -> Iterator[Iterable[Any]]:
        """What each node uses, a run, or a sum with which a longer one begins, as a whole."""
        seen = set[Any]()
        for node in [*nodes_of(*self._roots)][::-1]:
            if isinstance(node, sympy.Transpose) or (isinstance(node, MatrixOperators) and node.transpose() in seen):
                continue
            seen.add(node)
            is_product = runs and isinstance(node, sympy.MatMul)
            yield self.runs.grouped(matrices(node), runs) if is_product else node.args
            yield [base for base in [raised(node)] if base in first]
        for at, run in enumerate(runs):
            yield self.runs.grouped(matrices(run), runs[:at])
        starts = {node.args: node for node in first if isinstance(node, sympy.MatAdd)}
        for node in starts.values():
            lengths = range(len(node.args) - 1, 1, -1)
            if start := next((n for n in lengths if node.args[:n] in starts), 0):
                yield [starts[node.args[:start]]]
