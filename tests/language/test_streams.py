"""Streams: what is written into a slot is read from it, heads are made of slots, and what does not fit is refused."""

from __future__ import annotations

from typing import Any

import pytest

from symattn import (
    Equal,
    Stream,
    causal,
    circuit,
    decide,
    hstack,
    identity,
    layers,
    matrix,
    prove,
    reading,
    scalar,
    shape,
    shift,
    sizes,
    softmax,
    stream,
    vstack,
    zeros,
)
from symattn.errors import LanguageError, ShapeError, UnknownName

N, P, n = sizes("N P n")
S = stream(token=N, position=P, prev_token=N)
A, B, W = matrix("A", n, N), matrix("B", n, P), matrix("W", P, P)
TAU = scalar("tau", positive=True)
FIND = circuit(S, value="token", key="position", query=reading("position", by=W), output="prev_token", scale=TAU)


def side_by_side(claim: Any) -> Any:
    return claim.xreplace({slot: S.standard[name] for name, slot in S.slots.items()})


READ = Equal(S.record(token=A, position=B) @ S.read("token"), A)
UNWRITTEN = Equal(S.record(token=A, position=B) @ S.read("prev_token"), zeros(n, N))
FOUND = Equal(layers(FIND)(S.record(token=A, position=B)) @ S.read("prev_token"), softmax(TAU * B @ W @ B.T) @ A)


@pytest.mark.parametrize("claim", [READ, UNWRITTEN, FOUND], ids=["read", "unwritten", "found"])
def test_a_slot_holds_what_is_written_and_nothing_else(claim: Any) -> None:
    assert prove(claim, S.given)
    assert prove(side_by_side(claim))


def test_a_slot_that_is_shared_is_not_read_exactly() -> None:
    assert decide(READ, S.given[:3], timeout=20).status != "proved"


def test_slots_side_by_side_are_what_slots_are() -> None:
    for claim in S.given:
        assert prove(side_by_side(claim))
    assert S.standard.given == ()


def test_a_circuit_is_an_ordinary_head() -> None:
    assert [shape(getattr(FIND, name)) for name in "QKVO"] == [(S.width, P), (S.width, P), (S.width, N), (N, S.width)]
    assert FIND.form == FIND.Q @ FIND.K.T
    assert FIND.ov == FIND.V @ FIND.O


def test_a_circuit_has_a_mask_for_every_number_of_tokens() -> None:
    masked = circuit(
        S, value="token", key="position", query=reading("position", by=W), output="prev_token", scale=TAU, mask=causal
    )
    written = masked(S.record(token=A, position=B)) @ S.read("prev_token")
    assert prove(Equal(written, softmax(TAU * B @ W @ B.T, mask=causal(n)) @ A), S.given)
    assert masked(matrix("X", 3, S.width)).has(causal(3))


def test_layers_read_what_the_ones_before_wrote() -> None:
    again = circuit(S, value="prev_token", key="token", query="token", output="position" if N == P else "token")
    X = matrix("X", n, S.width)
    first = X + FIND(X)
    assert layers(FIND, again)(X) == first + again(first)


def test_a_shift_goes_one_place_back() -> None:
    q = sizes("q", min=0)
    later, earlier = hstack(zeros(q, 1), identity(q)), hstack(identity(q), zeros(q, 1))
    assert prove(Equal(later @ shift(q + 1), earlier))
    assert decide(Equal(earlier @ shift(q + 1), later)).status == "refuted"
    assert prove(Equal(hstack(identity(1), zeros(1, q)) @ shift(q + 1), zeros(1, q + 1)))
    assert prove(Equal(shift(1), zeros(1, 1)))
    assert prove(Equal(shift(q + 1), vstack(zeros(1, q + 1), hstack(identity(q), zeros(q, 1)))))


def test_unknown_features_are_named_with_those_that_there_are() -> None:
    with pytest.raises(UnknownName, match="position"):
        S["positon"]
    with pytest.raises(UnknownName, match="token"):
        S.record(tokens=A)
    with pytest.raises(UnknownName, match="feature"):
        circuit(S, value="value", key="token", query="token", output="token")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"key": "token", "query": "position", "value": "token", "output": "token"}, "query.*key"),
        ({"key": "token", "query": "token", "value": "token", "output": "position"}, "value.*output"),
        ({"key": "token", "query": reading("token", by=W), "value": "token", "output": "token"}, "cannot read"),
    ],
)
def test_widths_that_do_not_fit_are_refused(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(ShapeError, match=f"(?s){message}"):
        circuit(S, **parts)
    with pytest.raises(ShapeError, match="cannot write"):
        S.record(token=B)


def test_a_slot_is_not_written_twice() -> None:
    with pytest.raises(LanguageError, match=r"written twice(?s:.*)token N, position P"):
        layers(FIND, FIND)


def test_heads_on_different_streams_are_not_put_together() -> None:
    other = stream(token=N, position=P)
    with pytest.raises(LanguageError, match="different streams"):
        layers(FIND, circuit(other, value="token", key="token", query="token", output="token"))


@pytest.mark.parametrize("features", [{}, {"token": -1}, {"token": TAU}])
def test_a_stream_has_features_with_widths(features: dict[str, Any]) -> None:
    with pytest.raises(LanguageError):
        stream(**features)


def test_a_stream_says_its_features() -> None:
    one: Stream = stream(token=N, position=4, rest=0)
    assert repr(one) == "a stream of width N + 4: token N, position 4"
    assert list(one) == ["token", "position"]
