"""Samples.  A number for every size and a value for every letter, that has what the letter declares.

Sizes are pairwise different unless asked otherwise, because a scale by the wrong width is invisible when all widths
agree.  `degenerate` lists the sizes at which folklore fails: 1, the least allowed, n < d, k ≥ d.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import lcm
from typing import Any

import numpy as np
from sympy import MatrixSymbol, Pow, Rational, Symbol

from symattn.errors import LanguageError, ShapeError, layout
from symattn.language import BilinearMap, Family, Matrix, Size, letters_of, sizes_of, text
from symattn.language.walk import nodes_of
from symattn.numeric.samples.draws import HOLDS, INVERTIBLE, Array, entries, inverse_of, positive, with_facts
from symattn.numeric.shapes import describe, whole_size

SEED = 0  # the one seed of every check that names none

Letter = Matrix | MatrixSymbol | Family | BilinearMap | Symbol

POOL = (3, 4, 2, 5, 6, 7, 8, 9, 10, 11, 12)  # no two alike, none 1, and the first three not in order


@dataclass(frozen=True, eq=False)
class Sample:
    """Where an expression is evaluated.  `sample` makes it.

    sizes          a number for each size
    values         an array (rows, columns) for a matrix or a bilinear map, (heads, rows, columns) for a family, and one
                   number for a scalar
    seed           with which they were drawn
    description    in words
    inverses       the exact inverse of each letter that is declared to have one
    kind           which numbers were drawn

    >>> n, k = sizes("n k")
    >>> sample(matrix("Q", n, k), sizes={k: 2})
    <Sample k=2, n=3; integers entries, seed 0>
    """

    sizes: Mapping[Size, int]
    values: Mapping[Any, Array]
    seed: int
    description: str
    inverses: Mapping[Any, Array] = field(default_factory=dict)
    kind: str = "integers"

    def __str__(self) -> str:
        return self.description

    def __repr__(self) -> str:
        return f"<Sample {self.description}>"


def sample(
    subject: Any,
    *,
    sizes: Mapping[Size, int] | None = None,
    seed: int = SEED,
    kind: str = "integers",
    values: Mapping[Any, Any] | None = None,
) -> Sample:
    """A sample for a claim, an expression, or several of them.

    subject    what has the letters and sizes
    sizes      fixes some sizes
    seed       a whole number from 0 on
    kind       integers, rationals, dyadic, normal, huge, tiny, cancelling or onehot
    values     fixes some letters, such as trained weights; their shapes say sizes too

    >>> n, k = sizes("n k")
    >>> M = matrix("M", n, k, mask=True)
    >>> sample(M, sizes={n: 2, k: 3}).values[M].shape
    (2, 3)
    >>> sample(M, values={M: [[1, 0, 1]]})
    <Sample n=1, k=3; integers entries, seed 0>

    Raises    LanguageError for a size below its minimum, a seed below 0, an unknown kind, or facts that no matrix of
              that size has
              ShapeError for a given value of another shape than its letter
    """
    if seed < 0:
        raise LanguageError(f"the seed is {seed}, but must be a whole number from 0 on")
    given = {letter: np.asarray(value) for letter, value in (values or {}).items()}
    letters, wanted, degrees = _read((*_parts(subject), *given))
    numbers = _numbers(wanted, {**_implied_sizes(given), **(sizes or {})}, degrees)
    rng = np.random.default_rng(seed)
    drawn = {
        letter: _checked(letter, given[letter], numbers)
        if letter in given
        else _draw(letter, kind, rng, numbers, degrees.get(letter, 1))
        for letter in letters
    }
    inverses = {a: inverse_of(drawn[a], a.facts) for a in letters if isinstance(a, Matrix) and a.facts & INVERTIBLE}
    told = f"{describe(numbers)}; {kind} entries, seed {seed}"
    return Sample(numbers, drawn, seed, told, inverses, kind)


def _parts(subject: Any) -> list[Any]:
    return list(subject) if isinstance(subject, list | tuple) else [subject]


@lru_cache(maxsize=64)  # a claim is asked about at many samples
def _read(parts: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Size, ...], dict[Any, int]]:
    """The letters and sizes that need a value, and the degrees of roots of some."""
    letters = dict.fromkeys(letter for part in parts for letter in letters_of(part))
    return tuple(letters), tuple(_sizes(parts)), _root_degrees(parts)


def _sizes(parts: Iterable[Any]) -> list[Size]:
    return list(dict.fromkeys(size for part in parts for size in sizes_of(part)))


def _root_degrees(parts: Iterable[Any]) -> dict[Any, int]:
    """For each scalar and size under a fractional power, such as 1/√k, the power that it should be."""
    degrees: dict[Any, int] = {}
    for node in nodes_of(*parts, kinds=Pow):
        if isinstance(node.exp, Rational) and node.exp.q > 1:
            for symbol in node.base.free_symbols:
                degrees[symbol] = lcm(degrees.get(symbol, 1), int(node.exp.q))
    return degrees


def _numbers(wanted: Iterable[Size], given: Mapping[Size, int], degrees: Mapping[Any, int]) -> dict[Size, int]:
    numbers, wanted = dict(given), list(wanted)
    for size in wanted:
        if size not in numbers:
            degree = degrees.get(size, 1)
            usual = POOL if len(wanted) > 2 else POOL[0:3:2]  # of two sizes the second is mostly the head width
            pool = usual if degree == 1 else [base**degree for base in range(2, 20)]
            free = (number for number in pool if number >= size.minimum and number not in numbers.values())
            numbers[size] = next(free, max([size.minimum, *numbers.values()]) + 1)
    for size, number in numbers.items():
        if number < size.minimum:
            raise LanguageError(f"the size {text(size)} is at least {size.minimum}, but the sample asks for {number}")
    return numbers


def dimensions(letter: Any) -> tuple[Any, ...]:
    """The sizes of the value of a letter or an expression, of a family with the number of its heads."""
    if isinstance(letter, Family):
        return letter.heads, *letter.shape
    return tuple(getattr(letter, "shape", ()))


def letter_shape(letter: Any, numbers: Mapping[Size, int]) -> tuple[int, ...]:
    """The shape of the value of a letter; () for a scalar."""
    return tuple(whole_size(size, numbers) for size in dimensions(letter))


def _implied_sizes(given: Mapping[Any, Array]) -> dict[Size, int]:
    found: dict[Size, int] = {}
    for letter, value in given.items():
        for size, length in zip(dimensions(letter), value.shape, strict=False):
            if isinstance(size, Size):
                found.setdefault(size, length)
    return found


def resized(at: Sample, subject: Any, shapes: Mapping[Any, tuple[int, ...]]) -> Sample:
    """The sample with the sizes that these shapes of letters imply; letters that no longer fit are drawn anew.

    Raises    ShapeError when the shapes contradict each other or the letters
    """
    numbers = dict(at.sizes)
    numbers.update(_implied_sizes({letter: np.empty(shape) for letter, shape in shapes.items()}))
    for letter, shape in shapes.items():
        needed = letter_shape(letter, numbers) or (1, 1)
        if needed != shape:
            pairs = [("given", "×".join(map(str, shape))), (text(letter), "×".join(map(str, needed)))]
            raise ShapeError(layout(f"the instance of {text(letter)} does not fit", pairs, describe(numbers)))
    if numbers == at.sizes:
        return at
    kept = {a: at.values[a] for a in letters_of(subject) if a in at.values and a not in shapes}
    kept = {a: value for a, value in kept.items() if np.shape(value) == letter_shape(a, numbers)}
    return sample(subject, sizes=numbers, seed=at.seed, kind=at.kind, values=kept)


def _checked(letter: Any, value: Array, numbers: Mapping[Size, int]) -> Array:
    """A given value, when it has the shape and the facts of its letter."""
    shape = letter_shape(letter, numbers)
    if value.shape != shape:
        pairs = [("given", "×".join(map(str, value.shape))), ("needed", "×".join(map(str, shape)))]
        raise ShapeError(layout(f"the value of {text(letter)} has another shape than the letter", pairs))
    lacking = [fact for fact in sorted(getattr(letter, "facts", ())) if not HOLDS[fact](value)]
    if lacking:
        raise LanguageError(f"{text(letter)} is declared {lacking[0]}, but the given value is not")
    return value


def _draw(letter: Any, kind: str, rng: np.random.Generator, numbers: Mapping[Size, int], degree: int) -> Array:
    shape = letter_shape(letter, numbers)
    if isinstance(letter, Matrix) and letter.facts:
        return with_facts(letter.facts, kind, rng, (shape[0], shape[1]))
    if isinstance(letter, Symbol) and (letter.is_positive or degree > 1):
        return positive(kind, rng, shape, degree)
    drawn = entries(kind, rng, shape)
    if isinstance(letter, Symbol) and drawn == 0:
        return np.array(2, dtype=object)  # a scalar 0 would make most identities empty
    return drawn


def degenerate(subject: Any) -> Iterator[dict[Size, int]]:
    """Sizes at the edges, each assignment once: all 1, all or one at the least allowed, rising, falling, all alike.

    subject    what has the sizes

    >>> n, k = sizes("n k")
    >>> next(iter(degenerate(matrix("Q", n, k))))
    {n: 1, k: 1}
    """
    wanted = _sizes(_parts(subject))
    usual, least = _numbers(wanted, {}, {}), {size: size.minimum for size in wanted}
    rising = {size: max(size.minimum, 2) + place for place, size in enumerate(wanted)}
    falling = {size: max(size.minimum, 2) + place for place, size in enumerate(reversed(wanted))}
    alone = [{**usual, size: value} for size in wanted for value in {least[size], max(1, least[size])}]
    ones = {size: max(1, size.minimum) for size in wanted}
    seen: list[dict[Size, int]] = []
    for numbers in (ones, least, *alone, rising, falling, dict.fromkeys(wanted, max([2, *least.values()]))):
        if numbers not in seen:
            seen.append(numbers)
            yield numbers
