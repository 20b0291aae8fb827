"""Figures in LaTeX alone: what is drawn has the size of its number."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from symattn.errors import ExportError
from symattn.views.chapter import Chapter
from symattn.views.chapter.parts import Curves
from symattn.views.chapter.pictures import MARKS, SQUARE, bar, curves, square
from symattn.views.paper.tex import Page

SIDES = re.compile(r"\\rule\[.*?\]\{([\d.]+)pt\}\{([\d.]+)pt\}")


def sides(drawn: str) -> list[float]:
    (found,) = SIDES.findall(drawn)
    return list(map(float, found))


def test_the_area_of_a_square_is_its_number() -> None:
    assert sides(square(4.0, 4.0)) == [SQUARE, SQUARE]
    assert sides(square(1.0, 4.0)) == [SQUARE / 2, SQUARE / 2]


def test_what_is_negative_is_open_and_as_large() -> None:
    assert r"\framebox[4.0pt]{\rule{0pt}{3.2pt}}" in square(-1.0, 4.0)
    assert "framebox" not in square(1.0, 4.0)


def test_nothing_is_drawn_for_0_in_a_box_as_wide_as_the_others() -> None:
    assert square(0.0, 4.0) == square(0.0, 0.0) == r"\makebox[8pt]{}"


def test_the_length_of_a_bar_is_its_number() -> None:
    assert sides(bar(0.5, 2.0, 100.0))[0] == 25.0


def test_a_curve_has_its_mark_at_each_point_where_the_axes_say() -> None:
    drawn = curves(Curves((0.0, 10.0), ((0.0, 1.0), (1.0, 0.5)), ("a", "b"), "x"), 142.0)
    places = re.findall(r"\\put\(([\d.]+),([\d.]+)\)\{\\makebox\(0,0\)\{\$\\(bullet|circ)\$\}\}", drawn)
    ends = [("0.0", "0.0", "bullet"), ("100.0", "120.0", "bullet"), ("0.0", "120.0", "circ"), ("100.0", "60.0", "circ")]
    assert places == ends
    assert r"\qbezier(0.0,0.0)(50.0,60.0)(100.0,120.0)" in drawn


def test_more_curves_than_marks_are_refused() -> None:
    many = {f"n = {at}": [0.0] for at in range(len(MARKS) + 1)}
    with pytest.raises(ExportError, match="too many curves"):
        Chapter(1, "Many").curves([0.0], many, axis="x", caption="")


@pytest.mark.parametrize("width", [345, 252])
def test_figures_of_every_kind_of_number_compile(width: int, complaints: Callable[[str], list[str]]) -> None:
    made = Chapter(1, "Figures")
    made.bars([-1, 0, 3], labels=["below", "nothing", "above"], cut=2, digits=0)
    made.curves([1, 2, 4], {f"β = {at}": [at, -at, 0] for at in range(len(MARKS))}, axis="p_0", caption="All marks")
    made.curves([1], {"one point": [0]}, axis="x", caption="A field without a height")
    assert complaints(made.tex(Page(width))) == []
