"""Derivatives of a scalar in reverse, over any other arithmetic.

A `Traced` value remembers the values that it was made of.  One way back from the loss then gives its derivative by
every entry of a letter at once, where dual numbers need a direction for each entry.  The rules are formal, as there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from itertools import accumulate, pairwise
from math import prod

import numpy as np

from symattn.errors import LanguageError
from symattn.numeric.arithmetic import Arithmetic, Array, Truth, Value
from symattn.numeric.entries import transposed

Pullback = Callable[[Value], Value]


@dataclass(frozen=True, eq=False)
class Traced:
    """A value, and for each value that it was made of the map from dL/d(this) to its share of dL/d(that)."""

    value: Value
    parts: tuple[tuple["Traced", Pullback], ...] = ()


class Adjoints:
    """Traced values over a given arithmetic.  A letter is a `Traced` without parts."""

    certain = False
    ordered = True

    def __init__(self, base: Arithmetic) -> None:
        self.base = base
        self.name = f"derivatives in reverse over {base.name}"

    def _number(self, number: int | Fraction) -> Value:
        return self.base.lift(np.array([[number]], dtype=object))

    def _opposite(self, value: Value) -> Value:
        return self.base.multiply(self._number(-1), value)

    def _transposed(self, value: Value) -> Value:
        return self.base.rearrange(transposed, [value])

    def _folded(self, part: Traced, adjoint: Value) -> Value:
        """What reached an entry that was spread over a row, a column or a whole matrix is added up again."""
        rows, columns = self.base.shape(part.value)
        if self.base.shape(adjoint)[1] != columns:
            adjoint = self.base.rowsum(adjoint)
        if self.base.shape(adjoint)[0] != rows:
            adjoint = self._transposed(self.base.rowsum(self._transposed(adjoint)))
        return adjoint

    def _scaled(self, part: Traced, slope: Callable[[], Value]) -> tuple[Traced, Pullback]:
        """A part that enters entry by entry, with the slope there."""
        return part, lambda adjoint: self._folded(part, self.base.multiply(adjoint, slope()))

    def lift(self, entries: Array) -> Traced:
        return Traced(self.base.lift(entries))

    def add(self, left: Traced, right: Traced) -> Traced:
        parts = tuple((part, partial(self._folded, part)) for part in (left, right))
        return Traced(self.base.add(left.value, right.value), parts)

    def multiply(self, left: Traced, right: Traced) -> Traced:
        parts = self._scaled(left, lambda: right.value), self._scaled(right, lambda: left.value)
        return Traced(self.base.multiply(left.value, right.value), parts)

    def matmul(self, left: Traced, right: Traced) -> Traced:
        """L(A B): dL/dA = (dL/dC) Bᵀ and dL/dB = Aᵀ (dL/dC)."""
        parts = (
            (left, lambda adjoint: self.base.matmul(adjoint, self._transposed(right.value))),
            (right, lambda adjoint: self.base.matmul(self._transposed(left.value), adjoint)),
        )
        return Traced(self.base.matmul(left.value, right.value), parts)

    def rowsum(self, value: Traced) -> Traced:
        columns = self.base.shape(value.value)[1]

        def spread(adjoint: Value) -> Value:
            return self.base.rearrange(lambda entries: np.repeat(entries, columns, axis=-1), [adjoint])

        return Traced(self.base.rowsum(value.value), ((value, spread),))

    def reciprocal(self, value: Traced) -> Traced:
        result = self.base.reciprocal(value.value)
        return Traced(result, (self._scaled(value, lambda: self._opposite(self.base.multiply(result, result))),))

    def power(self, value: Traced, exponent: Fraction) -> Traced:
        def slope() -> Value:
            return self.base.multiply(self._number(exponent), self.base.power(value.value, exponent - 1))

        return Traced(self.base.power(value.value, exponent), (self._scaled(value, slope),))

    def exp(self, value: Traced) -> Traced:
        result = self.base.exp(value.value)
        return Traced(result, (self._scaled(value, lambda: result),))

    def log(self, value: Traced) -> Traced:
        return Traced(self.base.log(value.value), (self._scaled(value, lambda: self.base.reciprocal(value.value)),))

    def cos(self, value: Traced) -> Traced:
        steep = self._scaled(value, lambda: self._opposite(self.base.sin(value.value)))
        return Traced(self.base.cos(value.value), (steep,))

    def sin(self, value: Traced) -> Traced:
        return Traced(self.base.sin(value.value), (self._scaled(value, lambda: self.base.cos(value.value)),))

    def peaks(self, scores: Traced, mask: Traced | None) -> Traced | None:
        top = self.base.peaks(scores.value, None if mask is None else mask.value)
        return None if top is None else Traced(top)

    def softmax(self, scores: Traced, mask: Traced | None) -> Traced:
        """With e = exp(scores), w = mask∘e, r = 1/rowsum(w), p = w∘r and g = dL/dp the rules give

        dL/dscores = p∘(g - rowsum(p∘g))        dL/dmask = e∘r∘(g - rowsum(p∘g))
        """
        weights = self.base.softmax(scores.value, None if mask is None else mask.value)

        def centred(adjoint: Value) -> Value:
            mean = self.base.rowsum(self.base.multiply(weights, adjoint))
            return self.base.add(adjoint, self._opposite(mean))

        def to_scores(adjoint: Value) -> Value:
            return self._folded(scores, self.base.multiply(weights, centred(adjoint)))

        if mask is None:
            return Traced(weights, ((scores, to_scores),))

        def to_mask(adjoint: Value) -> Value:
            return self._folded(mask, self.base.multiply(self._unmasked(scores, mask), centred(adjoint)))

        return Traced(weights, ((scores, to_scores), (mask, to_mask)))

    def _unmasked(self, scores: Traced, mask: Traced) -> Value:
        """e∘r, which no number that is subtracted from a row changes."""
        top = self.base.peaks(scores.value, mask.value)
        shifted = scores.value if top is None else self.base.add(scores.value, self._opposite(top))
        weights = self.base.exp(shifted)
        total = self.base.rowsum(self.base.multiply(mask.value, weights))
        return self.base.multiply(weights, self.base.reciprocal(total))

    def solved(self, value: Traced, inverse: Traced) -> Traced:
        """A known inverse of a value, as the base has it."""
        solved = getattr(self.base, "solved", None)
        return self._inverted(value, inverse.value if solved is None else solved(value.value, inverse.value))

    def inverse(self, value: Traced) -> Traced:
        return self._inverted(value, self.base.inverse(value.value))

    def _inverted(self, value: Traced, result: Value) -> Traced:
        """L(A⁻¹): dL/dA = -A⁻ᵀ (dL/dA⁻¹) A⁻ᵀ."""

        def back(adjoint: Value) -> Value:
            turned = self._transposed(result)
            return self._opposite(self.base.matmul(self.base.matmul(turned, adjoint), turned))

        return Traced(result, ((value, back),))

    def rearrange(self, move: Callable[..., Array], values: Sequence[Traced]) -> Traced:
        result = self.base.rearrange(move, [part.value for part in values])
        shapes = [self.base.shape(part.value) for part in values]
        starts = list(accumulate(map(prod, shapes), initial=0))

        def back(number: int, adjoint: Value) -> Value:
            numbered = [
                np.arange(start, end).reshape(s) for s, (start, end) in zip(shapes, pairwise(starts), strict=True)
            ]
            sources = move(*numbered).ravel() - starts[number]
            shape = shapes[number]
            return self._sum([self._gathered(adjoint, at.reshape(shape)) for at in _places(sources, prod(shape))])

        return Traced(result, tuple((part, partial(back, number)) for number, part in enumerate(values)))

    def _gathered(self, adjoint: Value, places: Array) -> Value:
        def move(entries: Array, zero: Array) -> Array:
            lead = entries.shape[:-2]  # directions, when the base has tangents
            flat = np.concatenate([entries.reshape(*lead, -1), zero.reshape(*lead, 1)], axis=-1)
            return np.asarray(flat[..., places])

        return self.base.rearrange(move, [adjoint, self._number(0)])

    def _sum(self, shares: Sequence[Value]) -> Value:
        return reduce(self.base.add, shares)

    def gradients(self, loss: Traced) -> Callable[[Traced], Value | None]:
        """The derivatives of a 1×1 loss, by each letter that is asked for; None by what the loss does not depend on.

        A share that several letters need is found once.
        """
        users = _users(loss)
        known = {loss: self._number(1)}

        def gradient(letter: Traced) -> Value | None:
            waiting = [letter] if letter in users else []
            while waiting:
                part = waiting[-1]
                missing = [user for user, _ in users[part] if user not in known]
                if missing:
                    waiting.extend(missing)
                    continue
                waiting.pop()
                if part not in known:
                    known[part] = self._sum([back(known[user]) for user, back in users[part]])
            return known.get(letter)

        return gradient

    def shape(self, value: Traced) -> tuple[int, ...]:
        return self.base.shape(value.value)

    def enclose(self, value: Traced) -> tuple[Array, Array]:
        return self.base.enclose(value.value)

    def show(self, value: Traced, row: int, column: int) -> str:
        return self.base.show(value.value, row, column)

    def rank(self, value: Traced) -> tuple[int, int]:
        raise LanguageError("a rank has no derivative")

    def positive_semidefinite(self, value: Traced) -> tuple[Truth, str]:
        raise LanguageError("a claim has no derivative")


def _users(loss: Traced) -> dict[Traced, list[tuple[Traced, Pullback]]]:
    """For everything that the loss was made of, what was made of it, each with its pullback."""
    users: dict[Traced, list[tuple[Traced, Pullback]]] = {loss: []}
    waiting = [loss]
    while waiting:
        value = waiting.pop()
        for part, back in value.parts:
            if part not in users:
                users[part] = []
                waiting.append(part)
            users[part].append((value, back))
    return users


def _places(sources: Array, size: int) -> list[Array]:
    """Where the entries 0, 1, … of a part went; len(sources) for nowhere, and one array more when one went twice."""
    found: list[Array] = []
    left = np.flatnonzero((sources >= 0) & (sources < size))
    while len(left) or not found:
        entries, first = np.unique(sources[left], return_index=True)
        places = np.full(size, len(sources))
        places[entries] = left[first]
        found.append(places)
        left = np.delete(left, first)
    return found
