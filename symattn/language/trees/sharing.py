"""Equal parts of a tree as one object: whoever reads it then knows them by what they are, and compares nothing."""

from __future__ import annotations

from typing import Any

from sympy import Basic

from symattn.language.trees.inert import Inert

__all__ = ["share"]


def share(*roots: Basic) -> None:
    """Let nodes of ours that have equal parts have the same ones: what the trees say stays as it is."""
    known: dict[Any, Any] = {}
    first: dict[int, tuple[Any, Any]] = {}  # by identity; each object is held, and the first that is equal to it
    stack: list[Any] = [*roots]
    while stack:
        node = stack[-1]
        waiting = [] if id(node) in first else [part for part in node.args if id(part) not in first]
        if waiting:
            stack += waiting
            continue
        stack.pop()
        if id(node) not in first:
            parts = tuple([first[id(part)][1] for part in node.args])
            others = any(a is not b for a, b in zip(parts, node.args, strict=True))
            if others and isinstance(node, Inert):
                node._args = parts  # type: ignore[attr-defined]
            first[id(node)] = node, known.setdefault(node, node)
