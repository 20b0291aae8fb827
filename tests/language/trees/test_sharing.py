"""Equal parts become one object, and nothing else changes."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, T, hadamard, softmax, text
from symattn.language.trees.sharing import share
from symattn.language.walk import nodes_of
from tests.language.samples import Q, X


def scores() -> Any:
    """An expression that is made anew at each call."""
    return hadamard(softmax(X @ Q @ Q.T @ X.T), X @ Q @ Q.T @ X.T)


def test_equal_parts_become_one_object() -> None:
    claim = Equal(scores(), T(T(scores())))
    one, other = claim.left, claim.right.args[0].args[0]
    assert one == other
    assert one is not other
    share(claim)
    assert claim.left is claim.right.args[0].args[0]
    assert claim.left.args[0].args[0] is claim.left.args[1]


def test_several_trees_share_too() -> None:
    one, other = Equal(scores(), X @ Q), Equal(X @ Q, scores())
    share(one, other)
    assert one.left is other.right
    assert one.right is other.left


def test_what_a_tree_says_stays_as_it_is() -> None:
    claim, again = Equal(scores(), T(scores())), Equal(scores(), T(scores()))
    nodes = [*map(text, nodes_of(claim))]
    share(claim)
    assert (claim, hash(claim), text(claim)) == (again, hash(again), text(again))
    assert [*map(text, nodes_of(claim))] == nodes
