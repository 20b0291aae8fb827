"""Formulas in Unicode, in a given notation, on one row or broken into rows that fit a page.

`language.text` says how each node is written, so that it can be read back; here come names, Greek letters, norms and
inner products, and marks where a row may be broken.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symattn.language.printing.common import ATOM, is_inner, is_norm
from symattn.language.printing.shown_shapes import ANYWHERE
from symattn.language.printing.text import TextPrinter
from symattn.views.paper.breaking import COMMA, LOGIC, PRODUCT, RELATION, SUM, rows, unmarked
from symattn.views.paper.notation import Notation

__all__ = ["INDENT", "PlainPrinter", "Sheet", "lowered"]

INDENT = "    "
GOES_ON = "  "  # before a row that goes on with a formula, and once more when it continues a term
_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi"
    " omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
_GREEK = dict(zip(_NAMES.split(), "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True))
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBERED = re.compile(r"(?<![\w_])([A-Za-zα-ω]'?)_(\d+)(?!\w)")
_NAME = re.compile(r"([A-Za-z]+)(.*?)(?:_(\d+))?", re.DOTALL)


def lowered(words: str) -> str:
    """Words in which the numbers of letters such as e_0 are lowered, as they are in formulas."""
    return _NUMBERED.sub(lambda found: found[1] + found[2].translate(_LOWERED), words)


@dataclass(frozen=True)
class Sheet:
    """What a text is written on: how many letters a line has, and how it shows what is written."""

    width: int = 100
    spell: Callable[[str], str] = str

    @property
    def column(self) -> int:
        """Where reasons stand, behind formulas that are shorter."""
        return round(0.64 * self.width)

    def length(self, text: str) -> int:
        """How many letters are shown."""
        return len(self.spell(text))

    def filled(self, words: str, width: int = 0) -> list[str]:
        """Words in lines, as wide as the sheet unless it is said how wide."""
        wide = width or self.width
        return textwrap.wrap(self.spell(lowered(words)), wide, break_on_hyphens=False, break_long_words=False)


class PlainPrinter(TextPrinter):
    """A formula in a notation; when it is to be short, every 0, I and e₀ is written so, whatever its size."""

    comma, factor, plus, relation, logic = COMMA, PRODUCT, SUM, RELATION, LOGIC

    def __init__(self, notation: Notation, *, short: bool = False, sheet: Sheet | None = None) -> None:
        super().__init__()
        self.notation = notation
        self.short = short
        self.sheet = sheet or Sheet()

    def _print(self, expr: Any, **kwargs: Any) -> Any:
        if self.short:
            self.at(ANYWHERE)
        return super()._print(expr, **kwargs)

    def doprint(self, expr: Any) -> str:
        return unmarked(self.marked(expr))

    def marked(self, expr: Any) -> str:
        """The formula with marks where a row may be broken."""
        found = str(super().doprint(expr))
        return found if self.notation.scale == "tau" else found.replace(f"({self.scale})", self.scale)

    def rows(self, *said: Any, before: str = INDENT, width: int = 0) -> list[str]:
        """A formula, or several with commas between them, after some words, in rows of at most so many letters."""
        room = (width or self.sheet.width) - len(before) - len(GOES_ON)
        cut = rows(f", {LOGIC}".join(map(self.marked, said)), room, self.sheet.length, len(GOES_ON)).rows
        further = " " * len(before) + GOES_ON
        return [
            f"{further if place else before}{GOES_ON if row.indented else ''}{row.tex}" for place, row in enumerate(cut)
        ]

    @property
    def scale(self) -> str:
        """How the scale of the scores is written."""
        return self.called("tau") if self.notation.scale == "tau" else f"(1/sqrt({self.called('k')}))"

    def called(self, name: str) -> str:
        """A name, with Greek letters and lowered numbers as such."""
        word, rest, number = _NAME.fullmatch(self.notation.called(name)).groups()  # type: ignore[union-attr]
        return _GREEK.get(word, word) + rest + (number or "").translate(_LOWERED)

    def _print_Symbol(self, expr: Any) -> str:
        return self.scale if expr.name == "tau" else self.called(expr.name)

    _print_Size = _print_HeadIndex = _print_Symbol

    def _print_MatrixSymbol(self, expr: Any) -> str:
        return self.called(expr.name)

    _print_Family = _print_BilinearMap = _print_Matrix = _print_MatrixSymbol

    def _print_Unit(self, expr: Any) -> str:
        return super()._print_Unit(expr).replace(f"e_{expr.place}", f"e{str(expr.place).translate(_LOWERED)}")

    def wrap(self, expr: Any, least: int) -> str:
        twice = type(expr).__name__ == "T" and least == ATOM
        return f"({self._print(expr)})" if twice else super().wrap(expr, least)

    def _print_Transpose(self, expr: Any) -> str:
        if type(expr.arg).__name__ == "Inverse":
            return f"{self.wrap(expr.arg.arg, ATOM)}⁻ᵀ"
        return super()._print_Transpose(expr)

    def _print_Inverse(self, expr: Any) -> str:
        if type(expr.arg).__name__ == "Transpose":
            return f"{self.wrap(expr.arg.arg, ATOM)}⁻ᵀ"
        return super()._print_Inverse(expr)

    def _print_T(self, expr: Any) -> str:
        return str(self._print_Transpose(expr))

    def _print_Member(self, expr: Any) -> str:
        return f"{self._print(expr.family)}[{self._print(expr.head)}]"

    def _print_Bilinear(self, expr: Any) -> str:
        return self.call(self._print(expr.form), expr.x, expr.y)

    def _print_Total(self, expr: Any) -> str:
        if is_norm(expr):
            return self._norm(expr, 2)
        if is_inner(expr):
            left, right = map(self._print, expr.arg.args)
            return f"⟨{left}, {self.comma}{right}⟩"
        return self.call("total", expr.arg)

    def _norm(self, expr: Any, power: int) -> str:
        return f"‖{self._print(expr.arg.args[0])}‖{str(power).translate(_RAISED)}"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        base, power = expr.args
        if power.is_Integer and power > 0 and is_norm(base):
            return self._norm(base, 2 * int(power))
        return super()._print_Pow(expr)
