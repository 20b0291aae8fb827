"""Which expressions have one of some letters in them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from symattn.language import Member

__all__ = ["Occurrences"]


class Occurrences:
    """Where these letters occur, found once for each expression.

    A letter that a binder on the way binds counts as well: what is asked is only whether a value may depend on it.
    """

    def __init__(self, letters: Collection[Any]) -> None:
        self.letters = letters
        self._known: dict[Any, bool] = {}

    def within(self, expr: Any) -> bool:
        """Whether one of the letters is the expression, or a part of it at any depth."""
        stack = [expr]
        while stack:
            node = stack[-1]
            if node in self._known:
                stack.pop()
                continue
            waiting = [] if self._is_one(node) else [part for part in node.args if part not in self._known]
            if waiting:
                stack += waiting
                continue
            self._known[stack.pop()] = self._is_one(node) or any(self._known[part] for part in node.args)
        return self._known[expr]

    def _is_one(self, node: Any) -> bool:
        return (node.family if isinstance(node, Member) else node) in self.letters
