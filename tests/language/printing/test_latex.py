r"""LaTeX: amsmath alone, and only commands that pdflatex, KaTeX and MathML converters know."""

from __future__ import annotations

import re

import pytest
from sympy import MatMul, Transpose, latex as sympy_latex, sqrt

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
    family,
    group,
    hadamard,
    hstack,
    identity,
    latex,
    log,
    matrix,
    matrix_of,
    ones,
    reciprocal,
    rowsum,
    scalar,
    sin,
    softmax,
    stack_heads,
    sum_heads,
    total,
    trace,
    unit,
    vstack,
    window,
    zeros,
)
from tests.language.samples import B, G, K, Q, W, X, d, g, h, k, n, r, s, x, y

t, F = scalar("tau", positive=True), family("W_Q", 6, d, k)

CASES = [
    (X @ Q @ K.T @ X.T, r"X Q K^{\top} X^{\top}"),
    (T(X @ Q), r"(X Q)^{\top}"),
    (T(X.T), r"(X^{\top})^{\top}"),
    (Transpose(X @ K), r"(X K)^{\top}"),
    (G.I, "G^{-1}"),
    (W**2, "W^{2}"),
    ((Q - K) @ G, "(Q - K) G"),
    (-Q / 2, r"-\frac{1}{2} Q"),
    (t / sqrt(n) * Q, r"\frac{\tau}{n^{1/2}} Q"),
    ((t + s) * Q, r"(\tau + s) Q"),
    (MatMul(X, MatMul(Q, K.T)), r"X (Q K^{\top})"),
    (hadamard(X @ Q, X @ K) @ G, r"((X Q) \odot (X K)) G"),
    (softmax(W, scale=t), r"\operatorname{softmax}(\tau W)"),
    (softmax(W, mask=matrix("M", d, d)), r"\operatorname{softmax}_{M}(W)"),
    (exp(W), r"\exp(W)"),
    (log(W), r"\log(W)"),
    (cos(W), r"\cos(W)"),
    (sin(t), r"\sin(\tau)"),
    (reciprocal(W), r"W^{\circ -1}"),
    (diag(x), r"\operatorname{diag}(x)"),
    (identity(d) + W, "I + W"),
    (ones(n, 1), r"\mathbf{1}_{n}"),
    (zeros(n, d), "0"),
    (unit(d, 2), "e_{2}"),
    (trace(W), r"\operatorname{tr}(W)"),
    (determinant(W), r"\operatorname{det}(W)"),
    (rowsum(W), r"\operatorname{rowsum}(W)"),
    (total(W), r"\operatorname{total}(W)"),
    (entry(X @ W, 0, 1), "(X W)_{0,1}"),
    (F[h], "{W_{Q}}_{h}"),
    (F[group(g, r)], "{W_{Q}}_{(g,r)}"),
    (matrix("W_Q", d, k)[0, 1], "{W_{Q}}_{0,1}"),
    (sum_heads(F[h], h) @ G, r"(\sum_{h} {W_{Q}}_{h}) G"),
    (sum_heads(F[h], h) + Q, r"(\sum_{h} {W_{Q}}_{h}) + Q"),
    (concat_heads(F[h], h), r"\operatorname{concat}_{h}({W_{Q}}_{h})"),
    (stack_heads(F[h], h), r"\operatorname{stack}_{h}({W_{Q}}_{h})"),
    (hstack(Q, K), r"\begin{bmatrix} Q & K \end{bmatrix}"),
    (vstack(Q, K), r"\begin{bmatrix} Q \\ K \end{bmatrix}"),
    (Gradient(total(W), W), r"\frac{\partial \operatorname{total}(W)}{\partial W}"),
    (Partial(t * s + 1, t), r"\frac{\partial (\tau s + 1)}{\partial \tau}"),
    (Jacobian(softmax(x), x), r"\frac{\partial \operatorname{softmax}(x)}{\partial x}"),
    (B(x, y), "B(x, y)"),
    (matrix_of(B), r"\operatorname{matrix}(B)"),
    (t**2 / (n * s), r"\frac{\tau^{2}}{n s}"),
    (exp(-t), r"\exp(-\tau)"),
    (Equal(T(X @ Q), Q.T @ X.T), r"(X Q)^{\top} = Q^{\top} X^{\top}"),
    (AtMost(t, s), r"\tau \le s"),
    (Positive(exp(W)), r"\exp(W) > 0"),
    (PSD(W + W.T), r"(W + W^{\top}) \succeq 0"),
    (Rank(Q @ K.T) <= k, r"\operatorname{rank}(Q K^{\top}) \le k"),
    (Rank(Q) >= 1, r"\operatorname{rank}(Q) \ge 1"),
    (Not(Equal(Q, K)), r"Q \ne K"),
    (Not(AtMost(t, s)), r"\neg (\tau \le s)"),
    (And(Equal(Q, K), PSD(W)), r"Q = K \text{ and } W \succeq 0"),
    (Implies(And(PSD(W), PSD(W)), PSD(W)), r"(W \succeq 0 \text{ and } W \succeq 0) \Rightarrow W \succeq 0"),
    (Iff(PSD(W), ForAll(x, Equal(x, y))), r"W \succeq 0 \Leftrightarrow (\forall x : x = y)"),
    (Exists((Q, K), Equal(W, Q @ K.T)), r"\exists Q, K : W = Q K^{\top}"),
    (window(d, k) @ W, r"\mathbf{1}_{i - k \le j \le i} W"),
    (window(n, 0, 2), r"\mathbf{1}_{i \le j \le i + 2}"),
]
WORDS = (
    "top mathsf operatorname mathbf odot otimes circ frac sum begin end le ge text partial forall exists "
    "Leftrightarrow Rightarrow ne neg succeq exp log cos sin tau"
)
PORTABLE = {"\\\\", *(rf"\{word}" for word in WORDS.split())}


@pytest.mark.parametrize(("expr", "expected"), CASES, ids=[expected for _, expected in CASES])
def test_an_expression_is_set_as_in_a_paper(expr: object, expected: str) -> None:
    assert latex(expr) == expected


@pytest.mark.parametrize(("expr", "expected"), CASES, ids=[expected for _, expected in CASES])
def test_only_portable_commands_are_used_and_braces_are_closed(expr: object, expected: str) -> None:
    source = latex(expr)
    assert set(re.findall(r"\\(?:[a-zA-Z]+|.)", source)) <= PORTABLE
    assert source.count("{") == source.count("}")
    assert re.search(r"[_^]\{[^{}]*\}[_^]\{[^{}]*\}[_^]", source) is None


def test_sympys_own_printer_sets_our_nodes_alike() -> None:
    assert sympy_latex(softmax(W)) == r"\operatorname{softmax}(W)"
    assert sympy_latex(Equal(T(W), W)) == r"W^{\top} = W"
