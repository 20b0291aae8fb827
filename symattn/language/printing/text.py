"""Plain text.  `text(expr)` writes an expression on one line, as in a paper: X Q Kᵀ Xᵀ.

latex.py is its twin; what they have in common is in common.py.
"""

from __future__ import annotations

from typing import Any

from sympy import OneMatrix, S
from sympy.printing.str import StrPrinter

from symattn.language.printing.common import (
    ATOM,
    HADAMARD,
    POSTFIX,
    PRODUCT,
    SUM,
    Written,
    band,
    below_the_line,
    is_norm,
    is_plain,
    is_sum,
    ratio,
    terms,
)
from symattn.language.printing.shown_shapes import ANYWHERE, NOWHERE, Placed

__all__ = ["TextPrinter", "text"]

DEEPEST = 20
"""How deep an expression is printed that is too deep to be printed in full."""
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def text(expr: Any) -> str:
    """The expression on one line, as in a paper.

    expr    an expression or a claim

    >>> X, W = matrix("X", *sizes("n d")), matrix("W", sizes("d"), sizes("d"))
    >>> print(text(Equal(softmax(X @ W @ X.T), T(X))))
    softmax(X W Xᵀ) = T(X)
    """
    try:
        return TextPrinter().doprint(expr)
    except RecursionError:  # nobody reads what is nested so deeply, but an answer about it has to be told
        return _Shallow().doprint(expr)


class TextPrinter(Placed, Written, StrPrinter):
    """Nodes by name; what is not listed prints as SymPy does."""

    printmethod = "_symattn_text"

    def call(self, name: str, *args: Any) -> str:
        return f"{name}({f', {self.comma}'.join(self._print(a) for a in args)})"

    def _scalar_factor(self, expr: Any) -> tuple[str, str]:
        negative, above, below = ratio(expr)
        top = f" {self.factor}".join(self.wrap(f, PRODUCT) for f in above)
        if below:
            bottom = " ".join(self.wrap(f, POSTFIX) for f in below)
            top = f"{top or 1}/({bottom})" if len(below) > 1 else f"{top or 1}/{bottom}"
        return "-" if negative else "", top

    def _print_MatMul(self, expr: Any) -> str:
        sign, scale = self._scalar_factor(expr)
        matrices = expr.as_coeff_matrices()[1]
        places = self.in_product(matrices, self.place)
        factors = [self.at(place).wrap(m, PRODUCT + 1) for m, place in zip(matrices, places, strict=True)]
        if scale:
            factors.insert(0, f"({scale})" if "/" in scale else scale)
        return sign + f" {self.factor}".join(factors)

    def _print_HadamardProduct(self, expr: Any) -> str:
        if (window := band(expr)) is not None:
            return self.call("window", *(window if window[2] != 0 else window[:2]))
        place = self.in_sum(expr.args)
        return f" {self.factor}∘ ".join(self.at(place).wrap(a, POSTFIX) for a in expr.args)

    def _print_MatAdd(self, expr: Any, order: Any = None) -> str:
        place = self.in_sum(expr.args)
        parts = [self.at(place).wrap(part, SUM + 1 if is_sum(part) else SUM) for part in terms(expr)]
        return self.summed(parts)

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        base, power = expr.args
        if power == S.Half:
            return self.call("sqrt", base)
        if power.is_Rational and power < 0:
            return f"1/{self.wrap(below_the_line(expr), POSTFIX)}"
        raised = str(power).translate(_SUPERSCRIPTS) if power.is_Integer else f"^({self._print(power)})"
        raised = f"^{power.name}" if power.is_Symbol else raised
        return self.wrap(base, ATOM) + raised

    _print_MatPow = _print_Pow

    def _print_Total(self, expr: Any) -> str:
        return self.call("normsquared", expr.arg.args[0]) if is_norm(expr) else self.call("total", expr.arg)

    def _print_Transpose(self, expr: Any) -> str:
        return f"{self.at(self.place[::-1]).wrap(expr.arg, ATOM)}ᵀ"

    def _print_Inverse(self, expr: Any) -> str:
        return self.wrap(expr.arg, ATOM) + "⁻¹"

    def _print_exp(self, expr: Any) -> str:
        return self.call("exp", *expr.args)

    def _print_OneMatrix(self, expr: Any) -> str:
        return self.call("ones", *expr.args)

    def _print_Before(self, expr: Any) -> str:
        rows, columns, *offsets = expr.args
        if rows == columns and offsets == [0, 0]:
            return self.call("causal", rows)
        align = {(0, 0): "upper-left", (rows, columns): "lower-right"}.get(tuple(offsets))
        return self.call("order", *expr.args) if align is None else self._aligned(rows, columns, align)

    def _aligned(self, rows: Any, columns: Any, align: str) -> str:
        return f'causal({self._print(rows)}, {self.comma}{self._print(columns)}, {self.comma}"{align}")'

    def _print_Shift(self, expr: Any) -> str:
        return self.call("shift", *(expr.args[:1] if expr.steps == 1 else expr.args))

    def _print_Trace(self, expr: Any) -> str:
        return self.call("tr", expr.arg)

    def _print_Determinant(self, expr: Any) -> str:
        return self.call("det", expr.arg)

    def _print_MatrixElement(self, expr: Any) -> str:
        return f"{self.wrap(expr.parent, ATOM)}[{self._print(expr.i)}, {self._print(expr.j)}]"

    def _print_MatrixNode(self, expr: Any) -> str:
        return self.call(type(expr).__name__.lower(), *expr.args)

    _print_ScalarNode = _print_MatrixNode

    def _print_T(self, expr: Any) -> str:
        return f"T({self.at(self.place[::-1])._print(expr.arg)})"

    def _print_ElementwiseExp(self, expr: Any) -> str:
        return self.call("exp", expr.arg)

    def _print_ElementwiseLog(self, expr: Any) -> str:
        return self.call("log", expr.arg)

    def _print_ElementwiseCos(self, expr: Any) -> str:
        return self.call("cos", expr.arg)

    def _print_ElementwiseSin(self, expr: Any) -> str:
        return self.call("sin", expr.arg)

    def _print_Reciprocal(self, expr: Any) -> str:
        return self.call("reciprocal", expr.arg)

    def _print_HeadSum(self, expr: Any) -> str:
        return f"Σ_{self._print(expr.head)} {self.at(self.place).wrap(expr.expr, HADAMARD)}"

    _print_ScalarHeadSum = _print_HeadSum

    def _print_HeadConcat(self, expr: Any) -> str:
        return self.call(f"concat_{self._print(expr.head)}", expr.expr)

    def _print_HeadStack(self, expr: Any) -> str:
        return self.call(f"stack_{self._print(expr.head)}", expr.expr)

    def _print_HStack(self, expr: Any) -> str:
        return f"[{f' {self.comma}| '.join(map(self._block, expr.args))}]"

    def _print_VStack(self, expr: Any) -> str:
        return f"[{f'; {self.comma}'.join(map(self._block, expr.args))}]"

    def _block(self, expr: Any) -> str:
        """A block; one that is a number for a single entry, as the number."""
        scale, factors = expr.as_coeff_matrices() if expr.is_MatMul else (S.One, [expr])
        if len(factors) == 1 and tuple(factors[0].shape) == (1, 1):
            if factors[0].is_ZeroMatrix:
                return "0"
            if isinstance(factors[0], OneMatrix):
                return str(self._print(scale))
        return str(self._print(expr))

    def _print_Gradient(self, expr: Any) -> str:
        return f"∂{self.wrap(expr.args[0], ATOM)}/∂{self._print(expr.args[1])}"

    _print_Partial = _print_Jacobian = _print_Gradient

    def _print_Bilinear(self, expr: Any) -> str:
        x, y = (self.at(ANYWHERE)._print(argument) for argument in (expr.x, expr.y))
        return f"{self._print(expr.form)}({x}, {y})"

    def _print_MatrixOf(self, expr: Any) -> str:
        return self.call("matrix_of", expr.form)

    def said(self, claim: Any) -> str:
        if type(claim).__name__ == "Positive":
            return f"{self._print(claim.arg)} {self.relation}> 0"
        return self.compared(claim.left, "=" if type(claim).__name__ == "Equal" else "≤", claim.right)

    def compared(self, left: Any, sign: str, right: Any) -> str:
        """Two sides, one of which shows the shape of both."""
        first = self.at(ANYWHERE if self.alone(right) else NOWHERE)._print(left)
        return f"{first} {self.relation}{sign} {self.at(ANYWHERE)._print(right)}"

    def _print_RankAtMost(self, expr: Any) -> str:
        return f"{self.call('rank', expr.arg)} {self.relation}≤ {self._print(expr.bound)}"

    def _print_RankAtLeast(self, expr: Any) -> str:
        return f"{self.call('rank', expr.arg)} {self.relation}≥ {self._print(expr.bound)}"

    def _print_PSD(self, expr: Any) -> str:
        return f"{self.wrap(expr.arg, HADAMARD)} {self.relation}⪰ 0"

    def side(self, claim: Any) -> str:
        """A claim inside another one, in parentheses unless it is a plain comparison."""
        return self._print(claim) if is_plain(claim) else f"({self._print(claim)})"

    def _print_Not(self, expr: Any) -> str:
        if type(expr.claim).__name__ == "Equal" and is_plain(expr.claim):
            return self.compared(expr.claim.left, "≠", expr.claim.right)
        return f"¬({self._print(expr.claim)})"

    def _print_And(self, expr: Any) -> str:
        return self.joined("∧", expr.args) or "true"

    def joined(self, sign: str, claims: Any) -> str:
        """Claims with a connective between them."""
        return f" {self.logic}{sign} ".join(map(self.side, claims))

    def _print_Implies(self, expr: Any) -> str:
        return self.joined("⇒", expr.args)

    def _print_Iff(self, expr: Any) -> str:
        return self.joined("⇔", expr.args)

    def for_all(self, variables: Any, claim: Any) -> str:
        return f"∀ {', '.join(map(self._print, variables))}: {self.relation}{self._print(claim)}"

    def _print_Exists(self, expr: Any) -> str:
        said = f"∃ {', '.join(map(self._print, expr.variables))}: {self.relation}{self._print(expr.claim)}"
        pairs = zip(expr.variables, expr.witness or (), strict=False)
        given = f", {self.comma}".join(f"{self._print(v)} := {self.at(ANYWHERE)._print(w)}" for v, w in pairs)
        return f"{said} {self.logic}(with {given})" if given else said


class _Shallow(TextPrinter):
    """Writes … for what is nested deeper than can be printed."""

    def _print(self, expr: Any, **settings: Any) -> str:
        deep = self._print_level >= DEEPEST and getattr(expr, "args", ())
        return "…" if deep else super()._print(expr, **settings)
