"""What an expression outside the language is told.  grammar.py decides, this module finds the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from symattn.errors import LanguageError, ShapeError, layout
from symattn.language.matrices import T
from symattn.language.printing.code import code
from symattn.language.printing.text import text
from symattn.language.sizes import same_size

__all__ = ["cannot_multiply", "describe", "dimensions", "disagree", "excerpt", "needs_minimum", "unknown_node"]

_LONGEST = 60
_INSTEAD = {
    "Float": "write Rational(1, 2) instead of 0.5",
    "BlockMatrix": "write hstack(A, B) and vstack(A, B)",
    "BlockDiagMatrix": "write hstack(A, B) and vstack(A, B)",
    "Determinant": "write determinant(A)",
    "DiagMatrix": "write diag(x)",
    "DiagonalMatrix": "write hadamard(identity(n), A)",
    "HadamardPower": "write hadamard(A, A)",
    "ElementwiseApplyFunction": "write exp(A), log(A) or reciprocal(A)",
    "Sum": "write total(A), rowsum(A) or sum_heads(A, h)",
    "Derivative": "write Gradient(L, A), Partial(L, t) or Jacobian(f, x)",
    "Adjoint": "write A.T: every matrix is real",
    "MatrixSlice": "write unit(n, i) @ A for row i",
    "ImmutableDenseMatrix": "name it: matrix('A', 2, 2), and give its entries where numbers are asked for",
}


def excerpt(expr: Any) -> str:
    """The expression as code, its middle left out when it is long."""
    try:
        whole = code(expr)
    except RecursionError:
        return f"a deep {type(expr).__name__}"
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST // 2]} … {whole[-_LONGEST // 2 :]}"


def dimensions(shape: Sequence[Any]) -> str:
    """n×k, or `a scalar`."""
    sides = (f"({text(s)})" if s.is_Add else text(s).replace(" ", "·") for s in shape)
    return "×".join(sides) or "a scalar"


def describe(letter: Any) -> str:
    """What a letter is: its kind, shape and facts."""
    kind, shape = type(letter).__name__, getattr(letter, "shape", ())
    known = sorted(getattr(letter, "facts", ())) or ["positive"] * bool(getattr(letter, "is_positive", False))
    least = [f"≥ {letter.minimum}"] if hasattr(letter, "minimum") else known
    return " ".join([kind, *([dimensions(shape)] if shape else []), *least])


def disagree(what: str, parts: Sequence[tuple[Any, Sequence[Any]]], note: str = "") -> ShapeError:
    """`what` failed because the shapes of the parts do not fit."""
    return ShapeError(layout(what, [(excerpt(e), dimensions(s)) for e, s in parts], note))


def cannot_multiply(factors: Sequence[Any], shapes: Sequence[Any], place: int) -> ShapeError:
    """The factor at `place` does not fit what is to the left of it."""
    inner, outer = shapes[place - 1][1], shapes[place][0]
    left = sp.MatMul(*factors[:place]) if place > 1 else factors[0]
    note = f"the inner sizes differ: {text(inner)} ≠ {text(outer)}."
    if meant := _meant(factors, shapes, place):
        note += f"  Did you mean {meant}?"
    return disagree("cannot multiply", [(left, (shapes[0][0], inner)), (factors[place], shapes[place])], note)


def _meant(factors: Sequence[Any], shapes: Sequence[Any], place: int) -> str:
    """A transpose of one of the two that makes them fit, when it also fits what follows."""
    rows, cols = shapes[place]
    follows = place + 1 == len(factors) or same_size(rows, shapes[place + 1][0])
    if same_size(shapes[place - 1][1], cols) and follows:
        return _transposed(factors[place], (cols, rows))
    if place == 1 and same_size(shapes[0][0], rows):
        return _transposed(factors[0], shapes[0][::-1])
    return ""


def _transposed(factor: Any, shape: Sequence[Any]) -> str:
    other = factor.arg if isinstance(factor, sp.Transpose | T) else sp.Transpose(factor)
    return f"{excerpt(other)} ({dimensions(shape)})"


def needs_minimum(what: str, expr: Any, size: Any, least: int) -> LanguageError:
    """`what` is only defined when the size is at least `least`, which its declaration does not say."""
    name = text(size)
    letter = isinstance(size, sp.Symbol)
    note = f'declare sizes("{name}", min={least})' if letter else f"declare its sizes so that {name} ≥ {least}"
    return LanguageError(layout(what, [(excerpt(expr), f"needs {name} ≥ {least}")], note))


def unknown_node(node: Any) -> LanguageError:
    """SymPy has this node, the language has not."""
    kind = type(node).__name__
    pairs = [(excerpt(node), kind)] if isinstance(node, sp.Basic) else [(repr(node), kind)]
    return LanguageError(layout("not part of the language", pairs, _INSTEAD.get(kind, "see language_nodes()")))
