"""Widths: an estimate from above, measured against TeX itself on every formula of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from symattn.views.paper.document import Document
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.notation import parse
from symattn.views.paper.widths import text_width, width

SAMPLES = [
    r"X Q K^{\top} X^{\top}",
    r"\mathbf{W}_{Q}^{\mathsf{T}} {\mathbf{W}^{K}}^{\mathsf{T}} \boldsymbol{\Pi}",
    r"\frac{1}{\sqrt{d_{k}}} \langle q, s\rangle \times \lVert Q\rVert ^{2}",
    r"\begin{bmatrix} A & B + C \\ D & E \end{bmatrix}^{\top}",
    r"\operatorname{softmax}_{M}(S) \odot \exp(-m)",
    r"\cos a",
    r"\sin a",
    r"\tanh a",
    r"\sum_{h'} A_{h'} \text{ and some words } \mathrel{:=} e_{0}",
    r"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    r"\mathbf{abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ}",
    r"\text{abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 (a, b); c: d.}",
    r"\alpha \beta \gamma \delta \eta \theta \kappa \lambda \mu \nu \xi \pi \rho \sigma \tau \phi \chi \psi \omega",
    r"\Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Phi \Psi \Omega \partial \forall \exists \neg \ell \circ \top",
    r"a \le b \ge c \ne d \in e \succeq f \mapsto g \Rightarrow h \Leftrightarrow i < j > k = l",
]


def _measured(formulas: list[str], log_of: Callable[[str], str]) -> list[float]:
    boxes = "\n".join(
        f"\\setbox0=\\hbox{{$\\displaystyle {tex}$}}\\typeout{{WIDTH \\the\\wd0}}" for tex in dict.fromkeys(formulas)
    )
    source = f"\\documentclass{{article}}\\usepackage{{amsmath}}\\begin{{document}}{boxes}\\end{{document}}"
    return [float(found) for found in re.findall(r"WIDTH ([\d.]+)pt", log_of(source))]


def test_no_formula_is_wider_than_its_estimate(documents: list[Document], log_of: Callable[[str], str]) -> None:
    formulas = [*SAMPLES]
    for notation in ("row", "bold,transpose=sans,scale=1/sqrt(k),Q=W_Q,K=W^K,k=d_k"):
        printer = Formulas(parse(notation), 345)
        formulas += [printer.plain(part) for about in documents for part in (about.says, *about.given)]
        formulas += [printer.plain(step.expression) for about in documents for step in about.steps]
    measured = _measured(formulas, log_of)
    assert len(measured) == len(set(formulas))
    too_narrow = {
        tex: (width(tex), found)
        for tex, found in zip(dict.fromkeys(formulas), measured, strict=True)
        if width(tex) < found
    }
    assert too_narrow == {}


def test_the_estimate_is_not_wasteful(documents: list[Document], log_of: Callable[[str], str]) -> None:
    printer = Formulas(parse("row"), 345)
    formulas = list(dict.fromkeys(printer.plain(about.says) for about in documents))
    measured = _measured(formulas, log_of)
    assert sum(map(width, formulas)) < 1.2 * sum(measured)


@pytest.mark.parametrize(("wide", "narrow"), [("a + b", "a b"), (r"\frac{abc}{d}", r"\frac{a}{d}"), ("x_{ab}", "x")])
def test_more_is_wider(wide: str, narrow: str) -> None:
    assert width(wide) > width(narrow)


def test_words_count_their_spaces() -> None:
    assert text_width("a b") > text_width("ab")
