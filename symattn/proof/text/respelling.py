"""From what people write to the syntax of Python: `A'`, `A^T`, `Aᵀ`, `x^2`, `A ∘ B`, `P = Q`, `≤`.

Nothing is decided here but where a sign cannot be taken for another one.  Every character of the new text knows from
which one of the old text it comes, so that errors point at what was written.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "−": "-", "∧": " and ", "¬": " not ", "^": "**"}

_TOKEN = re.compile(
    r"""
    (?P<string>   (?<![\w)\]'ᵀ]) (?: '[^']*' | "[^"]*" ) )
  | (?P<turned>   (?<=[\w)\]'ᵀ]) ' | ᵀ | (?: \^ | \*\* ) \s* (?: T | ⊤ | \(T\) | \{T\} ) (?!\w) )
  | (?P<inverse>  ⁻¹ )
  | (?P<raised>   ⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+ )
  | (?P<entries>  ∘ | ⊙ | (?<!\d)\.\*(?!\*) )
  | (?P<over>     (?<!\d)\./ )
  | (?P<arrow>    <=> | <-> | ==> | => | -> | ⇒ | ⇔ | → )
  | (?P<equals>   (?<![=<>!:]) = (?!=) )
  | (?P<open>     [(\[{] )
  | (?P<close>    [)\]}] )
  | (?P<sign>     [≤≥≠−∧¬^] )
  | (?P<foreign>  [%\#&|~;\\] )
    """,
    re.VERBOSE,
)
_KEYWORD = re.compile(r"[(,]\s*\w+\s*$")

_FOREIGN = {
    "&": "Claims are joined by 'and'.",
    "|": "There is no 'or'; a norm is written norm(x), and its square normsquared(x).",
    "~": "Claims are denied by 'not'.",
    "%": "The product entry by entry is hadamard(A, B), or A ∘ B.",
}
_IMPLIES = "Write Implies(P, Q), or Iff(P, Q)."


@dataclass
class Respelled:
    """The text in Python's syntax, and from which character of the old text each one of it comes."""

    text: str = ""
    places: list[int] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)

    def put(self, new: str, at: int, *, copied: bool = False) -> None:
        self._parts.append(new)
        self.places.extend(range(at, at + len(new)) if copied else [at] * len(new))

    def end(self, old: str) -> None:
        self.text = "".join(self._parts)
        self.places.append(len(old))


class Foreign(Exception):
    """A sign that has no reading here."""

    def __init__(self, sign: str, at: int) -> None:
        super().__init__(sign)
        self.at = at
        self.accepted = _FOREIGN.get(sign, _IMPLIES if len(sign) > 1 or sign in "⇒⇔→" else "")


def respelled(text: str) -> Respelled:
    """The text in Python's syntax.

    Raises    Foreign for a sign that has no reading
    """
    new, at, calls = Respelled(), 0, [False]
    for token in _TOKEN.finditer(text):
        start = token.start()
        new.put(text[at:start], at, copied=True)
        at = token.end()
        kind, sign = str(token.lastgroup), token[0]
        if kind == "open":
            calls.append(sign == "(" and bool(re.search(r"[\w\])]$", text[:start][-1:])))
        elif kind == "close" and len(calls) > 1:
            calls.pop()
        if kind in ("arrow", "foreign"):
            raise Foreign(sign, start)
        said = _in_python(kind, sign, calls[-1] and bool(_KEYWORD.search(text[max(0, start - 60) : start])))
        new.put(said, start, copied=said == sign)
    new.put(text[at:], at, copied=True)
    new.end(text)
    return new


def _in_python(kind: str, sign: str, is_keyword: bool) -> str:
    if kind == "raised":
        return f"**({sign.translate(_SUPERSCRIPTS)})"
    if kind == "equals":
        return "=" if is_keyword else "=="
    kinds = {"turned": ".T", "inverse": ".I", "entries": "%", "over": "/"}
    return kinds.get(kind) or _SIGNS.get(sign, sign)


def relocate(tree: ast.expr, new: Respelled, old: str) -> None:
    """Makes every node of the tree point at the old text, in bytes of UTF-8 as `ast` counts."""
    starts = [0, *accumulate(len(letter.encode()) for letter in new.text)]
    old_starts = [0, *accumulate(len(letter.encode()) for letter in old)]

    def moved(offset: int, after: int) -> int:
        place = bisect_right(starts, offset) - 1 - after
        return old_starts[min(new.places[max(place, 0)] + after, len(old))]

    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.keyword):
            node.col_offset = moved(node.col_offset, 0)
            if node.end_col_offset is not None:
                node.end_col_offset = moved(node.end_col_offset, 1)


def syntax_hint(text: str) -> str:
    """What to write where the syntax is not understood."""
    if re.search(r"[\w)\]'ᵀ]\s+[\w(\[]|\d[^\W\d]", text):
        return "Products are written: A @ B of matrices, t*A with a number."
    return ""
