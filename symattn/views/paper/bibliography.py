"""BibTeX entries of the sources of theorems, with what the sources say and nothing else.

A source is a sentence such as "Milakov, Gimelshein: Online normalizer calculation for softmax, 2018, for the masses",
or several with semicolons between them.  What names no author and no title, such as "textbook calculus", has no entry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Entry", "bibtex", "entries"]

_NAME = r"(?:(?:von|van|de) )?[^\W\d_a-z][\w'-]+"
_AUTHORS = rf"(?<!\w)(?P<authors>{_NAME} et al\.|{_NAME}(?:, {_NAME})*(?: and {_NAME})?)"
_WHEN = (
    r"(?:, (?P<year>\d{4})|, arXiv:(?P<arxiv>[\d.]*\d)| \((?P<printed>\d{4})\)|, (?P<edition>\d+(?:st|nd|rd|th)) ed\.)"
)
_FORMS = (
    re.compile(rf"{_AUTHORS}: (?P<title>.+?){_WHEN}"),
    re.compile(rf"{_AUTHORS}, (?P<title>[^:]+?){_WHEN}"),
    re.compile(rf"{_AUTHORS}, (?P<title>[^:]+?), (?:section|chapter) "),
)
_TEX = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030c": "v "}


@dataclass(frozen=True)
class Entry:
    """A book or a paper: its key, and what the source says of it, by BibTeX's names."""

    key: str
    fields: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        lines = [f"  {name:<13} = {{{_tex(value)}}}," for name, value in self.fields]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])


def bibtex(sources: Iterable[str | None]) -> str:
    """The entries of these sources, each once, by their keys."""
    found = {entry.key: entry for source in sources for entry in entries(source)}
    return "\n\n".join(str(found[key]) for key in sorted(found)) + "\n"


def entries(source: str | None) -> list[Entry]:
    """The entries of one source, in its order.

    >>> [entry.key for entry in entries("the bounds behind Veličković et al.: Softmax is not Enough, arXiv:2410.01104")]
    ['velickovic-softmax']
    """
    found = (_entry(part.strip()) for part in (source or "").split(";"))
    return [entry for entry in found if entry]


def _entry(words: str) -> Entry | None:
    match = next(filter(None, (form.search(words) for form in _FORMS)), None)
    if match is None:
        return None
    said = {name: value for name, value in match.groupdict().items() if value}
    authors = re.split(r", | and ", said["authors"].replace(" et al.", ", others"))
    fields = [("author", " and ".join(authors)), ("title", f"{{{said['title']}}}")]
    fields += [("year", year)] if (year := said.get("year") or said.get("printed")) else []
    fields += [("edition", said["edition"])] if "edition" in said else []
    fields += [("eprint", said["arxiv"]), ("archiveprefix", "arXiv")] if "arxiv" in said else []
    return Entry(f"{_plain(authors[0])}-{_plain(_first_word(said['title']))}", tuple(fields))


def _first_word(title: str) -> str:
    words = title.split()
    return next((word for word in words if word.lower() not in ("a", "an", "the")), words[0])


def _plain(word: str) -> str:
    """The word in small letters without accents."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(c for c in letters if c.isascii() and c.isalnum()).lower()


def _tex(value: str) -> str:
    """Accents as TeX has them."""
    found = ""
    for letter in unicodedata.normalize("NFD", value):
        found = f"{found[:-1]}{{\\{_TEX[letter]}{found[-1]}}}" if letter in _TEX else found + letter
    return found
