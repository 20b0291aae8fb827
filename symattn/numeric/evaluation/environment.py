"""What a rule may ask of the walk that applies it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Protocol

from symattn.numeric.arithmetic import Arithmetic, Value
from symattn.numeric.derivatives.dual import Dual

Heads = tuple[tuple[Any, int], ...]  # the heads that are bound around a node, and their numbers
Steps = Generator[tuple[Any, Heads], Value, Value]  # asks for parts by yielding them, returns the value of the node


class Environment(Protocol):
    """A sample, an arithmetic, and the letters as values of it."""

    @property
    def arithmetic(self) -> Arithmetic: ...

    def size(self, expr: Any) -> int: ...

    def number(self, number: Any) -> Value: ...

    def letter(self, letter: Any) -> Value: ...

    def inverse(self, letter: Any) -> Value: ...

    def tangents(self, expr: Any, variable: Any, heads: Heads) -> Dual: ...

    def gradient(self, loss: Any, variable: Any, heads: Heads) -> Value | None: ...
