"""Source code: what is printed builds the expression again."""

from __future__ import annotations

import pytest
from sympy import Rational, sqrt

from symattn import language
from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Gradient,
    Iff,
    Implies,
    Jacobian,
    Not,
    Partial,
    Positive,
    Rank,
    T,
    code,
    concat_heads,
    cos,
    determinant,
    diag,
    entry,
    exp,
    group,
    hadamard,
    hstack,
    identity,
    inner,
    log,
    logsumexp,
    matrix,
    matrix_of,
    ones,
    reciprocal,
    sin,
    softmax,
    stack_heads,
    sum_heads,
    total,
    trace,
    unit,
    vstack,
    zeros,
)
from tests.language import samples
from tests.language.samples import B, F, G, K, Q, W, X, d, g, h, k, n, r, s, t, x, y

SCOPE = {**vars(language), **vars(samples), "sqrt": sqrt, "Rational": Rational}

EXPRESSIONS = [
    X @ Q @ K.T @ X.T,
    T(X @ Q) @ X + 2 * K.T,
    Q.T @ softmax(W).T,
    G.I @ G.T @ G,
    W @ W @ (W - 3 * W.T),
    t / sqrt(n) * Q,
    -Q / 2,
    (t + s) * Q,
    hadamard(X @ Q, X @ K) @ G,
    softmax(W, scale=t, mask=matrix("W", d, d)),
    exp(W) + log(W) + reciprocal(W),
    cos(W) + sin(W) * cos(t),
    diag(x) @ W + identity(d),
    ones(n, 1) @ x + zeros(n, n) @ X,
    unit(d, 2) @ W,
    trace(W) * total(W) * inner(W, W) * W,
    determinant(W) * W,
    logsumexp(W),
    entry(W, 0, 1) + entry(X @ W, 0, 1) ** 2,
    F[group(g, r)] + F[h] + F[3],
    sum_heads(F[h] @ F[h].T, h) @ W,
    t * sum_heads(total(F[h]), h) ** 2,
    concat_heads(X @ F[h], h) @ stack_heads(F[h], h),
    hstack(Q, K),
    vstack(Q.T, K.T),
    Gradient(total(W), W) + Jacobian(softmax(x), x),
    Partial(t * s, t) + exp(-t / 2) + log(t) ** -2 + t ** Rational(2, 3),
    B(x, y) * matrix_of(B),
    Equal(T(X @ Q), Q.T @ X.T),
    And(AtMost(t, s), Positive(exp(W)), Not(PSD(Q @ Q.T))),
    Implies(Rank(Q @ K.T) <= k, Rank(Q) >= Rank(K) - 1),
    Iff(Equal(W, W.T), ForAll((x, y), Equal(B(x, y), B(y, x)))),
    Exists((Q, K), Equal(W, Q @ K.T)),
    Exists((Q,), Equal(Q, K), witness=K),
]


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=[code(expr) for expr in EXPRESSIONS])
def test_running_the_code_builds_the_same_expression(expr: object) -> None:
    assert eval(code(expr), SCOPE) == expr


def test_the_code_reads_as_one_would_write_it() -> None:
    assert code(t * X @ Q @ K.T @ X.T) == "t * X @ Q @ K.T @ X.T"
    assert code(hadamard(Q, K) @ G) == "hadamard(Q, K) @ G"
    assert code(-Q @ G) == "-Q @ G"


def test_a_root_below_the_line_is_printed() -> None:
    assert code(t ** Rational(-1, 2) * trace(W)) == "trace(W)/sqrt(t)"
