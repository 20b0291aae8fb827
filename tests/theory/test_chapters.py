"""Chapters, and what asks for their theorems."""

from __future__ import annotations

from pathlib import Path

import pytest

import symattn
from symattn.errors import UnknownName
from symattn.theory import catalogue, select
from symattn.theory.chapters import chapters, chosen_chapter


def test_every_folder_of_the_theory_is_a_chapter_with_a_title() -> None:
    folders = {path.parent.name for path in (Path(symattn.__file__).parent / "theory").glob("*/__init__.py")}
    assert {chapter.name for chapter in chapters().values()} == folders
    assert {statement.chapter for statement in catalogue().values()} <= chapters().keys()
    assert all(chapter.title[0].isupper() for chapter in chapters().values())


def test_a_name_is_one_theorem_even_where_others_begin_alike() -> None:
    assert [one.name for one in select(["gauge_uniqueness"])] == ["gauge_uniqueness"]
    assert "gauge_uniqueness_false" in catalogue()


@pytest.mark.parametrize("word", ["3", "rank", "Low rank", "low-rank", "RANK"])
def test_a_chapter_is_all_of_its_theorems(word: str) -> None:
    assert {one.chapter for one in select([word])} == {3}
    assert len(select([word])) == sum(one.chapter == 3 for one in catalogue().values())


def test_a_section_is_not_one_that_begins_alike() -> None:
    assert {one.section for one in select(["2.1"])} == {"2.1"}
    assert {one.section for one in select(["2.14"])} == {"2.14"}


def test_the_beginning_of_a_name_is_asked_before_that_of_a_title() -> None:
    assert all(one.name.startswith("gauge_") for one in select(["gauge_"]))
    assert {one.chapter for one in select(["embed"])} == {1}


def test_what_is_asked_for_twice_comes_once() -> None:
    names = [one.name for one in select(["2.14", "log_weights", "score"])]
    assert len(names) == len(set(names))
    assert names[0] == select(["2.14"])[0].name


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("sofmax", "Did you mean softmax"),
        ("9.99", "chapters : embedding (1)"),
        ("", "gauge_"),
        ("gage_im", "Did you mean gauge_image"),
    ],
)
def test_what_asks_for_nothing_is_refused_with_what_is_near(word: str, said: str) -> None:
    with pytest.raises(UnknownName) as refused:
        select([word])
    assert said in str(refused.value)


def test_a_beginning_that_fits_several_chapters_is_no_chapter() -> None:
    with pytest.raises(UnknownName, match="no chapter is called s"):
        chosen_chapter("s")


def test_every_title_is_a_sentence() -> None:
    """Where the first line of a docstring ends in the middle of one, lists would too."""
    assert [one.name for one in catalogue().values() if not one.title.endswith(".")] == []
