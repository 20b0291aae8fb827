"""Notation: what is accepted, and what is said of the rest."""

from __future__ import annotations

import pytest

from symattn import Equal, Exists, matrix, scalar, sizes
from symattn.errors import UnknownName
from symattn.views.paper.notation import ACCEPTED, Notation, parse

n, d, k = sizes("n d k")
Q, K, W = matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
tau = scalar("tau", positive=True)


def test_a_list_is_read_as_what_it_says() -> None:
    expected = Notation("column", bold=True, names={"Q": "W_Q", "k": "d_k"}, transpose="sans", scale="1/sqrt(k)")
    assert parse("column,bold, Q=W_Q,k=d_k,transpose=sans,scale=1/sqrt(k)") == expected


def test_nothing_said_is_rows_in_plain_letters() -> None:
    assert parse("") == Notation() == parse("row,plain,transpose=top,scale=tau")


@pytest.mark.parametrize("text", ["fancy", "bold=", "=W", "transpose", "rows"])
def test_an_unknown_key_lists_the_accepted_ones(text: str) -> None:
    with pytest.raises(UnknownName, match="accepted: row, column, bold"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("transpose=t", "transpose: top, T, sans"),
        ("scale=2", "scale: tau, 1/sqrt(k)"),
        (r"Q=\mathbb{Q}", "a name is a word"),
        ("Q=Q K", "a name is a word"),
        ("Q=1", "a name is a word"),
    ],
)
def test_a_value_that_cannot_be_written_is_refused(text: str, what: str) -> None:
    with pytest.raises(UnknownName) as refusal:
        parse(text)
    assert what in str(refusal.value)


@pytest.mark.parametrize("name", ["W_Q", "W^Q", "Q'", "q", "Query", "W_1'", "θ"])
def test_names_of_papers_are_accepted(name: str) -> None:
    assert parse(f"Q={name}").called("Q") == name


def test_two_letters_may_not_get_one_name() -> None:
    with pytest.raises(UnknownName, match="Q and K would both be called K"):
        parse("Q=K").at([Equal(Q, K)])


def test_two_letters_may_change_names() -> None:
    assert parse("Q=K,K=Q").at([Equal(Q, K)]).called("Q") == "K"


def test_a_letter_that_is_nowhere_is_named() -> None:
    assert parse("Q=W_Q,Z=W_Z").unused([Equal(Q, K)]) == ["Z"]


def test_the_scale_is_written_by_the_head_width_only_where_there_is_one() -> None:
    notation = parse("scale=1/sqrt(k)")
    assert notation.at([Equal(tau * Q, K)]).scale == "1/sqrt(k)"
    assert notation.at([Equal(tau * W, W)]).scale == "tau"


def test_a_scale_that_is_sought_keeps_its_name() -> None:
    assert parse("scale=1/sqrt(k)").at([Exists(tau, Equal(tau * Q, K))]).scale == "tau"


def test_a_head_width_that_may_be_0_gives_no_root() -> None:
    width = sizes("k", min=0)
    letter = matrix("Q", d, width)
    assert parse("scale=1/sqrt(k)").at([Equal(tau * letter, letter)]).scale == "tau"


def test_the_accepted_keys_are_all_told() -> None:
    assert all(word in ACCEPTED for word in ("row", "column", "bold", "plain", "transpose=", "scale=", "LETTER=NAME"))


def test_the_head_width_may_be_called_otherwise_in_the_scale() -> None:
    assert parse("scale=1/sqrt(d_k)") == parse("scale=1/sqrt(k),k=d_k")
    assert parse("d=d_{model},Q=W^{Q}") == parse("d=d_model,Q=W^Q")


def test_a_scale_is_there_when_it_is_free_and_has_a_width() -> None:
    notation = parse("scale=1/sqrt(k)")
    assert notation.has_scale([Equal(tau * Q, K)])
    assert not notation.has_scale([Equal(Q, K)])
    assert not notation.has_scale([Exists(tau, Equal(tau * Q, K))])
