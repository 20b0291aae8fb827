"""A chapter, as the scripts in derivations/ write it.

chapter = Chapter(3, "Queries and keys must differ")
chapter.prose("The score that everybody tries first is the dot product.")
chapter.theorem(score.dot_product_symmetric, calc(…).eq(…, by="…"))
chapter.question("Which forms are left?")
chapter.main()

    prose, question                 words, in paragraphs
    theorem(statement, chain)       a theorem, its calculation or the one given, and what the witnesses say
    derivation(chain)               a calculation by itself
    table, record                   words and numbers; a record is a residual stream, a row for each token
    heatmap, bars, curves           numbers, which are drawn too in LaTeX, and when a PNG is asked for
    main()                          reads --tex FILE, --png FILE, --json, --quiet

Nothing is proved before the chapter is written down, and every part appears as soon as it is done.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from symattn.errors import ExportError, SymattnError, layout
from symattn.language import Stream
from symattn.proof import Chain, Statement
from symattn.verify import check, together
from symattn.views import files
from symattn.views.chapter import as_json, as_tex, as_text, figures
from symattn.views.chapter.parts import (
    Bars,
    Calculation,
    Curves,
    Figure,
    Heatmap,
    Prose,
    Proved,
    Question,
    Table,
    paragraphs,
    texts,
    witnesses,
)
from symattn.views.chapter.pictures import MARKS
from symattn.views.paper import tex
from symattn.views.paper.document import calculation_of, document
from symattn.views.paper.notation import Notation
from symattn.views.paper.plain import Sheet
from symattn.views.paper.tex import Page
from symattn.views.records import record_cells
from symattn.views.screen.spelling import HANDLER, spelled
from symattn.views.screen.width import page

INTERRUPTED = 130  # what shells report for a process ended by an interrupt

__all__ = ["Chapter"]

Part = Prose | Question | Proved | Calculation | Table | Heatmap | Bars | Curves


class Chapter:
    """Prose, theorems and numbers in the order in which they are read."""

    def __init__(self, number: int, title: str) -> None:
        self.number = number
        self.title = title
        self._parts: list[Callable[[Notation], Part]] = []
        self._written: dict[int, Part] = {}
        self.sources: list[str] = []

    # ---- what a script says ------------------------------------------------------------------------------------

    def prose(self, text: str) -> None:
        """Paragraphs, kept apart by blank lines."""
        self._add(Prose(paragraphs(text)))

    def question(self, text: str) -> None:
        """What leads to the next chapter."""
        self._add(Question(paragraphs(text)))

    def theorem(self, statement: Statement, chain: Chain | None = None) -> None:
        """A theorem with its own calculation, or with another one that explains it."""
        self.sources.append(statement.source or "")
        self._parts.append(lambda notation: Proved(document(statement, notation, chain=chain), check(statement)))

    def derivation(self, chain: Chain) -> None:
        """A calculation by itself."""
        self._parts.append(lambda notation: Calculation(*calculation_of(chain, notation)))

    def table(self, heading: Sequence[str], rows: Sequence[Sequence[Any]], caption: str = "") -> None:
        """Rows under a heading."""
        self._add(Table(texts(heading), tuple(map(texts, rows)), caption))

    def heatmap(self, values: Any, *, rows: Sequence[str], columns: Sequence[str], caption: str = "") -> None:
        """A matrix of numbers with names for its rows and columns; whole numbers are shown as such."""
        numbers = tuple(tuple(value.item() for value in line) for line in values)
        self._add(Heatmap(numbers, texts(rows), texts(columns), caption))

    def bars(
        self,
        values: Sequence[float],
        *,
        labels: Sequence[str],
        caption: str = "",
        cut: int | None = None,
        digits: int = 1,
    ) -> None:
        """Numbers side by side; a line is drawn behind the first `cut` of them."""
        self._add(Bars(tuple(map(float, values)), texts(labels), caption, cut, digits))

    def record(
        self, stream: Stream, rows: Any, *, words: Mapping[str, Sequence[str]] | None = None, caption: str = ""
    ) -> None:
        """What each feature of a stream is at each token, as `record_table` says it."""
        heading, *lines = record_cells(stream, rows, words)
        self.table(heading, lines, caption)

    def curves(
        self,
        points: Sequence[float],
        values: Mapping[str, Sequence[float]],
        *,
        axis: str,
        caption: str,
        digits: int = 2,
    ) -> None:
        """Numbers over the same points, a curve for each name.

        Raises    ExportError when there are more curves than marks to tell them apart
        """
        if len(values) > len(MARKS):
            raise ExportError(
                layout(
                    "too many curves for one picture",
                    [("there are", str(len(values)))],
                    f"{len(MARKS)} at most: use a table",
                )
            )
        curves = tuple(tuple(map(float, line)) for line in values.values())
        self._add(Curves(tuple(map(float, points)), curves, texts(list(values)), axis, caption, digits))

    def _add(self, part: Part) -> None:
        self._parts.append(lambda notation: part)

    # ---- how it is written down --------------------------------------------------------------------------------

    def parts(self, notation: Notation | None = None) -> Iterator[Part]:
        """The parts one after the other, each proved when its turn comes."""
        if notation is not None:
            yield from (make(notation) for make in self._parts)
            return
        for place, make in enumerate(self._parts):
            if place not in self._written:
                self._written[place] = make(Notation())
            yield self._written[place]

    def _witnessed(self, notation: Notation | None) -> Iterator[Part]:
        """The parts, and at the end what every witness says of the theorems."""
        rows = []
        for part in self.parts(notation):
            rows += [part.row] if isinstance(part, Proved) else []
            yield part
        if rows:
            yield witnesses(rows)

    @property
    def heading(self) -> str:
        return f"{self.number}  {self.title}"

    @property
    def holds(self) -> bool | None:
        """Whether every witness of every theorem agrees."""
        return together([True, *(part.row.holds for part in self.parts() if isinstance(part, Proved))])

    def complaints(self) -> Iterator[str]:
        """What a witness holds against a theorem, or could not decide."""
        for row in (part.row for part in self.parts() if isinstance(part, Proved)):
            for name, finding in row.witnesses.items():
                if finding.holds is not True:
                    yield f"{row.name}: {name} {'fails' if finding.holds is False else 'undecided'}: {finding.detail}"

    def text(self, notation: Notation | None = None, sheet: Sheet | None = None) -> Iterator[str]:
        """The chapter as Unicode text, block by block."""
        yield self.heading
        blocks = []
        for part in self._witnessed(notation):
            blocks.append(as_text.block(part, notation, sheet))
            yield blocks[-1]
        if legend := as_text.legend("\n".join(blocks), sheet):
            yield legend

    def tex(
        self, page: Page | None = None, notation: Notation | None = None, *, bibliography: str = "", bare: bool = False
    ) -> str:
        """The chapter as an article that compiles.

        bibliography    the name of the file of its sources
        bare            without what stands before and after the text, to be read into a document of one's own
        """
        page = page or Page()
        body = as_tex.body(self._witnessed(notation), page, notation or Notation())
        # a full stop, since an A between a number and words would pass for a matrix
        title = f"{self.number}. {self.title}"
        return tex.body(body, title) if bare else tex.article(body, page, title, bibliography)

    def markdown(self, page: Page | None = None, notation: Notation | None = None) -> str:
        return as_text.markdown(self.heading, self._witnessed(notation), page or Page(), notation or Notation())

    def json(self) -> dict[str, Any]:
        """The chapter as plain data."""
        return as_json.data(self.number, self.title, self.parts())

    # ---- the command line of a script --------------------------------------------------------------------------

    @cached_property
    def parser(self) -> argparse.ArgumentParser:
        parser = argparse.ArgumentParser(description=self.heading)
        parser.add_argument("--tex", type=Path, metavar="FILE", help="also write an article that needs amsmath alone")
        parser.add_argument("--png", type=Path, metavar="FILE", help="also draw the figures (extra: plot)")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
        parser.add_argument("--quiet", action="store_true", help="print nothing but what does not hold")
        return parser

    def main(self, argv: Sequence[str] | None = None) -> None:
        """Runs the script: prints the chapter, and exits with 1 or 3 when a theorem fails or is undecided."""
        arguments = self.parser.parse_args(argv)
        if reconfigure := getattr(sys.stdout, "reconfigure", None):
            reconfigure(errors=HANDLER)
        try:
            self._write(arguments)
        except SymattnError as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            sys.exit(error.exit_code)
        except OSError as error:
            # nothing more can be printed, not even on exit; a reader that has gone (`script.py | head`) wants nothing
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1 if isinstance(error, BrokenPipeError) else f"cannot go on: {error.strerror or error}")
        except KeyboardInterrupt:
            print("interrupted", file=sys.stderr)
            sys.exit(INTERRUPTED)
        for complaint in self.complaints():
            print(complaint, file=sys.stderr)
        if code := {True: 0, False: 1, None: 3}[self.holds]:
            sys.exit(code)

    def _write(self, arguments: argparse.Namespace) -> None:
        if arguments.png is not None:
            figures.require()
        if arguments.json and not arguments.quiet:
            print(json.dumps(self.json(), ensure_ascii=False))
        elif not arguments.quiet:
            for place, block in enumerate(self.text(sheet=Sheet(page(), spelled))):
                print(f"{chr(10) * (place > 0)}{block}", flush=True)
        if arguments.tex is not None:
            files.write({arguments.tex: self.tex()})
        if arguments.png is not None:
            drawn = [part for part in self.parts() if isinstance(part, Figure)]
            files.write({arguments.png: figures.png(drawn)})
