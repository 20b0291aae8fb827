"""Texts of help, and complaints about arguments, that fit the terminal and keep their columns."""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from typing import NoReturn

from symattn.errors import near_names
from symattn.views.screen.width import fitted

_CHOICE = re.compile(r"invalid choice: '(?P<said>.*?)' \(choose from (?P<known>.*)\)")
_COLUMN = re.compile(r" *\S.{0,24}? {2,}(?=\S)| *")


class Help(argparse.HelpFormatter):
    """Lines stay lines; where one is too long, it and those that go on under its second column are filled anew."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        found = [line for lines in _entries(text) for line in _filled(lines, width - len(indent))]
        return "\n".join(indent + line for line in found)


class Parser(argparse.ArgumentParser):
    """A word that is none of those that are known is answered with the nearest."""

    def error(self, message: str) -> NoReturn:
        choice = _CHOICE.search(message)
        near = near_names(choice["said"], re.findall(r"[\w-]+", choice["known"])) if choice else []
        meant = f"\n  Did you mean {', '.join(near)}?" if near else ""
        self.print_usage(sys.stderr)
        self.exit(2, fitted(f"{self.prog}: error: {message}{meant}") + "\n")


def _entries(text: str) -> list[list[str]]:
    """Lines with those that go on where their second column starts, and the lines of a paragraph."""
    found: list[list[str]] = []
    for line in text.splitlines():
        column = _column(found[-1][0]) if found else 0
        goes_on = line[:column].isspace() and line[column : column + 1].strip() if column else False
        if goes_on or (found and _is_words(found[-1][-1]) and _is_words(line)):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _is_words(line: str) -> bool:
    return bool(line) and not line[0].isspace() and not _column(line)


def _column(line: str) -> int:
    start = _COLUMN.match(line)
    return start.end() if start else 0


def _filled(lines: list[str], width: int) -> list[str]:
    if all(len(line) <= width for line in lines):
        return lines
    column = _column(lines[0])
    hanging = column if column < width // 2 else 0
    # what stands side by side is parted by two blanks
    between = "  " if column and any("  " in line[column:] for line in lines) else " "
    words = between.join(line[column:] if place else line[hanging:] for place, line in enumerate(lines))
    pieces = textwrap.wrap(words, width - hanging, break_long_words=False, break_on_hyphens=False)
    return [(" " * hanging if place else lines[0][:hanging]) + piece for place, piece in enumerate(pieces)]
