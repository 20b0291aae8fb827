"""The Unicode form, read back by a parser that shares no code with the printer."""

from __future__ import annotations

import pytest
import sympy

from symattn.errors import StatementError
from symattn.language import Equal, HeadIndex, T, letters_of, matrix, sizes, sizes_of, text
from symattn.theory import catalogue
from tests.readback.unicode_reader import read
from tests.views.alike import alike

d, k = sizes("d k")
Q, K = matrix("Q", d, k), matrix("K", d, k)
NAMES = (Q, K, d, k)


def _names(claim: object) -> list[object]:
    heads = [node for node in sympy.preorder_traversal(claim) if isinstance(node, HeadIndex)]
    return list(dict.fromkeys([*letters_of(claim, bound_too=True), *sizes_of(claim), *heads]))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_what_is_printed_of_a_theorem_is_what_it_says(name: str) -> None:
    statement = catalogue()[name]
    for claim in (statement.says, *statement.given):
        assert alike(read(text(claim), _names(claim))) == alike(claim)


def test_a_transpose_that_is_lost_is_another_claim() -> None:
    claim = Equal(T(Q @ K.T), K @ Q.T)
    assert read(text(claim).replace("Kᵀ", "K", 1), NAMES) != claim


def test_a_space_makes_a_product_of_a_call() -> None:
    with pytest.raises(StatementError, match="nothing is called"):
        read("softmax (Q Kᵀ) = Q Kᵀ", NAMES)


def test_a_text_that_stops_in_the_middle_is_refused() -> None:
    with pytest.raises(StatementError):
        read("Q Kᵀ = T(Q", NAMES)
