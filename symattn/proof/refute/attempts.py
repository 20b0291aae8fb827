"""Where counterexamples are looked for.  Small sizes and whole numbers first, then other kinds of values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

Sizes = dict[Any, int]

SPREAD = 3
"""Each size is tried from its minimum up to this much more."""
NEAREST = 60
"""How many of the smallest sizes are tried one after the other, before some larger ones."""
NUMBERS = 12
"""How often a claim about numbers alone gets its draws."""
AGAIN = 5
"""How often a few small sizes are tried once more at the end."""
DRAWS = ("integers", "sparse", "integers")
OTHERS = ("halves", "onehot", "halves", "alike", "alike", "dyadic")
FORMS = ("skew", "gram", "shift", "outer", "projection", "permuted", "shift", "permuted")
LARGER = (5, 6, 7, 8)
"""What no small size refutes may fail at these, such as that a rank is at most 4."""
WIDE = ("sparse", "integers", "lacking", "lacking", "lacking", "onehot")
SMALL = ("signs", "twins", "faint", "faint") * 2
"""`sparse` puts 0 for half of the whole numbers, `halves` divides them by 2, and `alike` gives all letters of one shape
the same value, for hypotheses that few letters fulfil; `dyadic` gives letters with facts entries that are not whole;
`skew` and `gram` make A - Aᵀ and A Aᵀ of every square A, `shift` keeps what is above the diagonal, so that powers of it
vanish, `outer` makes every matrix one of rank 1, `projection` every square one x y/(y x) of a column and a row, and
`permuted` a permutation.  `signs` puts 1, 0 and -1, whose products are often what a hypothesis asks for, `twins` the
same of them for all letters of one shape, and `faint` brings one positive letter close to 0.  `lacking` puts 0 for
about half of the letters."""


def attempts(wanted: tuple[Any, ...]) -> Iterator[tuple[Sizes, tuple[str, ...]]]:
    """Sizes by their sum, then all alike or all different, then other kinds of values, and sizes of 0 late.

    At the end small sizes come again, for hypotheses that are rarely fulfilled, and `larger` says what comes then.
    """
    if not wanted:  # one world only, so it is filled in more ways
        yield {}, ("nothing", *DRAWS * NUMBERS)
    least = [max(s.minimum, 1) for s in wanted]
    near = [dict(zip(wanted, n, strict=True)) for n in islice(_by_sum(least), NEAREST)]
    yield from ((numbers, DRAWS) for numbers in near)
    yield from ((numbers, OTHERS) for numbers in near[:2])
    for place in (lambda k: 2, lambda k: 3, lambda k: 2 + k, lambda k: 2 + len(wanted) - k):
        yield {s: max(s.minimum, place(k)) for k, s in enumerate(wanted)}, DRAWS + OTHERS
    yield from ((numbers, OTHERS) for numbers in near[2:12])
    if any(s.minimum == 0 for s in wanted):
        empty = (n for n in _by_sum([s.minimum for s in wanted]) if 0 in n)
        yield from ((dict(zip(wanted, n, strict=True)), DRAWS[:1]) for n in islice(empty, NEAREST))
    for _ in range(AGAIN):
        yield from ((numbers, DRAWS + OTHERS) for numbers in near[:8])
    yield from ((numbers, FORMS + SMALL) for numbers in near[:8])


def larger(wanted: tuple[Any, ...]) -> Iterator[tuple[Sizes, tuple[str, ...]]]:
    """Sizes from 5 to 8, all alike, and then each another one."""
    for number in LARGER if wanted else ():
        yield {s: max(s.minimum, number) for s in wanted}, WIDE
    for turn in range(2 if len(wanted) > 1 else 0):
        yield {s: max(s.minimum, LARGER[(k if turn else -1 - k) % len(LARGER)]) for k, s in enumerate(wanted)}, WIDE


def _by_sum(least: list[int]) -> Iterator[tuple[int, ...]]:
    """Numbers from the least ones up, the smallest sum first."""
    for excess in range(SPREAD * len(least) + 1):
        for more in _shares(excess, len(least)):
            yield tuple(a + b for a, b in zip(least, more, strict=True))


def _shares(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """The ways to write a total as that many numbers, none above SPREAD, the most even ones first."""
    if not parts:
        yield from [()] if not total else []
        return
    ways = ((first, *rest) for first in range(min(total, SPREAD) + 1) for rest in _shares(total - first, parts - 1))
    yield from sorted(ways, key=lambda way: (max(way), way))
