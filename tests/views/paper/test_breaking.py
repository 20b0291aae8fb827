"""Breaking: rows that fit, at the best places there are."""

from __future__ import annotations

import pytest

from symattn.views.paper.breaking import LOGIC, PRODUCT, RELATION, SUM, rows, unmarked
from symattn.views.paper.widths import width

FORMULA = (
    rf"X {PRODUCT}Q {PRODUCT}K^{{\top}} {RELATION}= \operatorname{{softmax}}(A {SUM}+ B) {PRODUCT}C"
    rf" {LOGIC}\text{{ and }} A {RELATION}= B"
)


def test_a_short_formula_stays_on_one_row() -> None:
    assert [row.tex for row in rows(FORMULA, 400).rows] == [unmarked(FORMULA)]


def test_a_connective_is_broken_before_a_relation() -> None:
    assert [row.tex for row in rows(FORMULA, 150).rows][1] == r"\text{ and } A = B"


def test_a_relation_is_broken_before_a_sum_in_parentheses() -> None:
    found = [row.tex for row in rows(FORMULA, 105).rows]
    assert found[0] == r"X Q K^{\top}"
    assert found[1] == r"= \operatorname{softmax}(A + B) C"


def test_only_rows_that_continue_a_term_are_indented() -> None:
    assert [row.indented for row in rows(FORMULA, 80).rows] == [False, False, True, False]


@pytest.mark.parametrize("available", [70, 80, 100, 150, 252, 345])
def test_rows_fit_and_lose_nothing(available: float) -> None:
    found = rows(FORMULA, available)
    assert found.excess == 0
    assert all(width(row.tex) <= available for row in found.rows)
    assert "".join(row.tex for row in found.rows).replace(" ", "") == unmarked(FORMULA).replace(" ", "")


def test_what_cannot_be_broken_says_by_how_much_it_is_too_wide() -> None:
    assert rows(r"\operatorname{averylongname}", 10).excess > 0


def test_nothing_is_broken_inside_braces_or_a_matrix() -> None:
    fraction = rf"\frac{{a {SUM}+ b}}{{c}} {SUM}+ \begin{{bmatrix}} a {SUM}+ b & c \end{{bmatrix}}"
    assert len(rows(fraction, 1).rows) == 2
