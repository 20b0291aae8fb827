"""Products, quotients and powers, from left to right.

What NumPy, MATLAB and a textbook read in different ways is refused, with all readings named: `A * B`, `A ** 2` and
`1 / A` of matrices.  `A^2` and `A²` of a square matrix are its power in all of them.  A 1×1 matrix is a number wherever
a number is meant.
"""

from __future__ import annotations

import ast
from typing import Any

from sympy import Integer, Rational, S

from symattn import language
from symattn.errors import StatementError
from symattn.language.trees.sides import is_one_entry, same_size
from symattn.language.trees.unevaluated import as_number, multiply, raise_to
from symattn.proof.text.inverses import inverse_in
from symattn.proof.text.scope import Scope, size_value
from symattn.proof.text.signatures import is_matrix
from symattn.proof.text.source import Source, left_of

LARGEST_EXPONENT = 1000
LONGEST_NUMBER = 10_000  # bits


class Product:
    """What has been read of a chain `a @ b * c / d`: numbers, and matrices that are multiplied, or entry by entry."""

    def __init__(self, piece: Source, chain: ast.expr) -> None:
        self.piece, self.chain = piece, chain
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
            left, right = self._left(node), self.piece.factor(node)
            pairs = f"{left} @ {right}, the product of matrices, or hadamard({left}, {right}), entry by entry."
            raise self.piece.refuse("'*' between two matrices can mean two things", node, accepted=f"Write {pairs}")
        if self._is_one_entry():
            self._collapse()
        if is_one_entry(value):
            self.numbers.append(as_number(value))
        else:
            self.matrices = [value]

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


def power(scope: Scope, piece: Source, node: ast.BinOp, base: Any, exponent: Any) -> Any:
    """base ** exponent of numbers, and base ^ exponent of a square matrix too."""
    if is_matrix(base) and not is_one_entry(base):
        if _is_power_of_matrix(piece, node, base, exponent):
            return inverse_in(scope, base) if exponent == -1 else language.matrix_power(base, exponent)
        raise _matrix_to_a_power(piece, node, base, exponent)
    base, exponent = as_number(base), as_number(exponent)
    if not is_matrix(exponent) and not isinstance(exponent, Rational) and language.is_size(exponent):
        return raise_to(base, size_value(scope, piece, node.right))
    if not isinstance(exponent, Rational):
        hint = f"Exponents are written 2, -1 or (1/2); exp(b*log({piece.quote(node.left)})) is the power b."
        raise piece.refuse("the exponent is not a number", node.right, accepted=hint)
    if abs(exponent.p) > LARGEST_EXPONENT or exponent.q > LARGEST_EXPONENT:
        raise piece.refuse("the exponent is too large", node.right, accepted=f"At most {LARGEST_EXPONENT}.")
    if isinstance(base, Rational):
        refuse_huge(piece, base, exponent, node)
        if base == 0 and exponent < 0:
            raise piece.refuse("division by zero", node)
    return raise_to(base, exponent)


def _is_power_of_matrix(piece: Source, node: ast.BinOp, base: Any, exponent: Any) -> bool:
    """Whether it is written as only mathematics writes it, for NumPy has no `^` of numbers and no `²`."""
    whole = isinstance(exponent, Integer) and -1 <= exponent <= LARGEST_EXPONENT
    return whole and same_size(*base.shape) and "**" not in piece.between(node.left, node.right)


def _matrix_to_a_power(piece: Source, node: ast.BinOp, base: Any, exponent: Any) -> StatementError:
    """What a power of a matrix can mean, as far as the matrix has it."""
    name, said = piece.quote(node.left), str(exponent)
    readings = [f"{_of_entries(name, exponent)}, entry by entry"]
    if same_size(*base.shape) and isinstance(exponent, Integer):
        of_matrix = f"inverse({name})" if exponent == -1 else f"matrix_power({name}, {said})"
        readings.insert(0, f"{of_matrix}, as matrices multiply")
    elif exponent == 2:
        readings.append(f"normsquared({name}), a number")
    what = f"{name} is a matrix, and its power {said} can mean more than one thing"
    return piece.refuse(what, node, accepted=f"Write {', or '.join(readings)}.")


def _of_entries(name: str, exponent: Any) -> str:
    """The power of every entry, in the words of the language."""
    known = {"2": f"square({name})", "-1": f"reciprocal({name})", "1/2": f"sqrt({name})"}
    if exponent in (3, 4):
        return f"hadamard({', '.join([name] * int(exponent))})"
    return known.get(str(exponent)) or f"exp(({exponent})*log({name}))"


def refuse_huge(piece: Source, base: Any, exponent: Any, node: ast.expr) -> None:
    bits = max(int(base.p).bit_length(), int(base.q).bit_length())
    if bits * abs(exponent.p) > LONGEST_NUMBER * exponent.q:
        raise piece.refuse("the number is too large", node, accepted=f"Numbers have at most {LONGEST_NUMBER} bits.")


def decimal(piece: Source, node: ast.Constant) -> Any:
    """A number with a point, exactly: 0.5 is 1/2."""
    said = piece.said(node).replace("_", "")
    mantissa, _, exponent = said.lower().partition("e")
    if abs(int(exponent or 0)) + len(mantissa) > LARGEST_EXPONENT:
        raise piece.refuse("the number is too large", node, accepted=f"At most {LARGEST_EXPONENT} digits.")
    return Rational(mantissa) * Integer(10) ** int(exponent or 0)
