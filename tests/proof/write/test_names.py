"""Letters for the parts of a gradient: what is short unfolds to what was proved."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn import language as lang
from symattn.proof.write.abbreviations import definitions

n, d, k = sa.sizes("n d k", min=1)
X, G = sa.matrix("X", n, d), sa.matrix("G", n, d)
Q = [sa.matrix(f"Q{layer}", d, k) for layer in range(8)]
K = [sa.matrix(f"K{layer}", d, k) for layer in range(8)]
M = [sa.matrix(f"M{layer}", d, d) for layer in range(8)]


def loss(depth: int) -> Any:
    here = X
    for layer in range(depth):
        here = here + sa.softmax(here @ Q[layer] @ K[layer].T @ here.T) @ here @ M[layer]
    return sa.inner(G, here)


@pytest.mark.parametrize("depth", [1, 2, 3, 8])
def test_what_is_short_unfolds_to_the_whole(depth: int) -> None:
    names: dict[Any, Any] = {}
    short = sa.gradient(loss(depth), Q[0], where=names)
    assert lang.unfolded(short, tuple(names.items())) == sa.gradient(loss(depth), Q[0])


def test_a_deep_gradient_reads_as_short_lines() -> None:
    names: dict[Any, Any] = {}
    lines = [sa.gradient(loss(8), Q[0], where=names), *(said.right for said in definitions(tuple(names.items())))]
    assert max(len(sa.text(line)) for line in lines) < 250
    assert len(lines) < 50


def test_layers_without_a_sum_have_letters_too() -> None:
    names, here = dict[Any, Any](), X
    for layer in range(6):
        here = sa.softmax(here @ Q[layer] @ K[layer].T @ here.T) @ here @ M[layer]
    short = sa.gradient(sa.inner(G, here), Q[0], where=names)
    pairs = tuple(names.items())
    assert lang.unfolded(short, pairs) == sa.gradient(sa.inner(G, here), Q[0])
    assert max(len(sa.text(line)) for line in (short, *(said.right for said in definitions(pairs)))) < 250
    assert {"P1", "Y1", "Y5", "dY5"} <= {letter.name for letter in names}


def test_names_say_what_they_are_of() -> None:
    names: dict[Any, Any] = {}
    sa.gradient(loss(2), Q[0], where=names)
    parts = {letter.name: part for letter, part in names.items()}
    assert isinstance(parts["P1"], lang.Softmax)
    assert parts["P2"].scores.has(parts["H"])
    assert sa.text(lang.folded(parts["dP2"], tuple(names.items())[:2])) == "G M1ᵀ Hᵀ"


def test_a_name_that_is_taken_is_not_given_again() -> None:
    P = sa.matrix("P", n, d)
    names: dict[Any, Any] = {}
    short = sa.gradient(sa.inner(P, sa.softmax(X @ Q[0] @ K[0].T @ X.T) @ X @ M[0]), Q[0], where=names)
    assert P not in names
    assert P in lang.letters_of(short) or any(P in lang.letters_of(part) for part in names.values())


def test_letters_of_the_caller_are_kept() -> None:
    A = sa.matrix("A", n, n)
    names: dict[Any, Any] = {A: sa.softmax(X @ Q[0] @ K[0].T @ X.T)}
    short = sa.gradient(sa.inner(G, sa.softmax(X @ Q[0] @ K[0].T @ X.T) @ X @ M[0]), Q[0], where=names)
    assert next(iter(names)) is A
    assert A in lang.letters_of(short)
    assert not any(letter.name == "P" for letter in names)


def test_where_nothing_is_used_twice_there_are_no_names() -> None:
    names: dict[Any, Any] = {}
    assert sa.gradient(sa.inner(G, X @ M[0]), M[0], where=names) == sa.gradient(sa.inner(G, X @ M[0]), M[0])
    assert names == {}
