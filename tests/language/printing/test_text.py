"""Plain text: one line, as in a paper."""

from __future__ import annotations

import pytest
from sympy import MatAdd, MatMul, Rational, Transpose, sqrt

import symattn as sa
from symattn.errors import Undecided
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
    log,
    matrix,
    matrix_of,
    normsquared,
    ones,
    order,
    reciprocal,
    rowsum,
    sin,
    softmax,
    stack_heads,
    sum_heads,
    text,
    total,
    trace,
    unit,
    vstack,
    window,
    zeros,
)
from tests.language.samples import B, F, G, K, Q, W, X, d, g, h, k, n, r, s, t, x, y

EXPRESSIONS = [
    (X @ Q @ K.T @ X.T, "X Q Kᵀ Xᵀ"),
    (T(X @ Q), "T(X Q)"),
    (Transpose(X @ Q), "(X Q)ᵀ"),
    (G.I, "G⁻¹"),
    (W**2, "W²"),
    ((Q + K) @ G, "(Q + K) G"),
    (Q - K, "Q - K"),
    (-Q, "-Q"),
    (Q - (K - Q) @ G, "Q - (K - Q) G"),
    (t * Q, "t Q"),
    (Q / 2, "(1/2) Q"),
    (-Q / 2, "-(1/2) Q"),
    (t / sqrt(n) * Q, "(t/sqrt(n)) Q"),
    ((t + s) * Q, "(t + s) Q"),
    (MatMul(X, MatMul(Q, K.T)), "X (Q Kᵀ)"),
    (hadamard(Q, K), "Q ∘ K"),
    (hadamard(X @ Q, X @ K) @ G, "((X Q) ∘ (X K)) G"),
    (softmax(W, scale=t), "softmax(t W)"),
    (softmax(W, mask=matrix("M", d, d)), "softmax(W, mask=M)"),
    (exp(W), "exp(W)"),
    (log(W), "log(W)"),
    (cos(W), "cos(W)"),
    (sin(t), "sin(t)"),
    (reciprocal(W), "reciprocal(W)"),
    (diag(x) @ W, "diag(x) W"),
    (identity(d) + W, "I + W"),
    (ones(n, 1), "ones(n, 1)"),
    (zeros(n, d), "0"),
    (unit(d, 2), "e_2"),
    (trace(W), "tr(W)"),
    (determinant(W**2), "det(W²)"),
    (rowsum(W), "rowsum(W)"),
    (total(W), "total(W)"),
    (W[0, 1], "W[0, 1]"),
    (entry(X @ W, 0, 1), "(X W)[0, 1]"),
    (F[h], "F[h]"),
    (F[3], "F[3]"),
    (F[group(g, r)], "F[group(g, r)]"),
    (sum_heads(F[h] @ F[h].T, h) @ W, "(Σ_h F[h] F[h]ᵀ) W"),
    (sum_heads(F[h] + Q, h), "Σ_h (F[h] + Q)"),
    (sum_heads(F[h], h) + Q, "(Σ_h F[h]) + Q"),
    (MatAdd(Q, MatAdd(K, -Q)), "Q + (K - Q)"),
    (sum_heads(total(F[h]), h), "Σ_h total(F[h])"),
    (concat_heads(X @ F[h], h), "concat_h(X F[h])"),
    (stack_heads(F[h], h), "stack_h(F[h])"),
    (hstack(Q, K), "[Q | K]"),
    (vstack(Q, K), "[Q; K]"),
    (Gradient(total(W), W), "∂total(W)/∂W"),
    (Partial(t * s, t), "∂(t s)/∂t"),
    (Jacobian(softmax(x), x), "∂softmax(x)/∂x"),
    (B(x, y), "B(x, y)"),
    (matrix_of(B), "matrix_of(B)"),
    (Rank(Q) + 1, "rank(Q) + 1"),
    (t**2 / (n * s), "t²/(n s)"),
    (1 / t, "1/t"),
    (t ** Rational(2, 3), "t^(2/3)"),
    (2 * n - 1, "2 n - 1"),
    (exp(-t), "exp(-t)"),
    ((t + 1) * (s - 1), "(t + 1) (s - 1)"),
    (s - (t - s) ** 2, "s - (t - s)²"),
    (window(d, k) @ W, "window(d, k) W"),
    (hadamard(window(n, k, 2), ones(n, n)), "window(n, k, 2) ∘ ones(n, n)"),
    (hadamard(order(n, n, 1, 0), T(order(n, n, 0, k))), "order(n, n, 1, 0) ∘ T(order(n, n, 0, k))"),
]


@pytest.mark.parametrize(("expr", "expected"), EXPRESSIONS, ids=[expected for _, expected in EXPRESSIONS])
def test_an_expression_reads_as_in_a_paper(expr: object, expected: str) -> None:
    assert text(expr) == expected


CLAIMS = [
    (Equal(T(X @ Q), Q.T @ X.T), "T(X Q) = Qᵀ Xᵀ"),
    (AtMost(t, s), "t ≤ s"),
    (Positive(exp(W)), "exp(W) > 0"),
    (PSD(Q @ Q.T), "Q Qᵀ ⪰ 0"),
    (PSD(W + W.T), "(W + Wᵀ) ⪰ 0"),
    (Rank(Q @ K.T) <= k, "rank(Q Kᵀ) ≤ k"),
    (Rank(Q) >= Rank(K) - 1, "rank(Q) ≥ rank(K) - 1"),
    (Not(Equal(Q, K)), "Q ≠ K"),
    (Not(PSD(W)), "¬(W ⪰ 0)"),
    (And(Equal(Q, K), PSD(W)), "Q = K ∧ W ⪰ 0"),
    (Implies(And(PSD(W), PSD(W)), PSD(W)), "(W ⪰ 0 ∧ W ⪰ 0) ⇒ W ⪰ 0"),
    (Iff(Equal(W, W.T), ForAll((x, y), Equal(B(x, y), B(y, x)))), "W = Wᵀ ⇔ (∀ x, y: B(x, y) = B(y, x))"),
    (Exists((Q, K), Equal(W, Q @ K.T)), "∃ Q, K: W = Q Kᵀ"),
    (Exists(Q, Equal(Q, K), witness=K), "∃ Q: Q = K (with Q := K)"),
]


@pytest.mark.parametrize(("claim", "expected"), CLAIMS, ids=[expected for _, expected in CLAIMS])
def test_a_claim_reads_as_in_a_paper_also_under_str(claim: object, expected: str) -> None:
    assert text(claim) == expected
    assert str(claim) == expected


def test_the_total_of_a_square_is_the_square_of_a_norm_and_of_another_product_it_is_not() -> None:
    assert text(total(hadamard(X, X))) == text(normsquared(X)) == "normsquared(X)"
    assert text(total(hadamard(W, W.T))) == "total(W ∘ Wᵀ)"


def test_a_node_prints_itself_inside_a_product() -> None:
    assert str(softmax(X @ X.T) @ X) == "softmax(X Xᵀ) X"
    assert str(sum_heads(F[h], h) @ G) == "(Σ_h F[h]) G"


@pytest.mark.parametrize("depth", [256, 600])
def test_what_is_nested_too_deeply_is_shortened(depth: int) -> None:
    x = sa.scalar("x")
    tower = x
    for _ in range(depth):
        tower = sa.exp(tower)
    said = sa.language.text(sa.Equal(tower, x))
    assert said.startswith("exp(exp(")
    assert said.endswith(" = x")
    assert sa.language.text(sa.Equal(sa.exp(sa.exp(x)), x)) == "exp(exp(x)) = x"


def test_an_undecided_tower_is_told_and_no_error() -> None:
    x, y = sa.scalar("x"), sa.scalar("y")
    left, right = x, y
    for _ in range(600):
        left, right = sa.exp(left), sa.exp(right)
    with pytest.raises(Undecided):
        sa.prove(sa.Equal(left, right + x), timeout=0.5)
