"""A known equation is used inside functions and heads; what does not follow from it stays unproved."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.language import (
    Equal,
    concat_heads,
    diag,
    exp,
    family,
    group,
    head,
    identity,
    index,
    matrix,
    reciprocal,
    rowsum,
    sizes,
    softmax,
    sum_heads,
)
from symattn.proof import decide

n, H, G, R = sizes("n H G R", min=1)
d, k, v = sizes("d k v", min=0)
X, W = matrix("X", n, d), matrix("W", d, d)
Q, K, V, O = matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v), matrix("O", v, d)
F, C = matrix("F", n, k), matrix("C", n, k)
h, g, r = index("h", H), index("g", G), index("r", R)
Qs, Ks, A, B = family("Q", H, d, k), family("K", H, d, k), family("A", H, k, k), family("B", H, k, k)
shared, every = family("K", G, d, k), family("K'", G * R, d, k)
gauge = Equal(concat_heads(A[h] @ B[h], h), concat_heads(identity(k), h))


def _layer(keys: Any) -> Any:
    return concat_heads(concat_heads(softmax(X @ Q @ keys.T @ X.T), r), g)


FOLLOWS = {
    "a product, shortened": (Equal(exp(X @ Q @ K.T @ X.T), exp(X @ W @ X.T)), Equal(W, Q @ K.T)),
    "a letter, unfolded": (Equal(reciprocal(W @ W), reciprocal(Q @ K.T @ W)), Equal(W, Q @ K.T)),
    "a column": (Equal(diag(reciprocal(rowsum(F))), diag(reciprocal(rowsum(C)))), Equal(rowsum(F), rowsum(C))),
    "a product in every head": (
        Equal(sum_heads(head(X, Qs[h] @ A[h], Ks[h] @ B[h].T, V, O), h), sum_heads(head(X, Qs[h], Ks[h], V, O), h)),
        gauge,
    ),
    "a head by its group": (
        Equal(_layer(every[group(g, r)]), _layer(shared[g])),
        Equal(concat_heads(concat_heads(every[group(g, r)], r), g), concat_heads(concat_heads(shared[g], r), g)),
    ),
}


@pytest.mark.parametrize("name", FOLLOWS)
def test_a_known_equation_is_used_inside_functions(name: str) -> None:
    claim, given = FOLLOWS[name]
    assert decide(claim, given).status == "proved"


@pytest.mark.parametrize("name", FOLLOWS)
def test_nothing_follows_without_the_equation(name: str) -> None:
    claim, _ = FOLLOWS[name]
    assert decide(claim).status == "refuted"


def test_an_equation_is_not_used_under_another_product() -> None:
    assert decide(Equal(exp(X @ K @ Q.T @ X.T), exp(X @ W @ X.T)), Equal(W, Q @ K.T)).status != "proved"
