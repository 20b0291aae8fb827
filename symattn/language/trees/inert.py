"""What every node shares.  A node is inert: SymPy neither evaluates nor differentiates it."""

from __future__ import annotations

from typing import Any

from sympy import Basic, SympifyError
from sympy.core.sympify import _sympify
from sympy.matrices.expressions.special import NonInvertibleMatrixError

from symattn.errors import LanguageError, layout
from symattn.language.printing.latex import latex
from symattn.language.printing.text import text

__all__ = ["Inert", "Printed", "UndeclaredInverse", "as_sympy"]


class Printed:
    """A SymPy object that prints itself as in a paper, under str() and under latex()."""

    def _sympystr(self, printer: Any) -> str:
        return text(self)

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm

        return prettyForm(text(self))

    def _latex(self, printer: Any) -> str:
        return latex(self)


class Inert(Printed):
    """A node that SymPy leaves as it is: `doit` would rewrite Hadamard products and entries inside it."""

    def __eq__(self, other: object) -> Any:
        if self is other:
            return True
        return _same(self, other) if type(self) is type(other) else super().__eq__(other)

    __hash__ = Basic.__hash__  # type: ignore[assignment]

    def doit(self, **hints: Any) -> Any:
        return self

    def _eval_derivative(self, variable: Any) -> Any:
        raise LanguageError(f"SymPy does not differentiate {text(self)}: write gradient(L, A) or Partial(L, t)")

    def _eval_simplify(self, **hints: Any) -> Any:
        return self


def _same(one: Any, other: Any) -> bool:
    """What SymPy calls equal, each pair of nodes compared once: deep expressions have the same ones in many places."""
    seen, stack = set[tuple[int, int]](), [(one, other)]
    while stack:
        one, other = stack.pop()
        if one is other or (id(one), id(other)) in seen:
            continue
        if isinstance(one, Basic) and type(one) is not type(other):
            return False
        if not isinstance(one, Inert):
            if one != other:
                return False
            continue
        mine, others = (node._hashable_content() for node in (one, other))  # type: ignore[attr-defined]
        if hash(one) != hash(other) or len(mine) != len(others):
            return False
        seen.add((id(one), id(other)))
        stack += zip(mine, others, strict=True)
    return True


class UndeclaredInverse(LanguageError, NonInvertibleMatrixError):
    """The inverse of something not declared invertible.  Also SymPy's own exception, which its products catch."""

    def __str__(self) -> str:
        # SymPy raises and drops this for every factor of a product, so the text is made only when it is read
        return layout(
            f"{text(self.args[0])} has no inverse here: it is not declared invertible",
            note='a letter M may have one: M:k*k:invertible, or matrix("M", k, k, invertible=True), given M == A @ B',
        )


def as_sympy(value: Any) -> Any:
    """The SymPy object for a value.  Text is refused: SymPy would run it."""
    try:
        return _sympify(value)
    except SympifyError:
        raise LanguageError(f"{value!r} is not an expression") from None
