"""`symattn list [WORD...]`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from symattn.cli.screen.tables import GAP, painted
from symattn.cli.wording import as_json
from symattn.errors import UnknownName, layout, near_names
from symattn.theory import select
from symattn.theory.chapters import chapters, chosen_chapter
from symattn.views.screen.spelling import spelled
from symattn.views.screen.width import columns, paragraph

LEAST = 32
"""A title in a narrower column than this stands under the name instead."""
_SECTION = re.compile(r"\d\d?(\.\d+)*")  # years are longer
_WORD = re.compile(r"[^\W\d_]{3,}")


def run(arguments: argparse.Namespace) -> int:
    """Prints the theorems under the titles of their chapters."""
    statements = _asked(arguments.words, arguments.chapter)
    if arguments.json:
        print(as_json(theorems=[_data(statement) for statement in statements]))
    else:
        print(_text(statements))
    return 0


def _asked(words: Sequence[str], names: Sequence[str]) -> list[Any]:
    """The theorems of these chapters that mention every word.

    Raises: UnknownName for a chapter that is not there, and for words that no theorem of them mentions together
    """
    numbers = {chosen_chapter(name).number for name in names}
    there = [statement for statement in select() if not numbers or statement.chapter in numbers]
    found = there
    for word in words:
        found = [statement for statement in found if _mentions(statement, word)]
        if not found:
            raise _unmentioned(word, words, there)
    return found


def _mentions(statement: Any, word: str) -> bool:
    if _SECTION.fullmatch(word):
        return f"{statement.section}.".startswith(f"{word}.")
    return word.casefold() in spoken(statement) or word.casefold().replace(" ", "_") in statement.name


def spoken(statement: Any) -> str:
    """All that is said of a theorem in words, in small letters."""
    words = (statement.name, statement.title, statement.prose, statement.sketch, statement.source or "")
    return " ".join(" ".join(words).split()).casefold()


def _unmentioned(word: str, words: Sequence[str], there: Iterable[Any]) -> UnknownName:
    vocabulary = {found for statement in there for found in _WORD.findall(spoken(statement))}
    if any(word.casefold() in found for found in vocabulary) and len(words) > 1:
        return UnknownName(layout(f"no theorem mentions {' and '.join(words)}", note="ask for fewer words"))
    near = near_names(word.casefold(), vocabulary)
    note = f"Did you mean {', '.join(near)}?" if near else "symattn list shows all theorems"
    return UnknownName(layout(f"no theorem mentions {word}", note=note))


def _text(statements: Sequence[Any]) -> str:
    names = max(len(statement.name) for statement in statements) if statements else 0
    sections = max(len(statement.section) for statement in statements) if statements else 0
    known = chapters()
    parts = []
    for number, group in groupby(statements, key=lambda statement: statement.chapter):
        heading = str(known.get(number, number))
        lines = [_line(statement, sections, names) for statement in group]
        parts.append("\n".join([painted(spelled(heading), "bold"), *lines]))
    return "\n\n".join(parts)


def _line(statement: Any, sections: int, names: int) -> str:
    """Section, name and title; the title goes on in its column, or stands under the name on a narrow terminal."""
    room, start = columns(), f"{statement.section:<{sections}}{GAP}"
    beside = sections + names + 2 * len(GAP)
    if room is None:
        return f"{start}{statement.name:<{names}}{GAP}{statement.title}"
    if room - beside < LEAST:
        margin = " " * len(start)
        return f"{start}{painted(statement.name, 'cyan')}\n{paragraph(statement.title, first=margin, indent=margin)}"
    first, *others = paragraph(statement.title, width=room - beside).splitlines()
    gap = " " * (names - len(statement.name)) + GAP
    return "\n".join(
        [f"{start}{painted(statement.name, 'cyan')}{gap}{first}", *(" " * beside + line for line in others)]
    )


def _data(statement: Any) -> dict[str, Any]:
    about = {"name": statement.name, "section": statement.section, "title": statement.title}
    return {**about, "chapter": statement.chapter, "says": str(statement.says), "source": statement.source}
