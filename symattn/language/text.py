"""Language: plain text.  `text(expr)` writes an expression on one line, as in a paper: X Q Kᵀ Xᵀ.

latex.py is its twin.  Both decide with `level` where parentheses go; a greater level binds tighter.
"""

from __future__ import annotations

from typing import Any

from sympy import Integer, Pow, Rational, S
from sympy.printing.str import StrPrinter

__all__ = [
    "ATOM",
    "COMPARISONS",
    "HADAMARD",
    "POSTFIX",
    "PRODUCT",
    "SUM",
    "TextPrinter",
    "level",
    "ratio",
    "terms",
    "text",
]

SUM, HADAMARD, PRODUCT, POSTFIX, ATOM = range(1, 6)

_LEVELS = {
    **dict.fromkeys(("Add", "MatAdd", "HeadSum", "ScalarHeadSum"), SUM),
    **dict.fromkeys(("HadamardProduct", "Hadamard"), HADAMARD),
    **dict.fromkeys(("Mul", "MatMul", "Gradient", "Partial", "Jacobian"), PRODUCT),
    **dict.fromkeys(("Pow", "MatPow", "Inverse", "Transpose", "Reciprocal"), POSTFIX),
}
COMPARISONS = frozenset({"Equal", "AtMost", "RankAtMost", "RankAtLeast", "PSD", "Positive"})
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def text(expr: Any) -> str:
    """The expression on one line."""
    return TextPrinter().doprint(expr)


def level(expr: Any) -> int:
    """How tightly the outermost operation of an expression binds."""
    if getattr(expr, "is_Number", False):
        return SUM if expr < 0 else ATOM if expr.is_Integer else PRODUCT
    kind = _LEVELS.get(type(expr).__name__, ATOM)
    if kind == PRODUCT and (expr.is_Mul or expr.is_MatMul) and ratio(expr)[0]:
        return SUM
    if kind == POSTFIX and expr.is_Pow:
        return PRODUCT if expr.exp.is_Rational and expr.exp < 0 else ATOM if expr.exp == S.Half else POSTFIX
    return kind


def is_sum(expr: Any) -> bool:
    """Whether the outermost operation is a sum, over terms or over heads."""
    return _LEVELS.get(type(expr).__name__) == SUM


def ratio(expr: Any) -> tuple[bool, list[Any], list[Any]]:
    """Whether a scalar product is negative, then the factors above and below the line."""
    scalar = expr.as_coeff_matrices()[0] if expr.is_MatMul else expr
    above, below = [], []
    negative = False
    for factor in scalar.as_ordered_factors():
        if isinstance(factor, Rational):
            negative = negative != bool(factor < 0)
            above += [Integer(abs(factor.p))] if abs(factor.p) != 1 else []
            below += [Integer(factor.q)] if factor.q != 1 else []
        elif factor.is_Pow and factor.exp.is_Rational and factor.exp < 0:
            below.append(Pow(factor.base, -factor.exp))
        else:
            above.append(factor)
    return negative, above, below


def terms(expr: Any) -> list[Any]:
    """The terms of a sum in the order in which they are written."""
    parts = list(expr.args) if expr.is_MatAdd else expr.as_ordered_terms()
    positive = next((place for place, part in enumerate(parts) if level(part) > SUM), 0)
    return [parts.pop(positive), *parts]


class TextPrinter(StrPrinter):
    """Nodes by name; what is not listed prints as SymPy does."""

    printmethod = "_symattn_text"

    def wrap(self, expr: Any, least: int) -> str:
        """The expression, in parentheses unless it binds at least that tightly."""
        return self._print(expr) if level(expr) >= least else f"({self._print(expr)})"

    def call(self, name: str, *args: Any) -> str:
        return f"{name}({', '.join(self._print(a) for a in args)})"

    def _scalar_factor(self, expr: Any) -> tuple[str, str]:
        negative, above, below = ratio(expr)
        top = " ".join(self.wrap(f, PRODUCT) for f in above)
        if below:
            bottom = " ".join(self.wrap(f, POSTFIX) for f in below)
            top = f"{top or 1}/({bottom})" if len(below) > 1 else f"{top or 1}/{bottom}"
        return "-" if negative else "", top

    def _print_Mul(self, expr: Any) -> str:
        sign, body = self._scalar_factor(expr)
        return sign + (body or "1")

    def _print_MatMul(self, expr: Any) -> str:
        sign, scale = self._scalar_factor(expr)
        factors = [self.wrap(m, PRODUCT + 1) for m in expr.as_coeff_matrices()[1]]
        if scale:
            factors.insert(0, f"({scale})" if "/" in scale else scale)
        return sign + " ".join(factors)

    def _print_Add(self, expr: Any) -> str:
        parts = [f"({self._print(term)})" if is_sum(term) else self._print(term) for term in terms(expr)]
        return " + ".join(parts).replace("+ -", "- ")

    _print_MatAdd = _print_Add

    def _print_HadamardProduct(self, expr: Any) -> str:
        return " ∘ ".join(self.wrap(a, POSTFIX) for a in expr.args)

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        base, power = expr.args
        if power == S.Half:
            return self.call("sqrt", base)
        if power.is_Rational and power < 0:
            return f"1/{self.wrap(Pow(base, -power), POSTFIX)}"
        raised = str(power).translate(_SUPERSCRIPTS) if power.is_Integer else f"^({self._print(power)})"
        return self.wrap(base, ATOM) + raised

    _print_MatPow = _print_Pow

    def _print_Transpose(self, expr: Any) -> str:
        return self.wrap(expr.arg, ATOM) + "ᵀ"

    def _print_Inverse(self, expr: Any) -> str:
        return self.wrap(expr.arg, ATOM) + "⁻¹"

    def _print_exp(self, expr: Any) -> str:
        return self.call("exp", *expr.args)

    def _print_MatrixSymbol(self, expr: Any) -> str:
        return expr.name

    _print_Family = _print_BilinearMap = _print_MatrixSymbol

    def _print_Identity(self, expr: Any) -> str:
        return "I"

    def _print_ZeroMatrix(self, expr: Any) -> str:
        return "0"

    def _print_OneMatrix(self, expr: Any) -> str:
        return self.call("ones", *expr.args)

    def _print_Trace(self, expr: Any) -> str:
        return self.call("tr", expr.arg)

    def _print_MatrixElement(self, expr: Any) -> str:
        return f"{self.wrap(expr.parent, ATOM)}[{self._print(expr.i)}, {self._print(expr.j)}]"

    def _print_MatrixNode(self, expr: Any) -> str:
        return self.call(type(expr).__name__.lower(), *expr.args)

    _print_ScalarNode = _print_MatrixNode

    def _print_T(self, expr: Any) -> str:
        return self.call("T", expr.arg)

    def _print_Softmax(self, expr: Any) -> str:
        mask = "" if expr.mask is None else f", mask={self._print(expr.mask)}"
        return f"softmax({self._print(expr.scores)}{mask})"

    def _print_ElementwiseExp(self, expr: Any) -> str:
        return self.call("exp", expr.arg)

    def _print_ElementwiseLog(self, expr: Any) -> str:
        return self.call("log", expr.arg)

    def _print_Unit(self, expr: Any) -> str:
        return f"e_{expr.place}"

    def _print_Reciprocal(self, expr: Any) -> str:
        return self.call("reciprocal", expr.arg)

    def _print_Member(self, expr: Any) -> str:
        return f"{expr.name}[{self._print(expr.head)}]"

    def _print_Pair(self, expr: Any) -> str:
        return self.call("group", expr.g, expr.r)

    def _print_HeadSum(self, expr: Any) -> str:
        return f"Σ_{self._print(expr.head)} {self.wrap(expr.expr, HADAMARD)}"

    _print_ScalarHeadSum = _print_HeadSum

    def _print_HeadConcat(self, expr: Any) -> str:
        return self.call(f"concat_{self._print(expr.head)}", expr.expr)

    def _print_HeadStack(self, expr: Any) -> str:
        return self.call(f"stack_{self._print(expr.head)}", expr.expr)

    def _print_HStack(self, expr: Any) -> str:
        return f"[{' | '.join(self._print(a) for a in expr.args)}]"

    def _print_VStack(self, expr: Any) -> str:
        return f"[{'; '.join(self._print(a) for a in expr.args)}]"

    def _print_Gradient(self, expr: Any) -> str:
        return f"∂{self.wrap(expr.args[0], ATOM)}/∂{self._print(expr.args[1])}"

    _print_Partial = _print_Jacobian = _print_Gradient

    def _print_Bilinear(self, expr: Any) -> str:
        return self.call(expr.form.name, expr.x, expr.y)

    def _print_MatrixOf(self, expr: Any) -> str:
        return self.call("matrix_of", expr.form)

    def _print_Equal(self, expr: Any) -> str:
        return f"{self._print(expr.left)} = {self._print(expr.right)}"

    def _print_AtMost(self, expr: Any) -> str:
        return f"{self._print(expr.left)} ≤ {self._print(expr.right)}"

    def _print_RankAtMost(self, expr: Any) -> str:
        return f"{self.call('rank', expr.arg)} ≤ {self._print(expr.bound)}"

    def _print_RankAtLeast(self, expr: Any) -> str:
        return f"{self.call('rank', expr.arg)} ≥ {self._print(expr.bound)}"

    def _print_PSD(self, expr: Any) -> str:
        return f"{self.wrap(expr.arg, HADAMARD)} ⪰ 0"

    def _print_Positive(self, expr: Any) -> str:
        return f"{self._print(expr.arg)} > 0"

    def side(self, claim: Any) -> str:
        """A claim inside another one, in parentheses unless it is a plain comparison."""
        plain = type(claim).__name__ in COMPARISONS
        return self._print(claim) if plain else f"({self._print(claim)})"

    def _print_Not(self, expr: Any) -> str:
        if type(expr.claim).__name__ == "Equal":
            return f"{self._print(expr.claim.left)} ≠ {self._print(expr.claim.right)}"
        return f"¬({self._print(expr.claim)})"

    def _print_And(self, expr: Any) -> str:
        return " ∧ ".join(map(self.side, expr.args)) or "true"

    def _print_Implies(self, expr: Any) -> str:
        return " ⇒ ".join(map(self.side, expr.args))

    def _print_Iff(self, expr: Any) -> str:
        return " ⇔ ".join(map(self.side, expr.args))

    def _print_ForAll(self, expr: Any) -> str:
        return f"∀ {', '.join(map(self._print, expr.variables))}: {self._print(expr.claim)}"

    def _print_Exists(self, expr: Any) -> str:
        said = f"∃ {', '.join(map(self._print, expr.variables))}: {self._print(expr.claim)}"
        pairs = zip(expr.variables, expr.witness or (), strict=False)
        given = ", ".join(f"{self._print(v)} := {self._print(w)}" for v, w in pairs)
        return f"{said} (with {given})" if given else said
