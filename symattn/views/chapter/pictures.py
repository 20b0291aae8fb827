r"""The figures of a chapter in LaTeX alone: \rule for squares and bars, the picture environment for curves.

A square has the area of its number, and is filled for a positive one and open for a negative one, as in the diagrams
that Hinton drew of weights.  The numbers stand beside; a picture says no more than they do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from symattn.views.chapter.parts import Curves
from symattn.views.paper import prose

__all__ = ["MARKS", "SQUARE", "bar", "curves", "square"]

SQUARE = 8.0  # the side of the largest square
THICK, LINE = 6.0, 0.4  # of a bar, and of a frame
HEIGHT, WIDEST = 120.0, 260.0  # of the field of curves
MARGIN = 34.0  # for the numbers left of the field
TICKS = 5
MARKS = tuple(f"${name}$" for name in (r"\bullet", r"\circ", r"\times", "+", r"\star", r"\diamond", r"\ast", r"\oplus"))


def square(value: float, largest: float) -> str:
    """A square of this share of the largest area, in the middle of a box that all of them have."""
    side = SQUARE * math.sqrt(abs(value) / largest) if largest else 0.0
    return rf"\makebox[{SQUARE:g}pt]{{{_block(value, side, side, (SQUARE - side) / 2 - 1)}}}"


def bar(value: float, largest: float, room: float) -> str:
    """A bar of this share of the room."""
    return _block(value, room * abs(value) / largest if largest else 0.0, THICK, 0.0)


def _block(value: float, wide: float, high: float, up: float) -> str:
    if min(wide, high) < 2 * LINE:
        return ""
    if value > 0:
        return rf"\rule[{up:.1f}pt]{{{wide:.1f}pt}}{{{high:.1f}pt}}"
    inside = rf"\rule{{0pt}}{{{high - 2 * LINE:.1f}pt}}"
    return rf"\raisebox{{{up:.1f}pt}}{{\fboxsep0pt\fboxrule{LINE}pt\framebox[{wide:.1f}pt]{{{inside}}}}}"


def curves(part: Curves, room: float) -> str:
    """The curves over their axis, each with a mark of its own at its points; their names are listed below."""
    wide = min(room - MARGIN - SQUARE, WIDEST)
    across, up = _Axis(part.points, wide), _Axis([0.0, *(y for line in part.curves for y in line)], HEIGHT)
    found = [*_frame(across, up), *_numbers(across, up)]
    for mark, line in zip(MARKS, part.curves, strict=False):
        places = [(across.at(x), up.at(y)) for x, y in zip(part.points, line, strict=True)]
        found += [_straight(*ends) for ends in pairwise(places)]
        found += [rf"\put({x:.1f},{y:.1f}){{\makebox(0,0){{{mark}}}}}" for x, y in places]
    found.append(rf"\put({wide / 2:.1f},-24){{\makebox(0,0){{{prose.tex(part.axis)}}}}}")
    named = r",\quad ".join(f"{mark}~{prose.tex(name)}" for mark, name in zip(MARKS, part.names, strict=False))
    size = f"({wide + MARGIN:.1f},{HEIGHT + 40:g})(-{MARGIN:g},-32)"
    picture = [r"\setlength{\unitlength}{1pt}", rf"\begin{{picture}}{size}", *found, r"\end{picture}"]
    return "\n".join([*picture, rf"\par {named}"])


class _Axis:
    """Numbers from the least to the largest, along so many points of paper."""

    def __init__(self, values: Iterable[float], length: float) -> None:
        values = list(values)
        self.least, self.largest, self.length = min(values), max(values), length

    def at(self, value: float) -> float:
        return self.length * (value - self.least) / ((self.largest - self.least) or 1.0)

    def ticks(self) -> list[float]:
        """Round numbers, at most a few."""
        span = (self.largest - self.least) or 1.0
        size = 10.0 ** math.floor(math.log10(span / TICKS))
        step = next(size * by for by in (1, 2, 5, 10) if size * by * TICKS >= span)
        return [step * place for place in range(math.ceil(self.least / step), math.floor(self.largest / step) + 1)]


def _frame(across: _Axis, up: _Axis) -> list[str]:
    """Both axes; the one of the numbers across is where the numbers up are 0."""
    return [
        rf"\put(0,{up.at(0.0):.1f}){{\line(1,0){{{across.length:.1f}}}}}",
        rf"\put(0,0){{\line(0,1){{{up.length:.1f}}}}}",
    ]


def _numbers(across: _Axis, up: _Axis) -> list[str]:
    beside = [rf"\put(-4,{up.at(y):.1f}){{\makebox(0,0)[r]{{${y:g}$}}}}" for y in up.ticks()]
    below = [rf"\put({across.at(x):.1f},-10){{\makebox(0,0){{${x:g}$}}}}" for x in across.ticks()]
    marks = [rf"\put({across.at(x):.1f},{up.at(0.0) - 2:.1f}){{\line(0,1){{4}}}}" for x in across.ticks()]
    return [*beside, *[rf"\put(-2,{up.at(y):.1f}){{\line(1,0){{4}}}}" for y in up.ticks()], *below, *marks]


def _straight(start: Sequence[float], end: Sequence[float]) -> str:
    """A line of any slope, which \\line has not: a curve whose middle point lies on it."""
    (x, y), (to_x, to_y) = start, end
    return rf"\qbezier({x:.1f},{y:.1f})({(x + to_x) / 2:.1f},{(y + to_y) / 2:.1f})({to_x:.1f},{to_y:.1f})"
