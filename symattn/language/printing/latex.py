r"""LaTeX.  `latex(expr)` needs amsmath alone, and commands that every renderer of mathematics knows.

A transpose is ^{\top}, the entrywise product \odot, a column of n ones \mathbf{1}_{n}, which a row transposes.
"""

from __future__ import annotations

from typing import Any

from sympy import Basic
from sympy.printing.latex import LatexPrinter

from symattn.language.printing.common import (
    ATOM,
    HADAMARD,
    POSTFIX,
    PRODUCT,
    SUM,
    Written,
    band,
    below_the_line,
    is_inner,
    is_norm,
    is_plain,
    ratio,
)

__all__ = ["TexPrinter", "latex"]


def latex(expr: Any) -> str:
    r"""The expression in LaTeX, without the dollars.

    expr    an expression or a claim; a calculation, a theorem or what else notebooks show is a display of several rows

    >>> X, W = matrix("X", *sizes("n d")), matrix("W", sizes("d"), sizes("d"))
    >>> print(latex(X @ W @ X.T))
    X W X^{\top}
    """
    if hasattr(expr, "_repr_latex_") and not isinstance(expr, Basic):
        return str(expr._repr_latex_()).strip("$\n")
    return str(TexPrinter().doprint(expr))


class TexPrinter(Written, LatexPrinter):
    """Nodes by name; what is not listed prints as SymPy does."""

    printmethod = "_symattn_latex"
    top = r"\top"

    def wrap(self, expr: Any, least: int) -> str:
        # what is raised already takes parentheses, whichever way it is written in the source
        raised = type(expr).__name__ == "T" or (expr.is_Matrix and type(expr).__name__ == "OneMatrix" and _is_row(expr))
        twice = raised and least == ATOM
        return self.bracket(self._print(expr)) if twice else super().wrap(expr, least)

    def call(self, name: str, *args: Any) -> str:
        return name + self.bracket(f", {self.comma}".join(self._print(a) for a in args))

    def operator(self, name: str, *args: Any) -> str:
        return self.call(rf"\operatorname{{{name}}}", *args)

    def _scalar_factor(self, expr: Any) -> tuple[str, str]:
        negative, above, below = ratio(expr)
        if not below:
            return "-" if negative else "", " ".join(self.wrap(f, PRODUCT) for f in above)
        alone = len(above) == 1
        top = " ".join(self.wrap(f, SUM if alone else PRODUCT) for f in above) or "1"
        bottom = " ".join(self.wrap(f, SUM if len(below) == 1 else PRODUCT) for f in below)
        return "-" if negative else "", rf"\frac{{{top}}}{{{bottom}}}"

    def _print_MatMul(self, expr: Any) -> str:
        sign, scale = self._scalar_factor(expr)
        factors = [self.wrap(m, PRODUCT + 1) for m in expr.as_coeff_matrices()[1]]
        return sign + f" {self.factor}".join([scale, *factors] if scale else factors)

    def _print_HadamardProduct(self, expr: Any) -> str:
        if (window := band(expr)) is not None:
            _, left, right = window
            back = "i" if left == 0 else f"i - {self.wrap(left, HADAMARD)}"
            return rf"\mathbf{{1}}_{{{back} \le j \le {self._moved('i', right)}}}"
        return rf" {self.factor}\odot ".join(self.wrap(a, POSTFIX) for a in expr.args)

    def _print_Rational(self, expr: Any) -> str:
        sign = "-" if expr.p < 0 else ""
        return str(expr.p) if expr.q == 1 else rf"{sign}\frac{{{abs(expr.p)}}}{{{expr.q}}}"

    def _print_Pow(self, expr: Any) -> str:
        base, power = expr.args
        if power.is_Integer and power > 0 and is_norm(base):
            return self.norm(base.arg.args[0], 2 * power)
        if power.is_Rational and power < 0:
            return rf"\frac{{1}}{{{self._print(below_the_line(expr))}}}"
        return f"{self.wrap(base, ATOM)}^{{{power}}}" if power.is_Rational else self._raised(base, self._print(power))

    _print_MatPow = _print_Pow

    def _raised(self, base: Any, mark: str) -> str:
        body = self.wrap(base, ATOM)
        letter = base.is_symbol or getattr(base, "is_letter", False)
        # a letter with a superscript, or with a prime before its subscript, takes another one only in braces
        crowded = letter and ("^" in body or ("'" in body and "_" in body))
        return f"{{{body}}}^{{{mark}}}" if crowded else f"{body}^{{{mark}}}"

    def _print_Transpose(self, expr: Any) -> str:
        if type(expr.arg).__name__ == "Inverse":
            return self._raised(expr.arg.arg, f"-{self.top}")
        return self._raised(expr.arg, self.top)

    _print_T = _print_Transpose

    def _print_Inverse(self, expr: Any) -> str:
        if expr.arg.is_Matrix and type(expr.arg).__name__ == "Transpose":
            return self._raised(expr.arg.arg, f"-{self.top}")
        return self._raised(expr.arg, "-1")

    def _print_exp(self, expr: Any, exp: Any = None) -> str:
        return self.call(r"\exp", *expr.args)

    def _print_log(self, expr: Any, exp: Any = None) -> str:
        return self.call(r"\log", *expr.args)

    def _print_Family(self, expr: Any) -> str:
        return self._deal_with_super_sub(expr.name)

    _print_MatrixSymbol = _print_BilinearMap = _print_Family

    def _print_Identity(self, expr: Any) -> str:
        return "I"

    def _print_ZeroMatrix(self, expr: Any) -> str:
        return "0"

    def _print_OneMatrix(self, expr: Any) -> str:
        rows, columns = map(self._print, expr.shape)
        if (rows, columns) == ("1", "1"):
            return "1"
        shape = rf"{rows} \times {columns}" if "1" not in (rows, columns) else columns if rows == "1" else rows
        return rf"\mathbf{{1}}_{{{shape}}}" + (f"^{{{self.top}}}" if rows == "1" else "")

    def _print_Before(self, expr: Any) -> str:
        column, row = (self._moved(*place) for place in zip("ji", expr.offsets, strict=True))
        return rf"\mathbf{{1}}_{{{column} \le {row}}}"

    def _print_Shift(self, expr: Any) -> str:
        return rf"\mathbf{{1}}_{{i = {self._moved('j', expr.steps)}}}"

    def _moved(self, place: str, offset: Any) -> str:
        return f"{place} + {self._print(offset)}" if offset != 0 else place

    def _print_Trace(self, expr: Any, exp: Any = None) -> str:
        return self.operator("tr", expr.arg)

    def _print_Determinant(self, expr: Any) -> str:
        return self.operator("det", expr.arg)

    def _print_MatrixElement(self, expr: Any) -> str:
        return self._indexed(self.wrap(expr.parent, ATOM), f"{self._print(expr.i)},{self._print(expr.j)}")

    def _indexed(self, name: str, mark: str) -> str:
        # a second subscript or one after a superscript needs braces round what it is put on
        return f"{{{name}}}_{{{mark}}}" if "_" in name or "^" in name else f"{name}_{{{mark}}}"

    def _print_MatrixNode(self, expr: Any) -> str:
        return self.operator(type(expr).__name__.lower(), *expr.args)

    _print_ScalarNode = _print_MatrixNode

    def _print_Total(self, expr: Any) -> str:
        if is_norm(expr):
            return self.norm(expr.arg.args[0], 2)
        if is_inner(expr):
            left, right = map(self._print, expr.arg.args)
            return self.bracket(f"{left}, {self.comma}{right}", r"\langle ", r"\rangle")
        return self.operator("total", expr.arg)

    def norm(self, matrix: Any, power: Any) -> str:
        return self.bracket(self._print(matrix), r"\lVert ", r"\rVert") + f"^{{{power}}}"

    def _print_Softmax(self, expr: Any) -> str:
        name = r"\operatorname{softmax}"
        return self.call(name if expr.mask is None else f"{name}_{{{self.small(expr.mask)}}}", expr.scores)

    def small(self, expr: Any) -> str:
        """What is written below the line, where no row is broken."""
        return str(self._print(expr))

    def _print_ElementwiseExp(self, expr: Any) -> str:
        return self.call(r"\exp", expr.arg)

    def _print_ElementwiseLog(self, expr: Any) -> str:
        return self.call(r"\log", expr.arg)

    def _print_ElementwiseCos(self, expr: Any, exp: Any = None) -> str:
        return self.call(r"\cos", *expr.args)

    def _print_ElementwiseSin(self, expr: Any, exp: Any = None) -> str:
        return self.call(r"\sin", *expr.args)

    _print_cos, _print_sin = _print_ElementwiseCos, _print_ElementwiseSin

    def _print_Reciprocal(self, expr: Any) -> str:
        return self._raised(expr.arg, r"\circ -1")

    def _print_Unit(self, expr: Any) -> str:
        return f"e_{{{self._print(expr.args[1])}}}"

    def _print_Member(self, expr: Any) -> str:
        return self._indexed(self._print(expr.family), self._print(expr.head))

    def _print_Pair(self, expr: Any) -> str:
        return f"({self._print(expr.g)},{self._print(expr.r)})"

    def _print_HeadSum(self, expr: Any) -> str:
        return rf"\sum_{{{self._print(expr.head)}}} {self.wrap(expr.expr, HADAMARD)}"

    _print_ScalarHeadSum = _print_HeadSum

    def _print_HeadConcat(self, expr: Any) -> str:
        return self.call(rf"\operatorname{{concat}}_{{{self._print(expr.head)}}}", expr.expr)

    def _print_HeadStack(self, expr: Any) -> str:
        return self.call(rf"\operatorname{{stack}}_{{{self._print(expr.head)}}}", expr.expr)

    def _bracketed(self, parts: Any, between: str) -> str:
        return rf"\begin{{bmatrix}} {between.join(map(self._print, parts))} \end{{bmatrix}}"

    def _print_HStack(self, expr: Any) -> str:
        return self._bracketed(expr.args, " & ")

    def _print_VStack(self, expr: Any) -> str:
        return self._bracketed(expr.args, r" \\ ")

    def _print_Gradient(self, expr: Any) -> str:
        return rf"\frac{{\partial {self.wrap(expr.args[0], PRODUCT)}}}{{\partial {self._print(expr.args[1])}}}"

    _print_Partial = _print_Jacobian = _print_Gradient

    def _print_Bilinear(self, expr: Any) -> str:
        return self.call(self._print(expr.form), expr.x, expr.y)

    def _print_MatrixOf(self, expr: Any) -> str:
        return self.operator("matrix", expr.form)

    def _print_Rank(self, expr: Any) -> str:
        return self.operator("rank", expr.arg)

    def _compared(self, left: str, sign: str, right: str) -> str:
        return f"{left} {self.relation}{sign} {right}"

    def said(self, claim: Any) -> str:
        if type(claim).__name__ == "Positive":
            return self._compared(self._print(claim.arg), ">", "0")
        sign = "=" if type(claim).__name__ == "Equal" else r"\le"
        return self._compared(self._print(claim.left), sign, self._print(claim.right))

    def _print_RankAtMost(self, expr: Any) -> str:
        return self._compared(self._print_Rank(expr), r"\le", self._print(expr.bound))

    def _print_RankAtLeast(self, expr: Any) -> str:
        return self._compared(self._print_Rank(expr), r"\ge", self._print(expr.bound))

    def _print_PSD(self, expr: Any) -> str:
        return self._compared(self.wrap(expr.arg, HADAMARD), r"\succeq", "0")

    def _print_Not(self, expr: Any) -> str:
        if type(expr.claim).__name__ == "Equal" and is_plain(expr.claim):
            return self._compared(self._print(expr.claim.left), r"\ne", self._print(expr.claim.right))
        return rf"\neg {self.bracket(self._print(expr.claim))}"

    def _joined(self, claims: Any, between: str) -> str:
        parts = [self._print(c) if _is_plain(c) else self.bracket(self._print(c)) for c in claims]
        return f" {self.logic}{between} ".join(parts)

    def _print_And(self, expr: Any) -> str:
        return self._joined(expr.args, r"\text{ and }") or r"\text{true}"

    def _print_Implies(self, expr: Any) -> str:
        return self._joined(expr.args, r"\Rightarrow")

    def _print_Iff(self, expr: Any) -> str:
        return self._joined(expr.args, r"\Leftrightarrow")

    def _quantified(self, sign: str, variables: Any, claim: Any) -> str:
        letters = f", {self.comma}".join(map(self._print, variables))
        return rf"{sign} {letters} : {self.relation}{self._print(claim)}"

    def for_all(self, variables: Any, claim: Any) -> str:
        return self._quantified(r"\forall", variables, claim)

    def _print_Exists(self, expr: Any) -> str:
        return self._quantified(r"\exists", expr.variables, expr.claim)


def _is_row(expr: Any) -> bool:
    return bool(expr.shape[0] == 1 != expr.shape[1])


def _is_plain(claim: Any) -> bool:
    negated = type(claim).__name__ == "Not" and type(claim.claim).__name__ == "Equal"
    return negated or is_plain(claim)
