"""What the names in a statement given as text stand for, and the sizes made of them."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sympy import Add, Integer, Mul

from symattn.errors import StatementError
from symattn.language.spellings.table import nearest_names
from symattn.proof.text.source import PRODUCTS, SUMS, Source, spine

LARGEST_SIZE = 4096  # as a number; a name stands for every size


@dataclass(frozen=True, slots=True)
class Scope:
    """The declared names: letters (matrices, scalars, families, head indices) and sizes.

    `inverted` has the letters that stand for matrices whose inverses are written, and `taken` the names of those that
    are taken to be invertible for the same reason.  `cases` has the masks that say which case of abs, relu, max or min
    each entry of an expression is in, and `sure` the numbers among these that are at least 0.
    `random` has the random letters, and whether they are normal, and `means` what was read as a mean, and how it is
    written.  `powers` has the families of powers by a size, each with its base and the size, and `roots` the
    numbers that are roots of what may be 0, each with what it is of and its degree.
    """

    letters: dict[str, Any]
    sizes: dict[str, Any]
    inverted: dict[Any, Any] = field(default_factory=dict)
    taken: tuple[str, ...] = ()
    cases: dict[tuple[Any, str], Any] = field(default_factory=dict)
    sure: set[Any] = field(default_factory=set)
    random: dict[Any, bool] = field(default_factory=dict)
    means: dict[Any, str] = field(default_factory=dict)
    powers: dict[tuple[Any, Any], Any] = field(default_factory=dict)
    roots: dict[tuple[Any, int], Any] = field(default_factory=dict)

    def find(self, name: str) -> Any:
        """What the name stands for, or None."""
        return self.letters.get(name, self.sizes.get(name))

    def names(self) -> list[str]:
        return [*self.letters, *self.sizes]


def suggestion(name: str, known: Collection[str]) -> str:
    """`Did you mean …?` with the nearest of the known names, or nothing."""
    near = nearest_names(name, known)
    return f"Did you mean {' or '.join(near)}?" if near else ""


def size_value(scope: Scope, piece: Source, node: ast.expr) -> Any:
    """A size: a declared name, a number, or sums and products of these."""
    if isinstance(node, ast.Name) and node.id in scope.sizes:
        return scope.sizes[node.id]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        if node.value > LARGEST_SIZE:
            hint = f"Numbers go up to {LARGEST_SIZE}; a name stands for every size."
            raise piece.refuse("the size is too large", node, accepted=hint)
        return Integer(node.value)
    for operators, join in ((SUMS, Add), (PRODUCTS, Mul)):
        parts = spine(node, operators)
        if len(parts) > 1 and all(isinstance(sign, ast.Add | ast.Mult | None) for sign, _ in parts):
            return join(*(size_value(scope, piece, part) for _, part in parts))
    raise _no_size(scope, piece, node)


def _no_size(scope: Scope, piece: Source, node: ast.expr) -> StatementError:
    hint = suggestion(node.id, scope.sizes) if isinstance(node, ast.Name) else ""
    accepted = hint or "A size is a declared name, a number, or a sum or product of these."
    return piece.refuse(f"{piece.quote(node)!r} is no size", node, accepted=accepted)
