"""`symattn export`, theorems and chapters as LaTeX, Markdown or text."""

from __future__ import annotations

import argparse
import contextlib
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from symattn.errors import ExportError, SymattnError, layout
from symattn.proof import Statement
from symattn.theory import select
from symattn.views import files
from symattn.views.chapter.chapter import Chapter
from symattn.views.paper import markdown, tex, unicode
from symattn.views.paper.bibliography import bibtex
from symattn.views.paper.document import Document, document
from symattn.views.paper.notation import ACCEPTED, Notation, parse
from symattn.views.paper.plain import Sheet
from symattn.views.paper.tex import Page
from symattn.views.screen.spelling import in_ascii, spelled
from symattn.views.screen.width import page as words_fit

ONLY_TEX = ("standalone", "snippet", "labels", "aligned", "env", "label", "bib")
UNGUARDED = 'where it ends by chapter.main(), write: if __name__ == "__main__": chapter.main()'
ENDINGS = {"tex": ".tex", "markdown": ".md", "text": ".txt"}


def run(arguments: argparse.Namespace) -> int:
    """Writes to the folder of -o, one file each, or to the standard output; returns 3 when --all left something out."""
    _check(arguments)
    notation = parse(arguments.notation)
    page = _page(arguments)
    scripts = [name for name in arguments.names if name.endswith(".py")]
    left_out = 0
    if scripts:
        chapters = {Path(script).stem: _run(script) for script in scripts}
        texts = {name: _chapter(chapter, arguments, page, notation) for name, chapter in chapters.items()}
        sources = [source for chapter in chapters.values() for source in chapter.sources]
    else:
        documents, left_out = _documents(arguments, notation)
        texts = _texts(documents, arguments, page)
        sources = [about.source or "" for about in documents]
    if arguments.bib is not None:
        files.write({arguments.bib: bibtex(sources)})
    if arguments.output is None:
        print("\n".join(text.rstrip("\n") + "\n" for text in texts.values()), end="")
    else:
        spell = in_ascii if arguments.ascii else str
        files.write({arguments.output / f"{name}{ENDINGS[arguments.to]}": spell(text) for name, text in texts.items()})
    return 3 if left_out else 0


def _page(arguments: argparse.Namespace) -> Page:
    return Page(
        arguments.width,
        arguments.labels,
        "aligned" if arguments.aligned else "align",
        arguments.env or "",
        arguments.label,
        arguments.bib is not None,
    )


def _check(arguments: argparse.Namespace) -> None:
    """Refuses options that do not go together."""
    scripts = [name for name in arguments.names if name.endswith(".py")]
    only_tex = [option for option in ONLY_TEX if getattr(arguments, option)]
    if bool(arguments.names) == arguments.all:
        raise ExportError("name the theorems to export, or say --all")
    if scripts and len(scripts) < len(arguments.names):
        raise ExportError("export either theorems or scripts: the names of scripts end in .py")
    if only_tex and arguments.to != "tex":
        raise ExportError(f"--{only_tex[0]} is for --to tex")
    if arguments.standalone and arguments.snippet:
        raise ExportError("--standalone is a whole document, --snippet a bare environment")
    if arguments.aligned and (arguments.labels or not arguments.snippet):
        raise ExportError("--aligned goes with --snippet and without --labels: it stands inside of another display")
    if arguments.label and not arguments.env:
        raise ExportError("--label goes with --env: a label is that of a theorem with a number")
    if scripts and arguments.aligned:
        raise ExportError("--aligned is for theorems: a script has words between its displays")
    if arguments.snippet and not scripts and (arguments.env or arguments.bib):
        raise ExportError("--snippet is a bare environment: --env and --bib are for theorems with their words")


def _documents(arguments: argparse.Namespace, notation: Notation) -> tuple[list[Document], int]:
    """The theorems, proved; of --all those that this notation fits, and how many it does not fit."""
    statements = select(arguments.names)
    _check_letters(statements, notation)
    found: list[Document] = []
    left_out = 0
    for statement in statements:
        try:
            found.append(document(statement, notation))
        except SymattnError as error:
            if not arguments.all:
                raise
            left_out += 1
            name = "" if statement.name in str(error) else f"{statement.name}: "
            print(f"left out: {name}{error}", file=sys.stderr)
    return found, left_out


def _check_letters(statements: list[Statement], notation: Notation) -> None:
    """Refuses what of the notation applies to none of these."""
    claims = [claim for s in statements for claim in (s.says, *s.given, *s.definitions)]
    if unused := notation.unused(claims):
        raise ExportError(layout(f"no letter here is called {unused[0]}", note=f"accepted: {ACCEPTED}"))
    if notation.scale != "tau" and not any(notation.has_scale((s.says, *s.given)) for s in statements):
        note = "it is for a free tau and a head width k, and not beside a derivative in tau"
        raise ExportError(layout(f"scale={notation.scale} applies to nothing here", note=note))


def _texts(documents: list[Document], arguments: argparse.Namespace, page: Page) -> dict[str, str]:
    """The text of each theorem; one document of all of them when they go to the standard output."""
    write: Callable[[Document], str] = {
        "tex": lambda about: (tex.snippet if arguments.snippet else tex.theorem)(about, page),
        "markdown": lambda about: markdown.theorem(about, page),
        "text": lambda about: unicode.theorem(about, _sheet(arguments)),
    }[arguments.to]
    texts = {about.name: write(about) for about in documents}
    if not arguments.standalone:
        return texts
    cited = _stem(arguments)
    if arguments.output is None:
        return {"": tex.article(list(texts.values()), page, bibliography=cited)}
    return {name: tex.article([text], page, bibliography=cited) for name, text in texts.items()}


def _chapter(chapter: Chapter, arguments: argparse.Namespace, page: Page, notation: Notation) -> str:
    if arguments.to == "tex":
        return chapter.tex(page, notation, bibliography=_stem(arguments), bare=arguments.snippet)
    if arguments.to == "markdown":
        return chapter.markdown(page, notation)
    return "\n\n".join(chapter.text(notation, _sheet(arguments))) + "\n"


def _sheet(arguments: argparse.Namespace) -> Sheet:
    """As wide as the terminal where the text goes there; a file is as wide as a page."""
    if arguments.output is None:
        return Sheet(words_fit(), spelled)
    return Sheet(spell=in_ascii if arguments.ascii else str)


def _stem(arguments: argparse.Namespace) -> str:
    """How a document calls the file of its sources."""
    return arguments.bib.stem if arguments.bib is not None else ""


def _run(script: str) -> Chapter:
    """The chapter that a script makes; what the script prints meanwhile is not part of it."""
    if not Path(script).is_file():
        raise ExportError(f"there is no file {script}")
    with _named(script), contextlib.redirect_stdout(sys.stderr):
        content = runpy.run_path(script, run_name="symattn.export")
    chapters = [value for value in content.values() if isinstance(value, Chapter)]
    if len(chapters) != 1:
        raise ExportError(f"{script} makes {len(chapters) or 'no'} chapters, not one")
    return chapters[0]


@contextlib.contextmanager
def _named(script: str) -> Iterator[None]:
    """Whatever ends the script is said in one message that names it."""
    try:
        yield
    except SymattnError as error:
        raise ExportError(layout(f"{script} fails", [(type(error).__name__, str(error))])) from error
    except (Exception, SystemExit) as error:
        line, said = _line(error, script), (type(error).__name__, str(error))
        note = UNGUARDED if isinstance(error, SystemExit) else ""
        raise ExportError(layout(f"{script} fails{line}", [said], note)) from error


def _line(error: BaseException, script: str) -> str:
    """Where in the script it happened."""
    found = ""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == script:
            found = f" at line {trace.tb_lineno}"
        trace = trace.tb_next
    return found
