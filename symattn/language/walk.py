"""Reading a tree.  Which letters and sizes an expression or a claim has, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar

from sympy import Lambda, MatrixSymbol, Symbol

from symattn.language.bilinear import BilinearMap
from symattn.language.heads import Family, HeadIndex, Member
from symattn.language.sizes import Size
from symattn.language.trees.base import Binder

__all__ = ["inside_out", "letters_and_sizes", "letters_of", "nearest", "nodes_of", "sizes_of"]


Rule = TypeVar("Rule")


def nearest(table: Mapping[type, Rule], kind: type) -> Rule | None:
    """What the table has for the class, or for the nearest class above it."""
    return next((table[base] for base in kind.__mro__ if base in table), None)


def nodes_of(
    *roots: Any, kinds: type | tuple[type, ...] | UnionType = object, outermost: bool = False
) -> Iterator[Any]:
    """The different nodes of some classes in reading order; `outermost` leaves out what is inside of a found one."""
    stack, seen = [*reversed(roots)], set[Any]()
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        found = isinstance(node, kinds)
        if found:
            yield node
        if not (found and outermost):
            stack.extend(reversed(node.args))


def inside_out(*roots: Any) -> Iterator[Any]:
    """Every node once, after all that are in it."""
    seen, stack = set[Any](), [*reversed(roots)]
    while stack:
        node = stack[-1]
        waiting = [] if node in seen else [part for part in node.args if part not in seen]
        if waiting:
            stack += reversed(waiting)
            continue
        stack.pop()
        if node not in seen:
            seen.add(node)
            yield node


def letters_of(expr: Any, *, bound_too: bool = False) -> tuple[Any, ...]:
    """The free letters in reading order: matrices, families, bilinear maps and scalars, each once."""
    return _letters_among(_leaves(expr, bound_too))


def sizes_of(expr: Any) -> tuple[Any, ...]:
    """Every size in reading order, also those inside the shapes of letters and the range of a head."""
    return _sizes_among(_leaves(expr, True))


def letters_and_sizes(expr: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Every letter, free or bound, and every size, in one reading."""
    leaves = _leaves(expr, True)
    return _letters_among(leaves), _sizes_among(leaves)


def _letters_among(leaves: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(leaf for leaf in leaves if not isinstance(leaf, Size | HeadIndex)))


def _sizes_among(leaves: Iterable[Any]) -> tuple[Any, ...]:
    found: dict[Any, None] = {}
    for leaf in leaves:
        parts = [leaf] if isinstance(leaf, Size) else _sizes_in(leaf)
        for part in parts:
            inside = (s for s in part.free_symbols if isinstance(s, Size))
            found.update(dict.fromkeys(sorted(inside, key=lambda s: s.name)))
    return tuple(found)


def _sizes_in(leaf: Any) -> list[Any]:
    if isinstance(leaf, HeadIndex):
        return [leaf.size]
    if isinstance(leaf, Family):
        return [leaf.heads, *leaf.shape]
    return list(getattr(leaf, "shape", ()))


def _bound_by(node: Any) -> frozenset[Any]:
    """What a node binds; a Lambda is the entry of a matrix that is given by a formula."""
    if isinstance(node, Lambda):
        return frozenset(node.variables)
    return frozenset(node._bound()) if isinstance(node, Binder) else frozenset()


@lru_cache(maxsize=2048)
def _leaves(expr: Any, bound_too: bool) -> tuple[Any, ...]:
    return tuple(_read(expr, bound_too))


def _read(expr: Any, bound_too: bool) -> Iterator[Any]:
    """Letters, sizes and heads from left to right; without the bound ones unless they are asked for.

    A part that occurs again under the same binders is not read again.
    """
    stack: list[tuple[Any, frozenset[Any]]] = [(expr, frozenset())]
    seen: set[tuple[Any, frozenset[Any]]] = set()
    while stack:
        node, bound = stack.pop()
        if (node, bound) in seen:
            continue
        seen.add((node, bound))
        if isinstance(node, Member):
            stack.append((node.head, bound))
            node = node.family
        if isinstance(node, Symbol | MatrixSymbol | Family | BilinearMap):
            if bound_too or node not in bound:
                yield node
            continue
        inner = bound if bound_too else bound | _bound_by(node)
        for place, child in reversed(list(enumerate(getattr(node, "args", ())))):
            stack.append((child, bound if place in getattr(node, "outside", ()) else inner))
