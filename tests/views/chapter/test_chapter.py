"""Chapters: what a script builds, in every target."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

import symattn as sa
from symattn.errors import MissingExtra
from symattn.theory.score import bilinear_form
from symattn.views.chapter import Chapter, figures
from symattn.views.chapter.parts import Figure
from symattn.views.paper.notation import parse
from symattn.views.paper.tex import Page

n, d, k = sa.sizes("n d k")
Q, K = sa.matrix("Q", d, k), sa.matrix("K", d, k)
GIVEN = sa.Equal(Q, K)


@pytest.fixture(scope="module")
def chapter() -> Chapter:
    made = Chapter(9, "An example")
    made.prose("First words of x W yᵀ.\n\nThen\nothers.")
    made.theorem(bilinear_form.dot_product_symmetric)
    made.derivation(sa.calc(Q @ K.T, GIVEN).eq(K @ K.T, by=GIVEN))
    made.table(["k", "a_b"], [[1, "x"], [20, "y"]], caption="Numbers")
    made.heatmap(np.array([[1, -2]]), rows=["r"], columns=["a", "b"], caption="Whole")
    made.bars([1.0, 0.25], labels=["one", "two"], caption="Parts", digits=2, cut=1)
    made.record(sa.stream(word=2, before=2, rest=0), [[0, 1, 0.25, 0.75]], words={"word": "ab"}, caption="Record")
    made.curves([0, 1.5], {"n = 3": [1, 0.5], "n = 10": [1, 0.75]}, axis="x", caption="Two curves")
    made.question("What next?")
    return made


def test_the_text_has_every_part_in_order(chapter: Chapter) -> None:
    text = "\n\n".join(chapter.text())
    theorem = "Theorem dot_product_symmetric ✓ "
    order = ["9  An example", "First words", theorem, "given Q = K", "  = K Kᵀ", "Numbers\n", "Whole\n", "Parts\n"]
    order += ["Record\n", "Two curves\n"]
    places = [text.index(part) for part in [*order, "Next: What next?", "Proved by the kernel"]]
    assert places == sorted(places)
    assert "    r  1  -2" in text
    assert "    two  0.25" in text
    assert "    word           before\n       b  0.75 2 + 0.25 1" in text
    assert "      x  n = 3  n = 10\n      0   1.00    1.00\n    1.5   0.50    0.75" in text


def test_the_article_has_them_too(chapter: Chapter) -> None:
    source = chapter.tex()
    assert source.startswith("\\documentclass{article}\n\\usepackage{amsmath}\n")
    for part in (
        r"\section*{9. An example}",
        r"$x W y^{\top}$",
        r"over any commutative ring, dot\_\allowbreak product\_\allowbreak symmetric. Exact arithmetic agrees",
        "Given $Q = K$:",
        "20 & $y$",
    ):
        assert part in source


def test_markdown_has_them_too(chapter: Chapter) -> None:
    text = chapter.markdown()
    for part in (
        "# 9 An example",
        "First words of $x W y^{\\top}$.",
        r"### dot\_product\_symmetric",
        "= K K^{\\top}",
        "| 20 | y |",
        r"| k | a\_b |",
    ):
        assert part in text


def test_its_notation_can_be_chosen(chapter: Chapter) -> None:
    assert r"\mathbf{W}_{Q} \mathbf{K}^{\top}" in chapter.tex(notation=parse("bold,Q=W_Q"))


def test_json_says_what_each_witness_says(chapter: Chapter) -> None:
    content = json.loads(json.dumps(chapter.json()))
    kinds = [part["kind"] for part in content["parts"]]
    assert kinds == ["prose", "theorem", "derivation", "table", "heatmap", "bars", "table", "curves", "question"]
    assert content["parts"][1]["witnesses"] == {"kernel": True, "exact": True, "float64": True}
    assert content["parts"][2]["lines"][1] == {"expression": "K Kᵀ", "reason": "Q = K"}


def test_nothing_is_proved_before_it_is_written() -> None:
    made = Chapter(1, "False")
    made.theorem(sa.theorem(says=sa.Equal(Q, K), section="0.1")(lambda: None))
    text = made.text()
    assert next(text) == "1  False"
    with pytest.raises(sa.Refuted):
        next(text)


def test_a_wide_table_is_set_in_parts(chapter: Chapter) -> None:
    made = Chapter(1, "Wide")
    made.table(["row", *(f"a long heading {place}" for place in range(6))], [["r", *range(6)]])
    assert made.tex(Page(252)).count(r"\begin{tabular}") > 1
    assert made.tex(Page(252)).count("$r$ & ") >= 2


def test_the_command_line_writes_the_article(
    chapter: Chapter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter.main(["--quiet", "--tex", str(tmp_path / "it.tex")])
    assert capsys.readouterr().out == ""
    assert (tmp_path / "it.tex").read_text(encoding="utf-8") == chapter.tex()


def test_figures_are_the_same_bytes_every_time_or_the_extra_is_named(chapter: Chapter) -> None:
    drawn = [part for part in chapter.parts() if isinstance(part, Figure)]
    if importlib.util.find_spec("matplotlib") is None:
        with pytest.raises(MissingExtra, match=r"symattn\[plot\]"):
            figures.png(drawn)
    else:
        assert figures.png(drawn) == figures.png(drawn)
