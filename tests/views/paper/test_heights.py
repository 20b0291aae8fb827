"""Heights: brackets are as tall as what is in them, and scripts count for nothing."""

from __future__ import annotations

import pytest

from symattn.views.paper.heights import bracketed, size

ROW, TWO, THREE = (rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}" for rows in ("A & B", r"A \\ B", r"A \\ B \\ C"))


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("A + B", 0),
        (r"A^{\frac{1}{2}} + B_{\sum}", 0),
        (ROW, 1),
        (r"\frac{1}{2} A", 2),
        (r"\sum_{h} A_{h}", 2),
        (rf"A {TWO}", 3),
        (rf"A {THREE} + \frac{{1}}{{2}}", 4),
        (rf"{ROW} + A^{{{THREE}}}", 1),
        (r"\begin{bmatrix} \frac{1}{2} & A \end{bmatrix}", 2),
    ],
)
def test_a_formula_is_as_tall_as_the_tallest_of_its_parts(tex: str, expected: int) -> None:
    assert size(tex) == expected


def test_brackets_of_any_kind_are_scaled() -> None:
    assert bracketed("A") == "(A)"
    assert bracketed(TWO, r"\lVert ", r"\rVert") == rf"\biggl\lVert {TWO}\biggr\rVert"
