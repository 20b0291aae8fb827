"""`symattn show NAME`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from symattn.cli.wording import exit_code, milliseconds, word
from symattn.language import folded
from symattn.theory import select
from symattn.verify import kernel_witness
from symattn.views.paper.notation import Notation
from symattn.views.paper.plain import PlainPrinter

SECONDS = 60.0
WIDTH = 100
HEADING = 9  # letters before a line


def run(arguments: argparse.Namespace) -> int:
    """Prints the statement with its letters and hypotheses, and what the kernel says of it now."""
    (statement,) = select([arguments.name])
    finding, over = kernel_witness(statement, seconds=SECONDS)
    words = [statement.title, *statement.prose.splitlines()]
    print("\n".join([f"{statement.name}  ({statement.section})", *words, ""]))
    for heading, lines in _parts(statement, over):
        for place, line in enumerate(lines):
            print(f"{'' if place else heading:<{HEADING}}{line}")
    reason = f": {finding.detail}" if finding.detail else ""
    print(f"\nkernel   {word(finding.holds)} ({milliseconds(finding.seconds)}){reason}")
    return exit_code(finding.holds)


def _parts(statement: Any, over: str) -> Iterator[tuple[str, list[str]]]:
    claim = statement.says
    yield "letters", [_letter(letter) for letter in claim.letters]
    yield "sizes", [", ".join(f"{size} ≥ {size.minimum}" for size in claim.sizes)]
    yield "where", _rows(*statement.definitions)
    yield "says", _rows(folded(claim, statement.where))
    yield "given", [row for hypothesis in statement.given for row in _rows(folded(hypothesis, statement.where))]
    yield "over", [over] if over else []
    yield "source", [statement.source] if statement.source else []
    yield "idea", wrap(statement.sketch, WIDTH - HEADING)


def _rows(*claims: Any) -> list[str]:
    """Claims with commas between them, in rows that fit."""
    return PlainPrinter(Notation()).rows(*claims, before="", width=WIDTH - HEADING) if claims else []


def _letter(letter: Any) -> str:
    facts = ", ".join(sorted(getattr(letter, "facts", ())))
    shape = getattr(letter, "shape", None)
    size = f" : {shape[0]}×{shape[1]}" if shape else ""
    return f"{PlainPrinter(Notation()).doprint(letter)}{size}{'  ' + facts if facts else ''}"
