"""LaTeX texts: what they hold, and that the same theorem always gives the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import symattn
from symattn.views.paper import tex
from symattn.views.paper.document import Document, document
from symattn.views.paper.notation import parse
from symattn.views.paper.tex import Page

LANGUAGE = """
    bigl bigr Bigl Bigr biggl biggr Biggl Biggr quad mathrm infty
    top mathsf operatorname mathbf boldsymbol odot circ frac sqrt sum begin end le ge ne text partial forall exists
    Leftrightarrow Rightarrow neg succeq exp log cos sin tanh mathrel phantom langle rangle times cdot in mapsto
    ell lVert rVert
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega
    Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega
"""
DOCUMENT = """
    medskip noindent textbf section label notag allowbreak
    documentclass usepackage allowdisplaybreaks setlength textwidth
"""
PORTABLE = {rf"\{word}" for word in LANGUAGE.split()} | {r"\\", r"\ "}
ALLOWED = PORTABLE | {rf"\{word}" for word in DOCUMENT.split()} | {rf"\{c}" for c in "_%&#${}"}
ENVIRONMENTS = {"align", "align*", "aligned", "bmatrix", "sloppypar", "document"}


def commands(source: str) -> set[str]:
    return set(re.findall(r"\\(?:[a-zA-Z]+|.)", source, re.DOTALL))


@pytest.fixture(scope="module")
def one(statements: dict) -> Document:
    return document(statements["permutation_equivariance"])


@pytest.mark.parametrize("width", [345, 252])
@pytest.mark.parametrize("labels", [False, True])
def test_only_portable_commands_are_used(documents: list[Document], width: int, labels: bool) -> None:
    page = Page(width, labels)
    source = tex.article([tex.theorem(about, page) for about in documents], page)
    assert commands(source) <= ALLOWED
    assert set(re.findall(r"\\begin\{([^}]*)\}", source)) <= ENVIRONMENTS
    assert re.findall(r"\\usepackage.*", source) == [r"\usepackage{amsmath}"]


def test_displays_alone_use_even_fewer(documents: list[Document]) -> None:
    page = Page(environment="aligned")
    assert set().union(*(commands(tex.snippet(about, page)) for about in documents)) <= PORTABLE


def test_a_theorem_has_words_letters_claim_lines_and_reasons(one: Document) -> None:
    text = tex.theorem(one, Page())
    for part in (
        r"\textbf{permutation\_\allowbreak equivariance}",
        "a head that sees permuted tokens gives the same outputs",
        r"$\Pi$ is $n$ by $n$ and a permutation matrix",
        r"$Q$ and $K$ are $d$ by $k$",
        "Over the real numbers,",
        r"\Pi \operatorname{softmax}(\tau X Q K^{\top} X^{\top}) X V",
        r"&& \text{softmax permutes with",
    ):
        assert part in text


def test_hypotheses_and_source_are_told(statements: dict) -> None:
    text = tex.theorem(document(statements["mla_absorb"]), Page())
    assert "Assume\n\\begin{align*}\n  & L = X D\n" in text
    assert "Source: DeepSeek-AI: DeepSeek-V2, 2024." in text


def test_a_snippet_is_the_bare_environment(one: Document) -> None:
    text = tex.snippet(one, Page())
    assert text.startswith("\\begin{align*}\n")
    assert text.endswith("\\end{align*}\n")


def test_every_line_is_labelled_once_when_asked(one: Document) -> None:
    labels = re.findall(r"\\label\{(.*?)\}", tex.theorem(one, Page(labels=True)))
    assert labels == [f"eq:permutation_equivariance:{line}" for line in range(len(one.steps))]


def test_no_label_is_written_unless_asked(one: Document) -> None:
    assert "label" not in tex.theorem(one, Page())


def test_rows_without_a_label_have_no_number(one: Document) -> None:
    rows = re.findall(r"^  .*$", tex.theorem(one, Page(252, labels=True)), re.MULTILINE)
    assert all((r"\label" in row) != (r"\notag" in row) for row in rows)


def test_the_column_convention_is_in_the_formulas(statements: dict) -> None:
    about = document(statements["head_symmetric_iff"], parse("column,Q=W_Q,K=W_K"))
    text = tex.theorem(about, Page())
    assert r"x^{\top} W_{Q}^{\top} W_{K} y" in text
    assert "In the words tokens are rows; in the formulas they are columns" in text
    assert "$W_{Q}$ and $W_{K}$ are $k$ by $d$" in text


def test_the_same_bytes_come_out_whatever_the_hash_seed() -> None:
    names = ["permutation_equivariance", "gibbs_variational", "mqa_gqa_tied", "sym_skew_split", "path_expansion"]
    code = f"from symattn.cli import main; main(['export', *{names}, '--labels'])"
    where = str(Path(symattn.__file__).parents[1])
    written = set()
    for seed in ("0", "1", "12345"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": where, "PYTHONIOENCODING": "utf-8"}
        ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        written.add(ran.stdout)
    assert len(written) == 1
