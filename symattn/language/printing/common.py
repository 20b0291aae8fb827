"""What text, LaTeX and code have in common.

Parentheses go where `level` says; a greater level binds tighter.
"""

from __future__ import annotations

from typing import Any

from sympy import Integer, Pow, Rational, S
from sympy.printing.printer import Printer

__all__ = [
    "ATOM",
    "COMPARISONS",
    "HADAMARD",
    "POSTFIX",
    "PRODUCT",
    "SUM",
    "Called",
    "Written",
    "band",
    "below_the_line",
    "everywhere",
    "is_inner",
    "is_norm",
    "is_plain",
    "is_sum",
    "level",
    "ratio",
    "terms",
]

SUM, HADAMARD, PRODUCT, POSTFIX, ATOM = range(1, 6)

_LEVELS = {
    **dict.fromkeys(("Add", "MatAdd", "HeadSum", "ScalarHeadSum"), SUM),
    **dict.fromkeys(("HadamardProduct", "Hadamard"), HADAMARD),
    **dict.fromkeys(("Mul", "MatMul", "Gradient", "Partial", "Jacobian"), PRODUCT),
    **dict.fromkeys(("Pow", "MatPow", "Inverse", "Transpose", "Reciprocal"), POSTFIX),
}
COMPARISONS = frozenset({"Equal", "AtMost", "RankAtMost", "RankAtLeast", "PSD", "Positive"})


def level(expr: Any) -> int:
    """How tightly the outermost operation of an expression binds."""
    if getattr(expr, "is_Number", False):
        return SUM if expr < 0 else ATOM if expr.is_Integer else PRODUCT
    kind = _LEVELS.get(type(expr).__name__, ATOM)
    if kind == HADAMARD and band(expr) is not None:
        return ATOM
    if kind == PRODUCT and (expr.is_Mul or expr.is_MatMul) and ratio(expr)[0]:
        return SUM
    if kind == POSTFIX and expr.is_Pow:
        return PRODUCT if expr.exp.is_Rational and expr.exp < 0 else ATOM if expr.exp == S.Half else POSTFIX
    return kind


def is_sum(expr: Any) -> bool:
    """Whether the outermost operation is a sum, over terms or over heads."""
    return _LEVELS.get(type(expr).__name__) == SUM


def is_inner(expr: Any) -> bool:
    """Whether it is the total of an entrywise product of two, ⟨A, B⟩."""
    if type(expr).__name__ != "Total" or type(expr.arg).__name__ not in ("Hadamard", "HadamardProduct"):
        return False
    return len(expr.arg.args) == 2


def is_norm(expr: Any) -> bool:
    """Whether it is ⟨A, A⟩, which is written ‖A‖²."""
    return is_inner(expr) and expr.arg.args[0] == expr.arg.args[1]


def band(expr: Any) -> tuple[Any, Any, Any] | None:
    """The n, left and right of what `window` makes, 1 where i − left ≤ j ≤ i + right."""
    if len(expr.args) != 2 or type(expr.args[1]).__name__ not in ("T", "Transpose"):
        return None
    ahead, back = expr.args[0], expr.args[1].arg
    if {type(ahead).__name__, type(back).__name__} != {"Before"} or not ahead.shape == back.shape == back.shape[::-1]:
        return None
    return (ahead.shape[0], back.offsets[1], ahead.offsets[1]) if ahead.offsets[0] == back.offsets[0] == 0 else None


def everywhere(claim: Any) -> tuple[Any, Any] | None:
    """The head h of stack_h(A) = stack_h(B), or of a bound, and A = B, which it says for all h."""
    if {type(side).__name__ for side in claim.args} != {"HeadStack"} or len({side.head for side in claim.args}) > 1:
        return None
    numbers = [_number_in(side.expr) for side in claim.args]
    sides = [side.expr for side in claim.args] if None in numbers else numbers
    return claim.args[0].head, claim.func(*sides)


def _number_in(side: Any) -> Any:
    """The number of which a 1×1 matrix is full, where it is written so."""
    scale, factors = side.as_coeff_matrices() if side.is_MatMul else (S.One, [side])
    if tuple(side.shape) != (1, 1) or len(factors) != 1:
        return None
    return {"OneMatrix": scale, "ZeroMatrix": S.Zero}.get(type(factors[0]).__name__)


def is_plain(claim: Any) -> bool:
    """Whether it is a comparison that needs no parentheses beside a connective."""
    return type(claim).__name__ in COMPARISONS and everywhere(claim) is None


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
            below.append(below_the_line(factor))
        else:
            above.append(factor)
    return negative, above, below


def below_the_line(power: Any) -> Any:
    """x**k for x**-k, as it was written: SymPy would make 1 of (t/t)**k."""
    return power.base if power.exp == -1 else Pow(power.base, -power.exp, evaluate=False)


def terms(expr: Any) -> list[Any]:
    """The terms of a sum in the order in which they are written."""
    parts = list(expr.args) if expr.is_MatAdd else expr.as_ordered_terms()
    if getattr(expr, "keeps_its_order", False):
        return parts
    positive = next((place for place, part in enumerate(parts) if level(part) > SUM), 0)
    return [parts.pop(positive), *parts]


class Called(Printer):
    """Functions by name, with their arguments in parentheses."""

    def call(self, name: str, *args: Any) -> str:
        return f"{name}({', '.join(self._print(a) for a in args)})"

    def _print_MatrixSymbol(self, expr: Any) -> str:
        return str(expr.name)

    _print_Family = _print_BilinearMap = _print_MatrixSymbol

    def _print_Softmax(self, expr: Any) -> str:
        mask = "" if expr.mask is None else f", mask={self._print(expr.mask)}"
        return f"softmax({self._print(expr.scores)}{mask})"

    def _print_Member(self, expr: Any) -> str:
        return f"{expr.name}[{self._print(expr.head)}]"

    def _print_Pair(self, expr: Any) -> str:
        return self.call("group", expr.g, expr.r)

    def _print_Bilinear(self, expr: Any) -> str:
        return self.call(expr.form.name, expr.x, expr.y)


class Written(Called):
    """Sums and products as on paper.  `_scalar_factor` gives the sign of a scalar product and the rest of it.

    Where a row of a long formula may be broken there is a mark, which is nothing here; a subclass gives it text.
    """

    comma = factor = plus = relation = logic = ""

    def wrap(self, expr: Any, least: int) -> str:
        """The expression, in parentheses unless it binds at least that tightly."""
        return str(self._print(expr)) if level(expr) >= least else self.bracket(self._print(expr))

    def bracket(self, inside: str, left: str = "(", right: str = ")") -> str:
        """Brackets round what is written."""
        return f"{left}{inside}{right}"

    def for_all(self, variables: Any, claim: Any) -> str:
        """A claim for all values of some letters, or for all heads."""
        raise NotImplementedError

    def _print_Equal(self, expr: Any) -> str:
        every = everywhere(expr)
        return self.said(expr) if every is None else self.for_all(every[:1], every[1])

    _print_AtMost = _print_Positive = _print_Equal

    def said(self, claim: Any) -> str:
        """A comparison, as it is written for one head."""
        raise NotImplementedError

    def _print_ForAll(self, expr: Any) -> str:
        return self.for_all(expr.variables, expr.claim)

    def _scalar_factor(self, expr: Any) -> tuple[str, str]:
        raise NotImplementedError

    def _print_Mul(self, expr: Any) -> str:
        sign, body = self._scalar_factor(expr)
        return sign + (body or "1")

    def _print_Add(self, expr: Any, order: Any = None) -> str:
        parts = [self.bracket(self._print(term)) if is_sum(term) else self._print(term) for term in terms(expr)]
        return self.summed(parts)

    def summed(self, parts: list[str]) -> str:
        """The terms with their signs between them."""
        return f" {self.plus}+ ".join(parts).replace(f"{self.plus}+ -", f"{self.plus}- ")

    _print_MatAdd = _print_Add
