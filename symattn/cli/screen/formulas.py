"""Claims on several lines, cut where a reader would: outside of parentheses first, and at relations before products."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from symattn.views.screen.spelling import spelled

_BREAK = re.compile(r" (?:(⇔|⇒|<=>|=>)|(∧|and)|(=|≤|≥|≠|<=|>=|!=|:=)|(\+|-)|(∘|o)) |([,;:|]) | ")
_RELATION, _COMMA, _SPACE = 3, 6, 7  # groups of the pattern: what binds least comes first
INDENT = 2
EARLIEST = 0.4
"""No line ends before this part of it unless nothing better is there: short lines are hard to read too."""


def wrapped(formula: str, width: int) -> list[str]:
    """The formula in lines of at most `width`, as far as it can be cut.

    >>> wrapped("A ∘ B = softmax(X W Xᵀ + M) X", 24)
    ['A ∘ B', '  = softmax(X W Xᵀ + M) X']
    """
    return _lines(spelled(formula), width)


def _lines(text: str, width: int) -> list[str]:
    """At every relation or connective that is outermost; sums and products are filled line by line."""
    places = list(_places(text)) if len(text) > width else []
    if not places:
        return [text]
    depth, kind = min((depth, kind) for _, depth, kind in places)
    if kind > _RELATION:
        return _filled(text, width)
    cuts = [place for place, *how in places if how == [depth, kind]]
    first, *others = [text[start:stop].strip() for start, stop in pairwise([0, *cuts, len(text)])]
    return [*_lines(first, width), *(" " * INDENT + line for part in others for line in _lines(part, width - INDENT))]


def _filled(text: str, width: int) -> list[str]:
    found, indent = [], 0
    while len(text) > width - indent and (places := list(_places(text))):
        cut = _last(places, width - indent)
        found.append(" " * indent + text[:cut].strip())
        text, indent = text[cut:].strip(), INDENT
    return [*found, " " * indent + text]


def _last(places: list[tuple[int, int, int]], room: int) -> int:
    """Where the first line of a sum or a product ends: the best place that fits, or else the first of all."""
    fitting = [place for place in places if place[0] <= room] or places[:1]
    late = [place for place in fitting if place[0] >= EARLIEST * room]
    return min(late or fitting, key=lambda place: (place[1:], -place[0]))[0]


def _places(text: str) -> Iterator[tuple[int, int, int]]:
    """Where a line may end, how deep inside of parentheses, and by which group of the pattern."""
    depth, read, at = 0, 0, 0
    while found := _BREAK.search(text, at):
        passed = text[read : found.end()]
        depth += sum(map(passed.count, "([")) - sum(map(passed.count, ")]"))
        read, kind = found.end(), found.lastindex or _SPACE
        # the blank behind a sign may be the one in front of the next
        at = found.end() - 1 if kind < _SPACE and found.end() - 1 > found.start() else found.end()
        cut = found.end(_COMMA) if kind == _COMMA else found.start()
        if cut:
            yield cut, depth, kind
