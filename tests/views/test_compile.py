"""Every theorem and every chapter, compiled by pdflatex with amsmath alone: nothing undefined, nothing too wide.

The widths are those of an article, of beamer, and of two columns.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from symattn.cli import main
from symattn.views.paper import tex
from symattn.views.paper.document import Document, document
from symattn.views.paper.notation import parse
from symattn.views.paper.tex import Page

Complaints = Callable[[str], list[str]]
SCRIPTS = sorted((Path(__file__).parents[2] / "derivations").glob("[0-9]*.py"))
COLUMNS = ["head_symmetric_iff", "permutation_equivariance", "attn_backward", "rank_sylvester", "bias_fold"]


@pytest.mark.parametrize("width", [345, 307, 252])
@pytest.mark.parametrize("labels", [False, True], ids=["plain", "labels"])
def test_every_theorem_compiles(width: int, labels: bool, documents: list[Document], complaints: Complaints) -> None:
    page = Page(width, labels)
    assert complaints(tex.article([tex.theorem(about, page) for about in documents], page)) == []


def test_environments_compile(documents: list[Document], complaints: Complaints) -> None:
    page = Page(theorem="theorem", label=True)
    texts = [tex.theorem(about, page) for about in documents[::6]]
    references = [rf"Theorem~\ref{{thm:{about.name}}}." for about in documents[::6]]
    assert complaints(tex.article([*texts, *references], page)) == []


@pytest.mark.parametrize("width", [345, 252])
def test_other_notations_compile(width: int, statements: dict, complaints: Complaints) -> None:
    notation = parse("column,bold,Q=W_Q,K=W^K,k=d_k,transpose=sans,scale=1/sqrt(k)")
    about = [document(statements[name], notation) for name in COLUMNS]
    assert complaints(tex.article([tex.theorem(one, Page(width)) for one in about], Page(width))) == []


@pytest.mark.parametrize("width", [345, 252])
def test_snippets_compile_in_a_paper_of_ones_own(width: int, documents: list[Document], complaints: Complaints) -> None:
    page = Page(width, environment="aligned")
    equations = [f"\\begin{{equation*}}\n{tex.snippet(about, page)}\\end{{equation*}}" for about in documents]
    assert complaints(tex.article(equations, page)) == []


@pytest.mark.parametrize("width", [345, 252])
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem[:2])
def test_every_chapter_compiles(script: Path, width: int, complaints: Complaints, tmp_path: Path) -> None:
    assert main(["export", str(script), "--to", "tex", "-o", str(tmp_path), "--width", str(width)]) == 0
    (written,) = tmp_path.glob("*.tex")
    assert complaints(written.read_text(encoding="utf-8")) == []


def test_a_formula_that_does_not_compile_is_noticed(complaints: Complaints) -> None:
    assert complaints(tex.article([r"$\undefinedcommand$"], Page())) != []
    assert complaints(tex.article([r"\noindent\hbox to 400pt{}"], Page())) != []
