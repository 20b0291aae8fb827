"""A stream printed as the record that it is."""

from __future__ import annotations

import numpy as np
import pytest

import symattn as sa
from symattn.errors import LanguageError, ShapeError
from symattn.views.records import record_table, record_text

WORDS = ["Hello", "World", "."]
S = sa.stream(token=3, position=3, prev_token=3, rest=0).standard
BETA = sa.scalar("beta", positive=True)
PREVIOUS = sa.circuit(S, value="token", key="position", query=sa.shift("position"), output="prev_token", scale=BETA)


def rows(beta: int) -> np.ndarray:
    start = S.record(token=sa.identity(3), position=sa.identity(3))
    after = sa.layers(PREVIOUS)(start)
    return np.asarray(sa.evaluate(after, sa.sample(after, values={BETA: beta}), sa.numeric.FLOAT64).value)


def test_a_table_before_and_after_a_head() -> None:
    called = {"token": WORDS, "prev_token": WORDS}
    assert record_table(S, rows(40), called).splitlines() == [
        "token  position  prev_token",
        "Hello  1         0.33 Hello + 0.33 World + 0.33 .",
        "World  2         Hello",
        ".      3         World",
    ]
    before = [[*np.eye(3)[i], *np.eye(3)[i], 0, 0, 0] for i in range(3)]
    assert record_table(S, before, called).splitlines()[1] == "Hello  1         -"


def test_an_expression_before_and_after_a_head() -> None:
    s = sa.stream(token=3, position=3, prev_token=3)
    A = sa.matrix("A", 5, 3)
    find = sa.circuit(s, value="token", key="position", query="position", output="prev_token")
    X = s.record(token=A)
    assert record_text(s, X) == "token       A\nposition    0\nprev_token  0"
    assert record_text(s, sa.layers(find)(X)).splitlines()[2].startswith("prev_token  softmax(")


def test_what_is_written_into_no_slot_is_no_record() -> None:
    s = sa.stream(token=3)
    with pytest.raises(LanguageError, match="no slot"):
        record_text(s, sa.matrix("X", 2, s.width))


def test_a_table_needs_numbers_of_the_width_of_the_stream() -> None:
    with pytest.raises(LanguageError, match="no numbers"):
        record_table(sa.stream(token=3), [[1, 0, 0]])
    with pytest.raises(ShapeError, match="2 numbers"):
        record_table(sa.stream(token=3, rest=0), [[1, 0]])
