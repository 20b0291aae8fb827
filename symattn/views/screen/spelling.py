"""ASCII in place of what a terminal cannot show: X^T, >=, A o B.

A stream with this error handler writes every sign that its encoding lacks as people type it, `--ascii` gives it an
encoding that lacks all of them, and `spelled` says beforehand what a stream will make of a text, so that columns stand
under each other.
"""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from typing import Any

HANDLER = "symattn.spelled"

_SIGNS = {
    "ᵀ": "^T",
    "×": " x ",
    "∘": "o",
    "·": "*",
    "÷": "/",
    "±": "+-",
    "−": "-",
    "–": "-",
    "—": "--",
    "‖": "||",
    "⟨": "<",
    "⟩": ">",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "⪰ 0": "is PSD",
    "⪰": ">=",
    "⇔": "<=>",
    "⇒": "=>",
    "→": "->",
    "↦": "|->",
    "⊢": "|-",
    "∀": "for all",
    "∃": "exists",
    "∧": "and",
    "¬": "not ",
    "∈": "in",
    "Σ": "sum",
    "∂": "d",
    "√": "sqrt",
    "∞": "infinity",
    "…": "...",
    "⋯": "...",
    "½": "1/2",
    "✓": "(proved)",
    "′": "'",
    "″": "''",
    "’": "'",
    "“": '"',
    "”": '"',
    "─": "-",
    "━": "-",
    "╸": "-",
    "╺": "-",
    "│": "|",
}
_PIECE = re.compile(r"⪰ 0|[⁰¹²³⁴-⁹⁺⁻ⁿ]+|[₀-₉₊₋ᵢⱼₖₙ]+|[^\x00-\x7f]", re.DOTALL)


def in_ascii(text: str) -> str:
    """The text as it is typed on a keyboard.

    >>> in_ascii("(W⁻¹)ᵀ ∘ e₀ ≥ 2²")
    '(W^-1)^T o e_0 >= 2^2'
    """
    return _PIECE.sub(lambda piece: _typed(piece[0]), text)


def _typed(piece: str) -> str:
    if piece in _SIGNS:
        return _SIGNS[piece]
    plain = "".join(c for c in unicodedata.normalize("NFKD", piece).replace("−", "-") if c.isascii())
    if plain:
        marks = {"<super>": "^", "<sub>": "_"}
        return marks.get(unicodedata.decomposition(piece[0]).partition(" ")[0], "") + plain
    if unicodedata.combining(piece[0]):
        return ""
    name = re.match(r"GREEK (SMALL|CAPITAL) LETTER (\w+)$", unicodedata.name(piece[0], ""))
    if name is None:
        return "?"
    return name[2].lower() if name[1] == "SMALL" else name[2].capitalize()


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    end = error.end + 2 * error.object.startswith("⪰ 0", error.end - 1)
    return in_ascii(error.object[error.start : end]), end


codecs.register_error(HANDLER, _replace)


def spelled(text: str) -> str:
    """The text as the standard output will show it."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, HANDLER).decode(encoding)


def spelled_data(content: Any) -> Any:
    """Plain data with every string as the standard output will show it: quotes are JSON's own business afterwards."""
    if isinstance(content, dict):
        return {spelled_data(name): spelled_data(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [spelled_data(value) for value in content]
    return spelled(content) if isinstance(content, str) else content
