r"""Formulas in LaTeX, in a given notation, with marks where a row may be broken.

`language.latex` says how each node is written; here come names, bold letters, the mark of a transpose and the scale,
and another way of writing for what would be too wide: x Q Kᵀ yᵀ instead of the total of a 1×1 matrix, blocks of blocks
in one matrix, and a derivative of something long as an operator in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from sympy import S, Symbol

from symattn import language as lang
from symattn.language.printing.common import ATOM, PRODUCT, below_the_line, is_norm, is_sum, level, ratio, terms
from symattn.language.printing.latex import TexPrinter
from symattn.views.paper.breaking import COMMA, LOGIC, PRODUCT as FACTOR, RELATION, SUM, unmarked
from symattn.views.paper.heights import bracketed
from symattn.views.paper.notation import Notation
from symattn.views.paper.widths import width

__all__ = ["Formulas"]

_TRANSPOSE = {"top": r"\top", "T": "T", "sans": r"\mathsf{T}"}
_DIFFERENTIAL = re.compile(r"(d(?=[A-Z]|[a-z]$))?(.*)", re.DOTALL)
_NAME = re.compile(r"(\\[a-zA-Z]+|[a-zA-Z]+)(.*)", re.DOTALL)


class Formulas(TexPrinter):
    """`marked` gives a formula with marks for `breaking.rows`, `plain` one without; `room` is the width of a page."""

    comma, factor, plus, relation, logic = COMMA, FACTOR, SUM, RELATION, LOGIC

    def __init__(self, notation: Notation, room: float) -> None:
        super().__init__()
        self.notation = notation
        self.room = room
        self.top = _TRANSPOSE[notation.transpose]

    def marked(self, expr: Any) -> str:
        return str(self.doprint(expr))

    def plain(self, expr: Any) -> str:
        return unmarked(self.marked(expr))

    def small(self, expr: Any) -> str:
        return unmarked(str(self._print(expr)))

    def bracket(self, inside: str, left: str = "(", right: str = ")") -> str:
        return bracketed(inside, left, right)

    def _print_Symbol(self, expr: Any, style: str = "plain") -> str:
        if self._is_scale(expr):
            return rf"\frac{{1}}{{\sqrt{{{self._named('k')}}}}}"
        return self._named(expr.name)

    _print_Size = _print_HeadIndex = _print_Symbol

    def _is_scale(self, expr: Any) -> bool:
        return self.notation.scale != "tau" and isinstance(expr, Symbol) and expr.name == "tau"

    def _named(self, name: str) -> str:
        return self._differential(self.notation.called(name), str)

    def _differential(self, name: str, write: Callable[[str], str]) -> str:
        """A name, of which the d of a gradient such as dQ is set upright."""
        d, rest = _DIFFERENTIAL.fullmatch(name).groups()  # type: ignore[union-attr]
        return (r"\mathrm{d}" if d else "") + write(self._deal_with_super_sub(rest))

    def _print_Family(self, expr: Any) -> str:
        return self._differential(self.notation.called(expr.name), _bold if self.notation.bold else str)

    _print_MatrixSymbol = _print_Matrix = _print_Family

    def _print_BilinearMap(self, expr: Any) -> str:
        return self._named(expr.name)

    def wrap(self, expr: Any, least: int) -> str:
        if _is_number_of(expr):
            # the parentheses show that it is one number among others, not part of a product of matrices
            inside = expr.arg
            needed = least > PRODUCT or level(inside) < least
            alone = not needed or level(inside) >= ATOM
            return str(self._print(inside)) if alone else self.bracket(self._print(inside))
        if self._is_scale(expr) and least == ATOM:
            return self.bracket(self._print(expr))
        return super().wrap(expr, least)

    def _print_Total(self, expr: Any) -> str:
        if _is_number_of(expr):
            return str(self._print(expr.arg))
        return super()._print_Total(expr)

    def _print_Add(self, expr: Any, order: Any = None) -> str:
        parts = [self._print(term) for term in terms(expr)]
        parts = [self.bracket(p) if is_sum(_bare(term)) else p for p, term in zip(parts, terms(expr), strict=True)]
        found = parts[0]
        for part in parts[1:]:
            found += f" {SUM}- {part[1:]}" if part.startswith("-") else f" {SUM}+ {part}"
        return found

    _print_MatAdd = _print_Add

    def _print_Mul(self, expr: Any) -> str:
        negative, above, below = ratio(expr)
        sign = "-" if negative else ""
        if below:
            return sign + unmarked(self._scalar_factor(expr)[1])
        least = PRODUCT + 1 if sum(map(_is_number_of, above)) > 1 else PRODUCT
        return sign + (f" {FACTOR}".join(self.wrap(f, least if _is_number_of(f) else PRODUCT) for f in above) or "1")

    def _print_Pow(self, expr: Any) -> str:
        base, power = expr.args
        if power.is_Integer and power > 0 and is_norm(base):
            return self.norm(base.arg.args[0], 2 * power)
        if power == S.Half:
            return rf"\sqrt{{{self._print(base)}}}"
        if power.is_Rational and power < 0:
            return rf"\frac{{1}}{{{self._print(below_the_line(expr))}}}"
        return f"{self.wrap(base, ATOM)}^{{{self._print(power)}}}"

    _print_MatPow = _print_Pow

    def _print_Softmax(self, expr: Any) -> str:
        if expr.mask is not None and width(self.plain(expr.mask)) > self.room / 4:
            return self.operator("softmax", expr.scores, expr.mask)
        return super()._print_Softmax(expr)

    def _print_Gradient(self, expr: Any) -> str:
        loss, letter = self.wrap(expr.args[0], ATOM), self._print(expr.args[1])
        if width(unmarked(loss)) < self.room / 3:
            return rf"\frac{{\partial {unmarked(loss)}}}{{\partial {letter}}}"
        return rf"\frac{{\partial}}{{\partial {letter}}} {loss}"

    _print_Partial = _print_Jacobian = _print_Gradient

    def _print_HStack(self, expr: Any) -> str:
        blocks = _flat(expr)
        return self._blocks("hstack", [blocks], blocks)

    def _print_VStack(self, expr: Any) -> str:
        parts = _flat(expr)
        lines = [_flat(part) for part in parts if isinstance(part, lang.HStack)]
        shapes = {tuple(block.shape[1] for block in line) for line in lines}
        grid = len(lines) == len(parts) and len(shapes) == 1
        return self._blocks("vstack", lines if grid else [[part] for part in parts], parts)

    def _blocks(self, name: str, lines: Sequence[Sequence[Any]], parts: Sequence[Any]) -> str:
        body = r" \\ ".join(" & ".join(map(self.plain, line)) for line in lines)
        short = rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"
        return short if width(short) < 0.6 * self.room else self.operator(name, *parts)

    def _print_Exists(self, expr: Any) -> str:
        found = super()._print_Exists(expr)
        values = zip(expr.variables, expr.witness or (), strict=False)
        pairs = [rf"{self._print(x)} \mathrel{{:=}} {self._print(value)}" for x, value in values]
        return rf"{found} {LOGIC}\text{{ with }} {f', {COMMA}'.join(pairs)}" if pairs else found


def _bold(name: str) -> str:
    word, rest = _NAME.fullmatch(name).groups()  # type: ignore[union-attr]
    return (rf"\boldsymbol{{{word}}}" if word.startswith("\\") else rf"\mathbf{{{word}}}") + rest


def _bare(expr: Any) -> Any:
    return expr.arg if _is_number_of(expr) else expr


def _is_number_of(expr: Any) -> bool:
    """Whether it is the one entry of a 1×1 matrix, which is written as the matrix."""
    return isinstance(expr, lang.Total) and expr.arg.shape == (1, 1)


def _flat(stack: Any) -> list[Any]:
    """The blocks of a stack, those of a stack of the same kind inside it too."""
    return [block for part in stack.args for block in (_flat(part) if isinstance(part, type(stack)) else [part])]
