"""One file of Rocq for each chapter, with every theorem, its script, and one audit at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from symattn.rocq.library import LIBRARY

__all__ = ["Chapter", "Entry", "assumptions", "chapter", "seconds"]

HEADER = f"""\
From mathcomp Require Import all_ssreflect all_algebra all_fingroup.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import {" ".join(LIBRARY)}.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
"""
CLOSED = "Closed under the global context"
STANDARD = frozenset(
    {"propositional_extensionality", "functional_extensionality_dep", "constructive_indefinite_description"}
)
"""The axioms of mathcomp-analysis, which only an instance at the true exp may use."""

_TIME = re.compile(r"^Chars (\d+) - (\d+) \[.*\] ([\d.]+) secs.*$", re.M)


@dataclass(frozen=True)
class Entry:
    """A printed statement with its script."""

    name: str
    statement: str
    script: str

    @property
    def text(self) -> str:
        return f"{self.statement}\nProof.\n{self.script}\nQed.\n"


@dataclass(frozen=True)
class Chapter:
    """The text of a file, and for each theorem the place of its first and last character."""

    text: str
    places: dict[str, tuple[int, int]]

    def at_line(self, number: int) -> str | None:
        """The theorem that the line, counted from 1, belongs to."""
        start = sum(len(line) for line in self.text.splitlines(keepends=True)[: number - 1])
        return next((name for name, (first, last) in self.places.items() if first <= start < last), None)


def chapter(entries: Sequence[Entry]) -> Chapter:
    """All theorems, then `Print Assumptions` of each one in the same order."""
    text, places = HEADER + "\n", {}
    for entry in entries:
        first = len(text)
        text += entry.text + "\n"
        places[entry.name] = (first, len(text))
    text += "".join(f"Print Assumptions {entry.name}.\n" for entry in entries)
    return Chapter(text, places)


def assumptions(out: str, names: Sequence[str]) -> dict[str, list[str]] | None:
    """The axioms of each theorem, or None when fewer answers were printed than theorems."""
    answers = re.split(rf"^({CLOSED}|Axioms:)", _TIME.sub("", out), flags=re.M)[1:]
    found = list(zip(answers[::2], answers[1::2], strict=True))
    if len(found) != len(names):
        return None
    return {
        name: [] if said == CLOSED else re.findall(r"^([\w.]+)\s*:", rest, re.M)
        for name, (said, rest) in zip(names, found, strict=True)
    }


def seconds(out: str, places: dict[str, tuple[int, int]]) -> dict[str, float]:
    """How long each theorem took, from what `coqc -time` prints."""
    spent = dict.fromkeys(places, 0.0)
    for match in _TIME.finditer(out):
        start = int(match[1])
        for name, (first, last) in places.items():
            if first <= start < last:
                spent[name] += float(match[3])
    return spent
