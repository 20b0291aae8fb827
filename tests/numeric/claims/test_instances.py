"""A theorem at its samples: which places are looked at, and which letters of a value mean what."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import LanguageError, Undecided
from symattn.numeric.claims.instances import at_instance, outcomes, places

n, d = sa.sizes("n d")
A, B = sa.matrix("A", n, d), sa.matrix("B", n, d)
CLAIM = sa.Equal(A + B, B + A)
DRAWS = [(1, "integers"), (2, "normal")]


def test_every_draw_is_at_general_sizes_and_edges_follow() -> None:
    found = list(places(CLAIM, (), DRAWS, edges=(0, "integers")))
    assert [place.general for place in found[:2]] == [True, True]
    assert {place.general for place in found[2:]} == {False}
    assert any(1 in place.at.sizes.values() for place in found[2:])


def test_sizes_that_are_asked_for_count_as_general() -> None:
    first = next(places(CLAIM, (), DRAWS, edges=(0, "integers"), sizes={"n": 3, "d": 3}))
    assert first.general
    assert set(first.at.sizes.values()) == {3}


def test_a_letter_of_a_value_is_not_the_letter_of_the_claim_with_that_name() -> None:
    other = sa.matrix("B", d, n)
    _, values = at_instance(CLAIM, {A: other.T})
    assert [letter.name for letter in sa.language.letters_of(values[A])] == ["B''"]


def test_numbers_for_sizes_are_put_in() -> None:
    subject, values = at_instance(CLAIM, {n: 2, A: B})
    assert subject.left.shape == (2, d)
    assert {key.shape for key in values} == {(2, d)}


def test_too_many_entries_are_refused_before_anything_is_drawn() -> None:
    with pytest.raises(Undecided):
        next(places(CLAIM, (), DRAWS, edges=(0, "integers"), sizes={"n": 10**6, "d": 10**6}, most=1000))


def test_facts_that_no_matrix_has_are_an_error_unless_the_reader_is_lenient() -> None:
    skew = sa.Equal(sa.matrix("S", 1, 1, skew=True, invertible=True), sa.identity(1))
    with pytest.raises(LanguageError):
        list(places(skew, (), DRAWS, edges=(0, "integers")))
    assert list(places(skew, (), DRAWS, edges=(0, "integers"), strict=False)) == []


def test_outcomes_are_exact() -> None:
    assert {outcome.holds for outcome in outcomes(CLAIM)} == {True}
    assert False in {outcome.holds for outcome in outcomes(sa.Equal(A, B))}
