"""The chapters, and which theorems somebody asks for: by name, by section, by chapter, or by how these begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from symattn.errors import UnknownName, layout, near_names

if TYPE_CHECKING:
    from symattn.proof import Statement

__all__ = ["Chapter", "chapters", "chosen", "chosen_chapter"]

_TITLE = re.compile(r"Chapter (\d+)\.\s+([^.,:(\n]*[^.,:(\n\s])")
_SECTION = re.compile(r"\d+(\.\d+)*")


@dataclass(frozen=True)
class Chapter:
    """A chapter: its number, the name of its folder, and its title.

    >>> from symattn.theory.chapters import chapters
    >>> chapters()[3]
    Chapter(number=3, name='rank', title='Low rank')
    """

    number: int
    name: str
    title: str

    def __str__(self) -> str:
        return f"{self.number}  {self.title}"


def chapters() -> dict[int, Chapter]:
    """The chapters by number; a title is what the page of a chapter begins with."""
    found = []
    for module in iter_modules([str(Path(__file__).parent)]):
        page = import_module(f"{__package__}.{module.name}").__doc__ if module.ispkg else None
        if page and (title := _TITLE.match(page)):
            found.append(Chapter(int(title[1]), module.name, title[2]))
    return {chapter.number: chapter for chapter in sorted(found, key=lambda chapter: chapter.number)}


def chosen(word: str, known: Mapping[str, Statement]) -> list[Statement]:
    """The theorems that a word asks for; what it is in full counts for more than what it is the beginning of.

    Raises    UnknownName, with the nearest names
    """
    asked, all_chapters = _plain(word), chapters().values()
    if word in known:
        return [known[word]]
    ways: Iterator[Callable[[Statement], bool]] = iter(
        [
            lambda s: bool(_SECTION.fullmatch(asked)) and f"{s.section}.".startswith(f"{asked}."),
            _within(chapter for chapter in all_chapters if asked in _names(chapter)),
            lambda s: bool(asked) and s.name.startswith(asked),
            _within(chapter for chapter in all_chapters if _begins(chapter, asked)),
        ]
    )
    for fits in ways:
        if found := [statement for statement in known.values() if fits(statement)]:
            return found
    raise _unknown(word, "theorem", [*known, *(name for chapter in all_chapters for name in _names(chapter))])


def chosen_chapter(word: str) -> Chapter:
    """The chapter with this number, name or title, or the only one of which it is the beginning.

    Raises    UnknownName, with the nearest names
    """
    asked, all_chapters = _plain(word), list(chapters().values())
    for found in (
        [chapter for chapter in all_chapters if asked in (str(chapter.number), *_names(chapter))],
        [chapter for chapter in all_chapters if _begins(chapter, asked)],
    ):
        if len(found) == 1:
            return found[0]
    raise _unknown(word, "chapter", [name for chapter in all_chapters for name in _names(chapter)])


def _within(some: Iterator[Chapter]) -> Callable[[Statement], bool]:
    numbers = {chapter.number for chapter in some}
    return lambda statement: statement.chapter in numbers


def _plain(word: str) -> str:
    """As a name is written: gauge-invariance, Low rank."""
    return re.sub(r"[\s_-]+", "_", word.strip().casefold())


def _names(chapter: Chapter) -> tuple[str, str]:
    return chapter.name, _plain(chapter.title)


def _begins(chapter: Chapter, asked: str) -> bool:
    return bool(asked) and any(name.startswith(asked) for name in _names(chapter))


def _unknown(word: str, kind: str, names: list[str]) -> UnknownName:
    near = near_names(_plain(word), names)
    if near:
        return UnknownName(layout(f"no {kind} is called {word}", note=f"Did you mean {', '.join(near)}?"))
    there = ", ".join(f"{chapter.name} ({chapter.number})" for chapter in chapters().values())
    pairs = [("names", "or how they begin: gauge_"), ("sections", "2.14")] if kind == "theorem" else []
    return UnknownName(layout(f"no {kind} is called {word}", [*pairs, ("chapters", there)]))
