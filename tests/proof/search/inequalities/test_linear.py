"""Bounds without a hint: combinations of known bounds, squares and what always holds; their near misses are refuted."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn import AtMost, exp, inner, log, logsumexp, normsquared, softmax, total

n, d = sa.sizes("n d")
A, B = sa.matrix("A", n, d), sa.matrix("B", n, d)
a, b, c, x, y = (sa.scalar(name) for name in "abcxy")
p, q = sa.scalar("p", positive=True), sa.scalar("q", positive=True)
u, v = sa.row("u", n), sa.row("v", n)
one = sa.ones(1, n)

TRUE: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "a square": (AtMost(0, (a - b) ** 2), ()),
    "the square of a norm": (AtMost(0, normsquared(A - B)), ()),
    "two squares": (AtMost(2 * a * b, a**2 + b**2), ()),
    "three squares": (AtMost(a * b + b * c + c * a, a**2 + b**2 + c**2), ()),
    "a completed square": (AtMost(0, x**2 - 6 * x + 9), ()),
    "between 0 and 1": (AtMost(4 * a * (1 - a), 1), ()),
    "fourth powers": (AtMost(a * b * (a**2 + b**2), a**4 + b**4), ()),
    "means of positive numbers": (AtMost(4 * p * q, (p + q) ** 2), ()),
    "Young with a parameter": (AtMost(2 * inner(A, B), p * normsquared(A) + normsquared(B) / p), ()),
    "Cauchy and Schwarz": (AtMost(inner(A, B) ** 2, normsquared(A) * normsquared(B)), ()),
    "a mean and its squares": (AtMost(total(u) ** 2, n * normsquared(u)), ()),
    "a product of matrices": (AtMost(normsquared(A @ B.T), normsquared(A) * normsquared(B)), ()),
    "sizes": (AtMost(1, n), ()),
    "two sizes": (AtMost(n + d - 1, n * d), ()),
    "one after the other": (AtMost(a, c), (AtMost(a, b), AtMost(b, c))),
    "added up": (AtMost(2 * a + 3 * x, 2 * b + 3 * y + c), (AtMost(a, b), AtMost(x, y), AtMost(0, c))),
    "a product of bounds": (AtMost(0, a * b), (AtMost(a, 0), AtMost(b, 0))),
    "squares rise": (AtMost(a**2, b**2), (AtMost(0, a), AtMost(a, b))),
    "through an exponential": (AtMost(x, y), (AtMost(1 + x - y, exp(x - y)), AtMost(exp(x - y), 1))),
    "exp rises": (AtMost(exp(x), exp(y)), (AtMost(x, y),)),
    "exp is convex": (AtMost(exp((a + b) / 2), (exp(a) + exp(b)) / 2), ()),
    "log below its tangent": (AtMost(log(p), p - 1), ()),
    "weights are at most 1": (AtMost(softmax(u), one), ()),
    "a mean is at most the largest": (AtMost(softmax(u) @ u.T, c * sa.ones(1, 1)), (AtMost(u, c * one),)),
    "log-sum-exp from below": (AtMost(u, logsumexp(u) * one), ()),
    "log-sum-exp from above": (AtMost(logsumexp(u), (c + log(n)) * sa.ones(1, 1)), (AtMost(u, c * one),)),
    "divergence": (AtMost(0, total(sa.hadamard(softmax(u), log(softmax(u)) - log(softmax(v))))), ()),
}
FALSE: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "two squares": (AtMost(3 * a * b, a**2 + b**2), ()),
    "a completed square": (AtMost(0, x**2 - 6 * x + 8), ()),
    "Cauchy and Schwarz turned": (AtMost(normsquared(u) * normsquared(v), inner(u, v) ** 2), ()),
    "a mean and its squares": (AtMost(total(u) ** 2, normsquared(u)), ()),
    "sizes": (AtMost(2, n), ()),
    "a product of bounds": (AtMost(0, a * b), (AtMost(0, a), AtMost(b, 0))),
    "squares rise": (AtMost(a**2, b**2), (AtMost(a, b),)),
    "exp falls": (AtMost(exp(y), exp(x)), (AtMost(x, y),)),
    "a tangent from above": (AtMost(exp(a), 1 + a), ()),
    "weights are at most a half": (AtMost(2 * softmax(u), one), ()),
    "log-sum-exp": (AtMost(logsumexp(u), c * sa.ones(1, 1)), (AtMost(u, c * one),)),
}


@pytest.mark.parametrize("name", TRUE)
def test_it_is_proved_and_replays(name: str) -> None:
    theorem = sa.prove(*TRUE[name])
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion


@pytest.mark.parametrize("name", FALSE)
def test_a_near_miss_is_refuted(name: str) -> None:
    assert sa.decide(*FALSE[name]).status == "refuted"
