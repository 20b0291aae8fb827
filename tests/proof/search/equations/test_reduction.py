"""Known equations used to prove others: inside products, at blocks and one-hot rows, behind positive factors."""

from __future__ import annotations

import pytest

from symattn.language import (
    AtMost,
    Claim,
    Equal,
    Exists,
    ForAll,
    Implies,
    Not,
    Rank,
    T,
    exp,
    identity,
    matrix,
    normsquared,
    ones,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import decide

n, k = sizes("n", min=1), sizes("k")
A, B, C = matrix("A", n, n), matrix("B", n, n), matrix("C", n, n)
S = matrix("S", n, n, symmetric=True)
x, y = row("x", n), row("y", n)
c = scalar("c")
delta, epsilon = scalar("delta", positive=True), scalar("epsilon", positive=True)
first, one = unit(n, 0), ones(n, 1)
P, D = softmax(S), rowsum(exp(S))

FOLLOWS: dict[str, tuple[Claim, tuple[Claim, ...]]] = {
    "from the longer side to the shorter": (Equal(A @ B @ A @ B @ A @ B, identity(n)), (Equal(A @ B, identity(n)),)),
    "at a one-hot row": (Equal(first @ A @ B, first @ C), (Equal(A @ B, C),)),
    "block by block": (Equal(x.T @ y, y.T @ x), (Rank(vstack(x, y)) <= 1,)),
    "behind a positive factor": (Equal(D @ one.T, one @ D.T), (Equal(P, T(P)),)),
    "behind a positive number of tokens": (Equal(c, 0), (Equal(c * n, 0),)),
    "with the sides turned, where everything can be divided by": (
        Equal(1 - delta, epsilon),
        (Equal(epsilon, 1 - delta),),
    ),
    "from what adds up to 1": (Equal(epsilon, 1 - delta), (Equal(delta + epsilon, 1),)),
    "by what is implied": (Equal(A, B), (Implies(Equal(B, C), Equal(A, B)), Equal(C, B))),
}

DOES_NOT_FOLLOW: dict[str, tuple[Claim, tuple[Claim, ...]]] = {
    "when the order of the factors differs": (Equal(A @ C @ B, identity(n)), (Equal(A @ B, C),)),
    "at another row": (Equal(A @ B, C), (Equal(first @ A @ B, first @ C),)),
    "behind a factor that may be 0": (Equal(A, B), (Equal(c * A, c * B),)),
    "from the converse of an implication": (Equal(B, C), (Implies(Equal(B, C), Equal(A, B)), Equal(A, B))),
}


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_follows_is_proved(name: str) -> None:
    claim, given = FOLLOWS[name]
    assert decide(claim, given).status == "proved"


@pytest.mark.parametrize("name", DOES_NOT_FOLLOW)
def test_what_does_not_follow_is_not_proved(name: str) -> None:
    claim, given = DOES_NOT_FOLLOW[name]
    assert decide(claim, given).status != "proved"


def test_a_hint_says_where_to_use_what_holds_for_all() -> None:
    squares = ForAll(x, Equal(total(x @ A @ x.T), 0))
    claim = Equal(total(y @ (B @ A @ B.T) @ y.T), 0)
    assert decide(claim, squares, hints=[y @ B]).status == "proved"
    assert decide(claim, squares, timeout=5).status != "proved"


def test_a_hint_is_a_sum_of_squares_only_when_it_equals_the_difference() -> None:
    claim = AtMost(2 * total(x @ y.T), total(x @ x.T) + total(y @ y.T))
    assert decide(claim, hints=[normsquared(x - y)]).status == "proved"
    assert (
        decide(AtMost(3 * total(x @ y.T), total(x @ x.T) + total(y @ y.T)), hints=[normsquared(x - y)]).status
        != "proved"
    )


def test_two_values_of_one_thing_contradict_each_other() -> None:
    both = Equal(first @ A, first), Equal(first @ A, zeros(1, n))
    assert decide(Not(both[0] & both[1])).status == "proved"
    assert decide(Exists(A, both[0], (identity(n),))).status == "proved"
