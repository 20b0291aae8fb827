"""`symattn list`: chapter by chapter, what mentions a word, and lines that fit."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.theory import select
from symattn.theory.chapters import chapters


def test_chapters_have_their_titles_and_every_theorem_a_line(symattn: Any) -> None:
    code, out, _ = symattn("list")
    parts = out.split("\n\n")
    assert code == 0
    assert [part.splitlines()[0] for part in parts] == [str(chapter) for chapter in chapters().values()]
    assert [line.split()[1] for part in parts for line in part.splitlines()[1:]] == [one.name for one in select()]


@pytest.mark.parametrize("word", ["mirsky", "FlashAttention", "2.14", "gauge invariance", "1936"])
def test_a_word_is_looked_for_in_names_titles_prose_and_sources(symattn: Any, word: str) -> None:
    code, out, _ = symattn("list", word, "--json")
    found = json.loads(out)["theorems"]
    assert code == 0
    assert 0 < len(found) < len(select())


def test_every_word_has_to_occur(symattn: Any) -> None:
    both, one = (
        json.loads(symattn("list", *words, "--json")[1])["theorems"] for words in (("rank", "gauge"), ("rank",))
    )
    assert {theorem["name"] for theorem in both} < {theorem["name"] for theorem in one}


@pytest.mark.parametrize("name", ["rank", "3", "Low rank", "low-r"])
def test_a_chapter_has_a_number_a_name_and_a_title(symattn: Any, name: str) -> None:
    code, out, _ = symattn("list", "--chapter", name)
    assert code == 0
    assert out.startswith("3  Low rank\n3.")
    assert "\n\n" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sofmax"], "no theorem mentions sofmax\n  Did you mean softmax"),
        (["gauge", "eckart"], "no theorem mentions gauge and eckart"),
        (["--chapter", "rnk"], "no chapter is called rnk\n  Did you mean rank?"),
        (["--chapter", "99"], "chapters : embedding (1), score (2)"),
        (["zzzzzzz"], "no theorem mentions zzzzzzz\n  symattn list shows all theorems"),
    ],
)
def test_what_is_not_there_is_misuse(symattn: Any, arguments: list[str], said: str) -> None:
    code, out, err = symattn("list", *arguments)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_lines_fit_the_terminal(symattn: Any, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = symattn("list")[1].splitlines()
    assert max(map(len, lines)) <= columns
    assert sum(one.title.split()[0] in " ".join(lines) for one in select()) == len(select())


def test_the_title_stands_under_the_name_where_there_is_no_room_beside(symattn: Any, narrow: int) -> None:
    first, second, third, *_ = symattn("list", "eckart_young_attained")[1].splitlines()
    assert (first, second) == ("3  Low rank", "3.10  eckart_young_attained")
    assert third.startswith("      The kept part")
