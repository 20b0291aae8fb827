"""Products and quotients, from left to right.  powers.py has `A ** 2`.

`A * B` is the product of matrices to some and entry by entry to others.  Where the shapes fit one of the two it is read
as that one, where they fit both, or where one statement needs both, it is refused with both named.  A 1×1 matrix is a
number wherever a number is meant.
"""

from __future__ import annotations

import ast
from typing import Any

from sympy import S

from symattn import language
from symattn.errors import StatementError
from symattn.language.trees.sides import common_shape, is_one_entry, same_size
from symattn.language.trees.unevaluated import as_number, multiply, raise_to
from symattn.proof.text.signatures import is_matrix
from symattn.proof.text.source import Source, left_of

OF_MATRICES, OF_ENTRIES = "the product of matrices", "entry by entry"


class Product:
    """What has been read of a chain `a @ b * c / d`: numbers, and matrices that are multiplied, or entry by entry.

    `stars` has what `*` between matrices has meant so far in the statement, and is added to.
    """

    def __init__(self, piece: Source, chain: ast.expr, stars: set[str]) -> None:
        self.piece, self.chain, self.stars = piece, chain, stars
        self.numbers: list[Any] = []
        self.matrices: list[Any] = []
        self.entrywise = False
        self.first: ast.expr | None = None

    def value(self) -> Any:
        return multiply(*self.numbers, *([self._matrix()] if self.matrices else []))

    def take(self, operator: ast.operator | None, value: Any, node: ast.expr) -> None:
        """One more part, and the sign before it."""
        if operator is None:
            self.first = node
            self._put(value)
        elif isinstance(operator, ast.Div):
            self._divide(value, node)
        elif isinstance(operator, ast.MatMult):
            self._multiply(value, node)
        elif not is_matrix(value) or not self.matrices:
            self._put(value)
        elif isinstance(operator, ast.Mod):
            self._entry_by_entry(value, node)
        else:
            self._times(value, node)

    def _matrix(self) -> Any:
        return language.hadamard(*self.matrices) if self.entrywise else multiply(*self.matrices)

    def _put(self, value: Any) -> None:
        (self.matrices if is_matrix(value) else self.numbers).append(value)

    def _is_one_entry(self) -> bool:
        return not self.entrywise and (self.matrices[0].shape[0], self.matrices[-1].shape[1]) == (1, 1)

    def _multiply(self, value: Any, node: ast.expr) -> None:
        if not is_matrix(value) or not self.matrices:
            where = node if self.matrices else self.first
            raise self.piece.refuse("'@' multiplies matrices, and this is a number", where, accepted="Write * for it.")
        if self.entrywise:
            self._close(node)
        self.matrices.append(value)

    def _entry_by_entry(self, value: Any, node: ast.expr) -> None:
        if len(self.matrices) > 1 and not self.entrywise:
            self._close(node)
        self.entrywise = True
        self.matrices.append(value)

    def _close(self, node: ast.expr) -> None:
        """What is in parentheses to the left becomes one matrix; without them @ and ∘ do not go together."""
        if not self.piece.is_closed(left_of(self.chain, node), node):
            hint = "Write (A @ B) ∘ C, or A @ (B ∘ C)."
            raise self.piece.refuse("@ and ∘ in one product need parentheses", node, accepted=hint)
        self.matrices, self.entrywise = [self._matrix()], False

    def _times(self, value: Any, node: ast.expr) -> None:
        if not (is_one_entry(value) or self._is_one_entry()):
            self._star(value, node)
            return
        if self._is_one_entry():
            self._collapse()
        if is_one_entry(value):
            self.numbers.append(as_number(value))
        else:
            self.matrices = [value]

    def _star(self, value: Any, node: ast.expr) -> None:
        """`*` between two matrices, by the one meaning that their shapes and the rest of the statement leave."""
        meanings = self._meanings(value)
        if len(meanings) == 2:
            raise self._two_things(node, "'*' between two matrices can mean two things")
        if not meanings:
            left, right = (language.text(side) for side in (self._shape(), tuple(value.shape)))
            hint = f"They are {left} and {right}: neither a product of matrices nor one entry by entry."
            raise self.piece.refuse("'*' has nothing to multiply here", node, accepted=hint)
        self.stars |= meanings
        if len(self.stars) == 2:
            raise self._two_things(node, "'*' is the product of matrices in one place and entry by entry in another")
        (self._multiply if OF_MATRICES in meanings else self._entry_by_entry)(value, node)

    def _shape(self) -> tuple[Any, Any]:
        """The shape of the product of matrices so far."""
        if self.entrywise:
            return tuple(self._matrix().shape)
        return self.matrices[0].shape[0], self.matrices[-1].shape[1]

    def _meanings(self, value: Any) -> set[str]:
        """What `*` can mean by the shapes alone; a row by a column is a number to some, and all products to NumPy."""
        (rows, inner), shape = self._shape(), tuple(value.shape)
        if (rows, shape[1]) == (1, 1) and same_size(inner, shape[0]):
            return {OF_MATRICES, OF_ENTRIES}
        fits = {OF_MATRICES: same_size(inner, shape[0]), OF_ENTRIES: common_shape([(rows, inner), shape]) is not None}
        return {meaning for meaning, is_one in fits.items() if is_one}

    def _two_things(self, node: ast.expr, what: str) -> StatementError:
        left, right = self._left(node), self.piece.factor(node)
        pairs = f"{left} @ {right}, {OF_MATRICES}, or hadamard({left}, {right}), {OF_ENTRIES}."
        return self.piece.refuse(what, node, accepted=f"Write {pairs}")

    def _collapse(self) -> None:
        self.numbers.append(as_number(self._matrix()))
        self.matrices = []

    def _left(self, node: ast.expr) -> str:
        """The text to the left of the sign before the node."""
        text = self.piece.before(self.chain, node).rstrip(" *%/.∘⊙(")
        return text.lstrip("(") if text.count("(") > text.count(")") else text

    def _divide(self, value: Any, node: ast.expr) -> None:
        if not is_matrix(value) or is_one_entry(value):
            self.numbers.append(self._inverted(as_number(value), node))
            return
        if same_size(*value.shape):
            left, right = self._left(node), self.piece.factor(node)
            by = f"{left}@inverse({right})" if self.matrices else f"inverse({right})"
            hint = f"Write quotient({left}, {right}), entry by entry, or {by}."
            raise self.piece.refuse("division by a square matrix can mean two things", node, accepted=hint)
        if self.matrices and self._is_one_entry():
            self._collapse()
        above = self._matrix() if self.matrices else S.One
        self.matrices, self.entrywise = [language.quotient(above, value)], False

    def _inverted(self, value: Any, node: ast.expr) -> Any:
        if value == 0:
            raise self.piece.refuse("division by zero", node)
        return raise_to(value, S.NegativeOne)
