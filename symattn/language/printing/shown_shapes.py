"""What the text round a matrix shows of its shape.

0, I and e_0 do not show their own.  They are written so where their place asks for one shape only: beside a factor, a
term or the other side of a comparison that has a shape of its own; elsewhere as zeros(m, n), identity(n), unit(n, 0).
So the text of a claim says all of it, once its letters are declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy.printing.printer import Printer

__all__ = ["ANYWHERE", "NOWHERE", "Place", "Placed"]

Place = tuple[bool, bool]
"""Whether the text around shows how many rows there are, and how many columns."""

NOWHERE, ANYWHERE = (False, False), (True, True)


class Placed(Printer):
    """`self.at(place)` says where the next part stands, and `self.place` where this one does."""

    def __init__(self, settings: Any = None) -> None:
        super().__init__(settings)
        self.place: Place = ANYWHERE
        self._next: Place = ANYWHERE
        self._known: dict[Any, bool] = {}

    def doprint(self, expr: Any) -> Any:
        self._next = ANYWHERE
        return super().doprint(expr)

    def _print(self, expr: Any, **kwargs: Any) -> Any:
        before = self.place
        self.place, self._next = self._next, NOWHERE
        try:
            return super()._print(expr, **kwargs)
        finally:
            self.place = before

    def at(self, place: Place) -> Any:
        """The printer, ready for a part in that place."""
        self._next = place
        return self

    def alone(self, expr: Any) -> bool:
        """Whether the text of the expression shows its shape."""
        if expr not in self._known:
            self._known[expr] = self._alone(expr)
        return self._known[expr]

    def _alone(self, expr: Any) -> bool:
        match type(expr).__name__:
            case "Identity" | "ZeroMatrix" | "Unit":
                return False
            case "MatMul":
                factors = _matrices(expr)
                places = self.in_product(factors, NOWHERE)
                return all(self.alone(f) or _asked(f, place) for f, place in zip(factors, places, strict=True))
            case "MatAdd" | "HadamardProduct" | "Hadamard":
                return any(map(self.alone, expr.args))
            case "Transpose" | "T" | "HeadSum" | "MatPow":
                return self.alone(expr.args[0])
        return True

    def in_product(self, factors: Sequence[Any], place: Place) -> Iterable[Place]:
        """The places of the factors of a product."""
        shown = [self.alone(factor) for factor in factors]
        places = list(zip([place[0], *shown[:-1]], [*shown[1:], place[1]], strict=True))
        # a 0 in a product would read as the number
        return [NOWHERE if f.is_ZeroMatrix and len(factors) > 1 else p for f, p in zip(factors, places, strict=True)]

    def in_sum(self, terms: Sequence[Any]) -> Place:
        """The place of each term of a sum, and of each factor of a product entry by entry."""
        return ANYWHERE if any(map(self.alone, terms)) else self.place

    def _print_Identity(self, expr: Any) -> str:
        return "I" if any(self.place) else f"identity({self._print(expr.shape[0])})"

    def _print_ZeroMatrix(self, expr: Any) -> str:
        return "0" if all(self.place) else f"zeros({', '.join(map(self._print, expr.shape))})"

    def _print_Unit(self, expr: Any) -> str:
        return f"e_{expr.place}" if self.place[1] else f"unit({self._print(expr.shape[1])}, {expr.place})"


def _matrices(product: Any) -> list[Any]:
    return [factor for factor in product.args if factor.is_Matrix]


def _asked(expr: Any, place: Place) -> bool:
    """Whether the place asks for all that a part without a shape of its own needs."""
    match type(expr).__name__:
        case "Identity":
            return any(place)
        case "Unit":
            return place[1]
        case "Transpose" | "T":
            return _asked(expr.args[0], place[::-1])
    return all(place)
