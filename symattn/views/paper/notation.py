"""Notation.  How a formula is written down, the same for every target; what it says does not depend on it.

row, column             whether tokens are rows or columns; `columns` prove the statement anew
bold, plain             whether matrices are bold
transpose=top|T|sans    the mark of a transpose
scale=tau|1/sqrt(k)     how the scale of the scores is written, where the head width k is at hand, perhaps called d_k
Q=W_Q                   another name for a letter or a size
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from symattn import language as lang
from symattn.errors import UnknownName, layout

__all__ = ["ACCEPTED", "Notation", "parse"]

ACCEPTED = "row, column, bold, plain, transpose=top|T|sans, scale=tau|1/sqrt(k), LETTER=NAME such as Q=W_Q"
_FLAGS: dict[str, dict[str, Any]] = {
    "row": {"convention": "row"},
    "column": {"convention": "column"},
    "bold": {"bold": True},
    "plain": {"bold": False},
}
_CHOICES = {"transpose": ("top", "T", "sans"), "scale": ("tau", "1/sqrt(k)"), "convention": ("row", "column")}
_NAME = re.compile(r"[^\W\d_]\w*?'*(_\w+)?'*(\^\w+)?")
"""A word, then a subscript, primes, a superscript: all that every target can write."""
_WIDTH = re.compile(r"1/sqrt\((?!k\))(.+)\)")


@dataclass(frozen=True)
class Notation:
    """How letters, transposes and the scale are written.

    Raises    UnknownName for a value that is not one of the choices, or a name that cannot be written everywhere
    """

    convention: str = "row"
    bold: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    transpose: str = "top"
    scale: str = "tau"

    def __post_init__(self) -> None:
        for key, choices in _CHOICES.items():
            if getattr(self, key) not in choices:
                raise _refusal(f"{key} cannot be {getattr(self, key)}", f"{key}: {', '.join(choices)}")
        for old, new in self.names.items():
            if not _NAME.fullmatch(new):
                raise _refusal(f"{old} cannot be called {new}", "a name is a word, such as W_Q, Q' or W^Q")

    def called(self, name: str) -> str:
        """What a letter or a size of this name is called."""
        return self.names.get(name, name)

    def at(self, claims: Iterable[Any]) -> Notation:
        """The notation as far as it fits these claims: without k at hand, or where it is not free, the scale stays tau.

        Raises    UnknownName when two things would have one name
        """
        claims = tuple(claims)
        names = [a.name for a in _named(claims)]
        seen: dict[str, str] = {}
        for name in dict.fromkeys(names):
            if seen.setdefault(self.called(name), name) != name:
                pair = f"{seen[self.called(name)]} and {name}"
                raise _refusal(f"{pair} would both be called {self.called(name)}", "give one of them another name")
        return self if self.scale == "tau" or self.has_scale(claims) else replace(self, scale="tau")

    def has_scale(self, claims: Iterable[Any]) -> bool:
        """Whether these claims have a scale, free, and a head width k by which to write it."""
        claims = tuple(claims)
        width = next((size for c in claims for size in lang.sizes_of(c) if size.name == "k"), None)
        free = any(letter.name == "tau" for c in claims for letter in lang.letters_of(c))
        fixed = any(c.has(lang.Partial) or "tau" in _bound(c) for c in claims)
        return free and width is not None and width.minimum > 0 and not fixed

    def unused(self, claims: Iterable[Any]) -> list[str]:
        """The letters that are renamed but occur nowhere in these claims."""
        there = {a.name for a in _named(tuple(claims))}
        return sorted(set(self.names) - there)


def _named(claims: tuple[Any, ...]) -> list[Any]:
    return [a for c in claims for a in (*lang.letters_of(c, bound_too=True), *lang.sizes_of(c))]


def _bound(claim: Any) -> set[str]:
    everything, free = lang.letters_of(claim, bound_too=True), lang.letters_of(claim)
    return {a.name for a in everything} - {a.name for a in free}


def parse(text: str) -> Notation:
    """The notation that a list such as `column,bold,Q=W_Q` describes.

    Raises    UnknownName, which lists what is accepted
    """
    found: dict[str, Any] = {}
    names: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        value = re.sub(r"\{(\w+)\}", r"\1", value)
        if key == "scale" and (width := _WIDTH.fullmatch(value)):
            names["k"], value = width[1], "1/sqrt(k)"
        if not equals and key in _FLAGS:
            found |= _FLAGS[key]
        elif equals and key in _CHOICES:
            found[key] = value
        elif equals and value and key:
            names[key] = value
        else:
            raise _refusal(f"no notation is called {part}", f"accepted: {ACCEPTED}")
    return Notation(names=names, **found)


def _refusal(what: str, note: str) -> UnknownName:
    return UnknownName(layout(what, note=note))
