"""Letters and parameters, the unknowns that terms are about."""

from __future__ import annotations

from dataclasses import dataclass

from symattn.kernel.syntax.sizes import Size, need

FACTS = frozenset({"symmetric", "skew", "orthogonal", "permutation", "invertible", "idempotent", "mask", "positive"})
SQUARE_FACTS = FACTS - {"mask", "positive"}
INVERTIBLE = frozenset({"invertible", "orthogonal", "permutation"})
OPEN = frozenset({"invertible", "positive"})
"""What stays true when the entries of a matrix move a little, each by itself, so that derivatives are taken in it."""
COMPATIBLE = FACTS - {"skew", "positive"}, frozenset({"positive", "symmetric", "invertible"}), frozenset({"skew"})
"""Facts that some matrix of every size has together (the identity has the first): if none had, all could be proved."""


@dataclass(frozen=True)
class Letter:
    """An unknown array: one size an axis, and what is known of it; `inverse` marks the inverse of an invertible letter.

    A skew letter has a zero diagonal, which `A^T = -A` says only where 2 is not a zero divisor.
    """

    name: str
    sizes: tuple[Size, ...]
    facts: frozenset[str] = frozenset()
    inverse: bool = False

    def __post_init__(self) -> None:
        kinds = [str, tuple, frozenset, bool, *[Size] * len(self.sizes), *[str] * len(self.facts)]
        known = [type(x) for x in (self.name, self.sizes, self.facts, self.inverse, *self.sizes, *self.facts)] == kinds
        need(known, "a letter has a name, sizes, facts, and whether it is inverted")
        said = f"{self.name} is declared {', '.join(sorted(self.facts)) or 'nothing'}"
        need(self.facts <= FACTS, f"{said}, of which something is unknown here")
        square = len(self.sizes) == 2 and self.sizes[0] == self.sizes[1]
        need(square or not self.facts & SQUARE_FACTS, f"{said}, but is not square")
        need(not self.inverse or bool(self.facts & INVERTIBLE), f"{said}, so it has no inverse here")
        need(any(self.facts <= together for together in COMPATIBLE), f"{said}: no matrix of every size is that at once")

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def known(self) -> frozenset[str]:
        """What is known of its entries: those of an inverse have neither the signs nor the zeros of its letter."""
        return self.facts - {"positive", "mask"} if self.inverse else self.facts

    @property
    def plain(self) -> Letter:
        """The letter itself, if this is its inverse."""
        return Letter(self.name, self.sizes, self.facts) if self.inverse else self


def inverted(letter: Letter) -> Letter:
    """The inverse, which only letters that have one can name."""
    return Letter(letter.name, letter.sizes, letter.facts, not letter.inverse)


@dataclass(frozen=True)
class Parameter:
    """An unknown number; positive ones may be divided by and raised to rational powers."""

    name: str
    positive: bool = False

    def __post_init__(self) -> None:
        kinds = type(self.name), type(self.positive)
        need(kinds == (str, bool), "a parameter has a name, and is declared positive or not")

    @property
    def sizes(self) -> tuple[Size, ...]:
        return ()

    @property
    def facts(self) -> frozenset[str]:
        return frozenset({"positive"} if self.positive else ())

    @property
    def plain(self) -> Parameter:
        return self
