"""What is printed can be read: claims of few rows, broken between their parts and not after a bracket."""

from __future__ import annotations

import re

import pytest

from symattn.views.paper import tex
from symattn.views.paper.document import Document
from symattn.views.paper.tex import Page

ROWS = 6
WIDTHS = [345, 307, 252]
OPEN = re.compile(r"(\(|\[|\\langle|\\lVert)\s*(&&.*)?(\\\\)?$")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_claim_has_more_rows_than_can_be_read(documents: list[Document], width: int) -> None:
    for about in documents:
        for claim in (*about.where, about.says, *about.given):
            assert tex.claims(about, Page(width), [claim]).count("\\\\\n") < ROWS, about.name


@pytest.mark.parametrize("width", WIDTHS)
def test_no_row_ends_in_an_opening_bracket(documents: list[Document], width: int) -> None:
    rows = [row for about in documents for row in tex.theorem(about, Page(width)).splitlines() if row.startswith("  ")]
    assert [row for row in rows if OPEN.search(row)] == []
