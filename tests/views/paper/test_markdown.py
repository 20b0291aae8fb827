"""Markdown: formulas between dollars, and words that stay words."""

from __future__ import annotations

import re

import pytest

from symattn.views.paper import markdown
from symattn.views.paper.document import Document, document
from symattn.views.paper.tex import Page


@pytest.fixture(scope="module")
def one(statements: dict) -> str:
    return markdown.theorem(document(statements["mla_absorb"]), Page(labels=True))


def test_every_display_stands_between_double_dollars_on_lines_of_their_own(documents: list[Document]) -> None:
    for about in documents:
        lines = markdown.theorem(about, Page()).splitlines()
        fences = [place for place, line in enumerate(lines) if line == "$$"]
        assert len(fences) % 2 == 0
        for start, end in zip(fences[::2], fences[1::2], strict=True):
            assert lines[start + 1] == r"\begin{aligned}"
            assert lines[end - 1] == r"\end{aligned}"


def test_there_is_no_label_even_when_asked(one: str) -> None:
    assert not re.search(r"\\label|\\notag|\\tag", one)


def test_heading_words_letters_hypotheses_claim_and_source_come_in_this_order(one: str) -> None:
    words = [r"### mla\_absorb", "With keys and values made from", "Here "]
    order = [*words, "Assume", "$$\n\\begin{aligned}\n  & L = X D", "Then, over", "Source:"]
    places = [one.index(part) for part in order]
    assert places == sorted(places)


def test_what_means_something_to_markdown_is_escaped() -> None:
    assert markdown.escaped("a_b *c* [d] <e> $f$ xᵀ") == r"a\_b \*c\* \[d\] \<e\> \$f\$ xᵀ"
