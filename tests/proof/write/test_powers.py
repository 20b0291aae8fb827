"""What is known of powers: each theorem where it applies, and refuted where its condition is missing."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.proof.attempts.case import Case
from symattn.proof.write import powers

TRUE = {
    "intertwined": ("A:n*m B:m*n k>=1 |- (A@B)^k@A == A@(B@A)^k", ()),
    "commuting": ("A:n*n B:n*n k>=1 |- A^k@B^k == B^k@A^k", ("A@B == B@A",)),
    "transposed": ("A:n*n k>=1 |- trace(A^k) == trace((A.T)^k)", ()),
    "inverted": ("A:n*n:invertible k>=0 |- (A^-1)^k@A^k == identity(n)", ()),
    "multiplied": ("A:n*n B:n*n k>=0 |- (A@B)^k == A^k@B^k", ("A@B == B@A",)),
    "added": ("A:n*n k>=1 m>=1 |- A^k@A^m == A^(k + m)", ()),
    "nested": ("A:n*n k>=1 m>=1 |- (A^k)^m == A^(k*m)", ()),
    "orthogonal": ("A:n*n k>=1 |- A^k@(A^k).T == identity(n)", ("A@A.T == identity(n)",)),
    "determinant": ("A:n*n k>=1 |- det(A^k) == det(A)^k", ()),
}
FALSE = {
    "intertwined": ("A:n*m B:m*n k>=1 |- (A@B)^k@A == A@(B@A)^k@B@A", ()),
    "commuting": ("A:n*n B:n*n k>=1 |- A^k@B^k == B^k@A^k", ("A@B@A == B@A@B",)),
    "transposed": ("A:n*n k>=1 |- A^k == (A.T)^k", ()),
    "inverted": ("A:n*n B:n*n k>=1 |- B^k@A^k == identity(n)", ("B@A@B@A == identity(n)",)),
    "multiplied": ("A:n*n B:n*n k>=1 |- (A@B)^k == A^k@B^k", ()),
    "added": ("A:n*n k>=1 m>=1 |- A^k@A^m == A^(k*m)", ()),
    "nested": ("A:n*n k>=1 m>=1 |- (A^k)^m == A^(k + m)", ()),
    "orthogonal": ("A:n*n k>=1 |- A^k@(A^k).T == identity(n)", ("A@A.T == A",)),
    "determinant": ("A:n*n k>=1 |- det(A^k) == k*det(A)", ()),
    "trace": ("A:n*n B:n*n k>=1 |- trace((A@B)^k) == trace(A^k@B^k)", ()),
}


@pytest.mark.parametrize("what", TRUE)
def test_each_is_found_where_it_applies(what: str) -> None:
    text, given = TRUE[what]
    goal = sa.parse(text, given=list(given))
    verdict = powers.by_powers(Case(goal.claim, goal.given))
    assert verdict is not None
    assert verdict.theorem is not None
    assert sa.replay(verdict.theorem.certificate()).conclusion == verdict.theorem.kernel.conclusion


@pytest.mark.parametrize("what", FALSE)
def test_without_its_condition_it_is_refuted(what: str) -> None:
    text, given = FALSE[what]
    assert sa.decide(text, given=list(given), timeout=60).status == "refuted"


@pytest.mark.parametrize("name", ["intertwined", "transposed", "inverted", "multiplied", "added", "nested"])
def test_the_theorem_replays(name: str) -> None:
    theorem = getattr(powers, name)()
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion
    assert theorem.over == "any commutative ring"


def test_states_with_any_start_are_no_powers() -> None:
    goal = sa.parse("A:n*n k>=1 |- A^k == A^k")
    start, steps = goal.given
    assert len(powers.powers_in((start, steps))) == 1
    assert powers.powers_in((steps,)) == []


def test_the_trace_of_a_power_of_a_product_by_its_last_step() -> None:
    assert sa.decide("A:n*m B:m*n k>=1 |- trace((A@B)^k) == trace((B@A)^k)", timeout=60).status == "proved"


def test_the_inverse_of_a_power_is_the_power_of_the_inverse() -> None:
    assert sa.decide("A:n*n k>=1 |- inv(A^k) == inv(A)^k", timeout=60).status == "proved"
    assert sa.decide("A:n*n k>=1 |- inv(A^k) == A^k", timeout=60).status == "refuted"
