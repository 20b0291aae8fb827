"""Source code.  `code(expr)` is Python that builds the expression again, once its letters are declared.

Brackets inside a product, and a transpose of one, come back as SymPy multiplies and transposes them.
"""

from __future__ import annotations

from typing import Any

from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from symattn.language.printing.common import Called

__all__ = ["CodePrinter", "code"]

_BUILDERS = {
    "ElementwiseCos": "cos",
    "ElementwiseExp": "exp",
    "ElementwiseLog": "log",
    "ElementwiseSin": "sin",
    "HeadConcat": "concat_heads",
    "HeadStack": "stack_heads",
    "HeadSum": "sum_heads",
    "MatrixOf": "matrix_of",
    "RowSum": "rowsum",
    "ScalarHeadSum": "sum_heads",
    **{
        name: name.lower()
        for name in ("Determinant", "Diag", "HStack", "Reciprocal", "Softmax", "Total", "Unit", "VStack")
    },
}


def code(expr: Any) -> str:
    """The expression as Python that builds it again, once its letters are declared.

    expr    an expression or a claim

    >>> n, d = sizes("n d")
    >>> X, W = matrix("X", n, d), matrix("W", d, d)
    >>> print(code(softmax(X @ W @ X.T) @ X))
    softmax(X @ W @ X.T) @ X
    """
    return CodePrinter().doprint(expr)


class CodePrinter(Called, StrPrinter):
    """Nodes by the function that builds them; scalars print as SymPy does."""

    printmethod = "_symattn_code"

    def parenthesize(self, item: Any, level: int, strict: bool = False) -> str:
        called = type(item).__name__ in ("Hadamard", "HadamardProduct", "HeadSum", "ScalarHeadSum") or item.is_Rational
        return self._print(item) if called else super().parenthesize(item, level, strict)

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        kept = getattr(expr, "keeps_its_order", False)
        return list(expr.args) if kept else super()._as_ordered_terms(expr, order)

    def _print_Rational(self, expr: Any) -> str:
        return f"Rational({expr.p}, {expr.q})"

    def _print_MatMul(self, expr: Any) -> str:
        scale, matrices = expr.as_coeff_matrices()
        product = " @ ".join(self.parenthesize(m, PRECEDENCE["Mul"]) for m in matrices)
        if scale in (1, -1):
            return product if scale == 1 else f"-{product}"
        return f"{self.parenthesize(scale, PRECEDENCE['Mul'])} * {product}"

    def _print_Inverse(self, expr: Any) -> str:
        return f"{self.parenthesize(expr.arg, PRECEDENCE['Pow'])}.I"

    def _print_HadamardProduct(self, expr: Any) -> str:
        return self.call("hadamard", *expr.args)

    def _print_Identity(self, expr: Any) -> str:
        return self.call("identity", *expr.args)

    def _print_ZeroMatrix(self, expr: Any) -> str:
        return self.call("zeros", *expr.args)

    def _print_OneMatrix(self, expr: Any) -> str:
        return self.call("ones", *expr.args)

    def _print_Trace(self, expr: Any) -> str:
        return self.call("trace", expr.arg)

    def _print_MatrixElement(self, expr: Any) -> str:
        return self.call("entry", *expr.args)

    def _print_MatrixNode(self, expr: Any) -> str:
        name = type(expr).__name__
        return self.call(_BUILDERS.get(name, name), *expr.args)

    _print_ScalarNode = _print_Claim = _print_And = _print_Not = _print_MatrixNode
