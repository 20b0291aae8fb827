r"""Where a long formula is broken into rows.

The printer marks every place where a row may start with one of the characters below, which stand in no TeX.  A break
outside of all parentheses is better than one inside, one at a logical connective better than one between two factors;
the rows with the least sum of such costs are chosen, among those that fit.  No row ends in an opening bracket.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from symattn.views.paper.widths import width

__all__ = ["COMMA", "LOGIC", "PRODUCT", "RELATION", "SUM", "Cut", "Row", "rows", "unmarked"]

LOGIC, RELATION, SUM, PRODUCT, COMMA = MARKS = "\ue000\ue001\ue002\ue003\ue004"
COSTS = {LOGIC: 2.0, RELATION: 3.0, SUM: 6.0, PRODUCT: 9.0, COMMA: 9.0}
DEEPER = 8.0  # for each pair of parentheses round the break
OPEN = (r"\langle", r"\lVert")
DELIMITERS = (*OPEN, r"\rangle", r"\rVert")
TOO_WIDE = 1000.0  # for each point beyond the width
STRADDLES = 9.0  # for a row that ends or begins inside of a part, and has the end or the beginning of a larger one
SHORT = 0.3  # of the row: a left side up to this stands before what it is equal to, wherever that breaks
RAGGED = 2.0  # for a row that is left nearly empty
INDENT = 16.0  # of a row that continues a term


@dataclass(frozen=True)
class Row:
    """One row, and whether it continues a term and is therefore indented."""

    tex: str
    indented: bool = False


@dataclass(frozen=True)
class Cut:
    """A formula in rows, by how many points the widest of them is too wide, and what the breaks cost."""

    rows: list[Row]
    excess: float
    cost: float


@dataclass(frozen=True)
class _Piece:
    """What stands between two marks, the mark before it, and how many parentheses are open there."""

    tex: str
    mark: str
    depth: int

    @property
    def cost(self) -> float:
        return COSTS[self.mark] + DEEPER * self.depth

    @property
    def indented(self) -> bool:
        return self.depth > 0 or self.mark not in (LOGIC, RELATION)


def unmarked(tex: str) -> str:
    """The formula without the marks."""
    return tex.translate(dict.fromkeys(map(ord, MARKS)))


def rows(tex: str, available: float, measure: Callable[[str], float] = width, indent: float = INDENT) -> Cut:
    """The rows of a marked formula, none wider than what is available unless it cannot be broken.

    `measure` says how wide a piece is, and `indent` how far a row is moved in that continues a term.
    """
    pieces = _pieces(tex)
    widths = [measure(piece.tex) for piece in pieces]
    rooms = [available - (indent if start and piece.indented else 0.0) for start, piece in enumerate(pieces)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        best.append(min(_choices(pieces, widths, rooms, best, end)))
    starts = [len(pieces)]
    while starts[-1]:
        starts.append(best[starts[-1]][1])
    spans = list(zip(starts[:0:-1], starts[-2::-1], strict=True))
    found = [Row("".join(p.tex for p in pieces[a:b]).strip(), a > 0 and pieces[a].indented) for a, b in spans]
    excess = [sum(widths[a:b]) - rooms[a] for a, b in spans]
    return Cut(found, max(0.0, *excess), best[-1][0])


def _choices(
    pieces: list[_Piece], widths: list[float], rooms: list[float], best: list[tuple[float, int]], end: int
) -> list[tuple[float, int]]:
    """The cost of each way to end a row here, with where that row starts."""
    found, wide, inside = [], 0.0, math.inf
    after = pieces[end].cost if end < len(pieces) else 0.0
    for start in range(end - 1, -1, -1):
        wide += widths[start]
        room, before = rooms[start], pieces[start].cost if start else 0.0
        cost = best[start][0] + before + TOO_WIDE * max(0.0, wide - room)
        cost += RAGGED * (1 - wide / room) ** 2 if end < len(pieces) and wide < room else 0.0
        cost += STRADDLES if inside < max(before, after) else 0.0
        found.append((cost, start))
        # what the next row to the left would have inside
        if not (pieces[start].mark == RELATION and start and widths[start - 1] < SHORT * room):
            inside = min(inside, before)
        if wide > 2 * rooms[0]:
            break
    return found


def _pieces(tex: str) -> list[_Piece]:
    """The formula cut at the marks that are inside no braces and no matrix."""
    found: list[_Piece] = []
    braces = depth = inside = start = 0
    mark, at = LOGIC, 0
    for place, character in enumerate(tex):
        if character in MARKS and not braces and not inside:
            found.append(_Piece(unmarked(tex[start:place]), mark, at))
            mark, at, start = character, depth, place
        elif character in "{}" and tex[place - 1 : place] != "\\":
            braces += 1 if character == "{" else -1
        elif character in "()[]" and not braces and not inside:
            depth += 1 if character in "([" else -1
        elif tex.startswith(r"\begin", place):
            inside += 1
        elif tex.startswith(r"\end", place):
            inside -= 1
        elif not braces and not inside and tex.startswith(DELIMITERS, place):
            depth += 1 if tex.startswith(OPEN, place) else -1
    return [*found, _Piece(unmarked(tex[start:]), mark, at)]
