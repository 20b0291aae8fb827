"""A normal form in words that a reader can check, for messages about what two sides differ by."""

from __future__ import annotations

from itertools import count

from symattn.engine.reading import SKELETONS, Factor, Poly, argument_of, opened, parameter_of
from symattn.kernel.syntax.sizes import Index, replace_in, variable_name

LONGEST = 400


def text_of(poly: Poly) -> str:
    """Such as `Σ_a Q[i, a]·K[j, a] - Σ_a K[i, a]·Q[j, a]`, cut where it gets long."""
    whole = _Names().poly(poly)
    return whole if len(whole) <= LONGEST else whole[:LONGEST] + " …"


def _power(exponent: object) -> str:
    return "" if exponent == 1 else f"^{exponent}" if "/" not in str(exponent) else f"^({exponent})"


class _Names:
    """Names for the variables of one normal form: those of the statement keep theirs, bound ones become a, b, c, …"""

    def __init__(self) -> None:
        self.given: dict[int, str] = {}
        self.next = (letter if round_ == 0 else f"{letter}{round_}" for round_ in count() for letter in "abcefgh")

    def name(self, v: int) -> str:
        if v not in self.given:
            self.given[v] = variable_name(v) or next(self.next)
        return self.given[v]

    def index(self, index: Index) -> str:
        if isinstance(index, int):
            return self.name(index)
        if index[0] == "const":
            return str(index[1])
        if index[0] == "part":
            return f"{index[1]} + {self.index(index[2])}" if index[1].terms else self.index(index[2])
        return f"({self.index(index[1])}, {self.index(index[2])})"

    def factor(self, factor: Factor) -> str:
        number, places, power = factor
        skeleton = SKELETONS[number]
        if skeleton.kind == "entry":
            letter, pattern = skeleton.data
            inside = ", ".join(self.index(replace_in(i, places.__getitem__)) for i in pattern)
            return f"{letter.name}{'⁻¹' if letter.inverse else ''}[{inside}]{_power(power)}"
        if skeleton.kind in ("delta", "before"):
            sides = [self.index(replace_in(i, places.__getitem__)) for i in skeleton.data]
            return f"δ[{', '.join(sides)}]" if skeleton.kind == "delta" else f"[{' ≤ '.join(sides)}]"
        if skeleton.kind == "sum":
            return self.sum(factor)
        if skeleton.kind == "determinant":
            return f"det({self.poly(dict(skeleton.data[2]))}){_power(power)}"
        word = "1/" if skeleton.kind == "reciprocal" else skeleton.kind
        return f"{word}({self.poly(argument_of((number, places, 1)))}){_power(power)}"

    def sum(self, factor: Factor) -> str:
        atoms, bound = opened((*factor[:2], 1))
        body = "·".join(self.factor(a) for a in atoms)
        whole = f"Σ_{''.join(self.name(v) for v in bound)} {body}"
        return whole if factor[2] == 1 else f"({whole}){_power(factor[2])}"

    def poly(self, poly: Poly) -> str:
        summands = []
        for (params, factors), coefficient in poly.items():
            words = [f"{parameter_of(n).name}{_power(e)}" for n, e in params] + [self.factor(f) for f in factors]
            size = abs(coefficient)
            words = [str(size)] * (size != 1 or not words) + words
            summands.append(("- " if coefficient < 0 else "+ ") + "·".join(words))
        return " ".join(summands).removeprefix("+ ") or "0"
