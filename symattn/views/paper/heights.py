r"""How tall a formula is, roughly: which of the larger brackets goes round it.

What stands in scripts counts for nothing, since scripts are small.  Sizes are those of amsmath, which every renderer of
mathematics knows: \big, \Big, \bigg, \Bigg.
"""

from __future__ import annotations

import re

__all__ = ["bracketed", "size"]

_SIZES = ("", "big", "Big", "bigg", "Bigg")
_PART = re.compile(r"\\[a-zA-Z]+|\\.|.", re.DOTALL)
_ALONE = {r"\frac": 2, r"\sum": 2}


def bracketed(inside: str, left: str = "(", right: str = ")") -> str:
    """The formula in brackets of its height."""
    name = _SIZES[size(inside)]
    return rf"\{name}l{left}{inside}\{name}r{right}" if name else f"{left}{inside}{right}"


def size(tex: str) -> int:
    """0 for a row of letters, up to 4."""
    parts: list[str] = _PART.findall(tex)
    found = place = 0
    while place < len(parts):
        part = parts[place]
        if part in "_^":
            place = _after_script(parts, place + 1)
            continue
        if part == r"\begin":
            end = _end(parts, place)
            found, place = max(found, _matrix("".join(parts[place:end]))), end
            continue
        found = max(found, _ALONE.get(part, 0))
        place += 1
    return found


def _after_script(parts: list[str], place: int) -> int:
    """Where a script ends: after one sign, or after a group in braces."""
    depth = 0
    while place < len(parts):
        depth += {"{": 1, "}": -1}.get(parts[place], 0)
        place += 1
        if depth == 0:
            break
    return place


def _end(parts: list[str], place: int) -> int:
    """Where the environment that begins here ends."""
    depth = 0
    for after in range(place, len(parts)):
        depth += {r"\begin": 1, r"\end": -1}.get(parts[after], 0)
        if depth == 0:
            return next((q + 1 for q in range(after, len(parts)) if parts[q] == "}"), len(parts))
    return len(parts)


def _matrix(tex: str) -> int:
    """Two rows want brackets of the third size, three or more of the fourth; one row is as tall as what is in it."""
    rows = tex.count(r"\\") + 1
    inside = max(_ALONE.get(part, 0) for part in _PART.findall(tex))
    return max(inside, (1, 3)[rows - 1] if rows < 3 else 4)
