"""Powers.  `A ** 2` and `A ^ 2` of a square matrix are its power, `x ** 2` of a row or column those of its entries.

What NumPy and a textbook read in different ways is refused with the readings: `softmax(S) ** 2` and `M ** 2` with a
mask M, which are square and made entry by entry; `A ** 2` where the statement multiplies entry by entry too; `x ^ 2` of
a row, which is a number to many; roots of square matrices.
"""

from __future__ import annotations

import ast
import re
from typing import Any

import sympy
from sympy import Integer, Rational, S

from symattn import language
from symattn.errors import StatementError
from symattn.language.shapes.signs import sign
from symattn.language.spellings.table import INSTEAD
from symattn.language.trees.sides import is_one_entry, same_size
from symattn.language.trees.unevaluated import as_number, multiply, raise_to
from symattn.proof.text.implied.inverses import inverse_in
from symattn.proof.text.implied.size_powers import power_by_size
from symattn.proof.text.scope import Scope, size_value
from symattn.proof.text.signatures import NAMES, is_matrix
from symattn.proof.text.source import Source

LARGEST_EXPONENT = 1000
MOST_FACTORS = 32
LONGEST_NUMBER = 10_000  # bits
_ENTRY_BY_ENTRY = re.compile(r"\bhadamard\b|\bsquare\b|[∘⊙]")
"""Who writes these beside `**` of a square matrix may mean entries by it too."""

_ALGEBRA = (sympy.MatAdd, sympy.MatMul, sympy.MatPow, sympy.Transpose, language.T)
_OF_ENTRIES = frozenset(("mask", "positive"))
"""Facts about every entry: who squares such a letter may mean the entries."""


def need_declared(scope: Scope, piece: Source, exponent: ast.expr) -> None:
    """A name in an exponent may be that of a size, which has to be said.

    Raises    StatementError
    """
    for node in ast.walk(exponent):
        if isinstance(node, ast.Name) and scope.find(node.id) is None and node.id not in (*NAMES, *INSTEAD):
            hint = f"A size is a whole number: declare {node.id}>=0 or {node.id}>=1 before the |-."
            raise piece.refuse(f"unknown name {node.id!r}", node, accepted=hint)


def power(scope: Scope, piece: Source, node: ast.BinOp, base: Any, exponent: Any) -> Any:
    """base ** exponent, of numbers, of a square matrix, or of the entries of another one."""
    if is_matrix(base) and not is_one_entry(base):
        if _is_by_size(exponent) and same_size(*base.shape) and not _may_be_of_entries(piece, node, base):
            return power_by_size(scope, base, size_value(scope, piece, node.right))
        if _is_power_of_matrix(piece, node, base, exponent):
            return inverse_in(scope, base) if exponent == -1 else language.matrix_power(base, exponent)
        entries = _of_each(base, exponent) if _is_power_of_entries(piece, node, base) else None
        if entries is None:
            raise _matrix_to_a_power(piece, node, base, exponent)
        return entries
    base, exponent = as_number(base), as_number(exponent)
    if _is_by_size(exponent):
        return raise_to(base, size_value(scope, piece, node.right))
    if not isinstance(exponent, Rational):
        if is_matrix(exponent) or sign(base) < 1:
            hint = f"Exponents are written 2, -1 or (1/2); exp(b*log({piece.quote(node.left)})) is the power b."
            raise piece.refuse("the exponent is not a number", node.right, accepted=hint)
        return language.exp(multiply(exponent, language.log(base)))
    if abs(exponent.p) > LARGEST_EXPONENT or exponent.q > LARGEST_EXPONENT:
        raise piece.refuse("the exponent is too large", node.right, accepted=f"At most {LARGEST_EXPONENT}.")
    if isinstance(base, Rational):
        refuse_huge(piece, base, exponent, node)
        if base == 0 and exponent < 0:
            raise piece.refuse("division by zero", node)
    return raise_to(base, exponent)


def _is_power_of_matrix(piece: Source, node: ast.BinOp, base: Any, exponent: Any) -> bool:
    """Whether it is square, and written as only mathematics writes it, or nothing here is made entry by entry."""
    whole = isinstance(exponent, Integer) and -1 <= exponent <= LARGEST_EXPONENT
    return whole and same_size(*base.shape) and not _may_be_of_entries(piece, node, base)


def _is_by_size(exponent: Any) -> bool:
    return not is_matrix(exponent) and not isinstance(exponent, Rational) and language.is_size(exponent)


def _may_be_of_entries(piece: Source, node: ast.BinOp, base: Any) -> bool:
    return _is_numpys(piece, node) and bool(_is_made_of_entries(base) or _ENTRY_BY_ENTRY.search(piece.whole))


def _is_power_of_entries(piece: Source, node: ast.BinOp, base: Any) -> bool:
    return _is_numpys(piece, node) and not same_size(*base.shape)


def _is_numpys(piece: Source, node: ast.BinOp) -> bool:
    """Whether the sign is `**`, for NumPy has no `^` of numbers and no `²`."""
    return "**" in piece.between(node.left, node.right)


def _is_made_of_entries(matrix: Any) -> bool:
    """Whether something in it was made entry by entry, so that its square may be meant so too."""
    if isinstance(matrix, _ALGEBRA):
        return any(_is_made_of_entries(part) for part in matrix.args if getattr(part, "is_Matrix", False))
    if isinstance(matrix, language.Matrix):
        return bool(matrix.facts & _OF_ENTRIES)
    return not isinstance(matrix, sympy.Identity | sympy.Inverse | language.Diag)


def _of_each(base: Any, exponent: Any) -> Any:
    """The power of every entry; None where it does not exist everywhere, or is not seen to."""
    if isinstance(exponent, Integer) and abs(exponent) <= MOST_FACTORS:
        factor = base if exponent > 0 else language.reciprocal(base)
        return language.hadamard(*[factor] * abs(int(exponent))) if exponent else language.ones(*base.shape)
    if is_matrix(exponent) or sign(base) < 1:
        return None
    return language.sqrt(base) if exponent == S.Half else language.exp(multiply(exponent, language.log(base)))


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
