"""Forms that are large on the diagonal."""

from __future__ import annotations

import pytest

import symattn as sa

CLAIMS = [
    ("x:1*n v:1*n |- v@Jacobian(softmax(x), x)@v' <= 1/2*v@v'", "proved"),
    ("x:1*n |- PSD(1/2*identity(n) - Jacobian(softmax(x), x))", "proved"),
    ("x:1*n v:1*n |- v@Jacobian(softmax(x), x)@v' <= 1/4*v@v'", "refuted"),
    ("x:1*n |- PSD(1/4*identity(n) - Jacobian(softmax(x), x))", "refuted"),
    ("p:scalar |- 1 - 4*p + 4*p^2 >= 0", "proved"),
    ("p:scalar |- 1 - 5*p + 4*p^2 >= 0", "refuted"),
]


@pytest.mark.parametrize(("text", "status"), CLAIMS)
def test_dominant_forms_and_completed_squares(text: str, status: str) -> None:
    assert sa.decide(text, timeout=60).status == status
