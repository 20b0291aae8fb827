"""Bounds and semidefinite matrices: proved as sums of squares, refuted where a number goes below."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa

n, d, k = sa.sizes("n d k", min=1)
A, B = sa.matrix("A", d, n), sa.matrix("B", d, k)
S = sa.matrix("S", d, d)
w = sa.matrix("w", 1, n, positive=True)
p = sa.softmax(sa.row("s", d))

SEMIDEFINITE = {
    "a Gram matrix": A @ A.T,
    "a sum of Gram matrices": A @ A.T + B @ B.T,
    "a multiple": 3 * A @ A.T,
    "a weighted Gram matrix": A @ sa.diag(w) @ A.T,
    "an outer product": p.T @ p,
    "the Jacobian of softmax": sa.diag(p) - p.T @ p,
    "the identity": sa.identity(d),
}
INDEFINITE = {
    "a difference of Gram matrices": A @ A.T - B @ B.T,
    "a negative multiple": -A @ A.T,
    "a product that is not symmetric": A @ sa.ones(n, d),
    "a square": S @ S,
    "a symmetric part": S + S.T,
    "a Gram matrix with an unknown in the middle": S @ sa.matrix("M", d, d, symmetric=True) @ S.T,
}


@pytest.mark.parametrize("name", SEMIDEFINITE)
def test_a_sum_of_squares_is_semidefinite(name: str) -> None:
    assert sa.decide(sa.PSD(SEMIDEFINITE[name])).status == "proved"


@pytest.mark.parametrize("name", INDEFINITE)
def test_what_may_go_below_0_is_not_semidefinite(name: str) -> None:
    assert sa.decide(sa.PSD(INDEFINITE[name])).status == "refuted"


BOUNDS: list[tuple[Any, str]] = [
    (sa.Positive(sa.exp(S)), "proved"),
    (sa.Positive(sa.softmax(S)), "proved"),
    (sa.Positive(w), "proved"),
    (sa.Positive(sa.exp(S) - sa.exp(-S)), "refuted"),
    (sa.Positive(sa.hadamard(S, S)), "refuted"),
    (sa.at_most(sa.zeros(d, d), sa.hadamard(S, S)), "proved"),
    (sa.at_most(2 * sa.hadamard(S, S.T), sa.hadamard(S, S) + sa.hadamard(S.T, S.T)), "proved"),
    (sa.at_most(sa.hadamard(S, S), sa.zeros(d, d)), "refuted"),
]


@pytest.mark.parametrize(("claim", "status"), BOUNDS, ids=[str(claim) for claim, _ in BOUNDS])
def test_a_bound_is_decided_by_what_is_visibly_not_negative(claim: Any, status: str) -> None:
    assert sa.decide(claim).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("x:1*n |- PSD(Jacobian(softmax(x), x))", "proved"),
        ("x:1*n |- PSD(hessian(logsumexp(x), x))", "proved"),
        ("x:1*n |- PSD(-hessian(logsumexp(x), x))", "refuted"),
    ],
)
def test_forms_that_are_derivatives_are_written_out_first(text: str, status: str) -> None:
    assert sa.decide(text).status == status
