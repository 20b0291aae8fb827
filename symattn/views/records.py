"""A residual stream as the record that it is: what stands in each slot, for expressions and for numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sympy import Add, MatAdd, MatMul, Transpose

from symattn.errors import LanguageError, ShapeError, layout
from symattn.language import Stream, text

__all__ = ["record_cells", "record_table", "record_text"]

SHOWN, LEAST = 3, 0.005
"""How many words of a mixture are shown, and the weight from which on one is."""


def record_text(stream: Stream, rows: Any) -> str:
    """What each feature of an expression is, a line each.

    stream    whose features they are
    rows      what `stream.record` made, and what heads have added to it

    >>> s = stream(token=3, copied=3)
    >>> A = matrix("A", 5, 3)
    >>> print(record_text(s, s.record(token=A)))
    token   A
    copied  0

    Raises    LanguageError for a summand that is written into no slot
    """
    values: dict[str, list[str]] = {name: [] for name in stream}
    for part in rows.args if isinstance(rows, MatAdd | Add) else (rows,):
        name = _slot_of(stream, part)
        if name is None:
            note = f"write it as stream.record(…), or as what a circuit adds, in the slots of {', '.join(stream)}"
            raise LanguageError(layout("not a record", [(text(part), "is written into no slot")], note))
        values[name].append(text(MatMul(*part.args[:-1], evaluate=False)) if len(part.args) > 2 else text(part.args[0]))
    width = max(map(len, values))
    return "\n".join(f"{name:<{width}}  {' + '.join(said) or '0'}" for name, said in values.items())


def _slot_of(stream: Stream, part: Any) -> str | None:
    last = part.args[-1] if isinstance(part, MatMul) else None
    slots = {slot: name for name, slot in stream.slots.items()}
    return slots.get(last.arg) if isinstance(last, Transpose) else None


def record_table(stream: Stream, rows: Any, words: Mapping[str, Sequence[str]] | None = None) -> str:
    """What each feature is at each token: a word, a mixture of words, or nothing.

    stream    whose widths are numbers; its features stand side by side, as in `stream.standard`
    rows      the numbers, one row a token
    words     for each feature what its places are called; by default 1, 2, …

    >>> s = stream(token=2, copied=2, rest=0)
    >>> print(record_table(s, [[1, 0, 0, 0], [0, 1, 0.25, 0.75]], {"token": "ab", "copied": "ab"}))
    token  copied
    a      -
    b      0.75 b + 0.25 a

    Raises    LanguageError for widths that are no numbers; ShapeError for rows of another width
    """
    lines = record_cells(stream, rows, words)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(f"{cell:<{w}}" for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def record_cells(stream: Stream, rows: Any, words: Mapping[str, Sequence[str]] | None = None) -> list[list[str]]:
    """The cells of `record_table`, which has the meaning of its arguments; the first line names the features."""
    if stream.width.free_symbols:
        raise LanguageError(f"{stream} has widths that are no numbers: a table shows stream(token=4, …)")
    named, lines = words or {}, [list(stream)]
    for row in rows:
        if len(row) != stream.width:
            pairs = [("a row", f"{len(row)} numbers"), ("the stream", f"width {stream.width}")]
            raise ShapeError(layout("cannot show the record", pairs))
        lines.append([_cell(part, named.get(name)) for name, part in _parts(stream, row)])
    return lines


def _parts(stream: Stream, row: Sequence[float]) -> list[tuple[str, Sequence[float]]]:
    start, parts = 0, []
    for name, width in stream.features.items():
        parts.append((name, row[start : start + int(width)]))
        start += int(width)
    return parts


def _cell(part: Sequence[float], words: Sequence[str] | None) -> str:
    weights = sorted(((float(x), at) for at, x in enumerate(part)), key=lambda pair: (-abs(pair[0]), pair[1]))
    called = [words[at] if words else str(at + 1) for _, at in weights]
    found = [(weight, word) for (weight, _), word in zip(weights, called, strict=True) if abs(weight) >= LEAST]
    if not found:
        return "-"
    if len(found) == 1 and found[0][0] == 1:
        return found[0][1]
    return " + ".join([f"{weight:.2g} {word}" for weight, word in found[:SHOWN]]) + " + …" * (len(found) > SHOWN)
