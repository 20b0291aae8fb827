"""Which keys a query sees by rule, and the biases of ALiBi, as expressions of the language.

Query i stands at place i + offset among the keys: offset 0 is upper-left, m - n is lower-right, and with lengths, the
length minus n.  It sees key j when j ≤ i + offset (causal) and i + offset - left ≤ j ≤ i + offset + right (window).
`masks` evaluates these very expressions, so what a check draws and what the formula says are one thing.  In chunks of c
places both stand in chunk t, which begins at the place t c, for one t; m chunks are enough for m keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symattn.checks.attention.spec.letters import L, m, n, slope
from symattn.language import T, hadamard, identity, ones, order, positions, unit
from symattn.language.spellings.pairs import kron

__all__ = ["Rules"]

Expression = Any


@dataclass(frozen=True)
class Rules:
    """The options that say by rule what is seen.

    lower      whether the last query stands at the last key
    shift      how many places queries stand further on than that
    chunk      how many places a chunk has
    """

    causal: bool = False
    window: tuple[int | None, int | None] = (None, None)
    lower: bool = False
    lengths: bool = False
    shift: int = 0
    chunk: int | None = None

    @property
    def mask(self) -> Expression | None:
        """The n×m mask, 1 where a key is seen; None where there is no rule."""
        (a, b), (left, right) = self._place, self.window
        parts = [order(n, m, a, b)] if self.causal and right != 0 else []
        if right is not None:
            parts.append(order(n, m, a, b + right))
        if left is not None:
            parts.append(T(order(m, n, b, a + left)))
        if self.lengths:
            parts.append(ones(n, 1) @ order(1, m, 1, L))
        return hadamard(*parts) if len(parts) > 1 else parts[0] if parts else None

    @property
    def chunks(self) -> Expression | None:
        """The n×m mask, 1 where query and key stand in one chunk; None where there are none."""
        if self.chunk is None:
            return None
        return _members(n, *self._place, self.chunk) @ T(_members(m, 0, 0, self.chunk))

    @property
    def distance(self) -> Expression:
        """|i + offset - j|: i + offset - j where it is at least 0, and its negative elsewhere."""
        a, b = self._place
        away = positions(n) @ ones(1, m) - ones(n, 1) @ T(positions(m))
        away = away if a == b else away + (b - a) * ones(n, m)
        return hadamard(2 * order(n, m, a, b) - ones(n, m), away)

    @property
    def alibi(self) -> Expression:
        """What ALiBi adds to the scores of a head."""
        return -slope * self.distance

    @property
    def _place(self) -> tuple[Any, Any]:
        """a and b of the place i + b - a of query i."""
        a, b = (n, L if self.lengths else m) if self.lower else (0, 0)
        return (a, b + self.shift) if self.shift >= 0 else (a - self.shift, b)


def _members(rows: Any, a: Any, b: Any, size: int) -> Expression:
    """1 where row i stands in chunk t, t c + a ≤ i + b ≤ t c + c - 1 + a: a band, of which each c-th column is kept."""
    band = hadamard(order(rows, m * size, a, b), T(order(m * size, rows, b, a + size - 1)))
    return band @ kron(identity(m), T(unit(size, 0)))
