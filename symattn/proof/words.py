"""Proof: short products of the letters at hand, as candidates for witnesses and factors.  Hints come before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from symattn.kernel import terms
from symattn.kernel.formulas import Array
from symattn.kernel.sizes import Size, variable
from symattn.kernel.terms import Letter
from symattn.proof.elaborate import Elaborator

LONGEST = 3
MOST = 60

Step = tuple[Letter, bool]
"""A letter, and whether it is transposed."""


def words(e: Elaborator, letters: Iterable[Letter], shape: tuple[Size, ...]) -> Iterator[Array]:
    """Products of at most three of the letters or their transposes that have the shape, shortest first."""
    steps = [
        (letter, turned)
        for letter in sorted(set(letters), key=lambda a: a.name)
        if len(letter.sizes) == 2
        for turned in (False, True)
    ]
    yield from islice((_array(e, w) for w in _chains(steps, shape)), MOST)


def _ends(step: Step) -> tuple[Size, ...]:
    return step[0].sizes[::-1] if step[1] else step[0].sizes


def _chains(steps: list[Step], shape: tuple[Size, ...]) -> Iterator[list[Step]]:
    chains = [[s] for s in steps if _ends(s)[0] == shape[0]]
    for _ in range(LONGEST):
        yield from (c for c in chains if _ends(c[-1])[1] == shape[1])
        chains = [[*c, s] for c in chains for s in steps if _ends(c[-1])[1] == _ends(s)[0]]


def _array(e: Elaborator, word: list[Step]) -> Array:
    i, j = variable("i", _ends(word[0])[0]), variable("j", _ends(word[-1])[1])
    inner = [e.fresh(_ends(step)[1]) for step in word[:-1]]
    places = [i, *inner, j]
    entries = [
        terms.entry(letter, *((b, a) if turned else (a, b)))
        for (letter, turned), a, b in zip(word, places[:-1], places[1:], strict=True)
    ]
    return Array((i, j), terms.summation(inner, terms.multiply(*entries)))
