"""Bounds and equations in every case of what is 0 or 1."""

from __future__ import annotations

import pytest

import symattn as sa

CLAIMS = [
    ("x:scalar y:scalar |- abs(x + y) <= abs(x) + abs(y)", "proved"),
    ("x:scalar y:scalar |- abs(x + y) >= abs(x) + abs(y)", "refuted"),
    ("x:scalar y:scalar |- abs(x*y) == abs(x)*abs(y)", "proved"),
    ("x:1*n y:1*n |- norm1(x + y) <= norm1(x) + norm1(y)", "proved"),
    ("x:1*n y:1*n |- norm1(x + y) == norm1(x) + norm1(y)", "refuted"),
    ("x:1*n y:1*n |- norm(relu(x) - relu(y)) <= norm(x - y)", "proved"),
    ("x:1*n y:1*n |- norm(abs(x) + abs(y)) <= norm(x + y)", "refuted"),
    ("x:1*n |- max(abs(x))**2 <= normsquared(x)", "proved"),
    ("x:scalar |- softplus(x) >= relu(x)", "proved"),
    ("x:scalar |- softplus(x) <= relu(x)", "refuted"),
]
GIVEN = [
    ("M:n*m:mask S:n*m c:scalar |- hadamard(M, S) <= c", ["S <= c", "c >= 0"], "proved"),
    ("M:n*m:mask S:n*m c:scalar |- hadamard(M, S) <= c", ["S <= c"], "refuted"),
    ("x:scalar |- relu(x) == x", ["x >= 0"], "proved"),
    ("x:scalar |- relu(x) == 0", ["x <= 0"], "proved"),
    ("x:scalar |- relu(x) == 0", ["x <= 1"], "refuted"),
    ("x:scalar |- x == 0", ["abs(x) == 0"], "proved"),
    ("x:scalar c:scalar |- abs(x) <= c", ["x <= c", "-x <= c"], "proved"),
    ("x:scalar c:scalar |- abs(x) <= c", ["x <= c"], "refuted"),
    ("p:1*n q:1*n |- total(minimum(p, q)) == 1 - norm1(p - q)/2", ["total(p) == 1", "total(q) == 1"], "proved"),
    ("p:1*n q:1*n |- total(minimum(p, q)) == 1 - norm1(p - q)", ["total(p) == 1", "total(q) == 1"], "refuted"),
]


@pytest.mark.parametrize(("text", "status"), CLAIMS)
def test_cases_of_signs(text: str, status: str) -> None:
    assert sa.decide(text, timeout=60).status == status


@pytest.mark.parametrize(("text", "given", "status"), GIVEN)
def test_cases_under_hypotheses(text: str, given: list[str], status: str) -> None:
    assert sa.decide(text, given=given, timeout=60).status == status
