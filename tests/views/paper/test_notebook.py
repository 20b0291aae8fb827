"""Notebooks: what the objects of a proof show there."""

from __future__ import annotations

import subprocess
import sys

import pytest

import symattn as sa

d, k = sa.sizes("d k")
Q, K = sa.matrix("Q", d, k), sa.matrix("K", d, k)
CLAIM = sa.Equal(sa.T(Q @ K.T), K @ Q.T)
SHOWN = r"(Q K^{\top})^{\top} = K Q^{\top}"


@pytest.mark.parametrize(
    "shown",
    [sa.prove(CLAIM), sa.decide(CLAIM), sa.theorem(says=CLAIM, section="0.1")(lambda: None)],
    ids=["theorem", "verdict", "statement"],
)
def test_a_claim_is_one_display(shown: object) -> None:
    latex = shown._repr_latex_()  # type: ignore[attr-defined]
    assert latex.startswith("$$\n\\begin{aligned}\n")
    assert latex.endswith("\\end{aligned}\n$$")
    assert SHOWN in latex


def test_a_calculation_shows_its_lines_and_reasons() -> None:
    latex = sa.calc(sa.T(Q @ K.T)).eq(K @ Q.T, by="transpose reverses a product")._repr_latex_()
    assert r"(Q K^{\top})^{\top} & = K Q^{\top} && \text{transpose reverses a product}" in latex


def test_a_theorem_says_over_what_it_holds() -> None:
    assert sa.prove(CLAIM)._repr_markdown_().startswith("Proved over any commutative ring:\n\n$$\n")


def test_a_refutation_shows_its_counterexample() -> None:
    shown = sa.decide(sa.Equal(Q @ K.T, K @ Q.T))._repr_markdown_()
    assert shown.startswith("Refuted:")
    assert "entry (" in shown


def test_a_statement_is_shown_with_its_words_and_without_a_proof(statements: dict) -> None:
    shown = statements["mixing_is_unique"]._repr_markdown_()
    assert shown.startswith(r"**mixing\_is\_unique.** The $M$ with $K = Q M$ is unique")
    assert "Given $L Q = I$, $K = Q M$, $K = Q N$." in shown


def test_the_views_are_loaded_only_when_something_is_shown() -> None:
    code = "import sys, symattn.proof; print('symattn.views' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
